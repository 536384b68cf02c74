// What somebody who watches sees of figures: hidden numbers stay hidden, nothing is divided by nothing.
import { afterEach, expect, test } from 'vitest';
import { language } from '../../i18n';
import { openTestDesk, told } from '../../test_desk';
import { kindOf, perCent, shareOf } from './numbers';

const auditor = {
  login: 'auditor',
  display_name: '审计',
  role: 'auditor',
  unit: null,
  county: '青溪县',
  permissions: ['session:own', 'figures:read'],
};
const period = { name: '2026', scheme: 'calendar', from: '2026-01-01', to: '2026-12-31', running: true };
const share = (above: number | null, below: number | null) => ({
  name: 'solved_in_time',
  title: '按期解决',
  definition: '反映人对另一个单位说解决了',
  published: true,
  above,
  below,
});
const picture = (parts: (number | null)[]) => ({
  received: 40,
  due: 30,
  parts: [
    { name: 'solved', title: '说解决了', count: parts[0] },
    { name: 'late', title: '答复晚了', count: parts[1] },
  ],
  own_registered: 0,
  shares: [share(parts[0] ?? null, 30)],
  days: [{ name: 'days_to_solved', title: '从收到到解决', median: 4, p90: null, sum: 100, counted: 20 }],
  counts: [],
});
const server = (parts: (number | null)[]) => ({
  'GET /api/v1/session': () => told(auditor),
  'GET /api/v1/units': () => told({ units: [] }),
  'GET /api/v1/figures': () =>
    told({
      name: '青溪县',
      period,
      picture: picture(parts),
      days_definition: '按整天算',
      tier: null,
      not_measured: [{ title: '初次联系', why: '没有登记' }],
    }),
  'GET /api/v1/figures/months': () => told({ name: '青溪县', months: [] }),
});

afterEach(() => {
  document.body.innerHTML = '';
  language.value = 'zh-CN';
});

test('figures stand beside their definition, and what is not measured says why', async () => {
  await openTestDesk(server([20, 10]), '/figures');
  const words = document.querySelector('main')?.textContent ?? '';
  expect(words).toContain('20 / 30');
  expect(words).toContain('66%');
  expect(words).toContain('反映人对另一个单位说解决了');
  expect(words).toContain('没有登记');
  expect(document.querySelectorAll('svg.whole rect').length).toBe(2);
});

test('a hidden number is said as below five, and no bar gives its length away', async () => {
  await openTestDesk(server([null, null]), '/figures');
  expect(document.querySelector('main')?.textContent).toContain('少于5');
  expect(document.querySelector('svg.whole')).toBeNull();
});

test('nothing is divided by nothing, and per cent is never rounded up', () => {
  expect(shareOf(share(0, 0) as never)).toBe('—');
  expect(perCent(share(0, 0))).toBeNull();
  expect(perCent(share(null, 30))).toBeNull();
  expect(perCent(share(199, 200))).toBe(99);
  expect(kindOf('not_reached')).toBe('unconfirmed');
  expect(kindOf('legal_road')).toBe('aside');
});

test('without an answer it says what happened and what to do', async () => {
  await openTestDesk({ 'GET /api/v1/session': () => told(auditor) }, '/figures');
  expect(document.querySelector('[role=alert]')?.textContent).toContain('数字没有打开');
});
