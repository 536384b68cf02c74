// Bringing back over a bad network, with a clock that the test turns: whatever is lost after whatever pattern, it comes to an
// end, nothing is asked without end, and no record is on its way twice.
import 'fake-indexeddb/auto';
import { createPinia, setActivePinia } from 'pinia';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createApp, type App } from 'vue';
import { openDesk } from '../../api/client';
import { deskKey } from '../../shell/session';
import { told } from '../../test_desk';
import { againAfterMs, failuresOfARun, questionMs, useSync } from './sync';
import { useTablet } from './tablet';
import { forgetEverything } from './vault';

const pin = '402819';
type Kind = 'record' | 'list';
// Of one question: it comes through; it never arrives; it arrives and its answer is lost; nobody ever answers; or another
// status is answered.
type Fate = 'through' | 'unasked' | 'unanswered' | 'silence' | number;

let app: App;
const tablet = () => app.runWithContext(() => useTablet());
const sync = () => app.runWithContext(() => useSync());

// A server that takes in what it gets, once, and lists it from a moment on as the real one does.
let arrived: { session: string; json: string; at: string }[] = [];
let listed: (session: string) => boolean = () => true;
let fate: (kind: Kind, session: string) => Fate = () => 'through';
let asked: Kind[] = [];
let silent = 0;
const moment = (at: number) => new Date(Date.UTC(2025, 8, 26, 2) + at).toISOString();

async function arrives(request: Request): Promise<unknown> {
  const json = String((await request.formData()).get('session'));
  const { id, number } = JSON.parse(json) as { id: string; number: string };
  const known = arrived.find((one) => one.session === id);
  if (known) expect(known.json).toBe(json);
  else arrived.push({ session: id, json, at: moment(arrived.length) });
  const at = known?.at ?? arrived.at(-1)?.at;
  return { session: id, number, received_at: at, repeated: !!known, instruction: 'none', because: '' };
}
function list(since: string): unknown {
  const some = arrived.filter((one) => one.at >= since && listed(one.session));
  return {
    tablet: {},
    received: some.map(({ session, at }) => ({
      session,
      number: '',
      received_at: at,
      instruction: 'none',
      because: '',
    })),
    until: some.at(-1)?.at ?? since,
    now: new Date().toISOString(),
  };
}
async function network(request: Request): Promise<Response> {
  const { pathname, searchParams } = new URL(request.url);
  if (pathname.endsWith('/reception_days'))
    return told({ days: [], units: [], county: '青溪县', now: new Date().toISOString() });
  if (pathname.endsWith('/blocks')) {
    return told({
      numbers: Array.from({ length: 60 }, (_, at) => ({
        number: `MH-2222-3333-44${at + 10}`,
        activation_code: String(at),
      })),
    });
  }
  const kind: Kind = pathname.endsWith('/received') ? 'list' : 'record';
  asked.push(kind);
  const form = kind === 'record' ? String((await request.clone().formData()).get('session')) : '';
  const what = fate(kind, form && (JSON.parse(form) as { text: string }).text);
  if (what === 'unasked') throw new TypeError('it did not get there');
  if (typeof what === 'number') return told({ code: 'x', detail: '现在不行' }, what);
  const answer = what === 'silence' || kind === 'list' ? null : await arrives(request);
  if (what === 'silence') {
    silent += 1;
    return new Promise(() => undefined); // whatever the one who asks breaks off
  }
  if (what === 'unanswered') throw new TypeError('lost on its way back');
  return told(answer ?? list(searchParams.get('since') ?? ''));
}

beforeEach(async () => {
  await forgetEverything();
  arrived = [];
  asked = [];
  silent = 0;
  listed = () => true;
  fate = () => 'through';
  app = createApp({});
  app.provide(
    deskKey,
    openDesk(
      () => '没有回音',
      () => 'zh-CN',
      (input, init) => network(new Request(input, init)),
    ),
  );
  const pinia = createPinia();
  app.use(pinia);
  setActivePinia(pinia);
  await tablet().setUp(pin, '一号');
  await sync().takeAlong(60);
  // Only the clock of the page: the browser's database and its cipher go on in their own time.
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});
afterEach(async () => {
  vi.useRealTimers();
  await tablet().lock();
});

async function write(...texts: string[]) {
  for (const text of texts) {
    const item = await tablet().start(null);
    if (!item) throw new Error('no paper');
    await tablet().keep({ ...item, way: 'local', session: { ...item.session, text } });
  }
}
const ways = () => tablet().items.map((item) => item.way);
const allConfirmed = () => ways().every((way) => way === 'confirmed');

declare const setImmediate: (done: () => void) => void; // of Node.js: no clock of the page
const breath = () => new Promise<void>((done) => setImmediate(done));
// Until nothing is under way. The clock is turned only for a question that nobody answers.
async function untilStill() {
  for (let seen = silent; sync().busy; await breath()) {
    if (silent === seen) continue;
    seen = silent;
    vi.advanceTimersByTime(questionMs * 16);
  }
}
// One run, and then as many as the clock of the page brings in that many waits.
async function evening(waits: number) {
  void sync().bringBack();
  await untilStill();
  for (let wait = 0; wait < waits && !allConfirmed(); wait += 1) {
    vi.advanceTimersToNextTimer(); // and no further: it begins a run whose questions have clocks of their own
    await untilStill();
  }
}
const texts = (count: number, from = 0) => Array.from({ length: count }, (_, at) => `第${from + at}组`);
// Every answer is lost but each `period`th, beginning with the one at `phase`.
function onlyEvery(period: number, phase: number): () => Fate {
  let at = phase;
  return () => ((at += 1) % period === 0 ? 'through' : 'unanswered');
}

describe('bringing back over a network that loses after a pattern', () => {
  it.each([2, 3, 4, 5])(
    'comes to an end when one answer in %i comes through, wherever that begins',
    async (period) => {
      let number = 0;
      for (let phase = 0; phase < period; phase += 1) {
        for (const count of [1, 2, 3]) {
          fate = onlyEvery(period, phase);
          asked = [];
          await write(...texts(count, number));
          number += count;
          await evening(2 * count * period);
          expect(ways(), `phase ${phase}, ${count} records`).toEqual(Array(number).fill('confirmed'));
          // Each answer moves a record on, and there are two ways to go.
          expect(asked.length).toBeLessThanOrEqual(2 * count * period);
        }
      }
      expect(arrived.length).toBe(number);
    },
  );
  it('waits for nothing while every second answer comes through', async () => {
    fate = onlyEvery(2, 0);
    await write(...texts(12));
    await evening(0);
    expect(allConfirmed()).toBe(true);
  });
  it.each(['record', 'list'] as const)(
    'comes to an end when the first nine of each %s are lost',
    async (lost) => {
      const times = new Map<string, number>();
      fate = (kind, text) => {
        if (kind !== lost) return 'through';
        const before = times.get(text) ?? 0;
        times.set(text, before + 1);
        return before < 9 ? 'unanswered' : 'through';
      };
      await write(...texts(2));
      await evening(20);
      expect(allConfirmed()).toBe(true);
      expect(arrived.length).toBe(2);
    },
  );
  it('brings back the others while one record never gets through', async () => {
    fate = (_kind, text) => (text === '第0组' ? 'unasked' : 'through');
    await write(...texts(4));
    await evening(3);
    expect(ways()).toEqual(['local', 'confirmed', 'confirmed', 'confirmed']);
    fate = () => 'through';
    await evening(0);
    expect(allConfirmed()).toBe(true);
  });
  it('confirms a record whose first answer was lost, although a later one was in the list before it', async () => {
    let first = true;
    fate = (kind, text) => {
      const lost = kind === 'record' && text === '第0组' && first;
      if (lost) first = false;
      return lost ? 'unanswered' : 'through';
    };
    await write('第0组');
    await evening(0);
    expect(ways()).toEqual(['confirmed']);
    expect(arrived[0]?.at).toBe(moment(0));
    first = true;
    await write('第0组', '第1组');
    await evening(0);
    expect(allConfirmed()).toBe(true);
  });
});

describe('a question that nobody answers', () => {
  it('ends, and those behind it get their turn', async () => {
    let times = 0;
    fate = (_kind, text) => (text === '第0组' && (times += 1) <= 2 ? 'silence' : 'through');
    await write(...texts(3));
    await evening(3);
    expect(allConfirmed()).toBe(true);
    expect(silent).toBe(2);
  });
  it('ends when it is the list', async () => {
    let times = 0;
    fate = (kind) => (kind === 'list' && (times += 1) <= 2 ? 'silence' : 'through');
    await write('第0组');
    await evening(1);
    expect(allConfirmed()).toBe(true);
  });
  it('shows nothing of a record on a tablet that was locked meanwhile, and goes on when it is open again', async () => {
    fate = () => 'silence';
    await write('第0组');
    void sync().bringBack();
    while (silent === 0) await breath();
    await tablet().lock();
    vi.advanceTimersByTime(questionMs);
    await untilStill();
    expect(tablet().items).toEqual([]);
    expect(vi.getTimerCount()).toBe(0);
    fate = () => 'through';
    expect(await tablet().unlock(pin)).toBe(true);
    await evening(0);
    expect(allConfirmed()).toBe(true);
    expect(tablet().own.papers.length, 'the papers are still there').toBe(60);
  });
});

describe('a network that is gone', () => {
  it('is asked a little, and again within a minute however long it is gone', async () => {
    fate = () => 'unasked';
    await write(...texts(5));
    await evening(0);
    for (let run = 1; run <= 12; run += 1) {
      expect(asked.length).toBe(run * failuresOfARun);
      const wait = againAfterMs[Math.min(run - 1, againAfterMs.length - 1)] ?? 0;
      vi.advanceTimersByTime(wait / 2 - 1);
      expect(sync().busy, 'not at once').toBe(false);
      vi.advanceTimersByTime(wait / 2 + 1);
      await untilStill();
    }
    fate = () => 'through';
    await evening(0);
    expect(allConfirmed()).toBe(true);
  });
  it.each([429, 503])('is not pressed by a tablet that was told to wait (%i)', async (status) => {
    fate = () => status;
    await write(...texts(5));
    await evening(0);
    expect(asked.length).toBe(1);
    expect(vi.getTimerCount()).toBe(1);
  });
  it('is left alone until somebody has signed in again', async () => {
    fate = () => 401;
    await write(...texts(2));
    await evening(0);
    expect(asked.length).toBe(1);
    expect(vi.getTimerCount()).toBe(0);
    expect(ways()).toEqual(['local', 'local']);
  });
});

describe('what was answered and is not in the list', () => {
  it('is sent again, to a server that was restored from an older backup', async () => {
    let restored = false;
    fate = (kind) => {
      if (kind === 'list' && !restored) {
        restored = true;
        arrived = [];
      }
      return 'through';
    };
    await write('第0组');
    await evening(2);
    expect(allConfirmed()).toBe(true);
    expect(arrived.length).toBe(1);
  });
  it('is asked twice and believed then: another tablet had brought it', async () => {
    listed = () => false;
    await write('第0组');
    await evening(2);
    expect(allConfirmed()).toBe(true);
    expect(asked).toEqual(['record', 'list', 'record', 'list']);
  });
});
