// The tablet with a real database and a real cipher (a browser's own, in memory here); only the network is played.
import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { App } from 'vue';
import { openTestDesk, settled, told, type Played } from '../../test_desk';
import { t as signIn } from '../session/messages';
import { t } from './titles';
import { begin, missing, numbersIn, partCount, wire } from './session';
import { useSync } from './sync';
import { useTablet } from './tablet';
import { countWaiting, forgetEverything, forgetWhatIsOver, keptAfterSendingMs, Vault } from './vault';

const pin = '402819';
const session = (at = 0) =>
  begin({
    id: `0190bbbb-0000-7000-8000-00000000000${at}`,
    number: `MH-2222-333${at + 2}-4444`,
    code: '1111 2222 3333 4444 5555 6666',
    visit: '',
    group: '',
    queue: null,
    people: 3,
    officials: '王副县长',
    at: '2025-09-26T02:00:00.000Z',
  });

describe('a session', () => {
  it('sends everything but the code on the paper', () => {
    const sent = JSON.stringify(wire(session()));
    expect(sent).toContain('MH-2222-3332-4444');
    expect(sent).not.toContain('1111');
  });
  it('keeps at most five representatives and at least one person, whatever was typed', () => {
    expect(wire({ ...session(), people: Number.NaN, representatives: 9 })).toMatchObject({
      people: 1,
      representatives: 5,
    });
  });
  it('finds the numbers among what was typed, and loses nothing else', () => {
    expect(numbersIn('mh－2222－3333－4444，MH-5555-6666-7777 和去年那张')).toEqual([
      'MH-2222-3333-4444',
      'MH-5555-6666-7777',
    ]);
    const one = wire({ ...session(), text: '路灯', earlier: '去年那张' });
    expect(one.earlier).toEqual([]);
    expect(one.text).toContain('去年那张');
  });
  it('says what is missing and is complete without it', () => {
    expect(missing(session())).toContain('text');
    expect(missing(session()).length).toBeLessThan(partCount);
    expect(missing({ ...session(), decision: 'unit', unit: 'x' })).toContain('decided');
    expect(missing({ ...session(), decision: 'unit', unit: 'x', due: '2025-10-01' })).not.toContain(
      'decided',
    );
  });
  it('sends no unit and no day unless a unit is to deal with it', () => {
    const one = { ...session(), unit: 'x', due: '2025-10-01', decision: 'on_spot' as const };
    expect(wire(one)).toMatchObject({ unit: '', due: '' });
  });
});

describe('the vault', () => {
  beforeEach(forgetEverything);
  const mark = { way: 'local' as const, changedAt: 1000, sentAt: null };

  it('gives back what was put in, to the same PIN and to no other', async () => {
    const vault = await Vault.create(pin);
    await vault.put([{ id: 'a', value: { words: '路灯坏了' }, mark }]);
    vault.close();
    expect(await Vault.open('402818')).toBeNull();
    const again = await Vault.open(pin);
    expect((await again?.all())?.[0]?.value).toEqual({ words: '路灯坏了' });
    again?.close();
  });
  it('leaves no word of anybody readable in the database or in the exported file', async () => {
    const vault = await Vault.create(pin);
    await vault.put([{ id: 'a', value: { words: 'lamp broken' }, mark }]);
    await vault.putFile('f', 'a', new Blob(['lamp photo'], { type: 'image/jpeg' }));
    const file = await vault.exported();
    const text = await file.text();
    expect(text).not.toContain('lamp');
    expect(text).not.toContain(btoa('lamp').slice(0, 4));
    expect(await (await vault.filesOf('a'))[0]?.blob.text()).toBe('lamp photo');
    vault.close();
  });
  it('tells without the PIN how much waits and since when, and nothing else', async () => {
    const vault = await Vault.create(pin);
    await vault.put([
      { id: 'a', value: {}, mark },
      { id: 'b', value: {}, mark: { ...mark, changedAt: 500 } },
      { id: 'c', value: {}, mark: { ...mark, way: 'confirmed' } },
    ]);
    vault.close();
    expect(await countWaiting()).toEqual({ waiting: 2, since: 500 });
  });
  it('forgets a confirmed record and its files a day later, and nothing that is not confirmed', async () => {
    const vault = await Vault.create(pin);
    await vault.put([
      { id: 'a', value: {}, mark: { way: 'confirmed', changedAt: 0, sentAt: 1000 } },
      { id: 'b', value: {}, mark: { way: 'sent', changedAt: 0, sentAt: 1000 } },
    ]);
    await vault.putFile('f', 'a', new Blob(['x']));
    expect(await forgetWhatIsOver(1000 + keptAfterSendingMs)).toBe(0);
    expect(await forgetWhatIsOver(1001 + keptAfterSendingMs)).toBe(1);
    expect((await vault.all()).map(({ id }) => id)).toEqual(['b']);
    expect(await vault.filesOf('a')).toEqual([]);
    vault.close();
  });
});

describe('the door', () => {
  beforeEach(() => forgetEverything());
  const heading = () => document.querySelector('h1')?.textContent ?? '';

  it('is the sign-in of the office on a device that is no tablet', async () => {
    const desk = await openTestDesk(
      { 'GET /api/v1/session': () => told({ code: 'x', detail: '' }, 401) },
      '/reception',
    );
    expect(heading()).toBe(signIn('sign_in.title'));
    desk.unmount();
  });
  it('is the PIN of the tablet on one that is, whoever is signed in and with no network at all', async () => {
    (await Vault.create(pin)).close();
    const desk = await openTestDesk({}, '/reception');
    expect(heading()).toBe(t('reception.title'));
    await vi.waitFor(() => expect(document.querySelector('#pin')).not.toBeNull());
    desk.unmount();
  });
});

describe('bringing back', () => {
  let desk: App;
  const tablet = () => desk.runWithContext(() => useTablet());
  const sync = () => desk.runWithContext(() => useSync());
  // A server that takes in what it gets; each answer can be lost.
  const arrived = new Map<string, { number: string; json: string }>();
  let lose: () => boolean = () => false;
  const answer = (value: unknown, status = 200) => {
    if (lose()) throw new TypeError('lost on its way');
    return told(value, status);
  };
  const posts: string[] = [];
  let asked: string[] = [];
  const server = (device: string): Record<string, Played> => ({
    'GET /api/v1/reception_days': () =>
      answer({ days: [], units: [], county: '青溪县', now: new Date().toISOString() }),
    [`POST /api/v1/receptions/${device}/blocks`]: (request) => {
      const key = request.headers.get('Idempotency-Key') ?? '';
      posts.push(key);
      return answer({
        block: 'b',
        given_at: '2025-09-26T02:00:00Z',
        repeated: false,
        numbers: Array.from({ length: 3 }, (_, at) => ({
          number: `MH-2222-333${at + 2}-4444`,
          activation_code: `${key.slice(0, 4)} ${at}`,
        })),
      });
    },
    [`POST /api/v1/receptions/${device}/sessions`]: async (request) => {
      const json = String((await request.formData()).get('session'));
      const { id, number } = JSON.parse(json) as { id: string; number: string };
      const known = arrived.get(id);
      if (known && known.json !== json) {
        return answer({ code: 'receptions.changed_elsewhere', detail: '两份不一样' }, 409);
      }
      arrived.set(id, { number, json });
      return answer({
        session: id,
        number,
        received_at: '',
        repeated: !!known,
        instruction: 'none',
        because: '',
      });
    },
    [`GET /api/v1/receptions/${device}/received`]: () =>
      answer({
        tablet: {},
        received: [...arrived].map(([id, { number }]) => ({
          session: id,
          number,
          received_at: '',
          instruction: 'none',
          because: '',
        })),
        until: '2025-09-26T02:00:00Z',
        now: new Date().toISOString(),
      }),
  });

  beforeEach(async () => {
    await forgetEverything();
    arrived.clear();
    posts.length = 0;
    lose = () => false;
    const played: Record<string, Played> = {
      'GET /api/v1/session': () =>
        told({ display_name: '王芳', role: 'window', permissions: ['session:own', 'reception:record'] }),
    };
    asked = [];
    desk = await openTestDesk(played, '/reception', asked);
    await tablet().setUp(pin, '一号');
    Object.assign(played, server(tablet().own.device));
    await sync().takeAlong(3);
  });
  afterEach(async () => {
    vi.useRealTimers();
    await tablet().lock();
    desk.unmount();
  });

  it('stays open when another page is shown while the PIN is looked at', async () => {
    await tablet().lock();
    const looks: Promise<void>[] = [];
    let opened: boolean | undefined;
    const opening = tablet()
      .unlock(pin)
      .then((right) => (opened = right));
    while (opened === undefined) {
      looks.push(tablet().look()); // the last of them end after it has opened
      await new Promise((soon) => setTimeout(soon));
    }
    expect(await opening).toBe(true);
    await Promise.all(looks);
    expect(tablet().door).toBe('open');
  });

  async function write(text: string) {
    const item = await tablet().start(null);
    if (!item) throw new Error('no paper');
    await tablet().keep({ ...item, way: 'local', session: { ...item.session, text } });
    return item.session.id;
  }
  const ways = () => tablet().items.map((item) => item.way);

  it('asks for numbers again with the same key when the answer was lost', async () => {
    lose = () => posts.length === 2;
    expect(await sync().takeAlong(9)).toBe(false);
    lose = () => false;
    expect(await sync().takeAlong(9)).toBe(true);
    expect(posts[1]).toBe(posts[2]);
  });
  it('gives every record a paper of its own until none is left', async () => {
    await write('一');
    await write('二');
    await write('三');
    expect(new Set(tablet().items.map((item) => item.session.number)).size).toBe(3);
    expect(await tablet().start(null)).toBeNull();
  });
  it('sends what is finished and not what is being written, and the server confirms it', async () => {
    await write('一');
    await tablet().start(null);
    await sync().bringBack();
    expect(ways().sort()).toEqual(['confirmed', 'writing']);
    expect(arrived.size).toBe(1);
  });
  it('sends again what was not answered, and it arrives once', async () => {
    await write('一');
    let first = true;
    lose = () => {
      const now = first;
      first = false;
      return now;
    };
    await sync().bringBack();
    expect(ways()).toEqual(['confirmed']);
    expect(asked.filter((one) => one.endsWith('/sessions')).length).toBe(2);
    expect(arrived.size).toBe(1);
  });
  it('does not take another version for its own when that answer was lost', async () => {
    const id = await write('这里写的');
    arrived.set(id, { number: 'MH-2222-3332-4444', json: '{"other":1}' });
    let first = true;
    lose = () => {
      const now = first;
      first = false;
      return now;
    };
    await sync().bringBack();
    expect(asked.filter((one) => one.endsWith('/sessions')).length).toBe(2);
    expect(ways()).toEqual(['conflict']);
  });
  it('keeps everything while the server cannot be reached, also over a lock', async () => {
    await write('一');
    lose = () => true;
    await sync().bringBack();
    expect(ways()).toEqual(['local']);
    await tablet().lock();
    expect(tablet().items).toEqual([]);
    expect(await tablet().unlock('402818')).toBe(false);
    expect(await tablet().unlock(pin)).toBe(true);
    expect(tablet().items[0]?.session.text).toBe('一');
    lose = () => false;
    await sync().bringBack();
    expect(ways()).toEqual(['confirmed']);
  });
  it('changes neither version when another tablet sent something else', async () => {
    const id = await write('这里写的');
    arrived.set(id, { number: 'MH-2222-3332-4444', json: '{"other":1}' });
    await sync().bringBack();
    expect(ways()).toEqual(['conflict']);
    expect(tablet().item(id)?.session.text).toBe('这里写的');
    expect(arrived.get(id)?.json).toBe('{"other":1}');
  });
  it('shows what waits on every page, and asks for the PIN after it was locked', async () => {
    await write('一');
    await settled();
    expect(document.querySelector('.mark')?.textContent).toContain('1 件未同步');
    await tablet().lock();
    await settled();
    await vi.waitFor(() => expect(document.querySelector('#pin')).not.toBeNull());
    expect(document.body.textContent).not.toContain('MH-2222');
  });
});
