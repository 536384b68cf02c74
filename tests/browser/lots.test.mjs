// A lot of visits without notice, from the seed to everybody who draws it again: by the page on their own device, and with the
// program from the published file. Whatever of it is changed afterwards is found by both.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { accessibilityFaults, visitor } from './lib/browser.mjs';
import { browser, server, withCounty } from './lib/county.mjs';
import { atTheDesk, send, sent } from './lib/desk.mjs';
import { program } from './lib/program.mjs';

let folder;

withCounty({ cases: 60, months: 2 }, async () => {
  folder = await mkdtemp(join(tmpdir(), 'minhu-lot-'));
});
after(async () => {
  await rm(folder, { recursive: true, force: true });
});

// So many months from now in China.
function monthFromNow(months) {
  const now = new Date(Date.now() + 8 * 3_600_000);
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + months, 1)).toISOString().slice(0, 7);
}

const checked = (file, ...more) =>
  new Promise((done) => {
    execFile(program, ['visits', 'check-lot', file, ...more], (error, out, err) => done({ code: error?.code ?? 0, out, err }));
  });

// Sealed and not drawn: what was sealed is proved to somebody who believes neither the page nor the server. The same file is
// good on the page for receipts.
async function sealingIsProved(page, month) {
  await page.goto('/visits/lots');
  await page.locator('details summary').first().click();
  const address = await page.locator('a[href$="/proof"]').first().getAttribute('href');
  assert.equal(address, `/visits/lots/${month}/proof`);
  assert.deepEqual(await accessibilityFaults(page), []);
  const fetched = (path) => page.evaluate(async (from) => (await fetch(from)).text(), path);
  const written = async (name, text) => {
    await writeFile(join(folder, name), text);
    return join(folder, name);
  };
  let proof = '';
  for (const until = Date.now() + 20_000; !proof.startsWith('c2sp.org/tlog-proof') && Date.now() < until; ) proof = await fetched(address);
  assert.match(proof, /^c2sp.org\/tlog-proof/);
  const lot = JSON.parse(await fetched(`/api/v1/plans/${month}/lot`));
  const trusted = ['--proof', await written('lot.tlog-proof', proof), '--policy', await written('county.policy', await fetched('/record/policy'))];
  const good = await checked(await written('sealed.json', JSON.stringify(lot)), ...trusted);
  assert.equal(good.code, 0, good.err);
  assert.match(good.out, /^sealed: entry \d+ of /);
  lot.lot.tickets.pop();
  const other = await checked(await written('sealed.json', JSON.stringify(lot)), ...trusted);
  assert.equal(other.code, 1);
  assert.match(other.err, /讲的是另一件事|about something else/);

  await page.goto('/verify');
  await page.waitForSelector('[data-ready]');
  await page.setInputFiles('#receipt', { name: 'lot.tlog-proof', mimeType: 'application/octet-stream', buffer: Buffer.from(proof) });
  await page.waitForSelector('[data-result] h2');
  assert.equal(await page.textContent('[data-result] h2'), '核对无误，这份证明是真的');
  assert.match(await page.textContent('[data-result]'), /第1步：封好了抽签的种子/);
}

test('a lot that is drawn says nothing of where to, and its seed is not published before the month is over', async () => {
  const dispatcher = await atTheDesk(browser, server, 'dispatcher');
  const supervisor = await atTheDesk(browser, server, 'supervisor');
  const month = monthFromNow(1);
  const frozen = await dispatcher.page.evaluate(async (name) => (await fetch(`/api/v1/plans/${name}/lot`)).ok, month);
  if (!frozen) await send(dispatcher, `/api/v1/plans/${month}/cycle`, {});
  const { seed } = await send(supervisor, `/api/v1/plans/${month}/lot/committed`, { number: 4 });
  const { page, context, complaints } = await visitor(browser, server.address);
  await sealingIsProved(page, month);
  await send(supervisor, `/api/v1/plans/${month}/lot/drawn`, { seed, beacon: '排列五 第25318期 3 0 9 1 7' });

  // Drawn, and nobody is told where to.
  await page.goto('/visits/lots');
  await page.getByText('已经抽好').waitFor();
  const file = `/api/v1/plans/${month}/lot`;
  assert.equal(await page.locator(`[data-lot="${file}"]`).count(), 0);

  const early = await sent(supervisor, `${file}/revealed`, { seed });
  assert.equal(early.status, 409);
  assert.match(JSON.stringify(early.body), /过完以后再公布/);
  await page.reload();
  assert.equal(await page.locator(`[data-lot="${file}"]`).count(), 0);
  const { lot } = await page.evaluate(async (path) => (await fetch(path)).json(), file);
  assert.deepEqual([lot.seed, lot.drawn, lot.verified], ['', [], false]);
  assert.deepEqual(complaints(), []);
  await context.close();
  await dispatcher.context.close();
  await supervisor.context.close();
});

test('a lot is drawn again by everybody, and what was changed of it is found', async () => {
  // That of the month before, which is over and whose seed is published.
  const address = `/api/v1/plans/${monthFromNow(-1)}/lot`;
  const { page, complaints } = await visitor(browser, server.address);
  await page.goto('/visits');
  await page.getByRole('link', { name: '不打招呼的走访，是怎么抽出来的' }).click();
  await page.waitForURL('**/visits/lots');
  assert.equal(await page.locator('ol li').count(), 4);
  const told = page.locator('[data-told]').first();
  const again = async () => {
    await page.getByRole('button', { name: /在我这台设备上再抽一遍/ }).first().click();
    await page.waitForFunction(() => document.querySelector('[data-told]').textContent !== '');
    return told.getAttribute('data-told');
  };
  assert.equal(await again(), 'good');
  assert.match(await told.textContent(), /还是这4个村，次序也一样/);
  assert.deepEqual(await accessibilityFaults(page), []);
  await page.setViewportSize({ width: 1280, height: 860 });
  await page.locator('details summary').first().click();
  assert.deepEqual(await accessibilityFaults(page), []);

  // The same from a file, without the server: what the program says and what the page says agree for each change.
  const published = await page.evaluate(async (path) => (await fetch(path)).json(), address);
  const file = join(folder, 'lot.json');
  const withChange = async (change) => {
    const copy = structuredClone(published);
    change(copy.lot);
    await writeFile(file, JSON.stringify(copy));
    await page.unrouteAll();
    await page.route(`**${address}`, (route) => route.fulfill({ json: copy }));
    return { page: await again(), program: await checked(file) };
  };
  const whole = await withChange(() => {});
  assert.equal(whole.page, 'good');
  assert.equal(whole.program.code, 0, whole.program.err);
  assert.deepEqual(whole.program.out.trim().split('\n').slice(0, 4), published.lot.drawn);
  const other = (hex) => (hex[0] === '0' ? '1' : '0') + hex.slice(1);
  for (const [change, key, sentence] of [
    [(lot) => { lot.seed = other(lot.seed); }, 'other_seed', /和事先公布的承诺不一致|commit/],
    [(lot) => { lot.round += '/2'; }, 'other_seed', /和事先公布的承诺不一致|commit/],
    [(lot) => { lot.tickets.pop(); }, 'other_seed', /和事先公布的承诺不一致|commit/],
    [(lot) => { lot.beacon += '8'; }, 'other_places', /抽出来的不是这些村|does not draw these villages/],
  ]) {
    const found = await withChange(change);
    assert.equal(found.page, key);
    assert.equal(found.program.code, 1);
    assert.match(found.program.err, sentence);
  }
  await page.unrouteAll();
  await page.route(`**${address}`, (route) => route.abort());
  assert.equal(await again(), 'cannot');
  await writeFile(file, '{"lot": {"seed": 7}}');
  assert.match((await checked(file)).err, /不是公布的抽签数据|not the published data/);
  assert.deepEqual(complaints().filter((one) => !one.includes('ERR_FAILED')), []);
});
