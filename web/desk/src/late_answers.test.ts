// Answers come in whatever order a network and a machine bring them. What stands on the screen is what it is about: a later
// question, another case, another person, or nothing any more.
import { afterEach, describe, expect, it } from 'vitest';
import type { App } from 'vue';
import type { Router } from 'vue-router';
import { useQueue } from './areas/queue/queue';
import { useSession } from './shell/session';
import { openTestDesk, settled, told, type Played } from './test_desk';

const account = (login = 'wang', ...permissions: string[]) => ({
  login,
  display_name: login,
  role: 'supervisor',
  unit: null,
  county: '',
  acting_for: null,
  permissions: ['session:own', ...permissions],
});

// Questions that are answered when the test says so, in the order in which they were asked.
function held() {
  const waiting: { url: URL; answer: (value: unknown, status?: number) => void }[] = [];
  const played: Played = (request) =>
    new Promise((done) => {
      waiting.push({ url: new URL(request.url), answer: (value, status = 200) => done(told(value, status)) });
    });
  const take = (fits: (url: URL) => boolean = () => true) => {
    const at = waiting.findIndex(({ url }) => fits(url));
    const [one] = at < 0 ? [] : waiting.splice(at, 1);
    if (!one) throw new Error('nobody asked');
    return one.answer;
  };
  return { played, take };
}

let desk: App | undefined;
afterEach(() => {
  desk?.unmount();
  desk = undefined;
});
const router = () => desk?.config.globalProperties.$router as Router;
const go = async (path: string) => {
  await router().push(path);
  await settled();
};
const text = () => document.querySelector('main')?.textContent ?? '';

describe('of two answers', () => {
  it('the one to the later question stays, and two lists are never mixed', async () => {
    const lists = held();
    desk = await openTestDesk(
      {
        'GET /api/v1/session': () => told(account('wang', 'supervision:read', 'case:supervise')),
        'GET /api/v1/callbacks': lists.played,
      },
      '/',
    );
    const session = desk.runWithContext(() => useSession());
    session.sit(account('wang', 'case:callback') as never);
    await go('/callbacks');
    await go('/callbacks?part=ask_again');
    const first = lists.take((url) => url.searchParams.get('part') === 'call_back');
    const second = lists.take((url) => url.searchParams.get('part') === 'ask_again');
    const line = (id: string, headline: string) => ({
      id,
      number: 'MH-2222-3333-4444',
      headline,
      place_name: '',
      attempts: [],
      due: null,
      in_writing_from: null,
    });
    second({ lines: [line('b', '问一问还好不好')], next_cursor: null });
    await settled();
    first({ lines: [line('a', '打电话问结果')], next_cursor: null });
    await settled();
    expect(text()).toContain('问一问还好不好');
    expect(text()).not.toContain('打电话问结果');
  });

  it('the counts of the queue are the newest', async () => {
    const counts = held();
    desk = await openTestDesk({
      'GET /api/v1/session': () => told({ code: 'x', detail: '' }, 401),
      'GET /api/v1/queues': counts.played,
    });
    const queue = desk.runWithContext(() => useQueue());
    const asked = [queue.fetchCounts(), queue.fetchCounts()];
    await settled();
    const [older, newer] = [counts.take(), counts.take()];
    const lead = (waiting: number) => ({
      queues: [{ part: 'lead', waiting, overdue: 0, three_days: 0, returned: 0, redo: 0 }],
    });
    newer(lead(2));
    await settled();
    older(lead(9));
    await Promise.all(asked);
    expect(queue.counts[0]?.waiting).toBe(2);
  });
});

describe('who sits at the desk', () => {
  it('has left, although a question about them is answered afterwards', async () => {
    const sessions = held();
    let first = true;
    desk = await openTestDesk({
      'GET /api/v1/session': (request) => {
        if (!first) return sessions.played(request);
        first = false;
        return told(account());
      },
      'DELETE /api/v1/session': () => new Response(null, { status: 204 }),
    });
    const session = desk.runWithContext(() => useSession());
    expect(session.account).not.toBeNull();
    const recalled = session.recall();
    await settled();
    await session.signOut();
    sessions.take()(account());
    expect(await recalled).toBe(false);
    expect(session.account).toBeNull();
  });
  it('stays, although a question from before they signed in is refused afterwards', async () => {
    const sessions = held();
    let first = true;
    desk = await openTestDesk({
      'GET /api/v1/session': (request) => {
        if (!first) return sessions.played(request);
        first = false;
        return told({ code: 'x', detail: '' }, 401);
      },
      'POST /api/v1/session': () => told(account('li')),
    });
    const session = desk.runWithContext(() => useSession());
    const recalled = session.recall();
    await settled();
    await session.signIn('li', 'secret');
    sessions.take()({ code: 'x', detail: '' }, 401);
    expect(await recalled).toBe(true);
    expect(session.account?.login).toBe('li');
  });
  it('sees nothing of the list of who sat there before', async () => {
    desk = await openTestDesk({
      'GET /api/v1/session': () => told(account('wang')),
      'GET /api/v1/queue': () =>
        told({ lines: [{ id: 'a', headline: '只给上一位看的' }], next_cursor: null }),
    });
    const session = desk.runWithContext(() => useSession());
    const queue = desk.runWithContext(() => useQueue());
    await queue.show('lead', {});
    expect(queue.lines?.length).toBe(1);
    session.forget(); // the same person signs in again: nothing is lost
    session.sit(account('wang') as never);
    expect(queue.lines?.length).toBe(1);
    session.sit({ ...account('wang'), acting_for: 'a delegation' } as never);
    expect(queue.lines).toBeNull();
    await queue.show('lead', {});
    expect(queue.lines?.length).toBe(1);
    session.sit(account('li') as never);
    const theirs = desk.runWithContext(() => useQueue());
    expect(theirs.lines).toBeNull();
    expect(theirs.part).toBe('');
  });
  it('is not led to the sign-in page by a page that was left', async () => {
    const investigations = held();
    desk = await openTestDesk({
      'GET /api/v1/session': () => told(account('wang', 'visit:read', 'visit:plan', 'units:manage')),
      'GET /api/v1/admin/units': investigations.played,
    });
    await go('/house/units');
    await go('/account');
    investigations.take()({ code: 'x', detail: '' }, 401);
    await settled();
    expect(router().currentRoute.value.path).toBe('/account');
    const session = desk.runWithContext(() => useSession());
    expect(session.account).not.toBeNull();
  });
});

describe('one case after another', () => {
  const id = (last: string) => `0190aaaa-0000-7000-8000-00000000000${last}`;
  const theCase = (last: string, words: string) => ({
    id: id(last),
    seq: 1,
    number: `MH-2222-3333-444${last}`,
    state: 'answered',
    headline: words,
    timeline: [],
    clocks: [],
    steps: [],
    words: { text: words },
    dispatching_unit: null,
  });
  const line = (last: string) => ({
    id: id(last),
    number: `MH-2222-3333-444${last}`,
    headline: '',
    attempts: 0,
    in_writing_from: null,
    may_be_called: true,
  });
  it('the number of the one is never shown beside the other, nor what was said of it', async () => {
    const phones = held();
    const cases = held();
    desk = await openTestDesk({
      'GET /api/v1/session': () => told(account('wang', 'case:callback')),
      'GET /api/v1/callbacks': (request) => {
        const only = new URL(request.url).searchParams.get('case');
        return told({ lines: [line('1'), line('2')].filter((one) => one.id === only), next_cursor: null });
      },
      [`GET /api/v1/cases/${id('1')}`]: cases.played,
      [`GET /api/v1/cases/${id('2')}`]: cases.played,
      [`POST /api/v1/cases/${id('1')}/phone`]: phones.played,
    });
    await go(`/callbacks/${id('1')}`);
    await go(`/callbacks/${id('2')}`);
    const first = cases.take((url) => url.pathname.endsWith('1'));
    cases.take((url) => url.pathname.endsWith('2'))(theCase('2', '第二件'));
    await settled();
    first(theCase('1', '第一件'));
    await settled();
    expect(text()).toContain('第二件');
    expect(text()).not.toContain('第一件');

    await go(`/callbacks/${id('1')}`);
    cases.take()(theCase('1', '第一件'));
    await settled();
    document.querySelector<HTMLInputElement>('input[value=yes]')?.click();
    document.querySelector('#phone-reason')?.closest('form')?.dispatchEvent(new Event('submit'));
    await settled();
    await go(`/callbacks/${id('2')}`);
    cases.take()(theCase('2', '第二件'));
    phones.take()({ phone: '13800000001' });
    await settled();
    expect(text()).toContain('第二件');
    expect(text()).not.toContain('13800000001');
    expect(document.querySelector('input:checked')).toBeNull();
  });
});
