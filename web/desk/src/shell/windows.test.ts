// What another window of the same browser does, and what a network or a newer desk takes away while a window stays open.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { App } from 'vue';
import type { Router } from 'vue-router';
import { t as queue } from '../areas/queue/messages';
import { useCall } from '../areas/phone/call';
import { openTestDesk, settled, told, type Played } from '../test_desk';
import { t } from './messages';
import { useSession } from './session';

let app: App;
let server: Record<string, Played>;
let sits: string;
let other: BroadcastChannel;
const session = () => app.runWithContext(() => useSession());
const router = () => app.config.globalProperties.$router as Router;
const name = () => router().currentRoute.value.name;
const text = () => document.body.textContent ?? '';
const account = () => ({
  login: sits,
  display_name: sits,
  role: 'handler',
  unit: null,
  county: '',
  acting_for: null,
  permissions: ['session:own', 'case:receive', 'queue:read', 'case:handle', 'case:sign_in'],
});
const whoSits = () => (sits ? told(account()) : told({ code: 'x', detail: '请登录。' }, 401));

beforeEach(async () => {
  localStorage.clear();
  sits = 'wang';
  other = new BroadcastChannel('minhu-desk');
  server = {
    'GET /api/v1/session': whoSits,
    'DELETE /api/v1/session': () => {
      sits = '';
      return new Response(null, { status: 204 });
    },
    'GET /api/v1/session/ways': () => told({ provider: null }),
    'GET /api/v1/units': () => told({ units: [] }),
    'GET /api/v1/articles': () => told({ articles: [], next_cursor: null }),
  };
  app = await openTestDesk(server, '/phone');
});
afterEach(() => {
  app.unmount();
  other.close();
});

describe('another window of the same browser', () => {
  it('in which somebody leaves shows nothing of theirs in this one either', async () => {
    expect(text()).toContain('wang');
    sits = '';
    other.postMessage('left');
    await vi.waitFor(() => expect(name()).toBe('sign-in'));
    await settled();
    expect(text()).not.toContain('wang');
  });
  it('in which they leave takes nothing from this one that nobody was asked about; it waits for them alone', async () => {
    const call = () => app.runWithContext(() => useCall());
    call().intake.typed.words = '路灯不亮';
    other.postMessage('left');
    await vi.waitFor(() => expect(name()).toBe('sign-in'));
    session().sit(account() as never);
    expect(call().intake.typed.words).toBe('路灯不亮');
    session().leftElsewhere();
    sits = 'li';
    session().sit(account() as never);
    expect(call().intake.typed.words).toBe('');
  });
  it('in which somebody else signs in lets nobody work here under the name of the one before', async () => {
    sits = 'li';
    other.postMessage('arrived');
    await vi.waitFor(() => expect(session().account?.login).toBe('li'));
    await settled();
    expect(text()).not.toContain('wang');
  });
  it('in which somebody left without a network does not let them in again here', async () => {
    sits = 'wang'; // for the server, which has not heard it
    server['DELETE /api/v1/session'] = () => Promise.reject(new TypeError('no network'));
    localStorage.setItem('left', 'yes'); // as the other window does
    session().forget();
    await router().push('/letters');
    await settled();
    expect(name()).toBe('sign-in');
  });
  it('is told when somebody leaves this one', async () => {
    const heard: unknown[] = [];
    other.onmessage = ({ data }) => void heard.push(data);
    [...document.querySelectorAll('button')].find((one) => one.textContent === t('sign_out.button'))?.click();
    await vi.waitFor(() => expect(heard).toContain('left'));
  });
});

it('a page whose script does not come is told, with a way to load it', async () => {
  router().addRoute({
    path: '/newer',
    name: 'newer',
    component: () => Promise.reject(new TypeError('Failed to fetch dynamically imported module')),
  });
  await router()
    .push('/newer')
    .catch(() => undefined);
  await settled();
  expect(text()).toContain(t('desk.not_opened'));
  const link = [...document.querySelectorAll('a')].find((one) => one.textContent === t('desk.open_again'));
  expect(link?.getAttribute('href')).toBe('/newer');
  await router().push('/letters');
  await settled();
  expect(text()).not.toContain(t('desk.not_opened'));
});

describe('a button that is pressed twice', () => {
  it('signs cases in once', async () => {
    const line = {
      id: 'a',
      number: 'MH-2345-6789-ABCD',
      track: 'hotline',
      channel: 'web',
      state: 'dispatched',
      seq: 3,
      headline: '路灯不亮',
      due: null,
      left: { count: 0, unit: 'none', over: false, tone: 'none' },
      place_name: '',
      urgency: 'ordinary',
      returned: 0,
      urged: 0,
      joined: 0,
    };
    const bulk: (string | null)[] = [];
    server['GET /api/v1/queues'] = () => told({ queues: [] });
    server['GET /api/v1/views'] = () => told({ views: [] });
    server['GET /api/v1/queue'] = () => told({ lines: [line], next_cursor: null });
    server['POST /api/v1/queue/bulk'] = (request) => {
      bulk.push(request.headers.get('Idempotency-Key'));
      return told({ results: [{ id: 'a', done: true }] });
    };
    await router().push('/queue?part=lead');
    await settled();
    document.querySelector<HTMLInputElement>('.box input')?.click();
    await settled();
    const button = [...document.querySelectorAll('button')].find((one) =>
      one.textContent?.includes(queue('queue.sign_in', { count: 1 })),
    );
    button?.click();
    button?.click();
    await settled();
    expect(bulk).toHaveLength(1);
  });
  it('changes a password once', async () => {
    let asked = 0;
    server['GET /api/v1/own'] = () =>
      told({
        demo: false,
        held: [],
        given: [],
        colleagues: [],
        recovery_codes_left: 3,
      });
    server['PUT /api/v1/own/password'] = () => {
      asked += 1;
      return asked === 1
        ? new Response(null, { status: 204 })
        : told({ code: 'x', detail: '密码不对。' }, 403);
    };
    await router().push('/account');
    await settled();
    const form = document.getElementById('password')?.closest('form');
    form?.dispatchEvent(new Event('submit', { cancelable: true }));
    form?.dispatchEvent(new Event('submit', { cancelable: true }));
    await settled();
    expect(asked).toBe(1);
    expect(text()).not.toContain('密码不对。');
  });
});
