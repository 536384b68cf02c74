// Whoever keeps the registers of the county: a unit is changed and closed, a rule is tried before it is saved, and the auditor
// reads who did it. Every page in every state at both widths.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accessibilityFaults } from './lib/browser.mjs';
import { browser, server, withCounty } from './lib/county.mjs';
import { atTheDesk, goTo } from './lib/desk.mjs';

withCounty();

const widths = [390, 1280];

// Nothing is wrong with the page as it stands, at either width, and nothing scrolls sideways.
async function wellMade(page, state) {
  await page.waitForSelector('main h1');
  const size = page.viewportSize();
  for (const width of widths) {
    await page.setViewportSize({ width, height: 860 });
    assert.deepEqual(await accessibilityFaults(page), [], `${state} at ${width} px`);
    const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    assert.ok(over <= 0, `${state} scrolls sideways by ${over} px at ${width} px`);
    if (process.env.MINHU_PICTURES) {
      await page.screenshot({ path: `${process.env.MINHU_PICTURES}/${state.replaceAll(' ', '-')}-${width}.png`, timeout: 120_000 });
    }
  }
  await page.setViewportSize(size);
}
const atHouse = (path, role = 'system_admin') => atTheDesk(browser, server, role, { path });

test('a unit is found, changed, and closed with a reason; the log says so', async () => {
  const { page, context, complaints } = await atHouse('/house/units');
  await page.waitForSelector('tbody tr');
  await wellMade(page, 'units');
  await page.fill('#search', '水利');
  await page.press('#search', 'Enter');
  await page.waitForURL(/search=/);
  await page.waitForFunction(() => [...document.querySelectorAll('tbody a')].every((link) => link.closest('tr').textContent.includes('水利')));
  await goTo(page, 'tbody a >> nth=0');
  await page.waitForSelector('#name');
  await wellMade(page, 'unit');

  await page.fill('#name', '');
  await page.click('form.form button[type=submit]');
  await page.waitForSelector('.refused');
  assert.match(await page.textContent('.field.wrong'), /还没有填/);
  await wellMade(page, 'unit refused');
  await page.fill('#name', '青溪县水利局');
  await page.fill('#phone', '0579-81234567');
  await page.click('form.form button[type=submit]');
  await page.waitForSelector('[role=status]:has-text("已经存下")');

  await page.click('button.grave');
  await page.waitForSelector('[role=dialog]');
  await wellMade(page, 'closing a unit');
  await page.click('[role=dialog] button[type=submit]');
  await page.waitForSelector('[role=dialog] .refused');
  await page.fill('#why', '机构改革，并入农业农村局');
  await page.click('[role=dialog] button[type=submit]');
  await page.waitForSelector('text=这个单位已经停用');
  assert.match(await page.textContent('.changes'), /机构改革/);
  assert.deepEqual(complaints(), []);
  await context.close();

  const auditor = await atHouse('/house/log', 'audit_admin');
  await auditor.page.waitForSelector('.changes li');
  assert.match(await auditor.page.textContent('.changes'), /停用[^]*机构改革/);
  await wellMade(auditor.page, 'log');
  await auditor.context.close();
});

test('a rule is tried on the last month before it can be saved', async () => {
  const { page, context, complaints } = await atHouse('/house/rules');
  await page.waitForSelector('tbody tr');
  await wellMade(page, 'rules');
  await page.keyboard.press('n');
  await page.waitForSelector('#code');
  assert.equal(await page.locator('.dry-run').count(), 0, 'nothing can be saved untried');
  await page.fill('#code', 'all-to-housing');
  await page.selectOption('#unit', { index: 2 });
  await page.fill('#source', '县政府办公室分工');
  await page.selectOption('#category', { index: 1 });
  await page.click('form.form button[type=submit]');
  await page.waitForSelector('.dry-run');
  assert.match(await page.textContent('.dry-run'), /收到\d+件/);
  await wellMade(page, 'dry run');
  await page.click('.dry-run button');
  await page.waitForURL(/rules\/edit\/all-to-housing/);
  await page.waitForSelector('.changes li');

  await page.goto('/desk/house/rules/bench');
  await wellMade(page, 'test bench empty');
  await page.selectOption('#category', { index: 1 });
  await page.waitForSelector('section table, section .notice');
  const unit = await page.textContent('section .notice h2');
  assert.match(unit, /建议派给/);
  await page.selectOption('#unit', { label: unit.replace('建议派给', '').trim() });
  await page.waitForSelector('.notice.trouble');
  assert.match(await page.textContent('.notice.trouble'), /不能自己办自己的事/);
  await wellMade(page, 'test bench blocked');
  assert.deepEqual(complaints(), []);
  await context.close();
});

test('duties and categories are listed, and a dialog changes them', async () => {
  const { page, context, complaints } = await atHouse('/house/duties');
  await page.waitForSelector('tbody tr');
  await wellMade(page, 'duties');
  await page.click('.head button');
  await page.waitForSelector('[role=dialog]');
  await wellMade(page, 'a new duty');
  await page.keyboard.press('Escape');
  await page.goto('/desk/house/categories?search=nothing-is-called-this');
  await page.waitForSelector('.notice');
  await wellMade(page, 'no category fits');
  await page.goto('/desk/house/categories');
  await page.click('tbody button >> nth=0');
  await page.waitForSelector('[role=dialog]');
  await wellMade(page, 'a category');
  assert.deepEqual(complaints(), []);
  await context.close();
});

test('the first setup, the calendars and the health are read from the data', async () => {
  const { page, context, complaints } = await atHouse('/');
  await page.waitForSelector('.steps li');
  assert.match(await page.textContent('h1'), /首次设置/);
  assert.equal(await page.locator('.steps li').count(), 10);
  await wellMade(page, 'setup');
  await page.goto('/desk/house/calendars');
  await page.waitForSelector('details');
  await page.click('summary >> nth=0');
  await wellMade(page, 'calendars');
  await page.goto('/desk/house/health');
  await page.waitForSelector('.facts');
  assert.match(await page.textContent('main'), /数据库/);
  await wellMade(page, 'health');
  assert.deepEqual(complaints(), []);
  await context.close();
});

test('nobody else opens the registers, and a broken network is said', async () => {
  const handler = await atHouse('/house/units', 'handler');
  assert.match(await handler.page.textContent('h1'), /没有这一页/);
  await handler.context.close();
  const { page, context } = await atHouse('/house/rules');
  await page.route('**/api/v1/admin/units', (route) => route.abort());
  await page.goto('/desk/house/units');
  await page.waitForSelector('[role=alert]');
  await wellMade(page, 'units that could not be fetched');
  await context.close();
});
