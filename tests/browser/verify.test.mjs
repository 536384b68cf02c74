// Somebody who was given a proof of receipt and believes nobody: the page /verify, without a network, beside the command
// `minhu record verify` and a verifier of others.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { goOn, visitor } from './lib/browser.mjs';
import { browser, server, withCounty } from './lib/county.mjs';
import { lookAt } from './lib/looks.mjs';
import { checkpoint, log, numbersOf, opening, origin, payload, policy, receipt, signatureLine, signer, witnesses, written } from './lib/record.mjs';
import { program } from './lib/program.mjs';
import { file } from './lib/resident.mjs';

const good = receipt();
let folder;

withCounty({ cases: 50, months: 1 }, async () => {
  folder = await mkdtemp(join(tmpdir(), 'minhu-verify-'));
});
after(async () => {
  if (folder) await rm(folder, { recursive: true, force: true });
});

// A checkpoint of other words, signed as ours are; and one with other lines of signatures.
const signed = (body, ...lines) => `${body}\n${lines.join('')}`;
const forged = (number) => good.path.map((hash, i) => (i === number ? Buffer.alloc(32, 7) : hash));
const { body, hashes } = good;
const atLog = signatureLine(log, body);
const [congress, audit] = witnesses.slice(0, 2).map((one, i) => signatureLine(one, body, written + 60 * (i + 1)));
const otherTree = checkpoint(900, Buffer.alloc(32, 9));
const impostor = signer(origin, 1, 'somebody else');

// What was done to the receipt, what it is now, and the fault that must be named.
const spoiled = [
  ['other words of the event', good.with({ extra: opening(payload({ kind: 'answered' })) }), 'inclusion_not_proved'],
  ['another office', good.with({ extra: opening(payload({ by: 'housing' })) }), 'inclusion_not_proved'],
  ['another date of what was promised', good.with({ extra: opening(payload({ due: 1_800_000_000 })) }), 'inclusion_not_proved'],
  ['dated back by an hour', good.with({ extra: opening(payload(), written - 3600) }), 'inclusion_not_proved'],
  ['another key of the case', good.with({ extra: opening(payload(), written, Buffer.alloc(32, 1)) }), 'inclusion_not_proved'],
  ['the place beside it', good.with({ index: 618 }), 'inclusion_not_proved'],
  ['a place beyond the tree', good.with({ index: 1000 }), 'index_beyond_tree'],
  ['a hash left out', good.with({ path: good.path.slice(1) }), 'inclusion_not_proved'],
  ['a hash added', good.with({ path: [...good.path, hashes[0]] }), 'inclusion_not_proved'],
  ['a hash changed', good.with({ path: forged(3) }), 'inclusion_not_proved'],
  ['two hashes swapped', good.with({ path: [good.path[1], good.path[0], ...good.path.slice(2)] }), 'inclusion_not_proved'],
  ['another size', good.text.replace('\n1000\n', '\n1001\n'), 'signature_wrong'],
  ['another root', good.text.replace(good.root.toString('base64'), Buffer.alloc(32, 5).toString('base64')), 'signature_wrong'],
  ['the name of another record', good.text.replace(`\n${origin}\n`, '\nother.test/record\n'), 'unknown_log'],
  ["somebody else's key under the same name", good.with({ note: good.sign(body, impostor) }), 'log_signature_missing'],
  ['a second signature by a wrong key alone', good.with({ note: signed(body, signatureLine(impostor, body), congress, audit) }), 'log_signature_missing'],
  ['no signature of the record', good.with({ note: signed(body, congress, audit) }), 'log_signature_missing'],
  ['one witness where two are needed', good.with({ note: signed(body, atLog, congress) }), 'quorum_missing'],
  ['one witness twice', good.with({ note: signed(body, atLog, congress, congress) }), 'quorum_missing'],
  ['the cosignature of another tree', good.with({ note: signed(body, atLog, congress, signatureLine(witnesses[1], otherTree, written)) }), 'signature_wrong'],
  ['a witness whose time was changed', good.with({ note: signed(body, atLog, congress, audit.replace(/ [^ ]+\n$/, (bytes) => {
    const all = Buffer.from(bytes.trim(), 'base64');
    all[11] ^= 1;
    return ` ${all.toString('base64')}\n`;
  })) }), 'signature_wrong'],
  ['a checkpoint without a root', good.with({ note: good.sign(`${origin}\n1000\n`) }), 'checkpoint_broken'],
  ['a size with a leading zero', good.with({ note: good.sign(body.replace('1000', '01000')) }), 'checkpoint_broken'],
  ['no empty line before the signatures', good.text.replace(/=\n\n— /, '=\n— '), 'note_broken'],
  ['something written below', `${good.text}再加一句\n`, 'note_broken'],
  ['the last line cut', good.text.slice(0, -20), 'note_broken'],
  ['half the file', good.text.slice(0, 400), 'proof_broken'],
  ['line ends of Windows', good.text.replaceAll('\n', '\r\n'), 'proof_broken'],
  ['an index with a leading zero', good.text.replace('index 617', 'index 0617'), 'proof_broken'],
  ['an index that is none', good.text.replace('index 617', 'index -1'), 'proof_broken'],
  ['an index beyond all numbers', good.text.replace('index 617', 'index 9223372036854775808'), 'proof_broken'],
  ['a second spelling of a hash', good.text.replace(/(\nindex 617\n.{42})(.)=/, (_, begin, last) => `${begin}${String.fromCharCode(last.charCodeAt(0) + 1)}=`), 'proof_broken'],
  ['an opening that was cut', good.with({ extra: good.extra.subarray(0, -3) }), 'opening_broken'],
  ['an opening without an event', good.with({ extra: good.extra.subarray(0, 40) }), 'opening_broken'],
  ['more attachments than it says', good.with({ extra: opening(payload().replace('att 1', 'att 2')) }), 'opening_broken'],
  ['a letter of somebody', '您好，这是我的信。\n', 'proof_broken'],
  ['a photo', Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16, 0x4a, 0x46, 10, 10, 0xfe]), 'proof_broken'],
];

// Whom somebody trusts, spoiled.
const spoiledPolicies = [
  ['no quorum', policy().replace(/quorum .*\n/, ''), 'policy_without_quorum'],
  ['two of them', `${policy()}quorum enough\n`, 'policy_quorum_twice'],
  ['a key copied wrong', policy().replace(/(witness audit audit\.test\+)./, (_, begin) => `${begin}g`), 'policy_key_broken'],
  ['the key of a witness for the record', policy({ by: witnesses[0] }), 'policy_key_broken'],
  ['a witness counted twice', policy().replace('congress audit university\n', 'congress congress audit\n'), 'policy_member_twice'],
  ['the same key twice', policy().replace(/(witness congress (\S+).*\n)/, '$1witness again $2\n'), 'policy_key_twice'],
  ['a name that nobody has', policy({ quorum: 'nobody' }), 'policy_name_unknown'],
  ['a taken name', policy().replace('group enough 2', 'group audit 2'), 'policy_name_taken'],
  ['four of three', policy().replace('enough 2', 'enough 4'), 'policy_threshold'],
  ['none of three', policy().replace('enough 2', 'enough 0'), 'policy_threshold'],
  ['a word too many', policy().replace('quorum enough', 'quorum enough please'), 'policy_line_unknown'],
  ['line ends of Windows', policy().replaceAll('\n', '\r\n'), 'policy_control_character'],
];

async function atThePage(options = {}) {
  const person = await visitor(browser, server.address, options);
  await person.page.goto('/verify');
  if (options.javaScriptEnabled !== false) {
    await person.page.waitForSelector('[data-ready]');
    await trust(person.page, policy()); // of the records that this test writes
  }
  return person;
}
async function give(page, text, name = 'receipt.tlog-proof') {
  await page.evaluate(() => document.querySelector('[data-result]').replaceChildren());
  await page.setInputFiles('#receipt', { name, mimeType: 'application/octet-stream', buffer: Buffer.from(text) });
  await page.waitForSelector('[data-result] h2');
  return {
    heading: await page.textContent('[data-result] h2'),
    fault: (await page.locator('[data-fault]').count()) > 0 ? await page.getAttribute('[data-fault]', 'data-fault') : null,
    sentence: (await page.textContent('[data-result] p')).trim(),
    all: await page.textContent('[data-result]'),
  };
}
async function trust(page, text) {
  await page.evaluate(() => (document.querySelector('[data-policy-told]').textContent = ''));
  await page.setInputFiles('#policy', { name: 'county.policy', mimeType: 'text/plain', buffer: Buffer.from(text) });
  await page.waitForFunction(() => document.querySelector('[data-policy-told]').textContent);
  return page.textContent('[data-policy-told]');
}
async function byCommand(text, trusted = policy()) {
  await writeFile(join(folder, 'proof'), text);
  await writeFile(join(folder, 'policy'), trusted);
  const { status, stderr } = spawnSync(program, ['record', 'verify', 'proof', '--policy', 'policy'], { cwd: folder, encoding: 'utf8', env: { ...process.env, LC_ALL: 'zh_CN.UTF-8' } });
  return { status, said: stderr.trim().replace(/^minhu: /, '') };
}

test('a proof is checked on the device, without a network once the page was there', async () => {
  const { context, page, complaints } = await atThePage();
  await page.waitForSelector('[data-offline]:visible');
  await context.setOffline(true);
  await page.goto('/verify');
  await page.waitForSelector('[data-ready]');
  await trust(page, policy());
  const asked = [];
  page.on('request', (request) => asked.push(request.url()));

  const { heading, fault, all } = await give(page, good.text);
  assert.equal(heading, '核对无误，这份证明是真的');
  assert.equal(fault, null);
  assert.match(all, /第1步：收到您说的/);
  assert.match(all, /办的人：您自己/);
  assert.match(all, /发生在：2025年11月25日 16:00/);
  assert.match(all, /写进记录：2025年11月25日 16:23/);
  assert.match(all, /到2025年11月25日 16:24为止，congress、audit看到的是同一份记录/);
  assert.match(all, /“minhu\.test\/record”里是第617条（从0数起），那时一共1000条/);
  assert.equal((await byCommand(good.text)).status, 0);
  assert.deepEqual(asked, [], 'nothing was sent anywhere');
  const kept = await page.evaluate(async () => {
    const all = [JSON.stringify({ ...localStorage }), JSON.stringify({ ...sessionStorage })];
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const request of await cache.keys()) all.push(request.url, await (await cache.match(request)).text());
    }
    return all.join('\n');
  });
  assert.ok(!kept.includes(good.extra.toString('base64').slice(0, 40)), 'nothing of the receipt is kept');
  assert.deepEqual(complaints().filter((said) => !/ERR_INTERNET_DISCONNECTED/.test(said)), []);
  await context.close();
});

test('what this very county recorded becomes a proof on the receipt, and is proved here and by the command', async () => {
  const { context, page, complaints } = await visitor(browser, server.address);
  await file(page, { phone: '13800000021' });
  await page.waitForSelector('.record:not([data-promised]) form');
  assert.match(await page.textContent('.record'), /已经写进全县的公开记录/);
  const [download] = await Promise.all([page.waitForEvent('download'), page.click('.record button:has-text("下载证明文件")')]);
  assert.equal(download.suggestedFilename(), 'receipt.tlog-proof');
  const proof = await readFile(await download.path());
  assert.ok(proof.length <= 2048, `${proof.length} bytes`);
  const county = await (await page.request.get('/record/policy')).text();
  assert.equal((await byCommand(proof, county)).status, 0);

  await goOn(page, '.record button:has-text("显示成二维码")');
  assert.match(await page.textContent('main'), /这是秘密/);
  assert.equal(await page.locator('.qr-large svg').count(), 1);

  await page.goto('/verify');
  await page.waitForSelector('[data-ready]');
  const { heading, all } = await give(page, proof);
  assert.equal(heading, '核对无误，这份证明是真的');
  assert.match(all, /第1步：收到您说的/);
  const altered = Buffer.from(proof.toString().replace(/\nindex (\d+)/, (_, n) => `\nindex ${Number(n) + 1}`));
  assert.match((await give(page, altered)).fault, /inclusion_not_proved|index_beyond_tree/);
  assert.deepEqual(complaints(), []);
  await context.close();
});

test('what happened is told in plain words, with the name of the office and the date it promised', async () => {
  const { context, page } = await atThePage();
  const code = await page.evaluate(() => [...document.querySelectorAll('[data-key^="by."]')].map(({ dataset, textContent }) => [dataset.key.slice(3), textContent]).find(([key]) => key !== 'system'));
  const { all } = await give(page, receipt({ event: { seq: 3, kind: 'transferred', by: code[0], due: 1_765_296_000 } }).text);
  assert.match(all, /第4步：转给了有权处理的单位/);
  assert.ok(all.includes(`办的人：${code[1]}`));
  assert.match(all, /答应的期限：2025年12月10日/);
  await context.close();
});

test('trees of many shapes are accepted', async () => {
  const { context, page } = await atThePage();
  for (const [size, index] of [[1, 0], [2, 1], [3, 2], [7, 3], [256, 255], [257, 256], [1025, 0]]) {
    const { text } = receipt({ size, index, signers: witnesses.slice(1) });
    assert.equal((await give(page, text)).fault, null, `${index} of ${size}`);
    assert.equal((await byCommand(text)).status, 0, `${index} of ${size}`);
  }
  await context.close();
});

test(`each of ${spoiled.length} ways to spoil a receipt is refused, with the sentence of the command`, async () => {
  const { context, page, complaints } = await atThePage();
  for (const [what, text, key] of spoiled) {
    const { heading, fault, sentence } = await give(page, text);
    const command = await byCommand(text);
    assert.equal(fault, `merkle.${key}`, what);
    assert.equal(heading, '核对不过，不能相信', what);
    assert.equal(command.status, 1, what);
    assert.equal(sentence, command.said, what);
  }
  assert.equal((await give(page, good.text)).fault, null, 'and the good one is still good');
  assert.deepEqual(complaints(), []);
  await context.close();
});

test('what is no proof at all is not called false', async () => {
  const { context, page } = await atThePage();
  for (const [text, key] of [['', 'nothing'], ['\n \n', 'nothing']]) {
    const { heading, fault } = await give(page, text);
    assert.equal(fault, `residents.verify.${key}`);
    assert.equal(heading, '还没有核对');
  }
  const closed = await give(page, good.with({ extra: null }));
  assert.match(closed.sentence, /--entry/);
  await context.close();
});

test('a promise is no proof, and evidence only where the record has signed it', async () => {
  const { context, page } = await atThePage();
  const now = Math.floor(Date.now() / 1000);
  const promise = (deadline, by = log, leaf = good.hashes[617]) => {
    const text = `minhu-promise/v1\n${origin}\n${leaf.toString('base64')}\n${written}\n${deadline}\n`;
    return `${text}\n${signatureLine(by, text)}`;
  };
  for (const [text, key, said] of [
    [promise(now + 3600), 'promise', /答应在.*以前写进记录：这是一份写入承诺/],
    [promise(now - 3600), 'promise_over', /现在期限已过/],
  ]) {
    const { heading, fault, sentence } = await give(page, text);
    assert.equal(fault, `residents.verify.${key}`);
    assert.equal(heading, '这是承诺，还不是证明');
    assert.doesNotMatch(sentence, /[{}]/);
    const command = await byCommand(text);
    assert.equal(command.status, 1);
    assert.match(command.said, said);
  }
  for (const [text, key] of [
    [promise(now - 3600).replace(`\n${written}\n`, `\n${written + 1}\n`), 'signature_wrong'],
    [promise(now - 3600, impostor), 'log_signature_missing'],
    [promise(written - 1), 'promise_broken'],
    ['minhu-promise/v1\nminhu.test/record\n', 'note_broken'],
  ]) {
    const { heading, fault, sentence } = await give(page, text);
    assert.equal(fault, `merkle.${key}`);
    assert.equal(heading, '核对不过，不能相信');
    assert.equal(sentence, (await byCommand(text)).said);
  }
  await context.close();
});

test("the policy's numbers can be compared, and one's own policy is what counts", async () => {
  const { context, page } = await atThePage();
  const county = await (await page.request.get('/record/policy')).text();
  assert.equal(await page.textContent('.note.d .num'), numbersOf(county));
  const all = policy().replace('group enough 2', 'group enough all');
  assert.match(await trust(page, all), new RegExp(numbersOf(all)));
  assert.notEqual(numbersOf(all), numbersOf(policy()));
  const { fault, sentence } = await give(page, good.text);
  assert.equal(fault, 'merkle.quorum_missing');
  assert.equal(sentence, (await byCommand(good.text, all)).said);
  await trust(page, policy({ quorum: 'none' }));
  assert.match((await give(page, good.with({ note: signed(body, atLog) }))).all, /不要求见证人/);
  await trust(page, policy({ of: witnesses.map(({ name }) => signer(name, 4, `false ${name}`)) }));
  assert.equal((await give(page, good.text)).fault, 'merkle.quorum_missing', 'witnesses of the same names are not the same');
  await context.close();
});

test(`each of ${spoiledPolicies.length} ways to spoil a policy is refused, with the sentence of the command`, async () => {
  const { context, page } = await atThePage();
  for (const [what, text, key] of spoiledPolicies) {
    const told = await trust(page, text);
    assert.equal(told, (await byCommand(good.text, text)).said, `${what}: ${key}`);
  }
  assert.equal((await give(page, good.text)).fault, null, 'and the one before is still used');
  await context.close();
});

test('the text can be pasted, and the file dropped', async () => {
  const { context, page } = await atThePage();
  await page.click('form summary');
  await page.fill('#pasted', `\n${good.text.trim()}`);
  await page.click('form button');
  await page.waitForSelector('[data-result] h2');
  assert.equal(await page.textContent('[data-result] h2'), '核对无误，这份证明是真的');
  assert.equal(await page.evaluate(() => document.activeElement.hasAttribute('data-result')), true);
  await page.evaluate((text) => {
    document.querySelector('[data-result]').replaceChildren();
    const held = new DataTransfer();
    held.items.add(new File([text], 'receipt.tlog-proof'));
    document.querySelector('main').dispatchEvent(new DragEvent('drop', { dataTransfer: held, bubbles: true, cancelable: true }));
  }, good.with({ index: 3 }));
  await page.waitForSelector('[data-fault]');
  await context.close();
});

test('without scripts, or in a browser that cannot, the page says what else to do', async () => {
  const plain = await atThePage({ javaScriptEnabled: false });
  assert.match(await plain.page.textContent('main'), /minhu record verify receipt\.tlog-proof --policy county\.policy/);
  assert.equal(await plain.page.locator('#receipt').isVisible(), false);
  await plain.context.close();

  const old = await visitor(browser, server.address);
  await old.page.addInitScript(() => {
    const able = SubtleCrypto.prototype.importKey;
    SubtleCrypto.prototype.importKey = function (...all) {
      return all[2] === 'Ed25519' ? Promise.reject(new DOMException('no such algorithm', 'NotSupportedError')) : able.apply(this, all);
    };
  });
  await old.page.goto('/verify');
  await old.page.waitForSelector('[data-unable]:visible');
  assert.match(await old.page.textContent('[data-unable]'), /换新一点的浏览器/);
  assert.equal(await old.page.locator('#receipt').isVisible(), false);
  await old.context.close();
});

test('the page can be read and tapped in every state, and its first visit is light', async () => {
  for (const [size, measures] of [['standard', { letters: 13, target: 44 }], ['elder', { letters: 22, target: 64 }]]) {
    const { context, page, complaints } = await visitor(browser, server.address);
    await page.goto(`/verify?size=${size}`);
    await page.waitForSelector('[data-ready]');
    const faults = await lookAt(page, '/verify', measures);
    await trust(page, policy());
    for (const summary of await page.locator('main summary').all()) await summary.click();
    faults.push(...(await lookAt(page, '/verify, all open', measures)));
    await give(page, good.text);
    faults.push(...(await lookAt(page, '/verify, accepted', measures)));
    await give(page, good.with({ index: 3 }));
    faults.push(...(await lookAt(page, '/verify, refused', measures)));
    assert.deepEqual(faults, []);
    assert.deepEqual(complaints(), []);
    await context.close();
  }
  const { context, page } = await visitor(browser, server.address, { serviceWorkers: 'block' });
  // Heavier than the pages on which people speak (20 kB): it holds every sentence of refusal and a verifier. What it keeps for
  // a day without a network it takes once more from the cache of the browser, which is counted once.
  const weights = new Map();
  page.on('requestfinished', (request) => weights.set(request.url(), request.sizes().then(({ responseBodySize }) => responseBodySize)));
  await page.goto('/verify', { waitUntil: 'networkidle' });
  const bytes = (await Promise.all(weights.values())).reduce((sum, one) => sum + one, 0);
  assert.ok(bytes > 0 && bytes <= 24_000, `${bytes} bytes in all`);
  await context.close();
});

test('@sigstore/verify accepts what we accept and refuses an altered leaf, root and size', () => {
  const require = createRequire(import.meta.url);
  const { verifyCheckpoint } = require('@sigstore/verify/dist/timestamp/checkpoint.js');
  const { verifyMerkleInclusion } = require('@sigstore/verify/dist/timestamp/merkle.js');
  const { createPublicKey } = require('node:crypto');
  const judge = ({ entry = good.entry, root = good.root, size = 1000, index = 617, note = signed(body, atLog) } = {}) => {
    const one = {
      integratedTime: String(written),
      canonicalizedBody: entry,
      inclusionProof: { logIndex: String(index), treeSize: String(size), rootHash: root, hashes: good.path, checkpoint: { envelope: note } },
    };
    const logs = [{ logID: log.number, publicKey: createPublicKey(log.key), validFor: { start: new Date(0), end: new Date(4e12) } }];
    verifyMerkleInclusion(one);
    verifyCheckpoint(one, logs);
  };
  judge();
  assert.throws(() => judge({ entry: Buffer.concat([good.entry.subarray(0, 63), Buffer.from([1])]) }), /does not match/);
  assert.throws(() => judge({ root: Buffer.alloc(32) }), /hash/);
  assert.throws(() => judge({ size: 1025 }), /hash|root/);
  assert.throws(() => judge({ index: 616 }), /does not match/);
  assert.throws(() => judge({ note: signed(body, atLog).replace('\n1000\n', '\n1001\n') }), /signature/);
});
