// Papers of an office: one sheet each, in a batch each on its own, and a code that a phone reads.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accessibilityFaults } from './lib/browser.mjs';
import { browser, server, withCounty } from './lib/county.mjs';
import { signIn } from './lib/office.mjs';
import { decode, sheets } from './lib/paper.mjs';

let seat;
const there = { acceptance: [], notice: [], opinion: [] };

withCounty({ cases: 300, months: 3 }, async () => {
  seat = await signIn(browser, server, 'dispatcher', { deviceScaleFactor: 2 });
  // Whatever the demo county has decided already.
  const ids = await seat.page.evaluate(async () => {
    const found = [];
    for (const part of ['dispatch', 'call_back', 'close']) {
      const answer = await fetch(`/api/v1/queue?part=${part}&limit=40`);
      found.push(...(await answer.json()).lines.map(({ id }) => id));
    }
    return found;
  });
  for (const kind of Object.keys(there)) {
    for (const id of ids) {
      if (there[kind].length === 3) break;
      const ok = await seat.page.evaluate(async (url) => (await fetch(url)).ok, `/office/print/${kind}?case=${id}`);
      if (ok) there[kind].push(id);
    }
  }
});

const address = (kind, ids) => `/office/print/${kind}?${ids.map((id) => `case=${id}`).join('&')}`;

for (const kind of Object.keys(there)) {
  test(`${kind}: one sheet, and its code leads to the case`, async () => {
    assert.ok(there[kind].length > 0, 'the demo county has one');
    const { page } = seat;
    await page.goto(address(kind, there[kind].slice(0, 1)));
    assert.deepEqual(await accessibilityFaults(page), []);
    assert.equal(sheets(await page.pdf({ preferCSSPageSize: true })), 1);
    const number = (await page.textContent('.strip.first span:last-child')).trim();
    await page.emulateMedia({ media: 'print' });
    assert.equal(await decode(await page.locator('.qr').screenshot()), `${server.address}/t/${number}`);
    const wide = await page.locator('.qr').evaluate((node) => node.getBoundingClientRect().width);
    assert.ok((wide / 96) * 25.4 >= 25, 'at least 25 mm wide');
    await page.emulateMedia({ media: null });
  });
}

test('a batch puts each case on its own sheet', async () => {
  const { page } = seat;
  const kind = Object.keys(there).find((each) => there[each].length === 3);
  assert.ok(kind, 'the demo county has three of some kind');
  await page.goto(address(kind, there[kind]));
  assert.equal(await page.locator('.paper').count(), 3);
  assert.equal(sheets(await page.pdf({ preferCSSPageSize: true })), 3);
  assert.deepEqual(await accessibilityFaults(page), []);
  assert.deepEqual(seat.complaints(), []);
});
