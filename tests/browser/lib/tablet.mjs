// A tablet at a reception: a browser with a profile that outlives it, killed as a tablet dies, and a network that comes and
// goes.
import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer, request as ask } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { executablePath, flags, slowDown } from './browser.mjs';

// Between the tablet and the server. `way`: 'on'; 'off', nothing gets through; 'half', every request reaches the server and
// every second answer of the API is lost on its way back.
export async function openNetwork(serverAddress) {
  const to = new URL(serverAddress);
  const network = { way: 'on', lost: 0, address: '', close: () => {} };
  let answers = 0;
  const proxy = createServer((incoming, answer) => {
    if (network.way === 'off') return incoming.socket.destroy();
    const { port } = proxy.address();
    // The server compares where a request comes from with the host that it was sent to: as if it stood here itself.
    const headers = { ...incoming.headers };
    assert.equal(headers.host, `127.0.0.1:${port}`);
    const outgoing = ask({ host: to.hostname, port: to.port, method: incoming.method, path: incoming.url, headers }, (given) => {
      const parts = [];
      given.on('data', (part) => parts.push(part));
      given.on('end', () => {
        if (network.way === 'half' && incoming.url.startsWith('/api/') && (answers += 1) % 2 === 1) {
          network.lost += 1;
          return incoming.socket.destroy();
        }
        if (network.way === 'off') return incoming.socket.destroy();
        answer.writeHead(given.statusCode, given.headers);
        answer.end(Buffer.concat(parts));
      });
    });
    outgoing.on('error', () => incoming.socket.destroy());
    incoming.pipe(outgoing);
  });
  proxy.on('clientError', (_error, socket) => socket.destroy());
  await new Promise((listening) => proxy.listen(0, '127.0.0.1', listening));
  network.address = `http://127.0.0.1:${proxy.address().port}`;
  network.close = () => {
    proxy.closeAllConnections();
    proxy.close();
  };
  return network;
}

// Every process of the browser with this profile, wherever it put itself.
async function processesOf(profile) {
  const mine = [];
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const line = await readFile(`/proc/${name}/cmdline`, 'utf8').catch(() => '');
    if (line.includes(`--user-data-dir=${profile}`)) mine.push(Number(name));
  }
  return mine;
}

// { start(): a page; kill(): as when the battery is empty; remove() }
export async function openTablet({ width = 1024, height = 768 } = {}) {
  const profile = await mkdtemp(join(tmpdir(), 'minhu-tablet-'));
  let context = null;
  return {
    async start() {
      context = await chromium.launchPersistentContext(profile, {
        executablePath,
        headless: true,
        args: flags,
        locale: 'zh-CN',
        timezoneId: 'Asia/Shanghai',
        viewport: { width, height },
      });
      context.setDefaultTimeout(120_000);
      const page = context.pages()[0] ?? (await context.newPage());
      await slowDown(page);
      return page;
    },
    // All of its processes at once, without a goodbye.
    async kill() {
      if (!context) return;
      const over = new Promise((done) => context.once('close', done));
      const mine = await processesOf(profile);
      assert.ok(mine.length > 0, 'there is something to kill');
      for (const pid of mine) process.kill(pid, 'SIGKILL');
      await over;
      context = null;
    },
    async remove() {
      await context?.close();
      await rm(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

export const pin = '402819';

export async function signInAt(page, address, server, role) {
  const { name, password } = await server.login(role);
  await page.goto(`${address}/desk/sign-in?next=/reception`);
  await page.fill('#login', name);
  await page.fill('#password', password);
  await page.click('button[type=submit]');
  await page.waitForURL((url) => url.pathname === '/desk/reception');
}

// Names the tablet, chooses the PIN and waits until it has its numbers and its pages.
export async function setUp(page) {
  await page.fill('#label', '接待平板一号');
  await page.fill('#pin', pin);
  await page.fill('#again', pin);
  await page.getByRole('button', { name: '设置好，预留编号' }).click();
  await page.getByText(/还可以打 60 张/).waitFor();
  await page.waitForFunction(async () => (await navigator.serviceWorker.getRegistration('/desk/reception'))?.active?.state === 'activated');
}

export async function unlock(page) {
  await page.locator('#pin').waitFor();
  await page.fill('#pin', pin);
  await page.getByRole('button', { name: '打开' }).click();
}
