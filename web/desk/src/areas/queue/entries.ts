// What the queue brings to the menu: its links, and which of them is the list that is shown.
import { useRoute } from 'vue-router';
import { filtersOf, queryOf, sameQuery } from './filters';
import { t } from './messages';
import { useQueue } from './queue';

export interface Entry {
  key: string;
  says: string;
  query: ReturnType<typeof queryOf>;
  waiting: number | null;
  own?: string; // the id of a view that may be deleted
}

const most = 1000; // the server counts no further
export const shown = (waiting: number) =>
  waiting >= most ? t('queue.at_most', { n: most }) : String(waiting);

export function useHere() {
  const queue = useQueue();
  const route = useRoute();
  return (entry: Entry) =>
    (route.name === 'queue' || route.name === 'case') &&
    sameQuery(entry.query, queryOf(queue.part, filtersOf(route.query)))
      ? ('page' as const)
      : undefined;
}
