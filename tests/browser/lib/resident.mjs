// A resident at the phone: what they tap, what they type, and how many pages pass by.
import assert from 'node:assert/strict';
import { goOn } from './browser.mjs';

export const lamp = '村口老磨坊旁边的路灯坏了两个多月，晚上老人出门看不见路，前天有人摔了一跤。';

// Counts what a person does on a page. Only what goes through here is done by the person; a tap leads to the next page.
export function hand(page) {
  const counted = { taps: 0, typed: 0, screens: 0 };
  page.on('framenavigated', (frame) => {
    if (frame === page.mainFrame()) counted.screens += 1;
  });
  return {
    counted: () => ({ ...counted }),
    tap: async (selector) => {
      counted.taps += 1;
      await goOn(page, selector);
    },
    type: async (selector, text) => {
      counted.typed += 1;
      await page.fill(selector, text);
    },
  };
}

// Number and code as they stand on the receipt.
export async function readReceipt(page) {
  const number = (await page.textContent('.ticket .no')).trim();
  const code = (await page.textContent('.ticket .code')).trim();
  assert.match(number, /^MH(-[0-9A-Z]{4})+$/);
  assert.match(code.replace(/\D/g, ''), /^\d{24}$/);
  return { number, code };
}

// Passes through the pages of filing up to the last one before sending. `seen(name)` is called on each of them.
export async function fillIn(page, { words = lamp, phone = '', photos = [], voice = [], seen = async () => {}, by = hand(page) } = {}) {
  await by.tap('a.door.first');
  await seen('what');
  await by.type('#words', words);
  if (photos.length > 0) await page.setInputFiles('#photos', photos);
  if (voice.length > 0) await page.setInputFiles('#voice', voice);
  await by.tap('main form button.btn');
  await seen('where');
  await by.tap('button[name=skip]');
  await seen('contact');
  if (phone) await by.type('#phone', phone);
  await by.tap('main form button.btn');
  await seen('check');
  return by;
}

export async function send(page, by = hand(page)) {
  await by.tap('#send button.btn');
  return readReceipt(page);
}

// From the first page to number and code.
export async function file(page, options = {}) {
  await page.goto('/');
  const by = await fillIn(page, options);
  return send(page, by);
}

export async function openCase(page, { number, code }) {
  await page.goto('/t');
  await page.fill('#number', number);
  await page.fill('#code', code);
  await page.click('main form button.btn');
  await page.waitForURL(`**/t/${number}`);
}
