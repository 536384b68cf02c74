// An official signs in to the desk and sees what waits; nothing is asked of another host.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accessibilityFaults } from './lib/browser.mjs';
import { browser, server, withCounty } from './lib/county.mjs';
import { atTheDesk } from './lib/desk.mjs';

withCounty();

for (const width of [390, 1280]) {
  test(`a handler signs in and sees the queue at ${width} px`, async () => {
    const { page, context, complaints } = await atTheDesk(browser, server, 'handler', { width });
    assert.equal(await page.textContent('h1'), '待办');
    assert.deepEqual(await accessibilityFaults(page), []);
    assert.deepEqual(complaints(), []);
    await context.close();
  });
}
