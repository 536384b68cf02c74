// The receipt on paper: one sheet, and a code that a phone reads.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { visitor } from './lib/browser.mjs';
import { browser, server, withCounty } from './lib/county.mjs';
import { decode, sheets } from './lib/paper.mjs';
import { file } from './lib/resident.mjs';

withCounty({ cases: 60, months: 2 });

for (const size of ['standard', 'elder']) {
  test(`the code on the receipt leads to the case and says nothing else (${size})`, async () => {
    const { context, page } = await visitor(browser, server.address, { deviceScaleFactor: 2 });
    await page.goto(`/?size=${size}`);
    const { number, code } = await file(page);
    const address = await decode(await page.locator('.qr').screenshot());
    assert.equal(address, `${server.address}/t/${number}`);
    assert.ok(!address.includes(code.replace(/\D/g, '')));

    const stranger = await visitor(browser, server.address);
    await stranger.page.goto(address);
    assert.equal(await stranger.page.locator('#code').count(), 1, 'whoever scans it is asked for the code');
    assert.ok(!(await stranger.page.content()).includes('路灯'), 'and sees nothing of the matter');
    await stranger.context.close();
    await context.close();
  });

  test(`the receipt is printed on one sheet, with its code readable (${size})`, async () => {
    const { context, page } = await visitor(browser, server.address);
    await page.goto(`/?size=${size}`);
    const { number } = await file(page);
    for (const path of [`/t/${number}`, `/t/${number}/print`]) {
      await page.goto(path);
      assert.equal(sheets(await page.pdf({ format: 'A4' })), 1, `${path} on A4`);
    }
    await page.emulateMedia({ media: 'print' });
    assert.equal(await decode(await page.locator('.qr').screenshot()), `${server.address}/t/${number}`);
    await context.close();
  });
}
