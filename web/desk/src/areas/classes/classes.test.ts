// What somebody at the desk sees of a class: how far it has come, what may be said about it, and a step that is theirs.
import { afterEach, expect, test } from 'vitest';
import { language } from '../../i18n';
import { openTestDesk, settled, told } from '../../test_desk';

const leader = {
  login: 'leader',
  display_name: '领导',
  acting_for: null,
  role: 'leader',
  unit: null,
  county: '青溪县',
  permissions: ['session:own', 'class:read', 'class:propose', 'figures:read'],
};
const id = '0193a000-0000-7000-8000-000000000001';
const line = (state: string, more = {}) => ({
  id,
  number: '2026-004',
  title: '老小区污水管堵了没人管',
  state,
  seq: 4,
  category: { code: 'minhu:sewage', name: '污水' },
  places: [],
  group: false,
  lead_unit: null,
  sponsor: null,
  theme: null,
  cases: 37,
  open_cases: 2,
  detected_at: '2026-01-10T08:00:00+08:00',
  changed_at: '2026-02-01T08:00:00+08:00',
  treated_on: null,
  published: false,
  public_words: 'none_due',
  relapses: 0,
  waits_for: 'leader',
  ...more,
});
const file = (state: string) => ({
  line: line(state),
  statement: '三个镇的老小区污水管堵了，没有物业，谁都不管。',
  found_by: 'rule',
  window: { from: '2025-12-11', to: '2026-01-10' },
  counted: 24,
  expected: 9.5,
  tests: [{ test: 'large_reach', score: 3, evidence: '三个镇，二十四件' }],
  rejected: null,
  baseline: null,
  supporting_units: [],
  cause: null,
  plan: null,
  measures: [],
  measurement: null,
  made_permanent: null,
  threshold: null,
  summary: null,
  cases: { all: 37, open: 2, answered: 35, solved: 20, not_solved: 6, unrelated: 0 },
  timeline: [
    {
      seq: 0,
      kind: 'detected',
      recorded_at: '2026-01-10T08:00:00+08:00',
      role: 'system',
      unit: null,
      facts: [],
    },
  ],
});
const months = (few: boolean) => ({
  treated_on: '2026-03-01',
  threshold: 4,
  months: [
    { month: '2026-02', count: 11, expected: null, expected_low: null, expected_high: null, phase: 'before' },
    { month: '2026-03', count: 6, expected: 10, expected_low: 5, expected_high: 16, phase: 'between' },
    { month: '2026-04', count: 3, expected: 10, expected_low: 5, expected_high: 16, phase: 'after' },
  ],
  places: [{ place: { code: '330000001', path: '竹源镇' }, before: 11, after: 3 }],
  measurement: {
    measured_at: '2026-06-01T08:00:00+08:00',
    verdict: few ? 'too_few_to_say' : 'fewer',
    before_from: '2025-12',
    before_to: '2026-02',
    after_from: '2026-04',
    after_to: '2026-05',
    before: 33,
    after: 6,
    before_a_month: 11,
    after_a_month: 3,
    expected_a_month: 10,
    percent: -72,
    percent_low: -88,
    percent_high: -51,
    periods_below: 2,
    intake: 'narrowed',
    few,
    notes: [],
    sentence: '每月从11件降到3件。',
  },
});
const cases = { counts: file('screened').cases, cases: [], hidden: 37, next_cursor: null };
const selected = {
  kind: 'selected',
  basis: 'ours',
  hindered: null,
  fields: [
    { name: 'sponsor', form: 'text', required: true, longest: 60 },
    { name: 'baseline', form: 'text', required: true, longest: 2000 },
  ],
};
const server = (state: string, few = false, sent: unknown[] = []) => ({
  'GET /api/v1/session': () => told(leader),
  'GET /api/v1/units': () => told({ units: [] }),
  'GET /api/v1/categories': () => told({ categories: [] }),
  'GET /api/v1/classes': () => told({ classes: [line(state, { relapses: 1 })], next_cursor: null }),
  [`GET /api/v1/classes/${id}`]: () => told(file(state)),
  [`GET /api/v1/classes/${id}/steps`]: () =>
    told({
      seq: 4,
      steps: [selected, { kind: 'returned', basis: 'ours', hindered: '还没有写明标准。', fields: [] }],
    }),
  [`GET /api/v1/classes/${id}/series`]: () => told(months(few)),
  [`GET /api/v1/classes/${id}/cases`]: () => told(cases),
  [`POST /api/v1/classes/${id}/steps/selected`]: async (request: Request) => {
    sent.push(await request.json());
    return told(file('selected'));
  },
});
const words = () => document.querySelector('main')?.textContent ?? '';

afterEach(() => {
  document.body.innerHTML = '';
  language.value = 'zh-CN';
});

test('whoever decided something sees that nobody outside can read of it yet', async () => {
  const owed = line('rejected', { public_words: 'to_write', waits_for: null });
  const played = {
    ...server('rejected'),
    'GET /api/v1/classes': () => told({ classes: [owed], next_cursor: null }),
    [`GET /api/v1/classes/${id}`]: () =>
      told({ ...file('rejected'), line: { ...owed, public_words: 'to_approve' } }),
  };
  await openTestDesk(played, '/classes?part=mine');
  expect(words()).toContain('群众还看不到：公开的说明没有写');
  await openTestDesk(played, `/classes/${id}`);
  expect(words()).toContain('群众还看不到：公开的说明等第二个人审核');
});

test('a list says of each class how far it is, whose turn it is, and that it came back', async () => {
  await openTestDesk(server('screened'), '/classes');
  expect(words()).toContain('老小区污水管堵了没人管');
  expect(words()).toContain('已评议');
  expect(words()).toContain('下一步：县领导');
  expect(words()).toContain('反弹过1次');
});

test('a class shows what may be said about it, and that its intake was narrowed', async () => {
  await openTestDesk(server('treating'), `/classes/${id}`);
  expect(words()).toContain('每月从11件降到3件。');
  expect(words()).toContain('诉求变少不能当作问题变少');
  expect(document.querySelectorAll('.before-after rect')).toHaveLength(3);
  expect(words()).toContain('另有37件不由您这里经办');
});

test('where the data are too few, no trend is drawn', async () => {
  await openTestDesk(server('treating', true), `/classes/${id}`);
  expect(words()).toContain('数据少于20件');
  expect(document.querySelectorAll('.before-after rect')).toHaveLength(0);
});

test('a step sends what was typed and what had been read; what stands in the way of another is told', async () => {
  const sent: unknown[] = [];
  await openTestDesk(server('screened', false, sent), `/classes/${id}`);
  expect(words()).toContain('退回再想：还没有写明标准。');
  const press = (name: string) =>
    [...document.querySelectorAll<HTMLButtonElement>('button')].find(
      (one) => one.textContent?.trim() === name,
    );
  press('选定，定牵头单位')?.click();
  await settled();
  const type = (name: string, text: string) => {
    const box = document.getElementById(`selected-${name}`) as HTMLInputElement;
    box.value = text;
    box.dispatchEvent(new Event('input'));
  };
  type('sponsor', '分管城建的副县长');
  type('baseline', '堵了三年没人管。');
  await settled();
  document.querySelector<HTMLFormElement>('.steps form')?.dispatchEvent(new Event('submit'));
  await settled();
  expect(sent).toEqual([
    { fields: { sponsor: '分管城建的副县长', baseline: '堵了三年没人管。' }, expected_seq: 4 },
  ]);
  expect(words()).toContain('记下了：选定，定牵头单位。');
});

test('both languages say the same things', async () => {
  const chinese = (await import('./zh-CN.json')).default;
  const english = (await import('./en.json')).default;
  expect(Object.keys(english)).toEqual(Object.keys(chinese));
});
