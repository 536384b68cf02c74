// A reception day without a network: forty groups are heard, the tablet dies twice, and in the evening half of all answers
// are lost on their way. Everybody has one case under the number on their paper.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startServer } from './lib/server.mjs';
import { openNetwork, openTablet, setUp, signInAt, unlock } from './lib/tablet.mjs';

const groups = 40;
const diesAt = [13, 27];
let server;
let network;
let tablet;

before(async () => {
  server = await startServer({ cases: 60, months: 2 });
  network = await openNetwork(server.address);
  tablet = await openTablet();
});
after(async () => {
  await tablet?.remove();
  network?.close();
  await server?.stop();
});

const words = (at) => `第${at}组：村口的路灯坏了${at}个月，晚上老人出门看不见路。`;

async function begin(page) {
  await page.getByRole('button', { name: /^下一位/ }).click();
  await page.waitForSelector('#text');
}
async function write(page, at) {
  await page.fill('#text', words(at));
  await page.fill('#request', '请尽快修好。');
  await page.fill('#leader-words', `第${at}件：三天里修好，修好以后告诉本人。`);
}
// Until the tablet has kept once more: what is added now changes the record, so that it is kept after this moment.
async function oneRoundOfKeeping(page) {
  const now = await page.evaluate(() => Date.now());
  await page.fill('#name', '张三');
  await page.waitForFunction(async (since) => {
    const done = (request) => new Promise((given) => (request.onsuccess = () => given(request.result)));
    const database = await done(indexedDB.open('minhu-reception'));
    const rows = await done(database.transaction('items').objectStore('items').getAll());
    database.close();
    return rows.some(({ way, changedAt }) => way === 'writing' && changedAt >= since);
  }, now);
}
async function finish(page) {
  await page.getByRole('button', { name: '写完了，打告知单' }).click();
  await page.waitForSelector('.notice-sheet');
  const number = (await page.textContent('.notice-sheet dd.number')).trim();
  const code = (await page.locator('.notice-sheet .code span').allTextContents()).join('');
  await page.getByRole('link', { name: '回到名单，请下一位' }).click();
  await page.waitForSelector('.queue');
  return { number, code };
}

test('forty groups offline, a tablet that dies twice, half the answers lost: forty cases, none twice, none missing', async () => {
  let page = await tablet.start();
  await signInAt(page, network.address, server, 'dispatcher');
  await setUp(page);

  network.way = 'off';
  const papers = [];
  for (let at = 1; at <= groups; at += 1) {
    await begin(page);
    await write(page, at);
    if (diesAt.includes(at)) {
      await oneRoundOfKeeping(page);
      await tablet.kill();
      page = await tablet.start();
      await page.goto(`${network.address}/desk/reception`); // no network: the pages come from the tablet
      await unlock(page);
      await page.waitForSelector('.queue li.writing');
      assert.equal(await page.locator('.queue .paper-link').count(), at, 'nobody is gone');
      await page.locator('.queue li.writing a').first().click();
      await page.waitForFunction((typed) => document.querySelector('#text')?.value === typed, words(at)); // what was typed is there
    }
    papers.push(await finish(page));
  }
  assert.equal(new Set(papers.map(({ number }) => number)).size, groups);
  assert.equal(new Set(papers.map(({ code }) => code)).size, groups);
  await page.locator('.mark', { hasText: '离线 40 件未同步' }).waitFor();

  // Evening: somebody signs in again, and every second answer is lost.
  network.way = 'on';
  await signInAt(page, network.address, server, 'dispatcher');
  network.way = 'half';
  await unlock(page);
  await page.getByRole('link', { name: '同步', exact: true }).click();
  await page.getByText('平板上写完的，服务器都收到了。').waitFor({ timeout: 240_000 }); // on a busy machine
  assert.equal(await page.locator('.sync-list li.confirmed').count(), groups);
  assert.ok(network.lost >= groups / 2, `answers were lost: ${network.lost}`);
  network.way = 'on';

  const asked = await page.evaluate(async (printed) => {
    const json = async (path, options) => (await fetch(path, options)).json();
    const [mine] = (await json('/api/v1/receptions')).tablets;
    const received = await json(`/api/v1/receptions/${mine.id}/received`);
    const queue = await json('/api/v1/queue?part=dispatch&channel=face_to_face&limit=200');
    const opened = [];
    for (const { number, code } of printed) {
      const answer = await fetch(`/api/v1/receipts/${number}/activate`, {
        method: 'POST',
        headers: { 'X-Query-Code': code, 'Idempotency-Key': crypto.randomUUID() },
      });
      const { query_code } = await answer.json();
      const shown = await json(`/api/v1/receipts/${number}`, { headers: { 'X-Query-Code': query_code ?? '' } });
      opened.push(shown.words?.text ?? `${answer.status}`);
    }
    return { mine, received, queue: queue.lines.map(({ number }) => number), opened };
  }, papers);
  const printed = papers.map(({ number }) => number).sort();
  assert.deepEqual(asked.received.received.map(({ number }) => number).sort(), printed, 'the numbers as printed');
  const waiting = asked.mine.blocks.flatMap((block) => block.waiting);
  assert.equal(waiting.length, 60 - groups);
  assert.deepEqual(asked.queue.filter((number) => printed.includes(number)).sort(), printed, 'forty cases, none twice');
  // Each paper opens its own matter with its own code.
  asked.opened.forEach((text, at) => assert.ok(text.startsWith(words(at + 1)), `${at + 1}: ${text}`));
});
