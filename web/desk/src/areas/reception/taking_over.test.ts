// A tablet breaks and its saved file is brought back by another: real cipher, real database (a browser's own, in memory here),
// and a server that knows tablets, numbers and sessions as the real one does. Whatever is in the way, each paper is one case.
import 'fake-indexeddb/auto';
import { createPinia, setActivePinia } from 'pinia';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createApp, type App } from 'vue';
import { openDesk } from '../../api/client';
import { deskKey } from '../../shell/session';
import { told } from '../../test_desk';
import { useSync } from './sync';
import { useTablet } from './tablet';
import { useTakingOver } from './taking_over';
import { forgetEverything, Vault } from './vault';

const pin = '402819';
const otherPin = '7310642';
const digits = '23456789';

// ---- the server
interface Unit {
  numbers: string[];
  revoked: boolean;
}
interface Arrival {
  session: string;
  number: string;
  json: string;
  files: string[];
  by: string;
}
let tablets = new Map<string, Unit>();
let cases: Arrival[] = [];
let network: 'on' | 'off' | 'silent answers' = 'on';
let foreign = false;
let given = 0;

const nextNumber = () => {
  given += 1;
  return `MH-2222-3333-44${digits[Math.floor(given / 8) % 8] ?? ''}${digits[given % 8] ?? ''}`;
};
const problem = (code: string, status: number) => told({ code, detail: code }, status);
const holderOf = (number: string) => [...tablets.values()].find((one) => one.numbers.includes(number));

async function take(device: string, request: Request): Promise<Response> {
  const form = await request.formData();
  const json = String(form.get('session'));
  const { id, number } = JSON.parse(json) as { id: string; number: string };
  if (!tablets.has(device)) return problem('receptions.no_such_device', 404);
  const known = cases.find((one) => one.session === id);
  if (known && known.json !== json) return problem('receptions.changed_elsewhere', 409);
  if (!known) {
    if (cases.some((one) => one.number === number)) return problem('cases.number_used', 409);
    if (holderOf(number)?.revoked !== false) return problem('cases.number_revoked', 409);
    const files = await Promise.all(form.getAll('file').map((file) => (file as File).text()));
    cases.push({ session: id, number, json, files, by: device });
  }
  const answer = { session: id, number, received_at: '', instruction: 'none', because: '' };
  return told({ ...answer, repeated: !!known });
}
async function answer(request: Request): Promise<Response> {
  const [, device = '', what = '', which = ''] =
    /\/receptions\/([^/]+)\/([a-z]+)(?:\/([^/]+))?$/.exec(new URL(request.url).pathname) ?? [];
  const tablet = tablets.get(device);
  if (request.url.includes('/reception_days'))
    return told({ days: [], units: [], county: '青溪县', now: new Date().toISOString() });
  if (what === 'blocks') {
    const numbers = Array.from({ length: 5 }, nextNumber);
    tablets.set(device, { numbers: [...(tablet?.numbers ?? []), ...numbers], revoked: false });
    return told({ numbers: numbers.map((number) => ({ number, activation_code: `${number} code` })) });
  }
  if (what === 'sessions' && which) {
    return cases.some((one) => one.session === which) ? told({}) : problem('receptions.no_such_session', 404);
  }
  if (what === 'sessions') return take(device, request);
  if (!tablet || foreign) return problem('receptions.no_such_device', 404);
  const waiting = tablet.numbers.filter((number) => !cases.some((one) => one.number === number));
  return told({
    tablet: { revoked_at: tablet.revoked ? '2025-09-26T12:00:00Z' : null, blocks: [{ waiting }] },
    received: cases
      .filter((one) => one.by === device)
      .map(({ session }) => ({ session, instruction: 'none', because: '' })),
    until: '',
    now: new Date().toISOString(),
  });
}

// ---- tablets, one after the other: there is one database
let app: App;
const tablet = () => app.runWithContext(() => useTablet());
const sync = () => app.runWithContext(() => useSync());
const over = () => app.runWithContext(() => useTakingOver());

async function freshTablet(itsPin: string, name: string) {
  await forgetEverything();
  app = createApp({});
  app.provide(
    deskKey,
    openDesk(
      () => '没有回音',
      () => 'zh-CN',
      async (input, init) => {
        if (network === 'off') throw new TypeError('no network');
        const told = await answer(new Request(input, init));
        if (network === 'silent answers') throw new TypeError('lost on its way back');
        return told;
      },
    ),
  );
  const pinia = createPinia();
  app.use(pinia);
  setActivePinia(pinia);
  await tablet().setUp(itsPin, name);
  await sync().takeAlong(5);
}
async function write(text: string, finished = true, photo = '') {
  const item = await tablet().start(null);
  if (!item) throw new Error('no paper');
  const kept = { ...item, session: { ...item.session, text } };
  await tablet().keep(finished ? { ...kept, way: 'local' } : kept);
  if (photo) await tablet().files.put(item.session.id, new Blob([photo], { type: 'image/jpeg' }));
  return kept.session;
}
async function saved(): Promise<Blob> {
  const file = await tablet().exported();
  if (!file) throw new Error('it is locked');
  return file;
}
async function breaks() {
  await idle();
  await tablet().lock();
}
const idle = () => vi.waitFor(() => expect(sync().busy).toBe(false));
async function opened(file: Blob, itsPin = pin) {
  const one = over();
  await one.openFile(file, itsPin);
  return one;
}
async function broughtBack(file: Blob) {
  const one = await opened(file);
  await one.take();
  await idle();
  await sync().bringBack();
  return one;
}
const standings = (one: ReturnType<typeof useTakingOver>) => one.lines.value.map(({ standing }) => standing);
const ways = () => tablet().items.map((item) => item.way);

beforeEach(async () => {
  tablets = new Map();
  cases = [];
  network = 'on';
  foreign = false;
  await freshTablet(pin, '一号');
});
afterEach(breaks);

describe('the file of a tablet that broke', () => {
  it('comes back on another under the ids, numbers and codes of then, with its photos, each once', async () => {
    const first = await write('路灯坏了', true, 'photo of a lamp');
    const second = await write('水管破了');
    const file = await saved();
    await breaks();
    await freshTablet(otherPin, '二号');

    const one = await opened(file);
    expect(one.opened.value?.tablet).toBe('一号');
    expect(standings(one)).toEqual(['fresh', 'fresh']);
    expect(tablet().items).toEqual([]); // looking takes nothing
    await one.take();
    expect(one.done.value).toEqual({ taken: 2, lost: 0 });
    expect(standings(one)).toEqual(['here', 'here']);
    await idle();
    await sync().bringBack();
    expect(ways()).toEqual(['confirmed', 'confirmed']);
    expect(cases.map(({ session, number }) => [session, number]).sort()).toEqual(
      [first, second].map(({ id, number }) => [id, number]).sort(),
    );
    expect(cases.find((each) => each.session === first.id)?.files).toEqual(['photo of a lamp']);
    expect(tablet().item(first.id)?.session.code).toBe(first.code);
    expect(tablet().item(first.id)?.from?.tablet).toBe('一号');

    await broughtBack(file); // a second time
    expect(cases.length).toBe(2);
    expect(tablet().items.length).toBe(2);
    expect(one.toTake.value).toEqual([]);
  });
  it('makes no second case of what that tablet had sent, whether or not it knew', async () => {
    await write('知道送到了');
    await sync().bringBack();
    network = 'silent answers';
    await write('不知道送到了');
    await sync().bringBack();
    network = 'on';
    const file = await saved();
    await breaks();
    expect(cases.length).toBe(2);
    await freshTablet(otherPin, '二号');
    const one = await opened(file);
    expect(standings(one)).toEqual(['arrived', 'check']);
    await broughtBack(file);
    expect(ways()).toEqual(['confirmed']);
    expect(cases.length).toBe(2);
  });
  it('brings what the server has lost since it confirmed it', async () => {
    await write('先到了，后来服务器从旧的备份恢复');
    await sync().bringBack();
    const file = await saved();
    await breaks();
    cases = [];
    await freshTablet(otherPin, '二号');
    expect(standings(await broughtBack(file))).toEqual(['here']);
    expect(cases.length).toBe(1);
  });
  it('keeps both versions where another was sent meanwhile', async () => {
    const { id } = await write('这里写的');
    const file = await saved();
    const item = tablet().item(id);
    if (item) await tablet().keep({ ...item, session: { ...item.session, text: '后来改的' } });
    await sync().bringBack();
    await breaks();
    await freshTablet(otherPin, '二号');
    await broughtBack(file);
    expect(ways()).toEqual(['conflict']);
    expect(cases.map(({ json }) => json.includes('后来改的'))).toEqual([true]);
  });
  it('goes on where it was left: what was not finished is finished here, and not shown when it was finished there', async () => {
    const { id } = await write('写到一半', false);
    const early = await saved();
    const there = tablet().item(id);
    if (!there) throw new Error('gone');
    await tablet().keep({
      ...there,
      session: { ...there.session, text: '写到一半，又多写了' },
      changedAt: there.changedAt + 1,
    });
    const later = await saved();
    const finishedThere = tablet().item(id);
    await breaks();
    await freshTablet(otherPin, '二号');
    await broughtBack(early);
    expect(ways()).toEqual(['writing']);
    expect(cases).toEqual([]);
    // A later file of the same tablet has it further on; nobody has touched it here.
    expect(standings(await opened(later))).toEqual(['older']);
    await broughtBack(later);
    expect(tablet().item(id)?.session.text).toBe('写到一半，又多写了');
    const here = tablet().item(id);
    if (!here || !finishedThere) throw new Error('gone');
    await tablet().keep({
      ...here,
      session: { ...here.session, text: '这里写完' },
      way: 'local',
      changedAt: here.changedAt + 1,
    });
    expect(standings(await opened(later))).toEqual(['here']); // what was written here is not overwritten
    await sync().bringBack();
    expect(cases.map(({ json }) => json.includes('这里写完'))).toEqual([true]);
    await breaks();
    await freshTablet('55667788', '三号');
    expect(standings(await opened(early))).toEqual(['arrived']);
  });
  it('is taken in without a network, also on a tablet that the server does not know yet', async () => {
    await write('没有网的一天');
    const file = await saved();
    await breaks();
    network = 'off';
    await freshTablet(otherPin, '二号');
    const one = await broughtBack(file);
    expect(one.unasked.value).toBe(0);
    expect(ways()).toEqual(['local']);
    expect(tablet().own.papers).toEqual([]);
    network = 'on';
    await sync().bringBack();
    expect(ways()).toEqual(['confirmed']);
    expect(cases.length).toBe(1);
  });
  it('may be brought by two tablets, and by one that has it from another', async () => {
    const { number } = await write('两台都读');
    const file = await saved();
    await breaks();
    await freshTablet(otherPin, '二号');
    network = 'off';
    await broughtBack(file);
    const again = await saved();
    await breaks();
    network = 'on';
    await freshTablet('55667788', '三号');
    const one = await opened(again, otherPin);
    // Asked of the tablet that had the number, not of the one that carried it.
    expect(standings(one)).toEqual(['fresh']);
    await one.take();
    await idle();
    await broughtBack(file);
    expect(ways()).toEqual(['confirmed']);
    expect(cases.map((each) => each.number)).toEqual([number]);
  });
});

describe('in the way of a saved file', () => {
  it('stands another PIN: it is said, and nothing is touched', async () => {
    await write('一');
    const file = await saved();
    const one = await opened(file, '402818');
    expect(one.wrong.value).toBe('pin_wrong');
    expect(one.opened.value).toBeNull();
    expect(ways()).toEqual(['local']);
  });
  it('stands what is none, or too new, or cannot be read at all', async () => {
    const file = await (await saved()).text();
    const wrong = async (text: string) => (await opened(new Blob([text]))).wrong.value;
    expect(await wrong('')).toBe('foreign');
    expect(await wrong('{"format":"something-else/v1"}')).toBe('foreign');
    expect(await wrong(file.replace('minhu-reception/v1', 'minhu-reception/v2'))).toBe('newer');
    expect(await wrong(file.replace('"salt"', '"sold"'))).toBe('damaged');
    expect(await wrong(file.replace('"rounds":600000', '"rounds":999999999999'))).toBe('damaged');
    const gone = new Blob([file]);
    gone.slice = () => {
      throw new Error('the stick was pulled out');
    };
    expect((await opened(gone)).wrong.value).toBe('unread');
  });
  it('stands a break: what is before it is there, and it is said that it is not all', async () => {
    await write('一', true, 'a photo');
    await write('二');
    const file = await (await saved()).text();
    await breaks();
    await freshTablet(otherPin, '二号');
    const one = await opened(new Blob([file.slice(0, file.indexOf('],"files":[') + 60)]));
    expect(one.opened.value?.whole).toBe(false);
    await one.take();
    expect(one.done.value).toEqual({ taken: 2, lost: 0 });
  });
  it('stands a damaged row or photo: the others are there, and it is counted', async () => {
    await write('一', true, 'a photo');
    await write('二');
    const lines = (await (await saved()).text()).split('\n');
    const spoil = (line: string) =>
      line.replace(/"sealed":\{"base64":"./, (all) => `${all.slice(0, -1)}${all.endsWith('A') ? 'B' : 'A'}`);
    const item = lines.findIndex((line) => line.includes('"local"'));
    const photo = lines.findIndex((line) => line.includes('image/jpeg'));
    await breaks();
    await freshTablet(otherPin, '二号');
    const spoiltPhoto = await opened(
      new Blob([lines.map((line, at) => (at === photo ? spoil(line) : line)).join('\n')]),
    );
    const spoiltItem = await opened(
      new Blob([lines.map((line, at) => (at === item ? spoil(line) : line)).join('\n')]),
    );
    expect(spoiltItem.opened.value?.unreadable).toBe(1);
    expect(standings(spoiltItem)).toEqual(['fresh']);
    await spoiltPhoto.take();
    expect(spoiltPhoto.done.value).toEqual({ taken: 2, lost: 1 });
  });
  it('stands a tablet that dies half way: what is here is here, the rest comes the next time, nothing twice', async () => {
    await write('一', true, 'a photo');
    await write('二');
    await write('三');
    const file = await saved();
    await breaks();
    await freshTablet(otherPin, '二号');
    network = 'off';
    const real = Vault.prototype.put;
    let left = 1;
    const spied = vi.spyOn(Vault.prototype, 'put').mockImplementation(function (this: Vault, ...all) {
      if (all[1] && left === 0) throw new Error('no room');
      if (all[1]) left -= 1; // records that are taken over, and nothing else
      return real.apply(this, all);
    });
    const one = await opened(file);
    await one.take();
    expect(one.wrong.value).toBe('full');
    expect(one.done.value).toEqual({ taken: 1, lost: 0 });
    spied.mockRestore();
    await breaks();
    expect(await tablet().unlock(otherPin)).toBe(true);
    expect(tablet().items.length).toBe(1);
    expect((await tablet().files.of(tablet().items[0]?.session.id ?? '')).length).toBe(1);
    network = 'on';
    expect(standings(await opened(file))).toEqual(['here', 'fresh', 'fresh']);
    await broughtBack(file);
    expect(ways()).toEqual(['confirmed', 'confirmed', 'confirmed']);
    expect(cases.length).toBe(3);
  });
  it('stands another unit: nothing is taken that could not be brought', async () => {
    await write('一');
    const file = await saved();
    await breaks();
    await freshTablet(otherPin, '二号');
    foreign = true;
    const one = await opened(file);
    expect(one.wrong.value).toBe('elsewhere');
    expect(one.toTake.value).toEqual([]);
  });
  it('stands a tablet out of use: the record is kept, and taken in once under a number of this one', async () => {
    const { id, number } = await write('平板后来找不到了');
    const file = await saved();
    await breaks();
    for (const each of tablets.values()) each.revoked = true;
    await freshTablet(otherPin, '二号');
    expect(standings(await opened(file))).toEqual(['revoked']);
    await broughtBack(file);
    expect(tablet().item(id)).toMatchObject({ way: 'refused', why: 'cases.number_revoked' });
    expect(cases).toEqual([]);
    const again = await tablet().renumber(id);
    expect(await tablet().renumber(id)).toBeNull(); // pressed twice: one paper
    expect(tablet().papersLeft).toBe(4);
    await sync().bringBack();
    expect(ways()).toEqual(['confirmed']);
    expect(cases.map((each) => [each.session, each.number])).toEqual([[id, again?.session.number]]);
    expect(again?.session.number).not.toBe(number);
    expect(cases[0]?.json).toContain(number); // so that whoever still holds the old paper is found
  });
  it('stands another file, chosen while the first was being opened: the first shows nothing any more', async () => {
    await write('第一个文件');
    const first = await saved();
    const one = over();
    const opening = one.openFile(first, pin);
    const second = one.openFile(first, '402818');
    await Promise.all([opening, second]);
    expect(one.opened.value).toBeNull();
    expect(one.wrong.value).toBe('pin_wrong');
  });
  it('does not stand its age: rows that are not on lines of their own are read, too', async () => {
    await write('一', true, 'a photo');
    const file = await (await saved()).text();
    const old = JSON.stringify(JSON.parse(file));
    expect(old.includes('\n')).toBe(false);
    await breaks();
    await freshTablet(otherPin, '二号');
    await broughtBack(new Blob([old]));
    expect(cases.map(({ files }) => files)).toEqual([['a photo']]);
  });
});
