// The day on which a tablet breaks: the file that it saved is read in by another, and every paper becomes exactly one case.
import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { accessibilityFaults } from './lib/browser.mjs';
import { browser, server, withCounty } from './lib/county.mjs';
import { ask, atTheDesk, goTo } from './lib/desk.mjs';
import { photo } from './lib/media.mjs';
import { openNetwork, openTablet, pin, setUp, signInAt } from './lib/tablet.mjs';

const sizes = [
  { width: 1024, height: 768 },
  { width: 390, height: 844 },
];
let network; // of the tablet that breaks
let folder;
const fragile = [];

withCounty({ cases: 60, months: 2 }, async () => {
  folder = await mkdtemp(join(tmpdir(), 'minhu-saved-file-'));
  network = await openNetwork(server.address);
});
after(async () => {
  for (const tablet of fragile) await tablet.remove();
  network?.close();
  if (folder) await rm(folder, { recursive: true, force: true });
});

const aTablet = async () => {
  const seat = await atTheDesk(browser, server, 'dispatcher', { path: '/reception', ...sizes[0] });
  await setUp(seat.page);
  return seat;
};
// One that will break: on a network that is switched off under it.
async function aFragileTablet() {
  network.way = 'on';
  const tablet = await openTablet();
  fragile.push(tablet);
  const page = await tablet.start();
  await signInAt(page, network.address, server, 'dispatcher');
  await setUp(page);
  return { page, breaks: () => tablet.kill() };
}
async function looksWell({ page }, what) {
  for (const size of sizes) {
    await page.setViewportSize(size);
    assert.deepEqual(await accessibilityFaults(page), [], `${what} at ${size.width}`);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    assert.ok(wide <= 0, `${what} at ${size.width}: ${wide} px too wide`);
    if (process.env.MINHU_PICTURES) await page.screenshot({ path: join(process.env.MINHU_PICTURES, `${what}-${size.width}.png`), fullPage: true });
  }
  await page.setViewportSize(sizes[0]);
}
const toSync = (page) => goTo(page, page.locator('.bar').getByRole('link', { name: '同步', exact: true }));

async function begin({ page }, words) {
  await goTo(page, page.locator('.bar').getByRole('link', { name: '今日接待' }));
  await page.getByRole('button', { name: /^下一位|没有号的来访人/ }).last().click();
  await page.locator('#text').waitFor();
  await page.fill('#text', words);
}
async function finish({ page }) {
  await page.getByRole('button', { name: '写完了，打告知单' }).click();
  await page.locator('.notice-sheet').waitFor();
  const number = (await page.textContent('.notice-sheet dd.number')).trim();
  const code = (await page.locator('.notice-sheet .code span').allTextContents()).join('');
  return { number, code };
}
async function exportTo({ page }, name) {
  await toSync(page);
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: '导出加密文件' }).click()]);
  assert.match(download.suggestedFilename(), /^minhu-reception-.*\.json$/);
  const path = join(folder, name);
  await download.saveAs(path);
  return path;
}
async function openFile({ page }, path, itsPin = pin) {
  await page.setInputFiles('#saved-file', path);
  await page.fill('#saved-pin', itsPin);
  await page.getByRole('button', { name: '打开文件' }).click();
}
const line = ({ page }, number) => page.locator('.take-over li', { hasText: number });
const standing = (seat, number, says) => line(seat, number).getByText(says, { exact: true }).waitFor();
const arrived = ({ page }, number) => page.locator('.sync-list li.confirmed', { hasText: number }).waitFor();
// As whoever holds the paper does: what the number opens with the code beside it.
const openedWith = ({ page }, { number, code }) =>
  page.evaluate(
    async ([printed, secret]) => {
      const answer = await fetch(`/api/v1/receipts/${printed}/activate`, {
        method: 'POST',
        headers: { 'X-Query-Code': secret, 'Idempotency-Key': crypto.randomUUID() },
      });
      const body = await answer.json();
      if (!answer.ok) return body.code;
      const shown = await fetch(`/api/v1/receipts/${printed}`, { headers: { 'X-Query-Code': body.query_code } });
      return (await shown.json()).words.text;
    },
    [number, code],
  );
const casesWith = async (seat, numbers) => {
  const { lines } = await ask(seat, '/api/v1/queue?part=dispatch&channel=face_to_face&limit=200');
  return lines.filter(({ headline, number }) => numbers.includes(number) || headline.includes('坏掉的平板')).map(({ number }) => number);
};

test('what a broken tablet had not sent comes back by another, each paper exactly one case', async () => {
  const broken = await aFragileTablet();
  await begin(broken, '坏掉的平板：先送到的一件，路灯坏了。');
  const sent = await finish(broken);
  await toSync(broken.page);
  await arrived(broken, sent.number);

  network.way = 'off';
  await begin(broken, '坏掉的平板：没有送到的一件，水管破了。');
  await broken.page.locator('input[type=file]').first().setInputFiles(await photo(broken.page));
  await broken.page.locator('.files li').waitFor();
  const left = await finish(broken);
  await begin(broken, '坏掉的平板：没有写完的一件');
  const file = await exportTo(broken, 'saved.json');
  const unfinished = (await broken.page.textContent('.sync-list li.writing .number')).trim();
  await looksWell(broken, 'saved-file-exported');
  await broken.breaks(); // and is not seen again

  const text = await readFile(file, 'utf8');
  for (const word of ['坏掉的平板', left.number, left.code.replaceAll(' ', '')]) assert.equal(text.includes(word), false, 'no word can be read in the file');
  const torn = join(folder, 'torn.json');
  await writeFile(torn, text.slice(0, 200));
  const foreign = join(folder, 'photo.json');
  await writeFile(foreign, '{"photos": []}');

  const other = await aTablet();
  const { page } = other;
  await toSync(page);
  await looksWell(other, 'saved-file-none');
  await page.getByRole('button', { name: '打开文件' }).click();
  await page.getByText('还没有选文件').waitFor();
  await openFile(other, foreign);
  await page.getByText('这不是接待平板导出的文件').waitFor();
  await openFile(other, torn);
  await page.getByText('文件坏了，里面的都打不开').waitFor();
  await openFile(other, file, '1357913');
  await page.getByText('PIN 不对，文件没有动').waitFor();
  await looksWell(other, 'saved-file-wrong-pin');

  await openFile(other, file);
  await page.getByRole('heading', { name: '来自“接待平板一号”，3 件' }).waitFor();
  await standing(other, sent.number, '服务器已收到');
  await standing(other, left.number, '还没有送到');
  await standing(other, unfinished, '还没有送到');
  await looksWell(other, 'saved-file-opened');
  await page.getByRole('button', { name: '收进这台平板（2 件）' }).click();
  await page.getByText('收进来 2 件').waitFor();
  await arrived(other, left.number);
  await looksWell(other, 'saved-file-taken');

  // What was left unfinished is finished here, under the number that the other tablet gave it.
  await page.locator('.sync-list li.writing a').click();
  await page.waitForFunction((typed) => document.querySelector('#text')?.value === typed, '坏掉的平板：没有写完的一件');
  await page.fill('#text', '坏掉的平板：接着写完的一件');
  const third = await finish(other);
  assert.equal(third.number, unfinished);
  await toSync(page);
  await arrived(other, third.number);

  await openFile(other, file);
  await page.getByText('没有要收的').waitFor();
  assert.deepEqual((await casesWith(other, [])).sort(), [sent, left, third].map(({ number }) => number).sort());
  assert.ok((await openedWith(other, left)).startsWith('坏掉的平板：没有送到的一件'));
  assert.ok((await openedWith(other, third)).startsWith('坏掉的平板：接着写完的一件'));
  const [{ id }] = (await ask(other, '/api/v1/queue?part=dispatch&channel=face_to_face&limit=200')).lines.filter(({ number }) => number === left.number);
  const { timeline } = await ask(other, `/api/v1/cases/${id}`);
  assert.deepEqual(timeline.flatMap(({ attachments }) => attachments.map(({ media_type }) => media_type)), ['image/jpeg'], 'with its photo');

  // Whoever forgets the PIN, and whoever begins with a tablet, reads on the door what there is to do.
  await page.getByRole('button', { name: '锁上' }).click();
  await page.getByText('在“同步”里读入').waitFor();
  await looksWell(other, 'saved-file-door');
  assert.deepEqual(other.complaints(), []);
  await other.context.close();
});

test('of a tablet that was lost the number opens nothing, and the words are taken in under another', async () => {
  const lost = await aFragileTablet();
  network.way = 'off';
  await begin(lost, '找不到的平板：有一件没有送到。');
  const paper = await finish(lost);
  const file = await exportTo(lost, 'lost.json');
  await lost.breaks();

  const other = await aTablet();
  const { page } = other;
  const { tablets } = await ask(other, '/api/v1/receptions');
  const theLost = tablets.find(({ blocks }) => blocks.some(({ waiting }) => waiting.includes(paper.number)));
  await page.evaluate((id) => fetch(`/api/v1/receptions/${id}`, { method: 'DELETE', headers: { 'X-Minhu-Desk': '1' } }), theLost.id);
  await toSync(page);
  await openFile(other, file);
  await standing(other, paper.number, '编号已作废');
  await page.getByText('那台平板已经停用').waitFor();
  await page.getByRole('button', { name: '收进这台平板（1 件）' }).click();
  const again = page.getByRole('button', { name: /换一个编号/ });
  await again.waitFor();
  await looksWell(other, 'saved-file-revoked');
  await again.click();
  await page.locator('.notice-sheet').waitFor();
  const number = (await page.textContent('.notice-sheet dd.number')).trim();
  const code = (await page.locator('.notice-sheet .code span').allTextContents()).join('');
  assert.notEqual(number, paper.number);
  await toSync(page);
  await arrived(other, number);
  const said = await openedWith(other, { number, code });
  assert.ok(said.startsWith('找不到的平板'), said);
  assert.ok(said.includes(paper.number), 'the old number stands among the earlier ones');
  assert.equal(await openedWith(other, paper), 'cases.number_revoked');
  assert.deepEqual(other.complaints(), []);
});
