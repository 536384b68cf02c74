// What a leader sees of a month: the calendar, the squares, why a village is out, and a move that needs a reason.
import { afterEach, expect, test } from 'vitest';
import { language } from '../../i18n';
import { openTestDesk, settled, told } from '../../test_desk';
import { begunWith } from './leaders';
import { datesIn, daysOf, monthAfter, writtenDays } from './month';
import { columnsFor, neighbour, rowsOf } from './tiles';

const month = '2026-12';
const leader = {
  login: 'leader',
  display_name: '周副县长',
  acting_for: null,
  role: 'leader',
  unit: null,
  county: '青溪县',
  permissions: ['session:own', 'plan:read', 'plan:make', 'plan:wish', 'plan:accept'],
};
const account = '0193a000-0000-7000-8000-000000000009';
const place = (code: string, name: string) => ({ code, path: `竹源镇 ${name}` });
const stop = (code: string, name: string, more = {}) => ({
  place: place(code, name),
  outcome: 'visited',
  leader: '周副县长',
  date: '2026-12-08',
  from: '09:30',
  to: '11:00',
  announced: false,
  due: '2027-03-01',
  visit: null,
  reasons: ['这里开口比条件相近的村慢。'],
  ...more,
});
const plan = (date = '2026-12-08') => ({
  month,
  cycle: {
    published_at: '2026-11-25T09:00:00+08:00',
    seal: 'ab'.repeat(32),
    policy: 'usual@1',
    silence_weight: 4000,
    age_weight: 1000,
    months: 12,
    unannounced_percent: 20,
    most_a_day: 3,
    villages: 3,
    cases_without_village: 0,
  },
  plan: {
    version: 1,
    leaders: [
      {
        leader: account,
        name: '周副县长',
        post: '副县长',
        portfolio: '县水利局',
        rank: 'county_deputy',
        dates: ['2026-12-07', '2026-12-08', '2026-12-09'],
      },
    ],
    made_at: '2026-11-26T09:00:00+08:00',
    accepted_at: null,
    seed: 1,
    iterations: 20000,
    input_hash: 'cd'.repeat(32),
    team_days: 3,
    lot_days: [{ leader: '周副县长', date: '2026-12-09' }],
    notes: [],
    stops: [
      stop('1', '上溪村', { date }),
      stop('2', '下溪村', { announced: true }),
      stop('3', '竹林村', {
        outcome: 'left_out',
        leader: null,
        date: null,
        from: null,
        to: null,
        reasons: ['排不下。'],
      }),
    ],
  },
  wishes: [],
  drawn: [],
  leaders: [
    {
      leader: account,
      name: '周副县长',
      post: '副县长',
      portfolio: '县水利局',
      rank: 'county_deputy',
      languages: ['本地话'],
      in_no_unit: false,
      post_asked: false,
    },
  ],
});
const village = (code: string, name: string, lat: number, lon: number, due = '2099-01-01') => ({
  place: place(code, name),
  name,
  town: '竹源镇',
  lat,
  lon,
  last: null,
  times: 0,
  due,
  planned: null,
});
const coverage = {
  from: '2025-11-26',
  until: '2026-12-01',
  seen: 1,
  never: 2,
  overdue: 1,
  longest: '2026-01-05',
  due_by_then: 6,
  team_days_needed: 2,
  team_days_planned: 0,
  team_days_short: 2,
  team_days_a_month: 1,
  villages: [
    village('1', '上溪村', 29.5, 119.7),
    village('2', '下溪村', 29.4, 119.7, '2020-01-01'),
    village('3', '竹林村', 29.5, 119.9),
  ],
};
const server = (sent: unknown[] = []) => ({
  'GET /api/v1/session': () => told(leader),
  [`GET /api/v1/plans/${month}`]: () => told(plan()),
  'GET /api/v1/plan_coverage': () => told(coverage),
  [`POST /api/v1/plans/${month}/wishes`]: async (request: Request) => {
    sent.push(await request.json());
    return told(plan());
  },
  [`POST /api/v1/plans/${month}/drafts`]: async (request: Request) => {
    sent.push(await request.json());
    return told(plan('2026-12-07'), 201);
  },
});
const words = () => document.querySelector('main')?.textContent ?? '';
const button = (label: string) =>
  [...document.querySelectorAll('button')].find((one) =>
    one.textContent?.includes(label),
  ) as HTMLButtonElement;

afterEach(() => {
  document.body.innerHTML = '';
  language.value = 'zh-CN';
});

test('a month shows its visits by day, the days kept for the lot, and what is missing', async () => {
  await openTestDesk(server(), `/plans?month=${month}`);
  expect(words()).toContain('09:30 上溪村');
  expect(words()).toContain('留给抽签');
  expect(words()).toContain('还差 2 个工作日');
  expect(words()).toContain('竹源镇 竹林村');
  expect(words()).toContain('排不下。');
  expect(document.querySelectorAll('.tiles .row button')).toHaveLength(3);
  expect(document.querySelector('.tiles .over')?.getAttribute('aria-label')).toContain('下溪村');
});

test('before there is a plan every village has its square, and says when somebody last came', async () => {
  await openTestDesk(
    { ...server(), [`GET /api/v1/plans/${month}`]: () => told({ ...plan(), cycle: null, plan: null }) },
    `/plans?month=${month}`,
  );
  const squares = [...document.querySelectorAll<HTMLButtonElement>('.tiles .row button')];
  expect(squares).toHaveLength(3);
  // By that name the house's sheet hides what is meant for screen readers alone.
  expect(document.querySelector('.tiles .unseen')).toBeNull();
  squares[0]?.click();
  await settled();
  expect(words()).toMatch(/上次有人去|没有人去过/);
});

test('a village of an investigation is recorded: people as a number, needs as cases', async () => {
  const sent: unknown[] = [];
  const seen = { code: '1', path: '竹源镇 上溪村' };
  const one = (findings: unknown[]) => ({
    line: {
      id: account,
      title: '山区村饮水',
      from: '2026-11-02',
      to: '2026-11-03',
      villages_planned: 1,
      villages_seen: findings.length,
      villages_beside: 0,
      people_met: 12,
      needs: 0,
    },
    stops: [{ date: '2026-11-02', place: seen }],
    findings,
  });
  await openTestDesk(
    {
      ...server(),
      'GET /api/v1/session': () =>
        told({ ...leader, permissions: [...leader.permissions, 'plan:investigate'] }),
      [`GET /api/v1/investigations/${account}`]: () => told(one([])),
      [`POST /api/v1/investigations/${account}/findings`]: async (request: Request) => {
        sent.push(await request.json());
        const found = { place: seen, date: '2026-11-02', people_met: 12, needs: 0, words: '水压不够。' };
        return told(one([{ ...found, recorded_at: '2026-11-02T18:00:00+08:00' }]), 201);
      },
    },
    `/investigations/${account}`,
  );
  expect(words()).toContain('还没去');
  const type = (id: string, value: string, event = 'input') => {
    const box = document.getElementById(id) as HTMLInputElement;
    box.value = value;
    box.dispatchEvent(new Event(event));
  };
  type('stop', '1', 'change');
  await settled();
  type('people', '12');
  type('words', '水压不够。');
  await settled();
  document.querySelector<HTMLFormElement>('form')?.dispatchEvent(new Event('submit'));
  await settled();
  expect(sent).toMatchObject([{ place: '1', people_met: 12, words: '水压不够。', needs: [] }]);
  expect(words()).toContain('这一天算作去过这个村');
  expect(words()).toContain('去过了');
});

test('a visit dragged to another day asks why, and the plan is made anew', async () => {
  const sent: unknown[] = [];
  await openTestDesk(server(sent), `/plans?month=${month}`);
  const card = button('上溪村');
  expect(card.getAttribute('draggable')).toBe('true');
  expect(button('下溪村').getAttribute('draggable')).toBe('false');
  const carried = new Map<string, string>();
  const event = (name: string) =>
    Object.assign(new Event(name, { bubbles: true, cancelable: true }), {
      dataTransfer: {
        setData: (type: string, text: string) => carried.set(type, text),
        getData: (type: string) => carried.get(type),
      },
    });
  card.dispatchEvent(event('dragstart'));
  document.querySelectorAll('.month li')[6]?.dispatchEvent(event('drop'));
  await settled();
  expect(words()).toContain('要改到 2026-12-07');
  const reason = document.querySelector<HTMLTextAreaElement>('#wish-reason');
  if (reason) reason.value = '那天村里有集市';
  reason?.dispatchEvent(new Event('input'));
  await settled();
  button('定在这一天').click();
  await settled();
  expect(sent[0]).toEqual({ kind: 'pin', place: '1', date: '2026-12-07', reason: '那天村里有集市' });
  expect(sent[1]).toEqual({
    leaders: [
      {
        leader: account,
        dates: ['2026-12-07', '2026-12-08', '2026-12-09'],
        languages: ['本地话'],
        rank: 'county_deputy',
      },
    ],
  });
});

test('once there is a plan the month comes first: the days of the leaders are folded, and open where one is asked for', async () => {
  const days = () => document.querySelector<HTMLDetailsElement>('.leaders')?.open;
  await openTestDesk(server(), `/plans?month=${month}`);
  expect(days()).toBe(false);
  expect(words()).toContain('谁哪几天可以去（1位）');
  document.body.innerHTML = '';
  await openTestDesk(
    { ...server(), [`GET /api/v1/plans/${month}`]: () => told({ ...plan(), plan: null }) },
    `/plans?month=${month}`,
  );
  expect(days()).toBe(true);
});

test('of a leader in no unit the post is asked for before anything is sent, and sent with the days', async () => {
  const sent: unknown[] = [];
  const secretary = '0193a000-0000-7000-8000-000000000010';
  const known = {
    leader: secretary,
    name: '林书记',
    post: '',
    portfolio: '',
    rank: 'county_deputy' as const,
    languages: [],
    in_no_unit: true,
    post_asked: true,
  };
  const of = (one: object) => ({ ...plan(), leaders: [one, ...plan().leaders] });
  const routes = (one: object) => ({
    ...server(sent),
    [`GET /api/v1/plans/${month}`]: () => told(of(one)),
    [`POST /api/v1/plans/${month}/drafts`]: async (request: Request) => {
      sent.push(await request.json());
      return told(of(one), 201);
    },
  });
  await openTestDesk(routes(known), `/plans?month=${month}`);
  expect(words()).toContain('林书记不在任何单位，名册里没有职务');
  const box = (name: string) => document.getElementById(`${name}-${secretary}`) as HTMLInputElement;
  const type = (name: string, value: string) => {
    box(name).value = value;
    box(name).dispatchEvent(new Event('input'));
  };
  const send = async () => {
    await settled();
    document.querySelector<HTMLFormElement>('form')?.dispatchEvent(new Event('submit'));
    await settled();
  };
  // Who has no day is not sent, and nothing is asked of them.
  await send();
  expect(sent).toHaveLength(1);
  type('days', '8');
  await send();
  expect(sent).toHaveLength(1);
  expect(document.activeElement).toBe(box('post'));
  expect(document.querySelector<HTMLDetailsElement>('.leaders')?.open).toBe(true);
  expect(words()).toContain('请写上职务，再排计划。');
  type('post', '县委书记');
  await send();
  expect(sent).toHaveLength(1);
  expect(document.activeElement).toBe(box('portfolio'));
  type('portfolio', ' 县委全面工作 ');
  const rank = document.getElementById(`rank-${secretary}`) as HTMLSelectElement;
  rank.value = 'county_head';
  rank.dispatchEvent(new Event('change'));
  await send();
  expect(sent[1]).toEqual({
    leaders: [
      {
        leader: secretary,
        dates: ['2026-12-08'],
        post: '县委书记',
        portfolio: '县委全面工作',
        languages: [],
        rank: 'county_head',
      },
      {
        leader: account,
        dates: ['2026-12-07', '2026-12-08', '2026-12-09'],
        languages: ['本地话'],
        rank: 'county_deputy',
      },
    ],
  });
});

test('of one of several leaders of a unit the post is asked for, too, and the rank of everybody', async () => {
  const deputy = {
    leader: '0193a000-0000-7000-8000-000000000011',
    name: '钱副县长',
    post: '',
    portfolio: '县政府',
    rank: 'county_deputy' as const,
    languages: ['畲语', '手语'],
    in_no_unit: false,
    post_asked: true,
  };
  const routes = {
    ...server(),
    [`GET /api/v1/plans/${month}`]: () => told({ ...plan(), leaders: [deputy, ...plan().leaders] }),
  };
  await openTestDesk(routes, `/plans?month=${month}`);
  const value = (of: string, who: string) =>
    (document.getElementById(`${of}-${who}`) as HTMLInputElement | HTMLSelectElement | null)?.value;
  expect(words()).toContain('没有写钱副县长本人的');
  expect(value('post', deputy.leader)).toBe('');
  expect(value('languages', deputy.leader)).toBe('畲语、手语');
  // The unit says the post of who leads it alone; their rank it does not.
  expect(value('post', account)).toBeUndefined();
  expect(value('rank', account)).toBe('county_deputy');
});

test('what is remembered of a leader in no unit stands in the form; the plan of the month says it best', () => {
  const remembered: Parameters<typeof begunWith>[0] = {
    leader: account,
    name: '林书记',
    post: '县委副书记',
    portfolio: '县委日常工作',
    rank: 'county_deputy',
    languages: ['本地话'],
    in_no_unit: true,
    post_asked: true,
  };
  const planned: Parameters<typeof begunWith>[1] = {
    ...remembered,
    post: '县委书记',
    portfolio: '县委全面工作',
    rank: 'county_head',
    dates: ['2026-12-08'],
  };
  expect(begunWith(remembered, undefined)).toMatchObject({ days: '', post: '县委副书记' });
  expect(begunWith(remembered, planned)).toMatchObject({
    days: '8',
    post: '县委书记',
    portfolio: '县委全面工作',
    rank: 'county_head',
  });
  // Of a plan from before posts were asked for.
  expect(begunWith(remembered, { ...planned, post: '' })).toMatchObject({
    days: '8',
    post: '县委副书记',
  });
});

test('the same by keyboard: choose a village, choose a day; what people were told has no form', async () => {
  await openTestDesk(server(), `/plans?month=${month}`);
  button('上溪村').click();
  await settled();
  expect(document.activeElement?.textContent).toContain('上溪村');
  expect(document.querySelector<HTMLSelectElement>('#wish-date')?.value).toBe('2026-12-08');
  button('下溪村').click();
  await settled();
  expect(words()).toContain('已经通知群众，这里不能改');
  expect(document.querySelector('#wish-date')).toBeNull();
});

test('days are read as people write them', () => {
  expect(datesIn('7-9, 14', month)).toEqual(['2026-12-07', '2026-12-08', '2026-12-09', '2026-12-14']);
  expect(datesIn('7至8、30', month)).toEqual(['2026-12-07', '2026-12-08', '2026-12-30']);
  expect(datesIn('', month)).toEqual([]);
  expect(datesIn('32', month)).toBeNull();
  expect(datesIn('9-7', month)).toBeNull();
  expect(datesIn('soon', month)).toBeNull();
  expect(writtenDays(['2026-12-14', '2026-12-07', '2026-12-08'])).toBe('7-8, 14');
  expect(daysOf('2024-02')).toHaveLength(29);
  expect(daysOf(month)[0]).toEqual({ date: '2026-12-01', number: 1, weekday: 2 });
  expect(monthAfter('2026-12', 1)).toBe('2027-01');
});

test('squares lie north above south and west before east, and arrows go from one to the next', () => {
  const rows = rowsOf(
    [
      { lat: 1, lon: 5 },
      { lat: 9, lon: 7 },
      { lat: 8, lon: 2 },
      { lat: 0, lon: 1 },
    ],
    2,
  );
  expect(rows.map((row) => row.map((one) => one.lon))).toEqual([
    [2, 7],
    [1, 5],
  ]);
  expect(columnsFor(120, 24)).toBe(13);
  expect(columnsFor(0, 24)).toBe(1);
  expect(neighbour(rows, [0, 0], 'ArrowRight')).toEqual([0, 1]);
  expect(neighbour(rows, [0, 1], 'ArrowDown')).toEqual([1, 1]);
  expect(neighbour(rows, [1, 1], 'ArrowDown')).toEqual([1, 1]);
  expect(neighbour(rows, [1, 0], 'Enter')).toEqual([1, 0]);
});
