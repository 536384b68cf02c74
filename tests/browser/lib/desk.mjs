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
