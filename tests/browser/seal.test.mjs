// What a person is asked about who they are, and the way back in for whoever lost their code: with and without scripts,
// accessible, and the same answer whether or not a telephone fits.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { accessibilityFaults, goOn, visitor } from './lib/browser.mjs';
import { browser, server, withCounty } from './lib/county.mjs';
import { file } from './lib/resident.mjs';

withCounty({ cases: 60, months: 2 });

async function toContactPage(page) {
  await page.goto('/');
  await goOn(page, 'a.door.first');
  await page.fill('#words', '村口的井盖松了，晚上看不见。');
  await goOn(page, 'main form button.btn');
  await goOn(page, 'button[name=skip]');
  assert.equal(new URL(page.url()).pathname, '/report/contact');
}

for (const scripts of [true, false]) {
  test(`the three levels are chosen and seen again before anything is sent, ${scripts ? 'with' : 'without'} scripts`, async () => {
    const { page, context } = await visitor(browser, server.address, { javaScriptEnabled: scripts });
    await toContactPage(page);
    if (scripts) assert.deepEqual(await accessibilityFaults(page), []);
    assert.equal(await page.locator('[name=level]').count(), 3);

    await page.check('[name=level][value=named]');
    assert.ok(await page.isVisible('#name'));
    await page.fill('#phone', '13800000021');
    await goOn(page, 'main form button.btn');
    assert.equal(await page.locator('#name[aria-invalid=true]').count(), 1, 'named needs a name');
    if (scripts) assert.deepEqual(await accessibilityFaults(page), []);
    await page.fill('#name', '张三');
    await goOn(page, 'main form button.btn');
    assert.match(await page.textContent('main'), /实名.*张三/s);

    await page.goto('/report/contact');
    await page.check('[name=level][value=anonymous]');
    assert.ok(!(await page.isVisible('#phone')), 'whoever stays unknown is asked for nothing');
    await goOn(page, 'main form button.btn');
    const check = await page.textContent('main');
    assert.match(check, /不留。您用回执自己查/);
    assert.doesNotMatch(check, /张三|138/);
    await context.close();
  });
}

async function newestCode() {
  const folder = path.join(server.folder, 'outbox');
  for (let tries = 0; tries < 360; ++tries) {
    const files = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.json'));
    for (const name of files) {
      const code = /验证码(\d{8})/.exec(await readFile(path.join(folder, name), 'utf8'));
      if (code) return code[1];
    }
    await new Promise((done) => setTimeout(done, 250));
  }
  throw new Error('no code came');
}

test('whoever lost the code gets one at the telephone they left, and a stranger gets the same page', async () => {
  const { page, context } = await visitor(browser, server.address, {});
  const receipt = await file(page, { phone: '13800000021' });
  await context.close();

  const other = await visitor(browser, server.address, { javaScriptEnabled: false });
  const ask = async (number, phone) => {
    await other.page.goto('/lost');
    await other.page.fill('#number', number);
    await other.page.fill('#phone', phone);
    await goOn(other.page, 'main form button.btn');
    return (await other.page.textContent('main')).replaceAll(number, '');
  };
  const fits = await ask(receipt.number, '138 0000 0021');
  const code = await newestCode();
  const stranger = await ask(receipt.number, '13900000000');
  assert.equal(stranger, fits);
  await ask(receipt.number, '13800000021');
  await other.page.fill('#code', code === '00000000' ? '00000001' : '00000000');
  await goOn(other.page, 'main form button.btn');
  assert.equal(await other.page.locator('#code[aria-invalid=true]').count(), 1);
  await other.context.close();

  const own = await visitor(browser, server.address, {});
  await own.page.goto('/lost');
  assert.deepEqual(await accessibilityFaults(own.page), []);
  await own.context.close();
});
