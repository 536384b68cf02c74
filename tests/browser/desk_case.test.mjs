// The queue and the case as a handler works with them: an answer in four clicks without a page load, by the keyboard alone,
// with an input method, with a colleague who was quicker, and after a reload.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { accessibilityFaults } from './lib/browser.mjs';
import { browser, server, withCounty } from './lib/county.mjs';
import { atTheDesk } from './lib/desk.mjs';
import { answerKnownClass } from './lib/first_answer.mjs';

withCounty();

const queue = '/queue?part=lead';

// What is waiting for the handler's unit, straight from the server.
async function waiting(page, wanted = () => true) {
  const lines = await page.evaluate(async () => (await (await fetch('/api/v1/queue?part=lead&limit=200')).json()).lines);
  const found = lines.filter(wanted);
  assert.ok(found.length > 0, 'the demo county has such a case for the handler');
  return found;
}
const beingHandled = ({ state }) => state === 'accepted';

async function openCase(page, id) {
  await page.click(`a.line[data-id="${id}"]`);
  await page.waitForSelector('.case-head h1');
  await page.waitForSelector('#answered-public_answer');
}
const kept = (page) => page.waitForSelector('.draft:has-text("已存")', { timeout: 20_000 });

describe('a case at the desk', { concurrency: false }, () => {
  test('keeps an unfinished answer over a reload, and nowhere in the browser', async () => {
    const { page, context, complaints } = await atTheDesk(browser, server, 'handler', { path: queue });
    const [line] = await waiting(page, beingHandled);
    await openCase(page, line.id);
    await page.fill('#answered-public_answer', '施工队明天上午到，两天内修好。');
    await kept(page);
    await page.reload();
    await page.waitForFunction(
      () => document.querySelector('#answered-public_answer')?.value === '施工队明天上午到，两天内修好。',
    );
    const stored = await page.evaluate(() => JSON.stringify({ ...localStorage }) + JSON.stringify({ ...sessionStorage }));
    assert.ok(!stored.includes('施工队'), 'nothing that was written stays in the browser');
    assert.ok(!decodeURIComponent(page.url()).includes('施工队'));
    // The case is opened again by the next who comes: gone from the page is not yet gone from the server.
    const thrownAway = page.waitForResponse((answer) => answer.request().method() === 'DELETE' && answer.url().includes('/draft'));
    await page.click('.tab.public .draft button');
    await page.waitForFunction(() => document.querySelector('#answered-public_answer')?.value === '');
    assert.ok((await thrownAway).ok());
    assert.deepEqual(complaints(), []);
    await context.close();
  });

  test('leaves letters to the input method: no shortcut acts and no list opens while it composes', async () => {
    const { page, context } = await atTheDesk(browser, server, 'handler', { path: queue });
    const [line] = await waiting(page, beingHandled);
    await openCase(page, line.id);
    const before = page.url();
    const ime = await context.newCDPSession(page);
    await page.focus('#answered-public_answer');
    await ime.send('Input.imeSetComposition', { text: 'xie', selectionStart: 3, selectionEnd: 3 });
    await page.keyboard.press('Enter');
    await page.keyboard.press('i');
    assert.equal(await page.locator('[role=listbox]:visible').count(), 0);
    await ime.send('Input.imeSetComposition', { text: '：：', selectionStart: 2, selectionEnd: 2 });
    assert.equal(await page.locator('[role=listbox]:visible').count(), 0, 'two colons that are still composed call nothing');
    await ime.send('Input.insertText', { text: '谢谢您来信。' });
    assert.match(await page.inputValue('#answered-public_answer'), /谢谢您来信。/);
    assert.equal(page.url(), before);
    assert.equal(await page.getAttribute('[role=tab].public', 'aria-selected'), 'true');
    await context.close();
  });

  test('shows what a colleague did meanwhile beside what was typed, and sends it when asked again', async () => {
    const first = await atTheDesk(browser, server, 'handler', { path: queue });
    const second = await atTheDesk(browser, server, 'handler', { path: queue });
    const [line] = await waiting(first.page, beingHandled);
    for (const { page } of [first, second]) await openCase(page, line.id);

    await first.page.click('[role=tab].internal');
    await first.page.fill('#noted-note', '我在写，先到现场看了。');
    await second.page.click('[role=tab].internal');
    await second.page.fill('#noted-note', '施工队已经联系好。');
    await second.page.click('.tab.internal button[type=submit]');
    await second.page.waitForSelector('#done');

    await first.page.click('.tab.internal button[type=submit]');
    const alert = first.page.locator('.tab.internal .summary[role=alert]');
    await alert.waitFor();
    const said = await alert.textContent();
    assert.match(said, /施工队已经联系好。/, 'what happened meanwhile');
    assert.match(said, /我在写，先到现场看了。/, 'what was typed');
    assert.equal(await first.page.inputValue('#noted-note'), '我在写，先到现场看了。');
    assert.deepEqual(await accessibilityFaults(first.page), []);
    await alert.locator('button.main').click();
    await first.page.waitForSelector('#done');
    assert.match(await first.page.textContent('.case'), /记一笔/);
    for (const { context, complaints } of [first, second]) {
      assert.deepEqual(complaints(), []);
      await context.close();
    }
  });

  test('is answered by the keyboard alone, and a missing field is named where it is and on top', async () => {
    const { page, context, complaints } = await atTheDesk(browser, server, 'handler', { path: queue });
    await waiting(page, beingHandled);
    await page.waitForSelector('a.line');
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await page.waitForSelector('#noted-note', { state: 'attached' });
    await page.keyboard.press('i');
    await page.waitForFunction(() => document.activeElement?.id === 'noted-note');
    await page.keyboard.press('Control+Enter');
    await page.waitForSelector('.summary[role=alert] a[href="#noted-note"]');
    assert.match(await page.textContent('#noted-note-wrong'), /请填/);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    assert.equal(await page.evaluate(() => document.activeElement?.id), 'noted-note');
    await page.keyboard.type('上午到现场看过。');
    await page.keyboard.press('Control+Enter');
    await page.waitForSelector('#done');
    await page.keyboard.press('Escape');
    await page.waitForURL(/\/desk\/queue\?/);
    await page.waitForFunction(() => document.activeElement?.matches('a.line'));
    assert.deepEqual(complaints(), []);
    await context.close();
  });

  test('of a known class is answered in at most four clicks and without a page load', async () => {
    const { page, context, complaints } = await atTheDesk(browser, server, 'handler', { path: queue, width: 1440 });
    const { clicks, loads } = await answerKnownClass({ page });
    assert.ok(clicks <= 4, `${clicks} clicks`);
    assert.equal(loads, 0, 'page loads');
    assert.deepEqual(complaints(), []);
    await context.close();
  });
});

describe('the desk can be used by everybody', { concurrency: false }, () => {
  const sideways = (page) =>
    page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

  for (const size of ['normal', 'elder']) {
    for (const width of [390, 1280]) {
      test(`queue and case with ${size} letters at ${width} px: axe finds nothing in any state`, async () => {
        const { page, context } = await atTheDesk(browser, server, 'handler', { path: queue, width });
        await page.evaluate((chosen) => localStorage.setItem('text-size', chosen), size);
        await page.goto('/desk/queue?part=lead');
        await page.waitForSelector('a.line');
        if (size === 'elder') {
          const letters = await page.evaluate(() => parseFloat(getComputedStyle(document.body).fontSize));
          assert.ok(letters >= 22, `${letters} px`);
        }
        const found = {};
        const look = async (state) => (found[state] = await accessibilityFaults(page));
        await look('queue');
        await page.keyboard.press('?');
        await page.waitForSelector('[role=dialog]');
        await look('keys');
        await page.keyboard.press('Escape');
        await page.waitForSelector('[role=dialog]', { state: 'detached' });
        // Whether the demo county has such a one changes from day to day: the answer is the server's own, its list emptied.
        await page.route((url) => url.pathname === '/api/v1/queue', async (route) => {
          const answer = await route.fetch();
          await route.fulfill({ response: answer, json: { ...(await answer.json()), lines: [], next_cursor: null } });
        });
        await page.goto('/desk/queue?part=lead&joint_conference=yes&urged=yes&due=today');
        await page.waitForSelector('.queue > .notice');
        await look('nothing in the list');
        await page.unrouteAll({ behavior: 'wait' });
        await page.goto('/desk/queue?part=lead');
        await page.locator('a.line').first().click();
        await page.waitForSelector('.case-head h1');
        await page.waitForSelector('[role=tab]');
        await look('case');
        await page.click('.facts button');
        await page.waitForSelector('[role=dialog]');
        await look('why the speaker is hidden');
        await page.keyboard.press('Escape');
        await page.waitForSelector('[role=dialog]', { state: 'detached' });
        await page.click('[role=tab].internal');
        await page.click('.tab.internal button[type=submit]');
        await page.waitForSelector('.summary[role=alert]');
        await look('a field is missing');
        await page.setViewportSize({ width: 320, height: 800 });
        assert.equal(await sideways(page), 0, 'the case scrolls sideways at 320 px');
        await page.goto('/desk/queue?part=lead');
        await page.waitForSelector('a.line');
        assert.equal(await sideways(page), 0, 'the queue scrolls sideways at 320 px');
        assert.deepEqual(
          Object.entries(found).filter(([, faults]) => faults.length > 0),
          [],
        );
        await context.close();
      });
    }
  }
});
