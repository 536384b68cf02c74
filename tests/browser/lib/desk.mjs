// The officials' desk (web/desk) as somebody sits at it.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { visitor } from './browser.mjs';

// Signs the demo official of that role in and opens `path` below /desk.
export async function atTheDesk(browser, server, role, { path = '/', width = 1280, height = 860, ...options } = {}) {
  const seat = await visitor(browser, server.address, { width, height, ...options });
  const { name, password } = await server.login(role);
  await seat.page.goto(`/desk/sign-in?next=${encodeURIComponent(path)}`);
  await seat.page.fill('#login', name);
  await seat.page.fill('#password', password);
  await seat.page.click('button[type=submit]');
  await seat.page.waitForURL((url) => !url.pathname.endsWith('/sign-in'));
  await seat.page.waitForSelector('h1');
  return seat;
}

// Presses what leads to another page of the desk (a link on it, or its selector), and comes back when that page has taken the
// place of the one before. The part of the program that draws it is fetched first: until it has arrived the page that is being
// left stands there and takes what is typed, often into a field of the same name.
export async function goTo(page, link) {
  const pressed = typeof link === 'string' ? page.locator(link) : link;
  await page.waitForSelector('main h1');
  const left = await page.$('main');
  const isHere = await pressed.evaluate((node) => node.href === location.href);
  await pressed.click();
  if (!isHere) await page.waitForFunction((before) => !before.isConnected && document.querySelector('main h1'), left);
}
export const inTheMenu = (page, name) => goTo(page, `.menu a[href="/desk/${name}"]`);

// The program's own door, by fetch of the page: outside of a browser the session's cookie would not go along without TLS.
//   { ok, status, body }
export async function sent(seat, path, data, headers = {}) {
  const init = data && {
    method: 'POST',
    body: JSON.stringify(data),
    headers: { 'Content-Type': 'application/json', 'X-Minhu-Desk': '1', 'Idempotency-Key': randomUUID(), ...headers },
  };
  return seat.page.evaluate(
    async ([address, options]) => {
      const answer = await fetch(address, options ?? {});
      return { ok: answer.ok, status: answer.status, body: await answer.json() };
    },
    [path, init],
  );
}
export async function send(seat, path, data, headers) {
  const { ok, status, body } = await sent(seat, path, data, headers);
  assert.ok(ok, `${path}: ${status} ${JSON.stringify(body)}`);
  return body;
}
export const ask = (seat, path) => send(seat, path);

// Takes a step through its form on the page of the case: `fields` by name, a choice by its value, a unit by what it is called.
export async function takeStep(seat, id, kind, fields = {}) {
  const { page } = seat;
  const answering = kind === 'answered'; // stands in its own tab; everything else in the list of further steps
  await page.goto(`/desk/cases/${id}${answering ? '' : `?step=${kind}`}`);
  const [first] = Object.keys(fields);
  const form = page.locator(first ? `form.step:has([id="${kind}-${first}"])` : '.next form.step, .more form.step').first();
  await form.waitFor();
  for (const [name, value] of Object.entries(fields)) {
    const field = form.locator(`[id="${kind}-${name}"]`);
    const what = await field.evaluate((node) => node.getAttribute('role') ?? node.type);
    if (what === 'radio') await form.locator(`input[name="${kind}-${name}"][value="${value}"]`).check();
    else if (what === 'select-one') await field.selectOption(value);
    else await field.fill(value);
    if (what === 'combobox') await form.getByRole('option', { name: value }).first().click();
  }
  await form.locator('button[type=submit]').click();
  await page.waitForSelector('#done, .step .confirm, .step [role=alert]');
  // What cannot be taken back asks once more.
  if (await form.locator('.confirm').isVisible()) await form.locator('button[type=submit]').click();
  await page.waitForSelector('#done, .step [role=alert]');
  const alert = page.locator('.step [role=alert]');
  assert.equal(await alert.count(), 0, `${kind}: ${(await alert.allTextContents()).join(' ')}`);
}
