// A resident and what is stored about them: look, copy, put right, erase. With scripts off, as anybody can.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { goOn, visitor } from './lib/browser.mjs';
import { browser, server, withCounty } from './lib/county.mjs';
import { lookAt } from './lib/looks.mjs';
import { file, lamp } from './lib/resident.mjs';

withCounty({ cases: 50, months: 1 });

const labelled = (page, words) => page.locator('main form button', { hasText: words }).first();
const button = (page, words) => goOn(page, labelled(page, words));

test('somebody without scripts sees, copies, corrects, withdraws and erases what they said', async () => {
  const { context, page, complaints } = await visitor(browser, server.address, { javaScriptEnabled: false });
  const receipt = await file(page, { phone: '13800000021' });
  await button(page, '记好了');
  await goOn(page, '.acts a:has-text("我的资料")');
  assert.match(await page.textContent('main'), /138\*\*\*\*0021/);

  const [download] = await Promise.all([page.waitForEvent('download'), labelled(page, '下载副本').click()]);
  const copy = JSON.parse(await readFile(await download.path(), 'utf8'));
  assert.equal(copy.format, 'minhu-copy/v1');
  assert.equal(copy.said.text, lamp);
  assert.equal(copy.contact.phone, '13800000021');
  assert.ok(copy.privacy_notice);

  await page.fill('#reach', '139 0000 0042');
  await button(page, '改成这个');
  assert.match(await page.textContent('main'), /139\*\*\*\*0042/);

  await button(page, '写一条更正');
  await page.fill('#words', '是东头那一盏。');
  await page.check('[name=corrects]');
  await goOn(page, 'main form button.btn');
  assert.match(await page.textContent('main'), /您更正[^]*是东头那一盏。/);
  assert.ok((await page.textContent('main')).includes(lamp), 'the old words stand beside it');

  await page.goto(`/t/${receipt.number}/mine/erase`);
  assert.match(await page.textContent('main'), /事情还在办[^]*个人信息保护法/);
  assert.equal(await page.locator('[name=sure]').count(), 0);
  await page.goto(`/t/${receipt.number}/withdraw`);
  await goOn(page, 'main form button.btn');
  await page.goto(`/t/${receipt.number}/mine/erase`);
  assert.match(await page.textContent('main'), /最多再留38天/);
  await page.check('[name=sure]');
  await goOn(page, 'main form button.btn');
  assert.match(await page.textContent('main'), /内容已经按规定删除/);
  assert.ok(!(await page.textContent('main')).includes('路灯'));

  await page.goto(`/t/${receipt.number}/looks`);
  assert.match(await page.textContent('main'), /每看一次就记一条/);
  assert.deepEqual(complaints(), []);
  await context.close();
});

test('these pages can be read and tapped, large letters too', async () => {
  const faults = [];
  for (const [size, measures] of [['standard', { letters: 13, target: 44 }], ['elder', { letters: 22, target: 64 }]]) {
    const { context, page, complaints } = await visitor(browser, server.address);
    await page.goto(`/?size=${size}`);
    const receipt = await file(page, { phone: '13800000021' });
    faults.push(...(await lookAt(page, 'the receipt', measures)));
    await button(page, '记好了');
    for (const path of ['', '/mine', '/mine/erase', '/looks']) {
      await page.goto(`/t/${receipt.number}${path}`);
      faults.push(...(await lookAt(page, `/t/NUMBER${path}`, measures)));
      if (process.env.MINHU_PICTURES) {
        for (const [width, height] of [[360, 780], [1280, 900]]) {
          await page.setViewportSize({ width, height });
          await page.screenshot({ path: `${process.env.MINHU_PICTURES}/rights${path.replaceAll('/', '-')}-${size}-${width}.png`, fullPage: true });
        }
      }
    }
    await page.goto(`/t/${receipt.number}/withdraw`);
    await goOn(page, 'main form button.btn');
    await page.goto(`/t/${receipt.number}/mine/erase`);
    faults.push(...(await lookAt(page, 'what erasing takes away', measures)));
    assert.deepEqual(complaints(), []);
    await context.close();
  }
  assert.deepEqual(faults, []);
});
