// Paper and sound on their way to words: a letter with its pictures, a recording that is written down and goes back to
// whoever spoke.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accessibilityFaults } from './lib/browser.mjs';
import { browser, server, withCounty } from './lib/county.mjs';
import { atTheDesk, goTo } from './lib/desk.mjs';
import { photo, recording } from './lib/media.mjs';

withCounty();

test('a letter is registered with its pictures beside what it says', async () => {
  const { page, context, complaints } = await atTheDesk(browser, server, 'clerk', { path: '/letters' });
  assert.deepEqual(await accessibilityFaults(page), []);
  const scan = await photo(page);
  await page.setInputFiles('#papers', [scan, { ...scan, name: 'second.jpg' }]);
  await page.getByRole('button', { name: '第 2 张' }).waitFor();
  assert.ok(await page.locator('.sheet-frame img').evaluate((image) => image.decode().then(() => image.naturalWidth > 0)));
  assert.deepEqual(await accessibilityFaults(page), []);
  await page.click('text=登记，给编号');
  assert.match(await page.textContent('#words-hint'), /还没有录入信上写了什么/);
  await page.fill('#words', '信上说：水渠去年冲垮了一段，到现在没有人修。');
  await page.keyboard.press('Control+Enter');
  await page.waitForSelector('.spoken');
  assert.deepEqual(await accessibilityFaults(page), []);
  assert.deepEqual(complaints(), []);
  await context.close();
});

test('a recording waits, is played here, written down, and its speaker reads it', async () => {
  const { page, context, complaints } = await atTheDesk(browser, server, 'clerk', { path: '/transcription' });
  const sent = await context.request.post('/api/v1/cases/with_files', {
    headers: { 'Idempotency-Key': crypto.randomUUID(), Origin: server.address },
    multipart: { case: JSON.stringify({ text: '', track: 'petition' }), file: recording() },
  });
  assert.equal(sent.status(), 201, await sent.text());
  const receipt = await sent.json();
  await page.reload();
  await goTo(page, `a:has-text("${receipt.number}")`);
  await page.waitForSelector('audio');
  assert.deepEqual(await accessibilityFaults(page), []);
  // Space plays when nobody types, and writes a blank when somebody does.
  const paused = () => page.locator('audio').evaluate((audio) => audio.paused);
  await page.locator('audio').evaluate((audio) => (audio.loop = true));
  await page.focus('h1');
  await page.keyboard.press('Space');
  await page.waitForFunction(() => !document.querySelector('audio').paused);
  await page.focus('#of');
  await page.keyboard.type('家门口 ');
  assert.equal(await paused(), false);
  await page.keyboard.press('Escape');
  assert.equal(await paused(), true);
  await page.keyboard.type('井盖没了。');
  const here = page.url();
  await page.keyboard.press('Control+Enter');
  await page.waitForURL((url) => url.href !== here && url.pathname.startsWith('/desk/transcription'));
  await page.waitForFunction((number) => !document.querySelector('h1').textContent.includes(number), receipt.number);
  assert.deepEqual(complaints(), []);

  const own = await context.request.get(`/api/v1/receipts/${receipt.number}`, { headers: { 'X-Query-Code': receipt.query_code } });
  const written = (await own.json()).timeline.find((one) => one.kind === 'transcribed');
  assert.deepEqual(written.texts, [{ field: 'of', text: '家门口 井盖没了。' }]);
  await context.close();
});

test('an article is written by its unit, found by what people say, and its versions stay', async () => {
  const { page, context, complaints } = await atTheDesk(browser, server, 'handler', { path: '/articles?part=own' });
  await page.waitForSelector('.articles li');
  assert.deepEqual(await accessibilityFaults(page), []);
  await goTo(page, '.articles a >> nth=0');
  await goTo(page, 'text=修改、复核');
  await page.waitForFunction(() => document.querySelector('#title')?.value);
  assert.deepEqual(await accessibilityFaults(page), []);
  await page.fill('#source', '');
  await page.keyboard.press('Control+Enter');
  await page.getByRole('alert').waitFor();
  assert.match(await page.textContent('[role=alert]'), /还没有写依据/);
  await page.fill('#source', '新的办事指南');
  await page.keyboard.press('Control+Enter');
  await page.waitForSelector('text=以前的版本');
  assert.match(await page.textContent('main'), /新的办事指南/);
  assert.deepEqual(await accessibilityFaults(page), []);
  assert.deepEqual(complaints(), []);
  await context.close();
});
