// Signing in at the county's provider: an invitation links the person, the second factor of the house is still asked for,
// and the strict session cookie is there after the way through another site.
import assert from 'node:assert/strict';
import { createHash, createHmac, generateKeyPairSync, sign } from 'node:crypto';
import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { accessibilityFaults, openBrowser, slowDown } from './lib/browser.mjs';
import { ended, program, stopped, until } from './lib/program.mjs';

const shots = process.env.MINHU_SHOTS; // a folder to look at the pages in

let folder;
let provider;
let server;
let browser;
let address;
let invitation;

// A provider that lets everybody in who clicks. On "localhost": another site than 127.0.0.1.
function startProvider() {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const text = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const asked = new Map();
  const listener = createServer((request, response) => {
    const issuer = `http://localhost:${listener.address().port}`;
    const url = new URL(request.url, issuer);
    const tell = (value) => response.setHeader('Content-Type', 'application/json').end(JSON.stringify(value));
    if (url.pathname === '/in') {
      const code = String(asked.size + 1);
      asked.set(code, url.searchParams);
      const back = `${url.searchParams.get('redirect_uri')}?code=${code}&state=${url.searchParams.get('state')}`;
      response.setHeader('Content-Type', 'text/html').end(`<a id="in" href="/go?to=${encodeURIComponent(back)}">in</a>`);
    } else if (url.pathname === '/go') {
      response.writeHead(303, { Location: url.searchParams.get('to') }).end();
    } else if (url.pathname === '/keys') {
      tell({ keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'one', use: 'sig' }] });
    } else if (url.pathname === '/token') {
      let body = '';
      request.on('data', (bytes) => (body += bytes));
      request.on('end', () => {
        const form = new URLSearchParams(body);
        const of = asked.get(form.get('code'));
        const challenge = createHash('sha256').update(form.get('code_verifier')).digest('base64url');
        if (challenge !== of?.get('code_challenge')) return response.writeHead(400).end();
        const now = Math.floor(Date.now() / 1000);
        const claims = { iss: issuer, sub: '330726x', aud: 'minhu', iat: now, exp: now + 60, nonce: of.get('nonce') };
        const signed = `${text({ alg: 'RS256', kid: 'one' })}.${text(claims)}`;
        tell({ id_token: `${signed}.${sign('sha256', Buffer.from(signed), privateKey).toString('base64url')}` });
      });
    } else {
      tell({
        issuer,
        authorization_endpoint: `${issuer}/in`,
        token_endpoint: `${issuer}/token`,
        jwks_uri: `${issuer}/keys`,
      });
    }
  });
  return new Promise((done) => listener.listen(0, 'localhost', () => done(listener)));
}

// One that nobody is given who asks the system for any: whatever runs beside this does, and would be given one that is free.
async function freePort() {
  for (let port = 20_000 + (process.pid % 5000); ; port += 1) {
    const probe = createServer();
    const free = await new Promise((done) => {
      probe.once('error', () => done(false));
      probe.listen(port, '127.0.0.1', () => probe.close(() => done(true)));
    });
    if (free) return port;
  }
}

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'minhu-openid-'));
  provider = await startProvider();
  const port = await freePort();
  address = `http://127.0.0.1:${port}`;
  await writeFile(join(folder, 'secret'), 'top secret\n');
  await writeFile(
    join(folder, 'openid.toml'),
    `issuer = "http://localhost:${provider.address().port}"
client_id = "minhu"
client_secret_file = "${join(folder, 'secret')}"
public_url = "${address}"
[display_name]
zh = "政务统一身份认证"
en = "the county's sign-in"
`,
  );
  const data = ['--data', join(folder, 'data')];
  const county = ['--region', '330726', '--name', '青溪县', '--organiser', '青溪县信访局', '--phone', '0570-1234567'];
  await ended(spawn(program, ['init', ...data, ...county]));
  const account = ['--login', 'wangfang', '--name', '王芳', '--role', 'security_admin'];
  const said = await ended(spawn(program, ['account', 'add', ...data, ...account]));
  invitation = /\/desk\/invitation#\S+/.exec(said)[0];
  server = spawn(program, ['serve', ...data, '--port', String(port), '--openid', join(folder, 'openid.toml')]);
  await until(server, /serving http:\/\/\S+/);
  browser = await openBrowser();
});
after(async () => {
  await browser?.close();
  await stopped(server);
  provider?.close();
  provider?.closeAllConnections();
  await rm(folder, { recursive: true, force: true });
});

function codeOf(secret, now = Date.now()) {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = [...secret].map((c) => letters.indexOf(c).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(now / 30_000)));
  const mac = createHmac('sha1', key).update(counter).digest();
  return String((mac.readUInt32BE(mac[19] & 15) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

async function look(page, name) {
  assert.deepEqual(await accessibilityFaults(page), [], name);
  if (!shots) return;
  for (const width of [390, 1280]) {
    await page.setViewportSize({ width, height: 900 });
    await page.screenshot({ path: join(shots, `${name}-${width}.png`), fullPage: true });
  }
}

async function open() {
  const page = await (await browser.newContext({ baseURL: address, locale: 'zh-CN' })).newPage();
  await slowDown(page);
  return page;
}

test('nobody comes in by being known at the provider', async () => {
  const page = await open();
  await page.goto('/desk/sign-in');
  await page.click('text=用政务统一身份认证登录');
  await page.click('#in');
  await page.locator('h1', { hasText: '邀请链接' }).waitFor();
  await look(page, 'unknown');
  await page.click('text=回到登录页');
  await page.waitForSelector('.provider a');
  await look(page, 'sign-in');
});

test('an invitation links the person, and the desk opens after the second factor', async () => {
  const page = await open();
  const choose = 'button:has-text("用政务统一身份认证登录")';
  await page.goto(invitation);
  await page.waitForSelector(choose);
  await look(page, 'invitation');
  await page.click(choose);
  await page.click('#in');
  await page.waitForSelector('.secret');
  await page.fill('#code', codeOf(await page.textContent('.secret')));
  await page.click('button[type=submit]');
  await page.waitForSelector('.codes');

  const later = await open();
  await later.goto('/office/sign-in?next=/office');
  await later.click('text=用政务统一身份认证登录');
  await later.click('#in');
  await later.waitForURL(/\/office\/second-factor/);
  await look(later, 'office-code');
});
