// A second tap, a lost answer, a page that is loaded again: one matter, one receipt. And what the phone keeps.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { goOn, pressShiftThrice, visitor } from './lib/browser.mjs';
import { browser, server, withCounty } from './lib/county.mjs';
import { file, fillIn, lamp, readReceipt, send } from './lib/resident.mjs';

withCounty({ cases: 60, months: 2 });

const kept = (page) =>
  page.evaluate(async () => ({
    local: Object.keys(localStorage),
    session: Object.keys(sessionStorage),
    databases: (await indexedDB.databases()).map(({ name }) => name),
    caches: await caches.keys(),
    workers: (await navigator.serviceWorker.getRegistrations()).length,
  }));
const nothing = { local: [], session: [], databases: [], caches: [], workers: 0 };

// The same form sent again and again at the same moment, as a browser would send it; tells where each answer led.
function sendAtOnce(page, action, times) {
  return page.evaluate(
    async ([form, count]) => {
      const body = () => new URLSearchParams(new FormData(document.querySelector(form)));
      const answers = Array.from({ length: count }, () =>
        fetch(document.querySelector(form).getAttribute('action'), { method: 'POST', body: body() }),
      );
      return Promise.all((await Promise.all(answers)).map(async (answer) => [answer.status, new URL(answer.url).pathname]));
    },
    [action, times],
  );
}

test('a form that is sent five times at once gives one receipt', async () => {
  const { context, page, complaints } = await visitor(browser, server.address);
  await page.goto('/');
  await fillIn(page);
  const answers = await sendAtOnce(page, '#send', 5);
  assert.deepEqual(new Set(answers.map(([status]) => status)), new Set([200]));
  assert.equal(new Set(answers.map(([, path]) => path)).size, 1, `one receipt: ${JSON.stringify(answers)}`);
  assert.deepEqual(complaints(), []);
  await context.close();
});

test('two quick taps on the button give one receipt', async () => {
  const { context, page, complaints } = await visitor(browser, server.address);
  await page.goto('/');
  await fillIn(page);
  const sent = [];
  page.on('request', (request) => request.method() === 'POST' && sent.push(request.url()));
  await page.dblclick('#send button.btn');
  await page.waitForURL(/\/t\//);
  await readReceipt(page);
  assert.equal(sent.length, 1, 'the second tap sends nothing');
  assert.deepEqual(complaints(), []);
  await context.close();
});

test('when the answer is lost, sending again gives the same number and code', async () => {
  const { context, page, complaints } = await visitor(browser, server.address);
  await page.goto('/');
  await fillIn(page);
  const check = page.url();
  const [[, path]] = await sendAtOnce(page, '#send', 1); // taken in, and nobody saw the answer
  await page.goto(check);
  // Whoever comes back to the page is led to the receipt, or may send again and gets it then.
  if (new URL(page.url()).pathname !== path) await goOn(page, '#send button.btn');
  const receipt = await readReceipt(page);
  assert.equal(path, `/t/${receipt.number}`);
  await page.reload();
  assert.deepEqual(await readReceipt(page), receipt, 'the receipt can be loaded again');
  assert.deepEqual(complaints(), []);
  await context.close();
});

test('what was being written on this phone is there again, and gone once it was sent', async () => {
  const { context, page, complaints } = await visitor(browser, server.address);
  await page.goto('/report/what');
  await page.locator('#words').pressSequentially(lamp.slice(0, 12));
  await page.waitForFunction((typed) => Object.values({ ...localStorage }).includes(typed), lamp.slice(0, 12));
  await page.reload();
  assert.equal(await page.inputValue('#words'), lamp.slice(0, 12));
  await page.goto('/');
  await fillIn(page);
  await send(page);
  assert.deepEqual((await kept(page)).local, []);
  assert.deepEqual(complaints(), []);
  await context.close();
});

test('reporting an official leaves nothing on the phone and takes the earlier draft away', async () => {
  const { context, page, complaints } = await visitor(browser, server.address);
  await page.goto('/report/what');
  await page.fill('#words', '写了一半的话');
  await page.waitForFunction(() => Object.keys(localStorage).length > 0);
  await goOn(page, 'main form button.btn');
  assert.ok((await context.cookies(`${server.address}/report`)).length > 0, 'the ordinary way holds a draft');

  await page.goto('/report/official');
  assert.equal(new URL(page.url()).pathname, '/jubao');
  assert.deepEqual((await kept(page)).local, []);
  assert.deepEqual(await context.cookies([`${server.address}/`, `${server.address}/report`]), []);
  await page.fill('#words', '某局某人收了钱。');
  await goOn(page, 'main form button.btn');
  const { number } = await readReceipt(page);
  assert.deepEqual(await context.cookies([`${server.address}/report`, `${server.address}/t/${number}`]), []);
  assert.deepEqual((await kept(page)).local, []);
  assert.deepEqual(complaints(), []);
  await context.close();
});

test('a phone that only ever reported an official knows nothing of it', async () => {
  const { context, page, complaints } = await visitor(browser, server.address);
  await page.goto('/jubao');
  await page.fill('#words', '某局某人收了钱。');
  await page.fill('#contact', '13800000000');
  assert.deepEqual(await kept(page), nothing);
  await goOn(page, 'main form button.btn');
  const receipt = await readReceipt(page);
  assert.deepEqual(await kept(page), nothing);
  assert.deepEqual(await context.cookies(), []);
  assert.ok(!page.url().includes(receipt.number), 'the address says nothing of a receipt');

  await page.reload(); // sends the form again
  assert.deepEqual(await readReceipt(page), receipt, 'loaded again, it is the same receipt');
  await goOn(page, '.row form button.btn');
  assert.deepEqual(await kept(page), nothing);
  assert.deepEqual(await context.cookies(), []);
  assert.deepEqual(complaints(), []);
  await context.close();
});

for (const [how, leave] of [
  ['by its button', (page) => page.click('[data-exit]')],
  ['by pressing shift three times', pressShiftThrice],
]) {
  test(`the page for reporting an official is left at once ${how}`, async () => {
    const { context, page } = await visitor(browser, server.address);
    // Nothing leaves this machine: the way to the page of the weather ends one step earlier.
    await context.route('**/jubao/leave', (route) => route.fulfill({ contentType: 'text/html', body: '<title>weather</title>' }));
    await page.goto('/jubao');
    await page.fill('#words', '某局某人收了钱。');
    await leave(page);
    await page.waitForURL('**/jubao/leave');
    await page.goBack().catch(() => {});
    assert.notEqual(page.url().replace(/^[a-z]+:\/\/[^/]*/, ''), '/jubao', 'the way back does not lead there');
    await context.close();
  });
}

test('without scripts the button still leads away', async () => {
  const { context, page } = await visitor(browser, server.address, { javaScriptEnabled: false });
  // The browser is sent on by the server. It is asked here where to, and not followed: nothing leaves this machine.
  let onward;
  await context.route('**/jubao/leave', async (route) => {
    const answer = await route.fetch({ maxRedirects: 0 });
    onward = [answer.status(), answer.headers().location];
    await route.fulfill({ contentType: 'text/html', body: '<title>weather</title>' });
  });
  await page.goto('/jubao');
  await page.click('[data-exit]');
  await page.waitForURL('**/jubao/leave');
  assert.deepEqual(onward, [303, 'https://www.weather.com.cn/']);
  await context.close();
});

test('one matter is one matter, however many people write the same', async () => {
  const people = [await visitor(browser, server.address), await visitor(browser, server.address)];
  const numbers = [];
  for (const { page } of people) numbers.push((await file(page)).number);
  assert.notEqual(numbers[0], numbers[1]);
  for (const { context } of people) await context.close();
});
