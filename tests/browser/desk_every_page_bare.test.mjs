// Every page of the desk while nothing has come in, and when the network is gone: at two widths, in both sizes of letters.
import { test } from 'node:test';
import { lookAtDesk, openDeskPage } from './lib/desk_looks.mjs';
import { eachPageOnce, withMenus } from './lib/desk_pages.mjs';

withMenus();

// The demo has something everywhere: the answers are the server's own, their lists emptied.
function emptied(value) {
  if (Array.isArray(value)) return [];
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, emptied(inner)]));
}
const isSession = (request) => new URL(request.url()).pathname === '/api/v1/session';

test('every page can be read while nothing has come in', () =>
  eachPageOnce(async ({ page, complaints }, path, { role }) => {
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
  eachPageOnce(async ({ page, complaints }, path, { role }) => {
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
