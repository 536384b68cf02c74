// Every page that somebody can see, empty and refused, in both sizes and three widths.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { goOn, visitor } from './lib/browser.mjs';
import { browser, server, withCounty } from './lib/county.mjs';
import { lookAt } from './lib/looks.mjs';
import { answerThroughEveryDesk, findCase, signIn, take } from './lib/office.mjs';
import { file, fillIn, openCase, readReceipt, send } from './lib/resident.mjs';

const standard = { letters: 13, target: 44 };
const elder = { letters: 22, target: 64 };
const desk = { letters: 12, target: 24 };

let answered; // number and code of a case that has been answered

withCounty({ cases: 60, months: 2 }, async () => {
  const resident = await visitor(browser, server.address);
  answered = await file(resident.page, { phone: '13800000000' });
  await resident.context.close();
  assert.deepEqual(await answerThroughEveryDesk(browser, server, answered.number), []);
});

// Collects what is wrong on page after page, so that one run tells everything.
function looker(page, sizes) {
  const faults = [];
  const look = async (name) => faults.push(...(await lookAt(page, name, sizes)));
  const refused = async (name, submit) => {
    await submit();
    const said = page.locator('.errors, .error, [role=alert]').first();
    await said.waitFor({ state: 'attached', timeout: 30_000 }).catch(() => faults.push(`${name}: nothing says what is wrong`));
    await look(`${name}, refused`);
  };
  return { faults, look, refused };
}

// deepEqual would cut the list short.
function nothingIsWrong(faults) {
  assert.ok(faults.length === 0, `${faults.length} faults\n${faults.join('\n')}`);
}

const submit = (page) => () => goOn(page, 'main form button.btn');

async function everyResidentPage(size, sizes) {
  const { context, page, complaints } = await visitor(browser, server.address);
  await page.goto(`/?size=${size}`);
  const { faults, look, refused } = looker(page, sizes);
  const at = async (path) => {
    await page.goto(path);
    await look(path.replace(answered.number, 'NUMBER'));
  };

  for (const path of ['/', '/help', '/privacy', '/done', '/done/classes', '/figures', '/figures/offices', '/visits/lots', '/offline', '/verify', '/privacy?version=2026-11', '/suggest', '/nowhere']) await at(path);

  await at('/visits');
  await goOn(page, 'article a.btn');
  await look('/visits/ID');
  await refused('/visits/ID', async () => {
    await page.fill('#phone', '12');
    await submit(page)();
  });
  await page.fill('#phone', '');
  await submit(page)();
  await look('/visits/ID, booked');
  await page.goto(`${new URL(page.url()).pathname}/mine`);
  await look('/visits/ID/mine');
  await refused('/visits/ID/mine', submit(page));

  await page.goto('/report/what');
  await refused('/report/what', submit(page));
  await page.goto('/');
  await fillIn(page, {
    seen: async (name) => {
      await look(`/report/${name}`);
      if (name === 'contact') {
        await refused('/report/contact', async () => {
          await page.fill('#phone', '12');
          await submit(page)();
        });
        await page.fill('#phone', '');
      }
    },
  });
  await page.goto('/report/where');
  await refused('/report/where', async () => {
    await page.fill('#place_words', '很'.repeat(3000));
    await submit(page)();
  });
  await page.goto('/report/check');
  const receipt = await send(page);
  await look('the receipt');
  await goOn(page, '.row form button.btn');
  await look('/t/NUMBER');
  for (const step of ['supplement', 'urge', 'withdraw', 'revoke', 'print', 'mine', 'mine/erase', 'looks']) await at(`/t/${receipt.number}/${step}`);
  await page.goto(`/t/${receipt.number}/supplement`);
  await refused('/t/NUMBER/supplement', submit(page));

  await page.goto('/t');
  await look('/t');
  await refused('/t', submit(page));
  await refused('/t with a wrong code', async () => {
    await page.fill('#number', answered.number);
    await page.fill('#code', '1'.repeat(24));
    await submit(page)();
  });
  await page.goto('/activate');
  await look('/activate');
  await refused('/activate', submit(page));

  await openCase(page, answered);
  await look('/t/NUMBER, answered');
  for (const step of ['rate', 'review']) {
    await at(`/t/${answered.number}/${step}`);
    await refused(`/t/NUMBER/${step}`, submit(page));
  }

  await page.goto(`/jubao?size=${size}`);
  await look('/jubao');
  await refused('/jubao', submit(page));
  await page.fill('#words', '某人收了钱。');
  await submit(page)();
  await readReceipt(page);
  await look('the receipt of an accusation');
  await goOn(page, '.row form button.btn');
  // These pages keep no cookie: the way from the receipt carries the size.
  if (size === 'elder') assert.equal(await page.getAttribute('html', 'data-size'), 'elder');
  await look('an accusation');

  nothingIsWrong(faults);
  assert.deepEqual(complaints(), []);
  await context.close();
}

test('every page of a resident can be read and tapped', () => everyResidentPage('standard', standard));

test('every page of a resident can be read and tapped in large letters', () => everyResidentPage('elder', elder));

test('every page of the offices can be read and used', async () => {
  const clerk = await signIn(browser, server, 'clerk');
  const dispatcher = await signIn(browser, server, 'dispatcher');
  const stranger = await visitor(browser, server.address);
  const resident = await visitor(browser, server.address);
  const all = [];

  {
    const { page } = stranger;
    const { faults, look, refused } = looker(page, desk);
    await page.goto('/office/sign-in');
    await look('/office/sign-in');
    await refused('/office/sign-in', () => goOn(page, 'main form button'));
    all.push(...faults);
  }
  {
    const { page } = clerk;
    const { faults, look, refused } = looker(page, desk);
    await page.goto('/office/receive');
    await look('/office/receive');
    await refused('/office/receive', () => goOn(page, 'main form > button'));
    await page.check('[name=channel][value=phone]');
    await page.fill('#words', '路灯坏了。');
    await page.check('[name=track][value=petition]');
    await goOn(page, 'main form > button');
    await look('the slip of a case that was written down');
    all.push(...faults);
  }
  {
    const { page } = dispatcher;
    const { faults, look, refused } = looker(page, desk);
    for (const path of ['/office', '/office?part=close', '/office/rules', '/office/cases/nothing']) {
      await page.goto(path);
      await look(path);
    }
    await page.goto('/office/rules');
    await page.fill('main textarea', '村口路灯坏了');
    await goOn(page, 'main form button');
    await look('/office/rules, answered');
    const receipt = await file(resident.page);
    await findCase(page, receipt.number);
    await look('a case');
    await take(page, 'triaged', { urgency: 'ordinary' });
    await look('a case, one step on');
    await refused('a case', () => goOn(page, '#step-transferred form > button'));
    await findCase(page, answered.number);
    await look('a case that was answered');
    all.push(...faults);
  }
  nothingIsWrong(all);
  for (const person of [clerk, dispatcher, stranger, resident]) {
    assert.deepEqual(person.complaints(), []);
    await person.context.close();
  }
});

test('the first visit is light: 20 kB in all, 8 kB of page and style', async () => {
  // The page of reports is filled up on purpose and never packed, so that its size says nothing: 20 kB it keeps.
  const filled = '/jubao';
  for (const path of ['/', '/report/what', filled, '/t', '/privacy', '/done']) {
    const { context, page } = await visitor(browser, server.address, { serviceWorkers: 'block' });
    const weights = [];
    page.on('requestfinished', (request) =>
      weights.push(request.sizes().then(({ responseBodySize }) => [request.resourceType(), responseBodySize])),
    );
    await page.goto(path, { waitUntil: 'networkidle' });
    const loaded = await Promise.all(weights);
    const weigh = (kinds) => loaded.reduce((sum, [kind, bytes]) => sum + (kinds.includes(kind) ? bytes : 0), 0);
    const page_and_style = weigh(['document', 'stylesheet']);
    const everything = loaded.reduce((sum, [, bytes]) => sum + bytes, 0);
    assert.ok(page_and_style > 0 && (path === filled || page_and_style <= 8 * 1024), `${path}: page and style weigh ${page_and_style} bytes`);
    assert.ok(everything <= 20 * 1000, `${path}: ${everything} bytes in all`);
    await context.close();
  }
});
