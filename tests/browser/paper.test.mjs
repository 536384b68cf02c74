// The receipt on paper: one sheet, and a code that a phone reads.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { openBrowser, visitor } from './lib/browser.mjs';
import { file } from './lib/resident.mjs';
import { startServer } from './lib/server.mjs';

let server;
let browser;

before(async () => {
  server = await startServer({ cases: 60, months: 2 });
  browser = await openBrowser();
});
after(async () => {
  await browser?.close();
  await server?.stop();
});

async function decode(png) {
  const folder = await mkdtemp(join(tmpdir(), 'minhu-qr-'));
  try {
    await writeFile(join(folder, 'qr.png'), png);
    const { status, stdout, error } = spawnSync('zbarimg', ['--quiet', '--raw', join(folder, 'qr.png')], { encoding: 'utf8' });
    if (error) throw error;
    assert.equal(status, 0, 'zbarimg finds a code');
    return stdout.trim();
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const pages = (pdf) => pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length ?? 0;

for (const size of ['standard', 'elder']) {
  test(`the code on the receipt leads to the case and says nothing else (${size})`, async () => {
    const { context, page } = await visitor(browser, server.address, { deviceScaleFactor: 2 });
    await page.goto(`/?size=${size}`);
    const { number, code } = await file(page);
    const address = await decode(await page.locator('.qr').screenshot());
    assert.equal(address, `${server.address}/t/${number}`);
    assert.ok(!address.includes(code.replace(/\D/g, '')));

    const stranger = await visitor(browser, server.address);
    await stranger.page.goto(address);
    assert.equal(await stranger.page.locator('#code').count(), 1, 'whoever scans it is asked for the code');
    assert.ok(!(await stranger.page.content()).includes('路灯'), 'and sees nothing of the matter');
    await stranger.context.close();
    await context.close();
  });

  test(`the receipt is printed on one sheet, with its code readable (${size})`, async () => {
    const { context, page } = await visitor(browser, server.address);
    await page.goto(`/?size=${size}`);
    const { number } = await file(page);
    for (const path of [`/t/${number}`, `/t/${number}/print`]) {
      await page.goto(path);
      assert.equal(pages(await page.pdf({ format: 'A4' })), 1, `${path} on A4`);
    }
    await page.emulateMedia({ media: 'print' });
    assert.equal(await decode(await page.locator('.qr').screenshot()), `${server.address}/t/${number}`);
    await context.close();
  });
}
