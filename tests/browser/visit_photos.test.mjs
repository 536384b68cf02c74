// A clerk photographs the village board with the telephone: proof that a visit was posted, which everybody sees, and which is
// taken off when somebody is on it.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { accessibilityFaults, visitor } from './lib/browser.mjs';
import { browser, server, withCounty } from './lib/county.mjs';
import { ask, atTheDesk, send } from './lib/desk.mjs';
import { camera, photo } from './lib/media.mjs';

withCounty({ cases: 60, months: 2 });

// A day ten days ahead, in the place of the first visit that is there.
async function planned(seat) {
  const [line] = (await ask(seat, '/api/v1/visits')).visits;
  const day = new Date(Date.now() + 10 * 86_400_000).toISOString().slice(0, 10);
  const made = await send(seat, '/api/v1/visits', {
    form: 'going_down',
    unit: line.unit.id,
    leader: { name: '沈国平', post: '县长', portfolio: '县政府全面工作', rank: 'county_head' },
    place: line.place.code,
    place_words: '文化礼堂',
    begins: `${day}T09:00:00+08:00`,
    ends: `${day}T12:00:00+08:00`,
    capacity: 6,
    walk_in_quota: 1,
    accessibility: '一楼',
  });
  return made.line.id;
}

test('the photo of a board goes from the telephone to everybody, and away again when somebody is on it', async () => {
  const desk = await atTheDesk(browser, server, 'dispatcher', { path: '/visits', width: 390, height: 844 });
  const { page } = desk;
  const id = await planned(desk);
  await page.goto(`/desk/visits/${id}`);
  await page.getByRole('button', { name: '公布', exact: true }).click();
  await page.getByText('只拍公告栏，不拍人').first().waitFor();
  const board = await photo(page);
  for (const [at, where] of ['村口公告栏', '村广播', '县政府网站'].entries()) await page.fill(`#where-${at}`, where);
  for (const at of [1, 2]) await page.fill(`#proof-${at}`, '早晚各一次');

  // A file that is none: a sentence at that photo, and everything else is still there.
  await page.setInputFiles('#photo-0', { name: 'board.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('MZ this is a program') });
  await page.locator('.steps form .button.main').click();
  await page.locator('#photo-0-wrong').waitFor();
  assert.match(await page.textContent('#photo-0-wrong'), /第 1 张不是照片.*您填的和别的照片都还在页面上/s);
  assert.equal(await page.inputValue('#where-2'), '县政府网站');
  assert.deepEqual(await accessibilityFaults(page), []);

  await page.setInputFiles('#photo-0', board);
  await page.locator('.photo-chosen img').waitFor();
  await page.locator('.steps form .button.main').click();
  const shown = page.locator('.postings img');
  await shown.waitFor();
  const address = await shown.getAttribute('src');
  assert.deepEqual(await accessibilityFaults(page), []);

  // Everybody, without scripts: behind a fold, fetched when it is opened; nothing of the camera in it.
  const anyone = await visitor(browser, server.address, { javaScriptEnabled: false });
  await anyone.page.goto(`/visits/${id}`);
  await anyone.page.getByText('看张贴的照片').click();
  const seen = anyone.page.locator('details img');
  await seen.waitFor();
  assert.equal(await seen.getAttribute('src'), address);
  assert.match(await seen.getAttribute('alt'), /村口公告栏/);
  const answer = await anyone.context.request.get(address);
  const bytes = await answer.body();
  assert.equal(answer.headers()['content-type'], 'image/jpeg');
  assert.equal(answer.headers()['x-content-type-options'], 'nosniff');
  assert.equal(createHash('sha256').update(bytes).digest('hex'), address.split('/').at(-1));
  for (const trace of ['Exif', 'GPS', camera]) assert.ok(!bytes.includes(Buffer.from(trace, 'latin1')), `the photo still holds ${trace}`);
  // Whoever looks for faults needs scripts.
  const reader = await visitor(browser, server.address, { width: 390 });
  await reader.page.goto(`/visits/${id}`);
  await reader.page.getByText('看张贴的照片').click();
  assert.deepEqual(await accessibilityFaults(reader.page), []);

  const clerk = await atTheDesk(browser, server, 'clerk', { path: `/visits/${id}` });
  await clerk.page.getByRole('button', { name: '撤换照片' }).click();
  await clerk.page.selectOption('#photo', { index: 1 });
  await clerk.page.fill('#reason', '有人入镜');
  await clerk.page.locator('.steps form .button.main').click();
  await clerk.page.getByText('原来的一张已经撤下，原因：有人入镜').waitFor();
  assert.equal(await clerk.page.locator('.postings img').count(), 0);
  assert.equal((await anyone.context.request.get(address)).status(), 404);
  await anyone.page.reload();
  await anyone.page.getByText('看张贴的照片').click();
  await anyone.page.getByText('一张照片已经撤下，原因：有人入镜').waitFor();

  // What was refused on purpose is the one thing that a browser complains of.
  assert.deepEqual(clerk.complaints(), []);
  for (const seat of [anyone, reader]) assert.deepEqual(seat.complaints(), []);
  for (const seat of [desk, anyone, reader, clerk]) await seat.context.close();
});
