// What nearly every file begins with, and its end: a county of its own with a server, and a browser.
import { after, before } from 'node:test';
import { openBrowser } from './browser.mjs';
import { startServer } from './server.mjs';

export let server; // what startServer gives; like `browser` it is there in every test, and not yet while the file is read
export let browser;

// Once in a file, in front of its tests. `county`: what startServer is told; `then`: what else its tests begin with, when both
// are there. Whatever `then` opens is closed by an `after` of the file, which runs when browser and server have ended.
export function withCounty(county = {}, then = async () => {}) {
  before(async () => {
    const both = await Promise.allSettled([
      startServer(county).then((started) => (server = started)),
      openBrowser().then((opened) => (browser = opened)),
    ]);
    for (const { reason } of both) if (reason) throw reason;
    await then();
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
  });
}
