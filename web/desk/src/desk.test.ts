import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { App as VueApp } from 'vue';
import { t as queue } from './areas/queue/messages';
import { t as session } from './areas/session/messages';
import { t } from './shell/messages';
import { openTestDesk, settled, told, type Played } from './test_desk';

const account = { display_name: '王芳', role: 'handler', permissions: ['session:own', 'queue:read'] };
const wrong = { status: 401, code: 'accounts.wrong_login', detail: '登录名或密码不对。' };

let made = 0;
const line = (own: object) => ({
  id: `case-${++made}`,
  number: 'MH-2345-6789-ABCD',
  track: 'hotline',
  channel: 'web',
  state: 'signed_in',
  seq: 3,
  headline: '路灯不亮',
  due: null,
  left: { count: 0, unit: 'none', over: false, tone: 'none' },
  place_name: '上溪村',
  urgency: 'ordinary',
  returned: 0,
  urged: 0,
  joined: 0,
  ...own,
});

let app: VueApp;
let asked: string[];
let server: Record<string, Played>;

async function open(path = '/') {
  app = await openTestDesk(server, path, asked);
}

const text = () => document.body.textContent ?? '';
const press = (key: string) =>
  document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
function type(id: string, value: string) {
  const field = document.getElementById(id) as HTMLInputElement;
  field.value = value;
  field.dispatchEvent(new Event('input'));
}
function submit() {
  document.querySelector('form')?.dispatchEvent(new Event('submit', { cancelable: true }));
  return settled();
}

beforeEach(() => {
  asked = [];
  localStorage.clear();
  server = {
    'GET /api/v1/session': () => told(account),
    'GET /api/v1/queue': () => told({ lines: [] }),
  };
});
afterEach(() => app.unmount());

describe('the queue', () => {
  it('says why it is empty and what will come', async () => {
    await open();
    expect(document.querySelector('h1')?.textContent).toBe('待办');
    expect(text()).toContain(queue('queue.empty'));
    expect(text()).toContain(queue('queue.empty_next'));
  });

  it('says how many matters are like one, and nothing where there are none', async () => {
    server['GET /api/v1/queue'] = () => told({ lines: [line({ alike: 6 }), line({ alike: 0 }), line({})] });
    await open();
    const rows = [...document.querySelectorAll('.lines li')].map((row) => row.textContent?.includes('同类'));
    expect(rows).toEqual([true, false, false]);
    expect(text()).toContain('同类 6 件');
  });

  it('shows what is due as the server ordered it, and says where there is no term', async () => {
    server['GET /api/v1/queue'] = () =>
      told({
        lines: [
          line({ headline: '污水管破了', left: { count: 2, unit: 'days', over: false, tone: 'soon' } }),
          line({ headline: '路灯不亮', left: { count: 0, unit: 'none', over: false, tone: 'none' } }),
        ],
      });
    await open();
    const rows = [...document.querySelectorAll('.lines li')].map((row) => row.textContent);
    expect(rows).toHaveLength(2);
    expect(rows[0]).toContain('剩2天');
    expect(rows[1]).toContain(queue('queue.left_none'));
  });

  it('can be fetched again when the server did not answer', async () => {
    delete server['GET /api/v1/queue'];
    await open();
    expect(document.querySelector('[role=alert]')?.textContent).toContain(t('desk.no_answer'));
    server['GET /api/v1/queue'] = () => told({ lines: [] });
    document.querySelector<HTMLButtonElement>('[role=alert] button')?.click();
    await settled();
    expect(text()).toContain(queue('queue.empty'));
  });
});

describe('signing in', () => {
  beforeEach(() => {
    server['GET /api/v1/session'] = () => told({ ...wrong, code: 'accounts.sign_in_first' }, 401);
  });

  it('comes before anything else', async () => {
    await open();
    expect(document.querySelector('h1')?.textContent).toBe(session('sign_in.title'));
    expect(asked).not.toContain('GET /api/v1/queue');
  });

  it('leads to the queue', async () => {
    const sent: unknown[] = [];
    server['POST /api/v1/session'] = async (request) => {
      sent.push(await request.json());
      return told(account);
    };
    await open();
    type('login', ' wangfang ');
    type('password', 'correct horse battery');
    await submit();
    expect(sent).toEqual([{ login: 'wangfang', password: 'correct horse battery' }]);
    expect(document.querySelector('h1')?.textContent).toBe('待办');
    expect(text()).toContain('王芳');
  });

  it('says what is wrong in the words of the server, keeps what was typed and takes the eye there', async () => {
    server['POST /api/v1/session'] = () => told(wrong, 401);
    await open();
    type('login', 'wangfang');
    type('password', 'wrong horse battery');
    await submit();
    const alert = document.querySelector('[role=alert]');
    expect(alert?.textContent).toContain(wrong.detail);
    expect(document.activeElement).toBe(alert);
    expect((document.getElementById('login') as HTMLInputElement).value).toBe('wangfang');
  });

  it("offers the county's provider where there is one, and comes back to the page that was wanted", async () => {
    server['GET /api/v1/session/ways'] = () =>
      told({ provider: { display_name: '统一登录', address: '/session/openid' } });
    await open('/handled?part=lead');
    const link = [...document.querySelectorAll('a')].find((each) => each.textContent === '用统一登录登录');
    expect(link?.getAttribute('href')).toBe(
      '/session/openid?next=' + encodeURIComponent('/desk/handled?part=lead'),
    );
  });

  it('asks nobody when a field is empty', async () => {
    await open();
    await submit();
    expect(text()).toContain(session('sign_in.missing'));
    expect(asked).not.toContain('POST /api/v1/session');
  });
});

describe('the help for the keyboard', () => {
  it('opens with ?, names every key, and Esc closes it', async () => {
    await open();
    press('?');
    await settled();
    const dialog = document.querySelector('[role=dialog]');
    expect(dialog?.textContent).toContain(t('keyboard.go_queue'));
    dialog?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
    await settled();
    expect(document.querySelector('[role=dialog]')).toBeNull();
  });

  it('switches the keys off', async () => {
    await open();
    press('?');
    await settled();
    document.querySelector<HTMLInputElement>('[role=dialog] input[type=checkbox]')?.click();
    await settled();
    document
      .querySelector('[role=dialog]')
      ?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
    await settled();
    press('?');
    await settled();
    expect(document.querySelector('[role=dialog]')).toBeNull();
  });
});
