// Every page of the desk of every role, as it is: at two widths, in both sizes of letters, with and without a dialog; and what
// a stranger sees of it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { visitor } from './lib/browser.mjs';
import { browser, server } from './lib/county.mjs';
import { lookAtDesk, openDeskPage } from './lib/desk_looks.mjs';
import { eachPageOnce, everyPage, withMenus } from './lib/desk_pages.mjs';

withMenus();

test('every page of every role can be read and used', () =>
  everyPage(async ({ page, complaints }, path, { role, known }) => {
    const before = complaints().length;
    await openDeskPage(page, path);
    const faults = await lookAtDesk(page, `${path} of ${role}`, { once: known });
    if (!known) {
      await page.click('.tools button:has(kbd)'); // the key ? is a letter where one types at once
      await page.waitForSelector('[role=dialog]');
      faults.push(...(await lookAtDesk(page, `${path} of ${role}, list of keys`, { once: true })));
      await page.keyboard.press('Escape');
    }
    return [...faults, ...complaints().slice(before)];
  }));

test('nobody who is not signed in sees a page, and comes back to it after signing in', async () => {
  const stranger = await visitor(browser, server.address);
  let looked = false;
  await eachPageOnce(async (_seat, path) => {
    await openDeskPage(stranger.page, path);
    const at = new URL(stranger.page.url());
    const faults = at.pathname === '/desk/sign-in' ? [] : [`${path} opens for a stranger`];
    if (`/desk${at.searchParams.get('next')}` !== path) faults.push(`${path} is forgotten: ${at.search}`);
    if (!looked) {
      faults.push(...(await lookAtDesk(stranger.page, 'sign-in')));
      await stranger.page.click('button[type=submit]');
      await stranger.page.waitForSelector('[role=alert]');
      faults.push(...(await lookAtDesk(stranger.page, 'sign-in, refused')));
      looked = true;
    }
    return faults;
  });
  assert.deepEqual(stranger.complaints(), []);
  await stranger.context.close();
});
