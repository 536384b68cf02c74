// The pages of the desk, because they stand in the menu of every role that there is.
import assert from 'node:assert/strict';
import { visitor } from './browser.mjs';
import { browser, server, withCounty } from './county.mjs';
import { atTheDesk } from './desk.mjs';
import { menuOf } from './desk_looks.mjs';

// What stands in the menu of every role, and the session of whoever signed in to see it: { role, session, entries }.
// An entry is { path, known }; `known`: the same page stands in the menu of another role or is another part of the same list.
const menus = [];

// In front of the tests of a file: a county, and once for all of them who sees what.
export function withMenus() {
  withCounty({}, readMenus);
}

async function readMenus() {
  const seen = new Set();
  const roles = server.roles();
  assert.ok(roles.length >= 11, `the demo has logins for ${roles.join(', ')}`);
  for (const role of roles) {
    const { page, context } = await atTheDesk(browser, server, role);
    const paths = await menuOf(page);
    assert.ok(paths.length > 0, `the menu of ${role} is empty`);
    const entries = [];
    for (const path of paths) {
      const [name] = path.split('?');
      entries.push({ path, known: seen.has(name) });
      seen.add(name);
    }
    menus.push({ role, session: await context.storageState(), entries });
    await context.close();
  }
  assert.ok(seen.size >= 20, `${seen.size} pages: ${[...seen].join(' ')}`);
}

// Calls `visit` for every entry of every menu, or for each page once, one seat after the other.
export async function everyPage(visit, { once = false } = {}) {
  const faults = [];
  for (const { role, session, entries } of menus) {
    const visited = entries.filter(({ known }) => !(once && known));
    if (visited.length === 0) continue;
    const seat = await visitor(browser, server.address, { width: 1280, height: 860, storageState: session });
    for (const { path, known } of visited) {
      faults.push(...(await visit(seat, path, { role, known }).catch((error) => [`${path} of ${role}: ${error.message}`])));
    }
    await seat.context.close();
  }
  // deepEqual would cut the list short.
  assert.ok(faults.length === 0, `${faults.length} faults\n${faults.join('\n')}`);
}
export const eachPageOnce = (visit) => everyPage(visit, { once: true });
