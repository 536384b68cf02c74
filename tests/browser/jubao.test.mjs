// Reporting wrongdoing in a real browser: named handlers, a seal, no trace on the phone, a way out, and the way back in.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accessibilityFaults, goOn, pressShiftThrice, visitor } from './lib/browser.mjs';
import { browser, server, withCounty } from './lib/county.mjs';

withCounty();

test('the page says openly what it cannot protect from, and works in both languages and sizes', async () => {
  for (const look of ['', '?size=elder', '?lang=en', '?lang=en&size=elder']) {
    const { context, page, complaints } = await visitor(browser, server.address, { width: 360, height: 780 });
    await page.goto(`/jubao${look}`);
    assert.equal(await page.title(), look.includes('lang=en') ? 'Minhu' : '民呼');
    assert.equal(await page.locator('main li').count(), 5, 'five things that this way does not protect from');
    assert.deepEqual(await accessibilityFaults(page), []);
    assert.deepEqual(await context.cookies(), []);
    assert.deepEqual(complaints(), []);
    await context.close();
  }
});

test('writing changes no address and leaves nothing on the phone', async () => {
  const { context, page, complaints } = await visitor(browser, server.address);
  await page.goto('/jubao');
  await page.fill('#words', '某局某人收了钱。');
  await goOn(page, 'main form button.btn');
  await page.waitForSelector('dd.code');
  assert.equal(new URL(page.url()).pathname, '/jubao');
  assert.deepEqual(await context.cookies(), []);
  assert.deepEqual(await page.evaluate(() => [Object.keys(localStorage), Object.keys(sessionStorage)]), [[], []]);
  assert.deepEqual(complaints(), []);
  await context.close();
});

test('with scripts off the form is sent and answered all the same', async () => {
  const { context, page } = await visitor(browser, server.address, { javaScriptEnabled: false });
  await page.goto('/jubao');
  await page.fill('#words', '某局某人收了钱。');
  await goOn(page, 'main form button.btn');
  await page.waitForSelector('dd.code');
  await page.goto('/jubao/look');
  await page.fill('#code', '1'.repeat(24));
  await goOn(page, 'main form button.btn');
  assert.equal(await page.locator('.errors').count(), 1);
  await context.close();
});

test('leaving blanks the page at once and leads to a page about the weather', async () => {
  const { context, page } = await visitor(browser, server.address);
  const leaving = await context.request.get('/jubao/leave', { maxRedirects: 0 });
  assert.equal(leaving.headers().location, 'https://www.weather.com.cn/');
  // There is no weather where tests run: the way there ends one step earlier.
  await context.route('**/jubao/leave', (route) => route.fulfill({ contentType: 'text/html', body: '<title>weather</title>' }));
  await page.goto('/jubao');
  await pressShiftThrice(page);
  await page.waitForURL('**/jubao/leave');
  await page.goBack().catch(() => {});
  assert.notEqual(page.url().replace(/^[a-z]+:\/\/[^/]*/, ''), '/jubao', 'the way back does not lead there');
  await context.close();
});
