// A step over a network that loses answers: what was sent is sent again as the same, and what was changed is something else.
import { afterEach, expect, it } from 'vitest';
import { createApp, defineComponent, h, type App } from 'vue';
import { openDesk } from '../../api/client';
import { openStores } from '../../shell/of_one_person';
import { deskKey } from '../../shell/session';
import { settled, told } from '../../test_desk';
import StepForm from './StepForm.vue';
import { useTheCase } from './the_case';

const id = '00000000-0000-0000-0000-00000000000a';
let app: App | undefined;
afterEach(() => app?.unmount());

it('is sent under another key once its words were changed, or the change would be lost', async () => {
  document.body.innerHTML = '<div id="form"></div>';
  const sent: { key: string | null; note: string }[] = [];
  const desk = openDesk(
    () => '没有回音',
    () => 'zh-CN',
    async (input, init) => {
      const request = new Request(input, init);
      if (!request.url.includes('/steps/')) return told({ draft: null });
      const { fields } = (await request.json()) as { fields: { note: string } };
      sent.push({ key: request.headers.get('Idempotency-Key'), note: fields.note });
      throw new TypeError('lost on its way back');
    },
  );
  app = createApp(
    defineComponent(() => {
      const theCase = useTheCase(id);
      theCase.file.value = { id, seq: 3, state: 'accepted', complained_of: [] } as never;
      const step = { kind: 'noted', fields: [{ name: 'note', form: 'words', required: true, choices: [] }] };
      return () => h(StepForm, { theCase, step: step as never });
    }),
  );
  app.provide(deskKey, desk);
  app.use(openStores());
  app.mount('#form');
  await settled();
  async function send(words: string) {
    const field = document.querySelector('textarea');
    if (!field) throw new Error('there is no field');
    field.value = words;
    field.dispatchEvent(new Event('input'));
    document.querySelector('form')?.dispatchEvent(new Event('submit', { cancelable: true }));
    await settled();
  }
  await send('已经打过电话');
  await send('已经打过电话');
  await send('已经打过电话，明天再打');
  expect(sent.map(({ note }) => note)).toEqual(['已经打过电话', '已经打过电话', '已经打过电话，明天再打']);
  expect(sent[1]?.key).toBe(sent[0]?.key);
  expect(sent[2]?.key).not.toBe(sent[0]?.key);
});
