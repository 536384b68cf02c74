// The first answer on a known class, as the handler's hand and eye have it: from the queue over the answer to a case like it to
// the sent one. Every press of the mouse is counted by the page itself, every page load by the browser.
import assert from 'node:assert/strict';
import { ask } from './desk.mjs';

// The first case of the queue that is being handled and has one like it whose answer can be quoted.
export async function knownClass(seat) {
  const { lines } = await ask(seat, '/api/v1/queue?part=lead&limit=200');
  for (const line of lines.filter(({ state }) => state === 'accepted')) {
    const { similar } = await ask(seat, `/api/v1/cases/${line.id}/similar`);
    if (similar.some(({ answer }) => answer)) return line;
  }
  throw new Error('no case that is being handled has an answered one like it');
}

// `seat`: a handler at the queue. Answers its first known case; → { clicks, loads }.
export async function answerKnownClass(seat) {
  const { page } = seat;
  const { id } = await knownClass(seat);
  await page.waitForSelector(`a.line[data-id="${id}"]`);
  await page.evaluate(() => {
    window.pressed = 0;
    document.addEventListener('pointerdown', () => (window.pressed += 1), true);
  });
  let loads = 0;
  const count = (request) => (loads += request.isNavigationRequest() ? 1 : 0);
  page.on('request', count);

  await page.click(`a.line[data-id="${id}"]`);
  await page.locator('.side .quote').first().click();
  await page.waitForFunction(() => document.querySelector('#answered-public_answer')?.value !== '');
  await page.locator('input[type=radio][name="answered-outcome"]').first().click();
  // What article 32 asks of an opinion is typed; Tab leads from the outcome through its four fields.
  for (const name of ['request', 'facts', 'opinion', 'basis']) {
    const field = page.locator(`#answered-${name}`);
    if ((await field.count()) === 0) continue; // only the claim track owes them
    for (let tabs = 0; tabs < 4 && !(await field.evaluate((node) => node === document.activeElement)); tabs += 1) {
      await page.keyboard.press('Tab');
    }
    assert.equal(await page.evaluate(() => document.activeElement?.id), `answered-${name}`, 'Tab leads there');
    await page.keyboard.insertText('同类事项，情况属实，按同样办法办理。');
  }
  await page.click('.tab.public button[type=submit]');
  await page.waitForSelector('#done');
  assert.match(await page.textContent('#done'), /已经记下：答复/);
  page.off('request', count);
  return { clicks: await page.evaluate(() => window.pressed), loads };
}
