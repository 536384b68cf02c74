// What the security administrator is offered: units that are there, and a link that is not lost.
import { beforeEach, describe, expect, it } from 'vitest';
import type { Schemas } from '../../api/client';
import { openTestDesk, settled, told, type Played } from '../../test_desk';

const security = {
  login: 'security',
  display_name: '安全管理员',
  acting_for: null,
  role: 'security_admin',
  unit: null,
  county: '青溪县',
  permissions: ['session:own', 'accounts:manage'],
};
const unit = (id: string, name: string, active: boolean) => ({ id, code: id, name, active });
const official = (more: Partial<Schemas['OfficialAccount']>): Schemas['OfficialAccount'] => ({
  id: 'li',
  login: 'li',
  display_name: '李明',
  role: 'handler',
  unit: { id: 'old', name: '旧镇' },
  state: 'active',
  second_factor: true,
  invited_until: null,
  ...more,
});
const waiting = official({
  id: 'chen',
  login: 'chen',
  display_name: '陈晨',
  unit: { id: 'housing', name: '住建局' },
  state: 'invited',
  second_factor: false,
  invited_until: '2026-11-29T09:30:00.000+08:00',
});

let accounts: Schemas['OfficialAccount'][];
let asked: string[];
const made: Played = () =>
  told({ id: 'chen', link: '/desk/invitation#second', expires_at: '2026-11-29T10:00:00.000+08:00' }, 201);
const page = () => document.getElementById('content')?.textContent ?? '';
const offered = (id: string) =>
  [...document.querySelectorAll(`#${id} option`)].map((each) => each.textContent?.trim());
const button = (said: string) =>
  [...document.querySelectorAll('button')].find((each) => each.textContent?.trim() === said);
async function press(said: string) {
  button(said)?.click();
  await settled();
}
async function change(name: string) {
  document.querySelector<HTMLButtonElement>(`button[aria-label$="${name}"]`)?.click();
  await settled();
}

describe('accounts of officials', () => {
  beforeEach(async () => {
    accounts = [official({}), waiting];
    asked = [];
    await openTestDesk(
      {
        'GET /api/v1/session': () => told(security),
        'GET /api/v1/accounts': () => told({ accounts }),
        'GET /api/v1/units': () =>
          told({ units: [unit('housing', '住建局', true), unit('old', '旧镇', false)] }),
        'POST /api/v1/accounts/chen/invitation': made,
        'POST /api/v1/accounts/li/end_sessions': () => new Response(null, { status: 204 }),
      },
      '/people',
      asked,
    );
  });

  it('offer no unit that was closed, but to whoever is still in it', async () => {
    expect(offered('new-unit')).toEqual(['（不属于单位）', '住建局']);
    await change('李明');
    expect(offered('unit')).toEqual(['（不属于单位）', '住建局', '旧镇（已停用）']);
    await change('陈晨');
    expect(offered('unit')).toEqual(['（不属于单位）', '住建局']);
  });

  it('say how long a link works, and when it is over', async () => {
    expect(page()).toContain('链接到2026年11月29日 09:30为止有效');
    accounts = [{ ...waiting, invited_until: null }];
    await change('李明');
    await press('让他重新登录');
    expect(page()).toContain('链接已经过期');
  });

  it('make a new link for whoever waits, which stays until it is put away', async () => {
    await change('陈晨');
    expect(button('让他重新登录')).toBeUndefined();
    expect(page()).toContain('原来的链接马上作废');
    await press('重新生成链接');
    expect(asked).toContain('POST /api/v1/accounts/chen/invitation');
    expect(document.querySelector('.notice code')?.textContent).toMatch(/\/desk\/invitation#second$/);
    await change('李明');
    await press('让他重新登录');
    expect(document.querySelector('.notice code')?.textContent).toMatch(/#second$/);
    await press('收起');
    expect(document.querySelector('.notice code')).toBeNull();
  });
});
