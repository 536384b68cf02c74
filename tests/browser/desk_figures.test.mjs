// Figures: on the desk of whoever watches, and for everybody.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accessibilityFaults, visitor } from './lib/browser.mjs';
import { browser, server, withCounty } from './lib/county.mjs';
import { atTheDesk } from './lib/desk.mjs';

withCounty();

for (const width of [390, 1280]) {
  test(`figures, offices and the annual report are read without a mouse at ${width} px`, async () => {
    const { page, context } = await atTheDesk(browser, server, 'dispatcher', { width, path: '/figures' });
    for (const path of ['/desk/figures', '/desk/figures/offices', '/desk/figures/annual']) {
      await page.goto(path);
      await page.waitForSelector('main table, main .notice');
      assert.deepEqual(await accessibilityFaults(page), [], path);
      const wider = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
      assert.equal(wider, false, `${path} is wider than the window`);
    }
    await context.close();
  });
}

test('a period stands in the address and is kept when one comes back', async () => {
  const { page, context } = await atTheDesk(browser, server, 'dispatcher', { path: '/figures' });
  await page.waitForSelector('main table, main .notice');
  const year = Number(await page.locator('select').nth(1).inputValue()); // the county's: on New Year's Eve not everybody has the same
  await page.locator('select').nth(1).selectOption(String(year - 1));
  await page.waitForURL((url) => url.search.includes(`period=${year - 1}`));
  await page.reload();
  await page.waitForFunction((chosen) => document.querySelectorAll('select')[1]?.value === chosen, String(year - 1));
  await context.close();
});

test('the report is a workbook in one click', async () => {
  const { page, context } = await atTheDesk(browser, server, 'dispatcher', { path: '/figures/annual' });
  const [download] = await Promise.all([page.waitForEvent('download'), page.click('a[download]')]);
  assert.match(download.suggestedFilename(), /^minhu-\d{4}\.xlsx$/);
  await context.close();
});

test('the public pages need no script and are the same for everybody', async () => {
  for (const width of [390, 1280]) {
    const { page, context } = await visitor(browser, server.address, { width, height: 800, javaScriptEnabled: false });
    for (const path of ['/figures', '/figures/offices', '/done']) {
      const answer = await page.goto(path);
      if (path !== '/done') assert.equal(answer.headers()['cache-control'], 'public, max-age=300');
      const wider = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
      assert.equal(wider, false, `${path} is wider than the window`);
      assert.equal(await page.locator('main .note').count(), 0, `${path} of the demo has figures`);
      if (process.env.MINHU_PICTURES) {
        await page.screenshot({ path: `${process.env.MINHU_PICTURES}/${path.slice(1).replace('/', '_')}_${width}.png`, fullPage: true });
      }
    }
    await page.goto('/figures');
    assert.match(await page.textContent('.lead'), /^\d{4}年第.季度/);
    assert.equal(await page.locator('table').last().locator('tbody tr').count(), 3, 'three months');
    await context.close();
  }
});
