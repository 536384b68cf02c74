// Every page of the desk, because it walks the menu of every role that there is: as it is, empty, when the network is gone
// and signed out; at two widths, in both sizes of letters, with and without a dialog.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openBrowser, visitor } from './lib/browser.mjs';
import { atTheDesk } from './lib/desk.mjs';
import { lookAtDesk, menuOf, openDeskPage } from './lib/desk_looks.mjs';
import { startServer } from './lib/server.mjs';

let server;
let browser;
before(async () => {
  server = await startServer();
  browser = await openBrowser();
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

// Calls `visit` for every entry of every menu, one seat after the other. `known`: the same page has been seen, of another
// role or of another part of the same list.
async function everyPage(visit) {
  const faults = [];
  const seen = new Set();
  const roles = server.roles();
  assert.ok(roles.length >= 11, `the demo has logins for ${roles.join(', ')}`);
  for (const role of roles) {
    const seat = await atTheDesk(browser, server, role);
    const paths = await menuOf(seat.page);
    assert.ok(paths.length > 0, `the menu of ${role} is empty`);
    for (const path of paths) {
      const page = path.split('?')[0];
      const known = seen.has(page);
      seen.add(page);
      faults.push(...(await visit(seat, path, { role, known }).catch((error) => [`${path} of ${role}: ${error.message}`])));
    }
    await seat.context.close();
  }
  assert.ok(seen.size >= 20, `${seen.size} pages: ${[...seen].join(' ')}`);
  // deepEqual would cut the list short.
  assert.ok(faults.length === 0, `${faults.length} faults\n${faults.join('\n')}`);
}

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

// The demo has something everywhere: the answers are the server's own, their lists emptied.
function emptied(value) {
  if (Array.isArray(value)) return [];
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, emptied(inner)]));
}
const isSession = (request) => new URL(request.url()).pathname === '/api/v1/session';

test('every page can be read while nothing has come in', () =>
  everyPage(async ({ page, complaints }, path, { role, known }) => {
    if (known) return [];
    const before = complaints().length;
    await page.route('**/api/**', async (route) => {
      if (isSession(route.request())) return route.continue();
      const answer = await route.fetch();
      const isJson = answer.headers()['content-type']?.startsWith('application/json');
      return isJson ? route.fulfill({ response: answer, json: emptied(await answer.json()) }) : route.fulfill({ response: answer });
    });
    await openDeskPage(page, path);
    const faults = await lookAtDesk(page, `${path} of ${role}, empty`);
    await page.unrouteAll({ behavior: 'wait' }); // a page asks again by itself, and is about to be left
    return [...faults, ...complaints().slice(before)];
  }));

// What can be used while nothing can be fetched, and tells it when something is sent.
const worksWithout = ['/desk/phone', '/desk/letters', '/desk/reception'];

test('every page says so when the network is gone', () =>
  everyPage(async ({ page, complaints }, path, { role, known }) => {
    if (known) return [];
    const before = complaints().length;
    let refused = 0;
    await page.route('**/api/**', (route) => {
      if (isSession(route.request())) return route.continue(); // who sits here was asked before the network went
      refused += 1;
      return route.abort();
    });
    await openDeskPage(page, path);
    const faults = await lookAtDesk(page, `${path} of ${role}, no network`);
    if (refused > 0 && !worksWithout.includes(path)) {
      const said = page.locator('main [role=alert]').first();
      await said
        .waitFor({ state: 'attached', timeout: 30_000 })
        .catch(() => faults.push(`${path} of ${role}: nothing says that nothing could be fetched`));
    }
    await page.unrouteAll({ behavior: 'wait' }); // a page asks again by itself, and is about to be left
    return [...faults, ...complaints().slice(before).filter((each) => !/ERR_FAILED/.test(each))];
  }));

test('nobody who is not signed in sees a page, and comes back to it after signing in', async () => {
  const stranger = await visitor(browser, server.address);
  let looked = false;
  await everyPage(async (_seat, path, { known }) => {
    if (known) return [];
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
