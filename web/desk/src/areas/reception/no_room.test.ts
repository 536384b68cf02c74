// A tablet on which nothing more can be kept, or whose database answers late: what is promised on the screen holds then, too.
import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { App } from 'vue';
import type { Router } from 'vue-router';
import { openTestDesk, settled, told, type Played } from '../../test_desk';
import { t } from './messages';
import { useSync } from './sync';
import { useTablet } from './tablet';
import { forgetEverything, Vault } from './vault';

const pin = '402819';
let desk: App;
let arrived: { text: string; files: number }[];
const tablet = () => desk.runWithContext(() => useTablet());
const sync = () => desk.runWithContext(() => useSync());
const router = () => desk.config.globalProperties.$router as Router;
const text = () => document.body.textContent ?? '';
const button = (says: string) =>
  [...document.querySelectorAll('button')].find((one) => one.textContent?.trim() === says);

// Every write is refused, as by a browser that has no room left.
function full() {
  return vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
    throw new DOMException('no room', 'QuotaExceededError');
  });
}

beforeEach(async () => {
  await forgetEverything();
  arrived = [];
  const played: Record<string, Played> = {
    'GET /api/v1/session': () =>
      told({ display_name: '王芳', role: 'clerk', permissions: ['session:own', 'reception:record'] }),
    'GET /api/v1/reception_days': () =>
      told({ days: [], units: [], county: '青溪县', now: new Date().toISOString() }),
  };
  desk = await openTestDesk(played, '/reception');
  await tablet().setUp(pin, '一号');
  const device = `/api/v1/receptions/${tablet().own.device}`;
  const sessions = new Map<string, string>();
  played[`POST ${device}/blocks`] = () =>
    told({ numbers: [2, 3, 4].map((at) => ({ number: `MH-2222-333${at}-4444`, activation_code: `${at}` })) });
  played[`POST ${device}/sessions`] = async (request) => {
    const form = await request.formData();
    const json = JSON.parse(String(form.get('session'))) as { id: string; number: string; text: string };
    arrived.push({ text: json.text, files: form.getAll('file').length });
    sessions.set(json.id, json.number);
    return told({
      session: json.id,
      number: json.number,
      received_at: '',
      repeated: false,
      instruction: 'none',
    });
  };
  played[`GET ${device}/received`] = () =>
    told({
      tablet: {},
      received: [...sessions].map(([session, number]) => ({
        session,
        number,
        received_at: '',
        instruction: 'none',
        because: '',
      })),
      until: '',
      now: new Date().toISOString(),
    });
  await sync().takeAlong(3);
});
afterEach(async () => {
  vi.restoreAllMocks();
  await vi.waitFor(() => expect(sync().busy).toBe(false));
  await tablet().lock();
  desk.unmount();
});

async function write(words: string) {
  const item = await tablet().start(null);
  if (!item) throw new Error('no paper');
  await router().push({ name: 'reception-record', params: { id: item.session.id } });
  await settled();
  const field = document.getElementById('text') as HTMLTextAreaElement;
  field.value = words;
  field.dispatchEvent(new Event('input'));
  await settled();
  return item.session.id;
}
async function finish() {
  document.querySelector('form')?.dispatchEvent(new Event('submit', { cancelable: true }));
  await settled();
}

describe('a tablet that is full', () => {
  it('lets what could not be kept be finished again when there is room', async () => {
    const id = await write('路灯坏了');
    const refused = full();
    await finish();
    await vi.waitFor(() => expect(text()).toContain(t('record.not_kept_long')));
    expect(button(t('record.finish')), 'the button that the sentence speaks of').toBeDefined();
    expect(document.querySelector('fieldset.three')?.hasAttribute('disabled')).toBe(false);
    refused.mockRestore();
    await finish();
    await vi.waitFor(() => expect(tablet().item(id)?.way).toBe('confirmed'));
    expect(arrived.map((one) => one.text)).toEqual(['路灯坏了']);
  });
  it('still sends what it has, which is how it gets room', async () => {
    const item = await tablet().start(null);
    if (!item) throw new Error('no paper');
    await tablet().keep({ ...item, way: 'local', session: { ...item.session, text: '路灯坏了' } });
    full();
    await sync().bringBack();
    expect(arrived.map((one) => one.text)).toEqual(['路灯坏了']);
    expect(tablet().items.map((one) => one.way)).toEqual(['confirmed']);
  });
  it('takes no number for somebody whose record could not be begun, and says so', async () => {
    const refused = full();
    button(t('today.next_without'))?.click();
    await vi.waitFor(() => expect(text()).toContain(t('today.not_begun')));
    refused.mockRestore();
    expect(tablet().papersLeft).toBe(3);
    expect(tablet().items).toEqual([]);
  });
  it('says that a photo was not kept', async () => {
    await write('路灯坏了');
    full();
    const field = document.getElementById('photo') as HTMLInputElement;
    Object.defineProperty(field, 'files', { value: [new File(['x'], 'a.jpg', { type: 'image/jpeg' })] });
    field.dispatchEvent(new Event('change'));
    await vi.waitFor(() => expect(text()).toContain(t('file.full')));
  });
});

describe('a photo that is still being kept', () => {
  it('goes with the record that is finished meanwhile', async () => {
    const id = await write('路灯坏了');
    const putFile = Vault.prototype.putFile;
    vi.spyOn(Vault.prototype, 'putFile').mockImplementation(async function (this: Vault, ...given) {
      await new Promise((later) => setTimeout(later, 100)); // twenty megabytes are sealed
      return putFile.apply(this, given);
    });
    const field = document.getElementById('photo') as HTMLInputElement;
    Object.defineProperty(field, 'files', { value: [new File(['x'], 'a.jpg', { type: 'image/jpeg' })] });
    field.dispatchEvent(new Event('change'));
    await finish();
    await vi.waitFor(() => expect(tablet().item(id)?.way).toBe('confirmed'));
    expect(arrived).toEqual([{ text: '路灯坏了', files: 1 }]);
  });
});

describe('the door', () => {
  const alert = () => document.querySelector('[role=alert]')?.textContent ?? '';
  async function type(id: string, typed: string) {
    const field = document.getElementById(id) as HTMLInputElement;
    field.value = typed;
    field.dispatchEvent(new Event('input'));
    await settled();
  }
  it('says that the tablet could not be opened, when its database does not answer', async () => {
    await tablet().lock();
    await settled();
    vi.spyOn(Vault.prototype, 'all').mockRejectedValue(new DOMException('damaged', 'OperationError'));
    await type('pin', pin);
    await finish();
    await vi.waitFor(() => expect(alert()).toContain(t('door.unread')));
    expect(tablet().door).toBe('locked');
  });
  it('says that the tablet could not be set up, when the browser keeps nothing', async () => {
    await tablet().wipe();
    await settled();
    vi.spyOn(Vault, 'create').mockRejectedValue(new DOMException('no room', 'QuotaExceededError'));
    for (const [id, typed] of Object.entries({ label: '一号', pin, again: pin })) await type(id, typed);
    await finish();
    await vi.waitFor(() => expect(alert()).toContain(t('door.broken')));
  });
  it('is shown, with the reason, in a browser that lets no page keep anything', async () => {
    await tablet().lock();
    desk.unmount();
    vi.spyOn(indexedDB, 'open').mockImplementation(() => {
      throw new DOMException('not here', 'SecurityError');
    });
    desk = await openTestDesk(
      {
        'GET /api/v1/session': () =>
          told({ display_name: '王芳', role: 'clerk', permissions: ['session:own', 'reception:record'] }),
      },
      '/reception',
    );
    await vi.waitFor(() => expect(text()).toContain(t('door.broken')));
    vi.restoreAllMocks();
  });
});

describe('a tablet that is never loaded again', () => {
  it('forgets what was confirmed a day ago all the same', async () => {
    const item = await tablet().start(null);
    if (!item) throw new Error('no paper');
    await tablet().keep({ ...item, way: 'confirmed', sentAt: Date.now() - 25 * 3_600_000 });
    await tablet().lock();
    expect(await tablet().unlock(pin)).toBe(true);
    expect(tablet().items).toEqual([]);
  });
  it('is locked although its clock was put back', async () => {
    const now = Date.now();
    vi.spyOn(Date, 'now').mockReturnValue(now - 86_400_000);
    await tablet().lockWhenIdle();
    expect(tablet().door).toBe('locked');
  });
});

describe('the paper that is given along', () => {
  it('names no unit and no day that the leader took back', async () => {
    const item = await tablet().start(null);
    if (!item) throw new Error('no paper');
    await tablet().keepOwn({ units: [{ id: 'u', name: '县住建局', phone: '0570-1' }] });
    const session = { ...item.session, unit: 'u', due: '2026-12-10' };
    await tablet().keep({ ...item, session: { ...session, decision: 'unit' } });
    await router().push({ name: 'reception-notice', params: { id: session.id } });
    await settled();
    expect(document.querySelector('.notice-sheet')?.textContent).toContain('县住建局');
    await tablet().keep({ ...item, session: { ...session, decision: 'none' } });
    await settled();
    expect(document.querySelector('.notice-sheet')?.textContent).not.toContain('县住建局');
    expect(document.querySelector('.notice-sheet')?.textContent).not.toContain('12月10日');
    expect(document.querySelector('.notice-sheet')?.textContent).toContain(t('sheet.due_by_law'));
  });
});
