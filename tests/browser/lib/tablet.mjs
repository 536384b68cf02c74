// A tablet at a reception: a browser with a profile that outlives it, killed as a tablet dies, and a network that comes and
// goes.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, request as ask } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { chromium } from 'playwright-core';

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

// { start(): a page; kill(): as when the battery is empty; remove() }
export async function openTablet({ width = 1024, height = 768 } = {}) {
  const profile = await mkdtemp(join(tmpdir(), 'minhu-tablet-'));
  let process_ = null;
  let browser = null;
  return {
    async start() {
      const mine = join(profile, 'DevToolsActivePort');
      await rm(mine, { force: true });
      process_ = spawn(
        process.env.MINHU_CHROMIUM ?? '/usr/bin/chromium',
        ['--headless=new', '--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--remote-debugging-port=0', `--user-data-dir=${profile}`, `--window-size=${width},${height}`, 'about:blank'],
        { stdio: 'ignore', detached: true },
      );
      let port;
      for (let i = 0; i < 300 && !port; i += 1) {
        await pause(100);
        [port] = (await readFile(mine, 'utf8').catch(() => '')).split('\n');
      }
      assert.ok(port, 'the browser is there');
      browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`);
      const [context] = browser.contexts();
      context.setDefaultTimeout(30_000);
      const page = await context.newPage();
      await page.setViewportSize({ width, height });
      return page;
    },
    // The whole group of its processes at once, without a goodbye.
    async kill() {
      const over = new Promise((done) => process_.once('exit', done));
      process.kill(-process_.pid, 'SIGKILL');
      await over;
      await browser.close().catch(() => {});
      browser = process_ = null;
    },
    async remove() {
      if (process_) await this.kill();
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
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => null));
}

export async function unlock(page) {
  await page.locator('#pin').waitFor();
  await page.fill('#pin', pin);
  await page.getByRole('button', { name: '打开' }).click();
}
