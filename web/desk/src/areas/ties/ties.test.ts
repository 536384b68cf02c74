// What a supervisor does with the registers: reads them, writes a tie down, ends one with a reason.
import { afterEach, expect, test } from 'vitest';
import { language } from '../../i18n';
import { openTestDesk, settled, told } from '../../test_desk';

const supervisor = {
  login: 'ducha',
  display_name: '督查室',
  acting_for: null,
  role: 'supervisor',
  unit: null,
  county: '青溪县',
  permissions: ['session:own', 'case:decide_recusal', 'leaders:keep'],
};
const shown = (id: string, name: string) => ({ id, login: id, display_name: name });
const chen = shown('chen', '陈建国');
const housing = { id: 'u1', name: '县住建局', code: 'housing', active: true };
const interest = (more = {}) => ({
  id: 'i1',
  official: chen,
  unit: housing,
  person: null,
  tie: 'kin',
  reason: '干部登记表',
  declared_by: shown('ducha', '督查室'),
  declared_at: '2026-11-20T09:00:00+08:00',
  ended_at: null,
  ended_by: null,
  ended_reason: null,
  ...more,
});
const leader = {
  id: 'l1',
  official: shown('zhou', '周副县长'),
  unit: housing,
  since: '2026-11-01T09:00:00+08:00',
  appointed_by: null,
  reason: null,
  until: null,
  ended_by: null,
  ended_reason: null,
};
const delegation = {
  official: chen,
  kept_by: shown('wang', '王芳'),
  unit: housing,
  starts_at: '2026-11-25T00:00:00+08:00',
  ends_at: '2026-11-28T00:00:00+08:00',
};
const server = (sent: Record<string, unknown>, more = {}) => {
  const keep = (name: string, answer: () => Response) => async (request: Request) => {
    sent[name] = await request.json();
    return answer();
  };
  return {
    'GET /api/v1/session': () => told(supervisor),
    'GET /api/v1/units': () => told({ units: [housing] }),
    'GET /api/v1/interests': () => told({ interests: [interest()] }),
    'GET /api/v1/leaders': () => told({ leaders: [leader] }),
    'GET /api/v1/ties': () =>
      told({
        officials: [{ id: 'chen', display_name: '陈建国', unit: housing, heads_it: true }],
        delegations: [delegation],
      }),
    'POST /api/v1/interests': keep('tie', () => told(interest(), 201)),
    'POST /api/v1/leaders': keep('leader', () => told({ ...leader, rerouted: 2 }, 201)),
    'POST /api/v1/interests/i1/end': keep('end', () => new Response(null, { status: 204 })),
    ...more,
  };
};
const text = () => document.body.textContent ?? '';
const button = (name: string) =>
  [...document.querySelectorAll('button')].find((one) =>
    one.textContent?.trim().startsWith(name),
  ) as HTMLElement;
async function type(id: string, value: string) {
  const field = document.getElementById(id) as HTMLInputElement;
  field.value = value;
  field.dispatchEvent(new Event(field.tagName === 'SELECT' ? 'change' : 'input'));
  await settled();
}

afterEach(() => {
  language.value = 'zh-CN';
});

test('shows ties, leaders and delegations in plain words, with who wrote them down and why', async () => {
  await openTestDesk(server({}), '/ties');
  expect(text()).toContain('陈建国和县住建局 亲属');
  expect(text()).toContain('2026年11月20日由督查室登记');
  expect(text()).toContain('理由：干部登记表');
  expect(text()).toContain('周副县长分管县住建局');
  expect(text()).toContain('王芳替陈建国办');
  expect(text()).toContain('2026年11月25日到2026年11月27日');
});

test('writes down who leads a unit, and says how many cases went elsewhere as a number alone', async () => {
  const sent: Record<string, unknown> = {};
  await openTestDesk(server(sent), '/ties');
  await type('leaders-official', 'chen');
  await type('leaders-unit', 'u1');
  expect((button('登记分管') as HTMLButtonElement).disabled).toBe(true);
  await type('leaders-reason', '分工文件');
  button('登记分管').click();
  await settled();
  expect(sent.leader).toEqual({ official: 'chen', unit: 'u1', reason: '分工文件' });
  expect(text()).toContain('您能看到的件里，有2件要由别人办，已经转走。');
});

test('ends a tie only with a reason, and says why the server refuses', async () => {
  const sent: Record<string, unknown> = {};
  const refused = () => told({ status: 403, code: 'cases.own_tie', detail: '这一条跟您自己有关。' }, 403);
  const own = { ...server(sent), 'POST /api/v1/leaders/l1/end': refused };
  await openTestDesk(own, '/ties');
  const [tie, leads] = [...document.querySelectorAll<HTMLElement>('.changes .button')];
  tie?.click();
  await settled();
  expect((button('结束这一条') as HTMLButtonElement).disabled).toBe(true);
  await type('why', '已经调离');
  button('结束这一条').click();
  await settled();
  expect(sent.end).toEqual({ reason: '已经调离' });
  expect(text()).toContain('已经结束，从现在起生效。');
  leads?.click();
  await settled();
  await type('why', '分工调整');
  button('结束这一条').click();
  await settled();
  expect(text()).toContain('这一条跟您自己有关。');
});

test('a refusal is not said any more when the registers have changed', async () => {
  const there = () => told({ status: 409, code: 'cases.tie_there', detail: '这个关系已经登记过。' }, 409);
  await openTestDesk({ ...server({}), 'POST /api/v1/leaders': there }, '/ties');
  await type('leaders-official', 'chen');
  await type('leaders-unit', 'u1');
  await type('leaders-reason', '分工文件');
  button('登记分管').click();
  await settled();
  expect(text()).toContain('这个关系已经登记过。');
  document.querySelector<HTMLElement>('.changes .button')?.click();
  await settled();
  await type('why', '已经调离');
  button('结束这一条').click();
  await settled();
  expect(text()).toContain('已经结束，从现在起生效。');
  expect(text()).not.toContain('这个关系已经登记过。');
  expect(document.querySelector<HTMLInputElement>('#leaders-reason')?.value).toBe('分工文件'); // typed is typed
});
