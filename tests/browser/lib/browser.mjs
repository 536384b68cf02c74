// Debian's Chromium without a window, and what every journey looks at.
import { readFile } from 'node:fs/promises';
import { chromium } from 'playwright-core';

// Chromium as it is where nobody looks: the same engine without the program around it, which costs more than the pages.
export const executablePath = process.env.MINHU_CHROMIUM ?? '/usr/bin/chromium-headless-shell';

export const flags = [
  '--no-sandbox', // the tests run as root in containers
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

// How long a page may take on a machine that has other work; what must be fast is measured where it is promised.
const patienceMs = 90_000;

// `MINHU_SLOW_PROCESSOR=6 tests/browser/run.sh …`: every page computes so many times slower than this machine would let it.
const timesSlower = Number(process.env.MINHU_SLOW_PROCESSOR ?? 1);
export async function slowDown(page) {
  if (timesSlower === 1) return;
  const debug = await page.context().newCDPSession(page);
  await debug.send('Emulation.setCPUThrottlingRate', { rate: timesSlower });
}

export function openBrowser() {
  return chromium.launch({
    executablePath,
    headless: true,
    args: flags,
  });
}

// A person who comes to the site: a window of their own without cookies. Whatever a page asks of another host is refused
// and written down, so that no test ever leaves the machine.
//   { context, page, complaints(): what went wrong in the pages seen so far }
export async function visitor(browser, address, { width = 390, height = 844, ...options } = {}) {
  const context = await browser.newContext({
    baseURL: address,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    viewport: { width, height },
    ...options, // javaScriptEnabled: false, offline: true, …
  });
  context.setDefaultTimeout(patienceMs);
  const complaints = [];
  await context.route(
    (url) => url.origin !== address,
    (route) => {
      complaints.push(`asks another host: ${new URL(route.request().url()).host}`);
      return route.abort();
    },
  );
  context.on('page', (page) => {
    page.on('pageerror', (error) => complaints.push(`error in a script: ${error.message}`));
    page.on('console', (message) => {
      // A refusal with a 4xx is an answer; the journey that provokes it looks at it itself.
      if (message.type() !== 'error' || /status of 4\d\d/.test(message.text())) return;
      complaints.push(`console: ${message.text()}`);
    });
  });
  const page = await context.newPage();
  await slowDown(page);
  return { context, page, complaints: () => [...complaints] };
}

// Presses what leads to another page of the server (a link, the button of a form), and comes back when that page is there as a
// whole: what is read or counted afterwards is read on that page, and not on the part of it that has arrived.
export async function goOn(page, button) {
  await page.waitForLoadState('domcontentloaded');
  const whole = page.waitForEvent('domcontentloaded');
  await (typeof button === 'string' ? page.click(button) : button.click());
  await whole;
}

// Three short presses of shift, a tenth of a second apart by the clock that the page reads: a busy machine that delivers them
// late does not make three slow ones of them.
export async function pressShiftThrice(page) {
  const keyboard = await page.context().newCDPSession(page);
  const from = Date.now() / 1000;
  for (let press = 0; press < 3; press += 1) {
    for (const [type, after] of [['rawKeyDown', 0], ['keyUp', 0.05]]) {
      await keyboard.send('Input.dispatchKeyEvent', { type, key: 'Shift', code: 'ShiftLeft', windowsVirtualKeyCode: 16, timestamp: from + press / 10 + after });
    }
  }
}

// From here on the page's clock is turned by the test: `wait(ms)` lets everything happen that the page put off for less than
// that, and comes back when the questions that it asked have been seen. No machine is too slow or too fast for it: the page
// begins anew, so that no timer is left that was set by the old clock and that the new one could not take back.
export async function turnClock(page) {
  await page.clock.install();
  await page.reload();
  await page.waitForSelector('h1');
  return async (ms) => {
    await page.clock.runFor(ms);
    await page.evaluate(() => fetch('/desk/').then((answer) => answer.text())); // questions are told in their order
  };
}

// axe itself, once a page: it stays in its window until the page is left. Told to the debugger, so that the page keeps its content
// security policy; as it is packed for browsers, and without an answer, because reading it is most of what a look costs.
const axe = await readFile(new URL('../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');
async function bringAxe(page) {
  if (await page.evaluate(() => 'axe' in window)) return;
  const debug = await page.context().newCDPSession(page);
  const { exceptionDetails } = await debug.send('Runtime.evaluate', { expression: `${axe};undefined` });
  await debug.detach();
  if (exceptionDetails) throw new Error(`axe does not run in this page: ${exceptionDetails.exception?.description ?? exceptionDetails.text}`);
}

// Every rule of axe for WCAG 2.2 AA and its best practices; one line a violation, none when all is well.
export async function accessibilityFaults(page) {
  await page.waitForLoadState('domcontentloaded'); // what has not arrived is not missing
  await bringAxe(page);
  const { violations } = await page.evaluate(
    (values) => window.axe.run(document, { resultTypes: ['violations'], runOnly: { type: 'tag', values } }),
    ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  );
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target }) => `${id} (${help}) at ${target.join(' ')}`),
  );
}
