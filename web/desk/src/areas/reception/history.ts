// What the server knows of the numbers that people brought along, for the sheet before the leader. Only with a network: what
// is read here is not kept on the tablet.
import { ref } from 'vue';
import type { Schemas } from '../../api/client';
import { useDesk } from '../../shell/session';
import { numbersIn } from './session';
import type { Item } from './tablet';

export type History = Schemas['ReceptionHistory'];

export function useHistory() {
  const desk = useDesk();
  const known = ref<{ [number: string]: History }>({});
  const unread = ref(false); // the server did not answer

  async function read(items: Item[]) {
    unread.value = false;
    for (const number of new Set(items.flatMap((item) => numbersIn(item.session.earlier)))) {
      if (known.value[number]) continue;
      const answer = await desk.ask((server) =>
        server.GET('/api/v1/reception_history', { params: { query: { number } } }),
      );
      if ('ok' in answer) known.value[number] = answer.ok;
      else if (answer.trouble.status === 0 || answer.trouble.status === 401) {
        unread.value = true;
        return;
      }
    }
  }
  const of = (item: Item): History[] =>
    numbersIn(item.session.earlier).flatMap((number) => known.value[number] ?? []);
  return { read, of, unread };
}
