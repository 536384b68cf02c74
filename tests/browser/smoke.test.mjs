import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accessibilityFaults, visitor } from './lib/browser.mjs';
import { browser, server, withCounty } from './lib/county.mjs';

withCounty();

test('the first page is served, everybody can use it, and it asks nobody else', async () => {
  const { context, page, complaints } = await visitor(browser, server.address);
  const response = await page.goto('/');
  assert.equal(response.status(), 200);
  assert.match((await page.getAttribute('html', 'lang')) ?? '', /^zh/);
  assert.equal(await page.locator('h1').count(), 1);
  assert.deepEqual(await accessibilityFaults(page), []);
  assert.deepEqual(complaints(), []);
  await context.close();
});
