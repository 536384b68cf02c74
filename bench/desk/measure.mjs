// Prints `name value unit goal` a line: what the desk costs on a slow line and a slow machine. Everything is measured in a
// real browser against a real server; the throttling is Lighthouse's "slow 4G" as its developer tools apply it.
import { openBrowser, visitor } from '../../tests/browser/lib/browser.mjs';
import { atTheDesk } from '../../tests/browser/lib/desk.mjs';
import { answerKnownClass } from '../../tests/browser/lib/first_answer.mjs';
import { answerKnownMatter } from '../../tests/browser/lib/phone.mjs';
import { startServer } from '../../tests/browser/lib/server.mjs';

const roles = ['clerk', 'dispatcher', 'caller', 'handler', 'unit_head', 'leader', 'supervisor', 'auditor', 'system_admin', 'security_admin', 'audit_admin'];
const slow4G = { offline: false, latency: 562.5, downloadThroughput: (1474.56 * 1024) / 8, uploadThroughput: (675 * 1024) / 8 };
const rounds = 3;

const say = (name, value, unit, goal) => console.log(`${name} ${value} ${unit} ${goal}`);
const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

const server = await startServer({ cases: 800, months: 6 });
const browser = await openBrowser();

// A first visit with the session of somebody who has signed in: nothing in the cache.
async function firstVisit(seat, path, throttled) {
  const fresh = await visitor(browser, server.address, { width: 1280, height: 860 });
  await fresh.context.addCookies(await seat.context.cookies());
  const cdp = await fresh.context.newCDPSession(fresh.page);
  await cdp.send('Network.enable');
  if (throttled) {
    await cdp.send('Network.emulateNetworkConditions', slow4G);
    await cdp.send('Emulation.setCPUThrottlingRate', { rate: 4 });
  }
  const wanted = new Set();
  let bytes = 0;
  cdp.on('Network.responseReceived', ({ requestId, type }) => {
    if (type === 'Script' || type === 'Stylesheet') wanted.add(requestId);
  });
  cdp.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    if (wanted.has(requestId)) bytes += encodedDataLength;
  });
  const started = Date.now();
  await fresh.page.goto(path, { waitUntil: 'commit' });
  await fresh.page.waitForSelector('main h1');
  const shown = Date.now() - started;
  await fresh.page.waitForLoadState('networkidle');
  const paint = await fresh.page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0);
  await fresh.context.close();
  return { bytes, paint, shown };
}

try {
  const handler = await atTheDesk(browser, server, 'handler', { path: '/queue' });
  const { bytes } = await firstVisit(handler, '/desk/queue', false);
  say('queue_scripts_and_styles', (bytes / 1000).toFixed(1), 'kB', '<= 100');
  const paints = [];
  const shown = [];
  for (let i = 0; i < rounds; ++i) {
    const visit = await firstVisit(handler, '/desk/queue', true);
    paints.push(visit.paint);
    shown.push(visit.shown);
  }
  say('queue_first_paint_slow_4g', (median(paints) / 1000).toFixed(2), 's', '<= 2.5');
  say('queue_heading_slow_4g', (median(shown) / 1000).toFixed(2), 's', '-');

  let heaviest = { path: '', bytes: 0 };
  const seen = new Set();
  for (const role of roles) {
    const seat = await atTheDesk(browser, server, role);
    const paths = await seat.page.$$eval('.menu a', (links) => links.map((link) => link.getAttribute('href')));
    for (const path of paths) {
      if (seen.has(path)) continue;
      seen.add(path);
      const visit = await firstVisit(seat, path, false);
      if (visit.bytes > heaviest.bytes) heaviest = { path, bytes: visit.bytes };
    }
    await seat.context.close();
  }
  const line = await handler.page.$eval('a[href*="/desk/cases/"]', (link) => link.getAttribute('href')).catch(() => null);
  if (line) {
    const visit = await firstVisit(handler, line, false);
    if (visit.bytes > heaviest.bytes) heaviest = { path: '/desk/cases/{id}', bytes: visit.bytes };
  }
  say('pages_of_the_menu', seen.size, 'pages', '-');
  say(`heaviest_page(${heaviest.path})`, (heaviest.bytes / 1000).toFixed(1), 'kB', '<= 160');

  // A call about a known matter, from the first word to the number, without a mouse.
  const clerk = await atTheDesk(browser, server, 'clerk', { path: '/phone' });
  const { keys, clicks, seconds } = await answerKnownMatter(clerk.page);
  say('phone_intake_clicks', clicks, 'clicks', '<= 0');
  say('phone_intake_keys', keys, 'keys', '-');
  say('phone_intake_seconds', seconds.toFixed(1), 's', '-');
  await clerk.context.close();

  // A first answer on a known class, from the queue to the answer sent.
  const answering = await atTheDesk(browser, server, 'handler', { path: '/queue?part=lead', width: 1440 });
  const first = await answerKnownClass(answering);
  say('first_answer_clicks', first.clicks, 'clicks', '<= 4');
  say('first_answer_page_loads', first.loads, 'loads', '<= 0');
  await answering.context.close();
} finally {
  await browser.close();
  await server.stop();
}
