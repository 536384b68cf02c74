// What whoever audits reads in the log of accounts.
import { expect, test } from 'vitest';
import type { Schemas } from '../../api/client';
import { openTestDesk, told } from '../../test_desk';

const auditor = {
  login: 'audit',
  display_name: '审计管理员',
  acting_for: null,
  role: 'audit_admin',
  unit: null,
  county: '青溪县',
  permissions: ['session:own', 'audit:read'],
};
const event = (act: Schemas['AccountEvent']['act']): Schemas['AccountEvent'] => ({
  id: act,
  at: '2026-11-28T01:30:00.000+08:00',
  act,
  by: 'one',
  about: 'another',
  detail: '',
  reason: '',
});

// That there is a sentence for every act of the contract, the compiler sees.
test('the log says in words what was done to the registers of leaders and ties', async () => {
  const events = (['leader_appointed', 'leader_ended', 'interest_declared', 'interest_ended'] as const).map(
    event,
  );
  await openTestDesk(
    {
      'GET /api/v1/session': () => told(auditor),
      'GET /api/v1/account_events': () => told({ events, next: null }),
    },
    '/account-log',
  );
  const said = [...document.querySelectorAll('td.act')].map((cell) => cell.textContent);
  expect(said).toEqual(['登记分管', '结束分管', '登记关系', '结束关系']);
  expect(document.querySelector('td.number')?.textContent).toBe('2026-11-28 01:30:00');
});
