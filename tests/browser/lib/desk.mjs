// The officials' desk (web/desk) as somebody sits at it.
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
