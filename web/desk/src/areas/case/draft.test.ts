// An unfinished step while the server takes its time: what is typed meanwhile is kept all the same.
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createApp, ref, type App } from 'vue';
import { openDesk } from '../../api/client';
import { openStores } from '../../shell/of_one_person';
import { deskKey, useSession } from '../../shell/session';
import { told } from '../../test_desk';
import { useDraft, type DraftKeeper, type Fields } from './draft';

const typed = '施工队明天上午到。';
const afterPause = () => vi.advanceTimersByTimeAsync(2000); // well after the one that keeps

let app: App | undefined;
let kept: Fields[]; // what the server was asked to keep
let answers: { looked: (draft: unknown) => void; thrownAway: () => void };

beforeEach(() => {
  vi.useFakeTimers();
  kept = [];
});
afterEach(() => {
  app?.unmount();
  vi.useRealTimers();
});

// A form whose questions are answered when the test says so; what is to be kept is kept at once.
function opened(fields: Fields, keep?: (sent: { fields: Fields; revision: number }) => Promise<Response>) {
  const values = ref<Fields>(fields);
  answers = { looked: () => {}, thrownAway: () => {} };
  const desk = openDesk(
    () => '',
    () => 'zh-CN',
    async (input, init) => {
      const request = new Request(input, init);
      if (request.method === 'GET') {
        return new Promise((done) => (answers.looked = (draft) => done(told({ draft }))));
      }
      if (request.method === 'DELETE') {
        return new Promise((done) => (answers.thrownAway = () => done(new Response(null, { status: 204 }))));
      }
      const sent = (await request.json()) as { fields: Fields; revision: number };
      kept.push(sent.fields);
      if (keep) return keep(sent);
      return told({
        saved: true,
        draft: { revision: kept.length, saved_at: '2026-11-25T10:00:00+08:00', fields: {} },
      });
    },
  );
  let draft: DraftKeeper | undefined;
  app = createApp({
    setup() {
      draft = useDraft('0190aaaa-0000-7000-8000-000000000001', 'answer', values, () => {});
      return () => null;
    },
  });
  app.provide(deskKey, desk);
  app.use(openStores());
  app.mount(document.createElement('div'));
  if (!draft) throw new Error('no draft');
  return { values, draft };
}

it('keeps what was typed before it was known whether there is a draft', async () => {
  const { values } = opened({ note: '' });
  await afterPause();
  values.value = { note: typed };
  await afterPause();
  expect(kept).toEqual([]);
  answers.looked(null);
  await afterPause();
  expect(kept).toEqual([{ note: typed }]);
});

it('keeps what was typed although whoever typed it has gone before the answer', async () => {
  const { values } = opened({ note: '' });
  values.value = { note: typed };
  await vi.advanceTimersByTimeAsync(100);
  app?.unmount();
  answers.looked(null);
  await afterPause();
  expect(kept).toEqual([{ note: typed }]);
});

it('keeps what is typed while an earlier draft is thrown away', async () => {
  const { values, draft } = opened({ note: '' });
  await vi.advanceTimersByTimeAsync(0);
  answers.looked({ revision: 4, saved_at: '2026-11-25T09:00:00+08:00', fields: { note: '从前的话' } });
  await afterPause();
  expect(values.value).toEqual({ note: '从前的话' });
  values.value = { note: '' }; // as the form does
  const thrown = draft.discard();
  await vi.advanceTimersByTimeAsync(100);
  values.value = { note: typed };
  await afterPause();
  expect(kept).toEqual([]);
  answers.thrownAway();
  await thrown;
  await afterPause();
  expect(kept).toEqual([{ note: typed }]);
});

it('sends nothing of it beside the step, or the next one would find it again', async () => {
  const { values, draft } = opened({ note: '' });
  await vi.advanceTimersByTimeAsync(0);
  answers.looked(null);
  await afterPause();
  values.value = { note: typed };
  await vi.advanceTimersByTimeAsync(100);
  await draft.hold();
  await afterPause();
  expect(kept).toEqual([]);
  draft.release(); // refused
  await afterPause();
  expect(kept).toEqual([{ note: typed }]);
});

it('is sent by one question at a time over a slow network, and meets no revision but its own', async () => {
  let revision = 0;
  let busy = 0;
  let most = 0;
  const { values, draft } = opened({ note: '' }, async (sent) => {
    most = Math.max(most, (busy += 1));
    await new Promise((done) => setTimeout(done, 5000));
    busy -= 1;
    const saved = sent.revision === revision;
    if (saved) revision += 1;
    return told({ saved, draft: { revision, saved_at: '2026-11-25T10:00:00+08:00', fields: sent.fields } });
  });
  await vi.advanceTimersByTimeAsync(0);
  answers.looked(null);
  await vi.advanceTimersByTimeAsync(0);
  for (const words of ['施工队', '施工队明天', typed]) {
    values.value = { note: words };
    await vi.advanceTimersByTimeAsync(1200); // a pause between the words, and the first is still on its way
  }
  await vi.advanceTimersByTimeAsync(30_000);
  expect(most).toBe(1);
  expect(draft.other.value, 'no colleague has written anything').toBeNull();
  expect(draft.state.value).toBe('saved');
  expect(kept.at(-1)).toEqual({ note: typed });
});

it('is tried again when the server could not be reached, as its sentence says, also after its page was left', async () => {
  let away = true;
  const { values, draft } = opened({ note: '' }, async () => {
    if (away) throw new TypeError('no network');
    return told({ saved: true, draft: { revision: 1, saved_at: '2026-11-25T10:00:00+08:00', fields: {} } });
  });
  const session = useSession(); // of the stores that were opened last
  await vi.advanceTimersByTimeAsync(0);
  answers.looked(null);
  await vi.advanceTimersByTimeAsync(0);
  values.value = { note: typed };
  await afterPause();
  expect(draft.state.value).toBe('failed');
  expect(session.unsent(), 'whoever leaves now is asked').toHaveLength(1);
  app?.unmount();
  await vi.advanceTimersByTimeAsync(30_000);
  expect(session.unsent()).toHaveLength(1);
  away = false;
  await vi.advanceTimersByTimeAsync(30_000);
  expect(kept.at(-1)).toEqual({ note: typed });
  expect(session.unsent()).toEqual([]);
  const asked = kept.length;
  await vi.advanceTimersByTimeAsync(60_000);
  expect(kept.length).toBe(asked);
});

it('is not tried again for somebody who has left', async () => {
  const { values } = opened({ note: '' }, () => Promise.reject(new TypeError('no network')));
  const session = useSession(); // of the stores that were opened last
  session.sit({ login: 'wang', permissions: [] } as never);
  await vi.advanceTimersByTimeAsync(0);
  answers.looked(null);
  await vi.advanceTimersByTimeAsync(0);
  values.value = { note: typed };
  await afterPause();
  app?.unmount();
  session.sit({ login: 'li', permissions: [] } as never);
  await vi.advanceTimersByTimeAsync(0);
  const asked = kept.length;
  await vi.advanceTimersByTimeAsync(60_000);
  expect(kept.length).toBe(asked);
  expect(session.unsent()).toEqual([]);
});
