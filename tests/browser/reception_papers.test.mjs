// The pages of a reception at a tablet's and a telephone's size, and the papers that come out of them.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { accessibilityFaults } from './lib/browser.mjs';
import { browser, server, withCounty } from './lib/county.mjs';
import { atTheDesk, goTo } from './lib/desk.mjs';
import { decode, sheets } from './lib/paper.mjs';
import { setUp } from './lib/tablet.mjs';

const sizes = [
  { width: 1024, height: 768 },
  { width: 390, height: 844 },
];
let seat;

withCounty({ cases: 60, months: 2 }, async () => {
  seat = await atTheDesk(browser, server, 'dispatcher', { path: '/reception', ...sizes[0], deviceScaleFactor: 2 });
});

// At both sizes: no fault of accessibility, and nothing that has to be pushed aside to be read.
async function looksWell(what) {
  for (const size of sizes) {
    await seat.page.setViewportSize(size);
    assert.deepEqual(await accessibilityFaults(seat.page), [], `${what} at ${size.width}`);
    const wide = await seat.page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    assert.ok(wide <= 0, `${what} at ${size.width}: ${wide} px too wide`);
    if (process.env.MINHU_PICTURES) await seat.page.screenshot({ path: join(process.env.MINHU_PICTURES, `${what}-${size.width}.png`), fullPage: true });
  }
  await seat.page.setViewportSize(sizes[0]);
}

test('every page of a reception, at both sizes, and its papers', async () => {
  const { page } = seat;
  await looksWell('door');
  await setUp(page);
  await looksWell('today');

  await page.getByRole('button', { name: /^下一位/ }).click();
  await page.waitForSelector('#text');
  await page.fill('#text', '村口污水管破裂外溢，离小学五十米，味道很大，孩子每天从那里走。'.repeat(40));
  await page.fill('#request', '希望尽快修好。'.repeat(20));
  await page.fill('#name', '张三');
  await page.fill('#leader-words', '由竹源镇两天里抢修，县住建局牵头查一遍上溪片的老管网。'.repeat(12));
  await page.getByLabel('交给责任单位').check();
  await page.locator('#unit').selectOption({ index: 3 });
  await page.fill('#due', new Date(Date.now() + 10 * 86_400_000).toISOString().slice(0, 10));
  await page.fill('#sponsor', '王副县长');
  const canvas = await page.locator('canvas').boundingBox();
  await page.mouse.move(canvas.x + 20, canvas.y + 20);
  await page.mouse.down();
  await page.mouse.move(canvas.x + 120, canvas.y + 60, { steps: 5 });
  await page.mouse.up();
  await page.locator('.files li').waitFor();
  await looksWell('record');

  await page.getByRole('button', { name: '写完了，打告知单' }).click();
  await page.waitForSelector('.notice-sheet');
  await looksWell('notice');
  // However much was said: one sheet.
  assert.equal(sheets(await page.pdf({ preferCSSPageSize: true })), 1);
  const number = (await page.textContent('.notice-sheet dd.number')).trim();
  assert.equal(await decode(await page.locator('.notice-sheet').screenshot()), `${server.address}/t/${number}`);
  await page.emulateMedia({ media: 'print' });
  const wide = await page.locator('.qr').evaluate((node) => node.getBoundingClientRect().width);
  assert.ok((wide / 96) * 25.4 >= 25, 'at least 25 mm wide');
  await page.emulateMedia({ media: null });

  await goTo(page, page.getByRole('link', { name: '同步', exact: true }));
  await page.locator('.sync-list li.confirmed').waitFor();
  await looksWell('sync');

  for (let at = 0; at < 7; at += 1) {
    await goTo(page, page.getByRole('link', { name: '今日接待' }).last());
    await page.getByRole('button', { name: /^下一位|没有号的来访人/ }).last().click();
    await page.waitForSelector('#text');
    await page.fill('#text', '路灯坏了，晚上看不见路。');
    await page.getByRole('button', { name: '写完了，打告知单' }).click();
    await page.waitForSelector('.notice-sheet');
  }
  await goTo(page, page.locator('.bar').getByRole('link', { name: '接待用纸' }));
  await page.waitForSelector('.sheet-landscape');
  assert.ok((await page.locator('.sheet-landscape tbody tr').count()) >= 8);
  await looksWell('schedule');
  assert.equal(sheets(await page.pdf({ preferCSSPageSize: true })), 1, 'the schedule is one sheet');
  await page.getByRole('link', { name: /接访日单/ }).click();
  await page.waitForSelector('.day-sheet');
  await looksWell('sheets');
  const groups = await page.locator('.day-sheet').count();
  assert.ok(groups >= 8);
  assert.equal(sheets(await page.pdf({ preferCSSPageSize: true })), groups, 'one sheet for each group');
  await page.getByRole('link', { name: '张贴的公告' }).click();
  await page.waitForSelector('.poster');
  await looksWell('poster');
  assert.equal(sheets(await page.pdf({ preferCSSPageSize: true })), 1, 'the poster is one sheet');

  await page.goto('/desk/reception-tablets');
  await page.locator('.tablet b').first().waitFor();
  await looksWell('tablets');
  assert.deepEqual(seat.complaints(), []);
});
