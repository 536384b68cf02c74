// Find one, solve its class: what residents see of it, on a phone with scripts and without, and what a leader sees.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accessibilityFaults, goOn, visitor } from './lib/browser.mjs';
import { browser, server, withCounty } from './lib/county.mjs';
import { atTheDesk, ask } from './lib/desk.mjs';

let published; // the classes of the ledger that can be joined

withCounty({}, async () => {
  const { page, context } = await visitor(browser, server.address);
  await page.goto('/');
  const ledger = await page.evaluate(async () => (await fetch('/api/v1/open_data/classes')).json());
  published = [...ledger.solved, ...ledger.under_way].map((line) => line.published);
  await context.close();
});

const wider = (page) => page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);

for (const options of [{ width: 390 }, { width: 390, javaScriptEnabled: false }]) {
  const how = options.javaScriptEnabled === false ? 'without scripts' : 'with scripts';
  test(`a resident says "that is it" and gets a receipt of their own, ${how}`, async () => {
    assert.ok(published.length > 0, 'the demo has a published class');
    const [known] = published;
    const { page, context } = await visitor(browser, server.address, options);
    const faults = () => (options.javaScriptEnabled === false ? [] : accessibilityFaults(page));
    await page.goto('/report/what');
    await page.fill('#words', `${known.title}，我家这边也是这样。${known.text}`);
    await page.click('main form button.btn:not([name])');
    await page.waitForURL('**/report/similar');
    assert.deepEqual(await faults(), []);
    assert.ok((await page.textContent('main')).includes(known.title));
    await page.click('button[name=same]:not([value=none])');
    await page.waitForURL('**/report/where');
    await goOn(page, 'button[name=skip]');
    await page.check('[name=way][value=none]');
    await page.click('main form button.btn');
    await page.waitForURL('**/report/check');
    assert.ok((await page.textContent('dl.sum')).includes(known.title), 'the summary says which class it counts for');
    await goOn(page, '#send button');
    await page.waitForSelector('.ticket .no');
    assert.deepEqual(await faults(), []);
    await goOn(page, '.row form button.btn');
    const own = await page.textContent('main');
    assert.ok(own.includes(known.title), 'the own page says which class it belongs to');
    await context.close();
  });
}

test('the ledger names offices and matters, and is read without a mouse at both sizes', async () => {
  for (const width of [390, 1280]) {
    const { page, context } = await visitor(browser, server.address, { width, height: 860 });
    for (const path of ['/done', '/done/classes', '/done/classes?size=elder']) {
      await page.goto(path);
      assert.deepEqual(await accessibilityFaults(page), [], `${path} at ${width}`);
      assert.equal(await wider(page), false, `${path} at ${width}`);
    }
    assert.ok((await page.textContent('main')).includes(published[0].title));
    await context.close();
  }
});

test('a leader sees every class and takes one on', async () => {
  for (const width of [390, 1280]) {
    const seat = await atTheDesk(browser, server, 'leader', { width, path: '/classes' });
    const { page, context } = seat;
    const { classes } = await ask(seat, '/api/v1/classes');
    assert.ok(classes.length > 0);
    for (const path of ['/desk/classes', '/desk/classes/hot', '/desk/lessons', ...classes.map(({ id }) => `/desk/classes/${id}`)]) {
      await page.goto(path);
      await page.waitForSelector('main :is(section, .lines, .notice, table)');
      assert.deepEqual(await accessibilityFaults(page), [], `${path} at ${width}`);
      assert.equal(await wider(page), false, `${path} at ${width}`);
    }
    const waiting = classes.find(({ state }) => state === 'screened');
    if (waiting && width === 1280) {
      await page.goto(`/desk/classes/${waiting.id}`);
      await page.getByRole('button', { name: '选定，定牵头单位' }).click();
      await page.locator('[id="selected-lead_unit"]').selectOption({ index: 1 });
      await page.fill('[id="selected-sponsor"]', '分管环保的副县长');
      await page.fill('[id="selected-theme"]', '2026-12');
      await page.fill('[id="selected-baseline"]', '半年来反复有人反映，一直没有根治。');
      assert.deepEqual(await accessibilityFaults(page), []);
      await page.locator('.steps form button.main').click();
      await page.waitForSelector('main > .notice[role=status]');
      await page.locator('.road b.state', { hasText: /^已选定$/ }).waitFor();
    }
    await context.close();
  }
});
