// A month of visits with a leader who sits in no unit: asked for the post, planned, accepted, announced, read by everybody, and
// remembered for the month after.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { visitor } from './lib/browser.mjs';
import { browser, server, withCounty } from './lib/county.mjs';
import { ask, atTheDesk, send } from './lib/desk.mjs';
import { lookAt } from './lib/looks.mjs';

withCounty({ cases: 60, months: 2 });

// So many months from now in China.
function monthFromNow(months) {
  const now = new Date(Date.now() + 8 * 3_600_000);
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + months, 1)).toISOString().slice(0, 7);
}

async function inviteALeaderInNoUnit(name) {
  const security = await atTheDesk(browser, server, 'security_admin');
  await send(security, '/api/v1/accounts', { login: 'shuji', display_name: name, role: 'leader', reason: '县委来函' });
  await security.context.close();
}

test('a leader who sits in no unit is planned with a post, announced with it, and it is remembered', async () => {
  await inviteALeaderInNoUnit('林秀英');
  const month = monthFromNow(2);
  const dispatcher = await atTheDesk(browser, server, 'dispatcher');
  for (const one of [monthFromNow(1), month]) {
    const { cycle } = await ask(dispatcher, `/api/v1/plans/${one}`);
    if (!cycle) await send(dispatcher, `/api/v1/plans/${one}/cycle`, {});
  }
  const { page } = dispatcher;
  await page.goto(`/desk/plans?month=${month}`);
  const theirs = page.locator('fieldset', { hasText: '林秀英不在任何单位，名册里没有职务' });
  await theirs.waitFor();
  assert.deepEqual(await lookAt(page, 'a post is asked for', { letters: 12, target: 24 }), []);
  // Several deputies sit in one unit, whose register has one post: theirs is asked for, too.
  await page.getByText('没有写演示副县长甲本人的').waitFor();

  // Nothing is sent without it, and the eye is led to what is missing.
  await theirs.getByLabel('哪几天可以去').fill('10-24');
  const plan = page.getByRole('button', { name: /^(排计划|重新排)$/ });
  await plan.click();
  await theirs.getByText('请写上职务，再排计划。').waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.id.startsWith('post-')), true);
  assert.deepEqual(await lookAt(page, 'a post is missing', { letters: 12, target: 24 }), []);
  await theirs.getByLabel('职务', { exact: true }).fill('县委书记');
  await theirs.getByLabel('分管', { exact: true }).fill('县委全面工作');
  await theirs.getByLabel('级别', { exact: true }).selectOption({ label: '县级正职' });
  await plan.click();
  await page.getByText('还只是草稿。').waitFor({ timeout: 60_000 });
  const { plan: made } = await ask(dispatcher, `/api/v1/plans/${month}`);

  const leader = await atTheDesk(browser, server, 'leader');
  await send(leader, `/api/v1/plans/${month}/acceptance`, { version: made.version });
  await leader.context.close();
  const { plan: accepted } = await ask(dispatcher, `/api/v1/plans/${month}`);
  const stop = accepted.stops.find((one) => one.leader === '林秀英' && one.visit);
  assert.ok(stop, 'somewhere they go');
  const step = (kind, body) => send(dispatcher, `/api/v1/visits/${stop.visit}/steps/${kind}`, body);
  await step('revised', { fields: { accessibility: '一楼，门口有坡道' } });
  const postings = ['board', 'broadcast', 'web'].map((channel) => ({ channel, where: '村口', proof: '照片已存' }));
  await step('published', { fields: {}, postings });

  const resident = await visitor(browser, server.address);
  await resident.page.goto(`/visits/${stop.visit}`);
  assert.match(await resident.page.textContent('main'), /县委书记 林秀英[^]*分管：县委全面工作/);
  assert.match(await (await resident.context.request.get(`${server.address}/visits.ics`)).text(), /县委书记 林秀英/);
  assert.deepEqual(resident.complaints(), []);
  await resident.context.close();

  // In another month it stands in the form, which is folded where the month is planned.
  await page.goto(`/desk/plans?month=${monthFromNow(1)}`);
  await page.click('.leaders:not([open]) > summary');
  await theirs.waitFor();
  assert.equal(await theirs.getByLabel('职务', { exact: true }).inputValue(), '县委书记');
  assert.equal(await theirs.getByLabel('分管', { exact: true }).inputValue(), '县委全面工作');
  assert.deepEqual(dispatcher.complaints(), []);
  await dispatcher.context.close();
});
