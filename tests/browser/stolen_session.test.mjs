// A session cannot be read by a script, sent by another site, or used to act from there.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, test } from 'node:test';
import { goOn, visitor } from './lib/browser.mjs';
import { browser, server, withCounty } from './lib/county.mjs';
import { signIn } from './lib/office.mjs';
import { file, fillIn, openCase } from './lib/resident.mjs';
import { startServer } from './lib/server.mjs';

let elsewhere; // another site: the same machine, another port

withCounty({ cases: 60, months: 2 }, async () => {
  const site = createServer((request, response) => {
    const { searchParams } = new URL(request.url, 'http://localhost');
    const fields = JSON.parse(searchParams.get('fields') ?? '{}');
    const inputs = Object.entries(fields).map(([name, value]) => `<input name="${name}" value="${value}">`);
    response.setHeader('Content-Type', 'text/html; charset=utf-8');
    response.end(`<!doctype html><form method="post" action="${server.address}${searchParams.get('to')}">${inputs.join('')}<button>win</button></form>`);
  });
  await new Promise((listening) => site.listen(0, '127.0.0.1', listening));
  elsewhere = { address: `http://127.0.0.1:${site.address().port}`, stop: () => new Promise((stopped) => site.close(stopped)) };
});
after(async () => {
  await elsewhere?.stop();
});

// Posts a form from the other site in the person's own browser; the status that comes back.
async function postFromElsewhere(person, to, fields) {
  const { context } = person;
  await context.unrouteAll(); // this once the browser may visit the other site
  const page = await context.newPage();
  await page.goto(`${elsewhere.address}/?${new URLSearchParams({ to, fields: JSON.stringify(fields) })}`);
  const answer = page.waitForResponse((response) => response.request().method() === 'POST');
  await page.click('button');
  const status = (await answer).status();
  await page.close();
  return status;
}

test('the session of an official is bound to this host, to https and to its own pages', async () => {
  const official = await signIn(browser, server, 'dispatcher');
  const cookies = await official.context.cookies();
  assert.equal(cookies.length, 1);
  const [cookie] = cookies;
  assert.match(cookie.name, /^__Host-/);
  assert.deepEqual(
    { secure: cookie.secure, httpOnly: cookie.httpOnly, sameSite: cookie.sameSite, path: cookie.path },
    { secure: true, httpOnly: true, sameSite: 'Strict', path: '/' },
  );
  assert.equal(await official.page.evaluate(() => document.cookie), '', 'no script reads it');
  await official.context.close();
});

test('a form of another site is refused, in whose browser it may be', async () => {
  const official = await signIn(browser, server, 'dispatcher');
  const { name, password } = await server.login('dispatcher');
  assert.equal(await postFromElsewhere(official, '/office/sign-out', {}), 403);
  assert.equal(await postFromElsewhere(official, '/office/rules', { text: '路灯' }), 403);
  assert.equal(await postFromElsewhere(official, '/office/sign-in', { login: name, password }), 403);
  await official.page.goto('/office');
  assert.equal(await official.page.locator('.who').count(), 1, 'and the session lives on');
  await official.context.close();

  const resident = await visitor(browser, server.address);
  const receipt = await file(resident.page);
  await openCase(resident.page, receipt);
  for (const step of ['withdraw', 'urge', 'revoke', 'leave']) {
    const token = 'ab'.repeat(16);
    assert.equal(await postFromElsewhere(resident, `/t/${receipt.number}/${step}`, { token }), 403, step);
  }
  await resident.page.goto(`/t/${receipt.number}`);
  assert.equal(await resident.page.locator('a[href$="/withdraw"]').count(), 1, 'the matter has not been withdrawn');
  await resident.context.close();
});

test('what a resident carries cannot be read by a script, and goes only where it belongs', async () => {
  const { context, page } = await visitor(browser, server.address);
  await page.goto('/');
  await fillIn(page);
  const held = await context.cookies(`${server.address}/report/what`);
  await page.click('#send button.btn');
  await page.waitForURL(/\/t\//);
  const number = new URL(page.url()).pathname;
  const carried = await context.cookies(`${server.address}${number}`);
  assert.ok(held.length > 0 && carried.length > 0);
  for (const cookie of [...held, ...carried]) {
    assert.ok(cookie.httpOnly, cookie.name);
    assert.equal(cookie.sameSite, 'Strict', cookie.name);
  }
  assert.deepEqual(await context.cookies(`${server.address}/`), [], 'the first page is sent none of them');
  assert.equal(await page.evaluate(() => document.cookie), '');
  await context.close();
});

test('signing out ends the session for whoever has copied it', async () => {
  const official = await signIn(browser, server, 'dispatcher');
  const copied = await official.context.cookies();
  const thief = await visitor(browser, server.address);
  await thief.context.addCookies(copied);
  await thief.page.goto('/office');
  assert.equal(await thief.page.locator('.who').count(), 1, 'a copied session works while it lives');
  await goOn(official.page, '.who button');
  await thief.page.goto('/office');
  assert.equal(await thief.page.locator('.who').count(), 0);
  for (const person of [official, thief]) await person.context.close();
});

test('a cookie is for https when a proxy that ends TLS says so', async () => {
  const secured = await startServer({ cases: 60, months: 2, options: ['--trusted-proxy', '127.0.0.1'] });
  try {
    const answer = await fetch(`${secured.address}/?size=elder`, {
      headers: { 'X-Forwarded-Proto': 'https', 'X-Forwarded-For': '192.0.2.7' },
    });
    assert.match(answer.headers.get('set-cookie') ?? '', /; Secure/);
  } finally {
    await secured.stop();
  }
});
