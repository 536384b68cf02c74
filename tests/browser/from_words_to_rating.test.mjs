// The whole way of one matter, through every desk, three times: on a phone with scripts, on one without, and in the
// large letters of an old person's narrow phone.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accessibilityFaults, goOn, visitor } from './lib/browser.mjs';
import { browser, server, withCounty } from './lib/county.mjs';
import { answer, answerThroughEveryDesk } from './lib/office.mjs';
import { fillIn, hand, openCase, send } from './lib/resident.mjs';

const mostTaps = 6;
const mostTyped = 2;
const screens = 5; // words, place, contact, a look at it all; then the receipt

withCounty({ cases: 60, months: 2 });

async function aMatterGoesItsWay(options, size) {
  const phone = await visitor(browser, server.address, options);
  const { page } = phone;
  // axe is a script itself; the pages are the same.
  const faults = () => (options.javaScriptEnabled === false ? [] : accessibilityFaults(page));
  await page.goto(size ? `/?size=${size}` : '/');
  const by = hand(page);
  await fillIn(page, { phone: '13800000000', by });
  const receipt = await send(page, by);

  const { taps, typed, screens: passed } = by.counted();
  assert.equal(passed, screens, 'pages from the first one to the receipt');
  assert.ok(taps <= mostTaps, `${taps} taps`);
  assert.ok(typed <= mostTyped, `${typed} fields were typed into`);
  assert.deepEqual(await faults(), []);
  await goOn(page, '.row form button.btn'); // "I have kept it": the code is not shown a second time
  assert.equal(await page.locator('.ticket .code').count(), 0);

  assert.deepEqual(await answerThroughEveryDesk(browser, server, receipt.number), []);

  await openCase(page, receipt);
  assert.equal(new URL(page.url()).pathname, `/t/${receipt.number}`);
  assert.ok((await page.textContent('section.answer')).includes(answer), 'the answer stands on the page of the case');
  assert.deepEqual(await faults(), []);
  await goOn(page, `.acts a[href$="/rate"]`);
  await page.check('[name=solved][value=yes]');
  await page.check('[name=satisfaction][value=satisfied]');
  await goOn(page, 'main form button.btn');
  assert.equal(await page.locator('.note[role=status]').count(), 1, 'the rating is acknowledged');
  assert.match(await page.textContent('ol.past'), /您评价/);
  assert.deepEqual(phone.complaints(), []);
  await phone.context.close();
}

test('a matter goes from the phone through every desk to an answer and a rating', () => aMatterGoesItsWay({}));

test('it goes the same way without scripts', () => aMatterGoesItsWay({ javaScriptEnabled: false }));

test('it goes the same way in large letters on 320 pixels', () => aMatterGoesItsWay({ width: 320, height: 640 }, 'elder'));
