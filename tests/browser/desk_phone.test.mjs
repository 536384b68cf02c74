// The phone desk as a clerk sits at it: the keyboard alone, from the first word to the number that is read aloud.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accessibilityFaults, turnClock } from './lib/browser.mjs';
import { browser, server, withCounty } from './lib/county.mjs';
import { atTheDesk, inTheMenu } from './lib/desk.mjs';
import { answerKnownMatter, counted, focused } from './lib/phone.mjs';

const mostSeconds = 90;

withCounty();

const number = (page) => page.locator('.spoken .big .number').allTextContents();

for (const width of [390, 1280]) {
  test(`a known matter is answered by phone without a mouse at ${width} px`, async (t) => {
    const { page, context, complaints } = await atTheDesk(browser, server, 'clerk', { width, path: '/phone' });
    const wellMade = async () => assert.deepEqual(await accessibilityFaults(page), []);
    const { keys, clicks, seconds } = await answerKnownMatter(page, wellMade);
    t.diagnostic(`${keys} keys, ${clicks} clicks, ${seconds.toFixed(1)} s`);
    assert.equal(clicks, 0);
    assert.ok(seconds < mostSeconds);
    assert.equal((await number(page)).length, 4);
    // The number stands there while the answer is still on its way.
    await page.locator('main', { hasText: '已经当场答复' }).waitFor();
    assert.deepEqual(await accessibilityFaults(page), []);
    assert.deepEqual(complaints(), []);

    // The next call begins empty, with one key.
    await page.keyboard.press('n');
    assert.equal(await focused(page), 'words');
    assert.equal(await page.inputValue('#words'), '');
    await context.close();
  });
}

test('a call is taken down by Tab and Enter alone, with place and number', async (t) => {
  const { page, context } = await atTheDesk(browser, server, 'clerk', { path: '/phone' });
  const count = await counted(page);
  await page.keyboard.type('家门口的井盖没了，晚上很危险', { delay: 15 });
  for (let i = 0; i < 8 && (await focused(page)) !== 'place'; i += 1) {
    await page.keyboard.press('Tab');
  }
  await page.keyboard.type('上溪', { delay: 15 });
  await page.getByRole('option').first().waitFor();
  await page.keyboard.press('Enter');
  assert.match(await page.inputValue('#place'), /竹源镇 上溪村/);
  assert.equal(await focused(page), 'place-words');
  await page.keyboard.type('桥头');
  await page.keyboard.press('Enter');
  assert.equal(await focused(page), 'phone');
  await page.keyboard.type('00013800001');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Space'); // may be called
  assert.match(await page.textContent('.readback blockquote'), /您说的是：家门口的井盖没了.*竹源镇 上溪村 桥头.*办完我们打电话/s);
  await page.keyboard.press('Control+Enter');
  await page.waitForSelector('.spoken');
  const { keys, clicks, seconds } = await count();
  t.diagnostic(`${keys} keys, ${clicks} clicks, ${seconds.toFixed(1)} s`);
  assert.equal(clicks, 0);
  assert.ok(seconds < mostSeconds);
  // What is read aloud: digits in Chinese, letters by a name.
  assert.match(await page.textContent('.spoken'), /[幺二三四五六七八九零]{4}/);
  await context.close();
});

test('what an input method is still writing starts nothing and sends nothing', async () => {
  const { page, context } = await atTheDesk(browser, server, 'clerk', { path: '/phone' });
  const asked = [];
  page.on('request', (request) => request.method() === 'POST' && asked.push(new URL(request.url()).pathname));
  const input = await context.newCDPSession(page);
  const wait = await turnClock(page);
  await input.send('Input.imeSetComposition', { text: 'ludeng', selectionStart: 6, selectionEnd: 6 });
  await wait(5000); // well after the pauses that would start it
  assert.deepEqual(asked, []);
  // Enter and Ctrl+Enter of the input method belong to it.
  await page.evaluate(() => {
    for (const init of [{ key: 'Enter' }, { key: 'Enter', ctrlKey: true }, { key: 'n' }]) {
      document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { ...init, isComposing: true, bubbles: true, cancelable: true }));
    }
  });
  assert.deepEqual(asked, []);
  assert.equal(await page.locator('.spoken').count(), 0);
  await input.send('Input.insertText', { text: '路灯不亮' });
  await page.locator('.suggested').waitFor();
  await page.getByText('说到：路灯').first().waitFor();
  assert.deepEqual(asked.sort(), ['/api/v1/articles/search', '/api/v1/matters/read']);
  await context.close();
});

test('when the network drops nothing is lost, and what is sent again is one case', async () => {
  const { page, context } = await atTheDesk(browser, server, 'clerk', { path: '/phone' });
  await page.keyboard.type('河边的护栏断了');
  // The server keeps it, and its answer is lost.
  await page.route('**/api/v1/office/cases', async (route) => {
    await route.fetch();
    await route.abort();
  });
  await page.keyboard.press('Control+Enter');
  await page.getByRole('alert').waitFor();
  assert.match(await page.textContent('[role=alert]'), /还没有存下/);
  assert.equal(await page.inputValue('#words'), '河边的护栏断了');
  assert.deepEqual(await accessibilityFaults(page), []);
  // Another page and back: it is still there.
  await inTheMenu(page, 'articles');
  await page.waitForSelector('h1:has-text("当场能答的")');
  await inTheMenu(page, 'phone');
  assert.equal(await page.inputValue('#words'), '河边的护栏断了');
  await page.unroute('**/api/v1/office/cases');
  await page.focus('#words');
  await page.keyboard.press('Control+Enter');
  await page.waitForSelector('.spoken');
  assert.match(await page.textContent('main'), /刚才已经存过/);
  await context.close();
});

test('no word of a caller stands in an address or stays in the browser', async () => {
  const { page, context } = await atTheDesk(browser, server, 'clerk', { path: '/phone' });
  const addresses = [];
  page.on('request', (request) => addresses.push(decodeURIComponent(request.url())));
  await page.keyboard.type('垃圾桶满了没人收');
  await page.locator('.suggested').waitFor();
  await page.locator('.beside-list .line b').first().waitFor();
  assert.deepEqual(addresses.filter((address) => address.includes('垃圾')), []);
  const kept = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, location.href, history.state]));
  assert.ok(!kept.includes('垃圾'));
  await context.close();
});
