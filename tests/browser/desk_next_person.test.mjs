// One window at the counter, one official after another: what the one typed waits for them alone.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accessibilityFaults } from './lib/browser.mjs';
import { browser, server, withCounty } from './lib/county.mjs';
import { atTheDesk, inTheMenu } from './lib/desk.mjs';
import { lookAtDesk } from './lib/desk_looks.mjs';

const said = '家门口的井盖没了，只有这一位听到';

withCounty({ cases: 60, months: 2 });

// Within the window: nothing is loaded anew, as when somebody presses what the page shows.
async function signIn(page, role) {
  const { name, password } = await server.login(role);
  await page.fill('#login', name);
  await page.fill('#password', password);
  await page.click('button[type=submit]');
  await page.waitForURL((url) => !url.pathname.endsWith('/sign-in'));
  await page.waitForSelector('.menu a');
}
const callAt = async (page) => {
  await inTheMenu(page, 'phone');
  return page.inputValue('#words');
};
async function sessionEnds(page, context) {
  await context.clearCookies();
  await inTheMenu(page, 'articles');
  await page.waitForURL((url) => url.pathname.endsWith('/sign-in'));
}

test('whoever signs out with a call half typed is asked first, and then it is gone', async () => {
  const { page, context, complaints } = await atTheDesk(browser, server, 'clerk', { path: '/phone' });
  await page.fill('#words', said);
  await inTheMenu(page, 'letters');
  await page.fill('#words', '信上说');
  await page.click('text=退出');
  const dialog = page.getByRole('dialog');
  await dialog.waitFor();
  assert.match(await dialog.textContent(), /正在记的电话.*正在登记的来信/s);
  assert.deepEqual(await lookAtDesk(page, 'sign out'), []);
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  assert.equal(await page.inputValue('#words'), '信上说');
  await page.click('text=退出');
  await dialog.getByRole('button', { name: '退出，这些不要了' }).click();
  await page.waitForURL((url) => url.pathname.endsWith('/sign-in'));
  assert.deepEqual(await accessibilityFaults(page), []);
  await signIn(page, 'clerk');
  assert.equal(await callAt(page), '');
  // Nothing is asked of whoever has nothing to lose.
  await page.click('text=退出');
  await page.waitForURL((url) => url.pathname.endsWith('/sign-in'));
  assert.deepEqual(complaints(), []);
  await context.close();
});

test('after a session ended, a call is there for its own clerk and for nobody else', async () => {
  const { page, context } = await atTheDesk(browser, server, 'clerk', { path: '/phone' });
  await page.fill('#words', said);
  await sessionEnds(page, context);
  await signIn(page, 'clerk');
  assert.equal(await callAt(page), said);
  await sessionEnds(page, context);
  await signIn(page, 'dispatcher');
  assert.equal(await callAt(page), '');
  await sessionEnds(page, context);
  await signIn(page, 'clerk');
  assert.equal(await callAt(page), '');
  assert.ok(!(await page.content()).includes(said));
  await context.close();
});

test('whoever signs out without a network is told so, shows nothing any more, and is out once there is one', async () => {
  const { page, context } = await atTheDesk(browser, server, 'clerk', { path: '/phone' });
  await context.setOffline(true);
  await page.click('text=退出');
  const notice = page.getByRole('alert').filter({ hasText: '还没有完全退出' });
  await notice.waitFor();
  assert.ok(page.url().endsWith('/sign-in'));
  assert.deepEqual(await lookAtDesk(page, 'left without a network'), []);
  assert.deepEqual(await accessibilityFaults(page), []);
  await context.setOffline(false);
  await notice.waitFor({ state: 'detached' });
  await page.goto(`${server.address}/desk/phone`);
  await page.waitForURL((url) => url.pathname.endsWith('/sign-in'));
  await context.close();
});
