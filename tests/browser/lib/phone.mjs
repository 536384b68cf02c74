// A clerk on the phone who never leaves the keyboard: the call about a matter that an article answers, and what it costs.
import assert from 'node:assert/strict';

// Counts every key from now on, and every click of a mouse that nobody should need.
//   counted(page) → () → { keys, clicks, seconds }
export async function counted(page) {
  await page.evaluate(() => {
    window.pressed = 0;
    window.clicked = 0;
    document.addEventListener('keydown', () => (window.pressed += 1), true);
    document.addEventListener('pointerdown', () => (window.clicked += 1), true);
  });
  const from = Date.now();
  return async () => ({
    ...(await page.evaluate(() => ({ keys: window.pressed, clicks: window.clicked }))),
    seconds: (Date.now() - from) / 1000,
  });
}

// What has the focus: its id, or what stands on it.
export const focused = (page) => page.evaluate(() => document.activeElement?.id || document.activeElement?.textContent?.trim());

// Types what the caller says into the open phone desk, takes the article beside it, changes a word and sends, to the number
// that is read aloud. `look` is called in every state that is worth a look. Tells what it has cost.
export async function answerKnownMatter(page, look = async () => {}) {
  assert.equal(await focused(page), 'words', 'one can type at once');
  await look();
  const count = await counted(page);

  await page.keyboard.type('我们这条街的路灯不亮，好几天了', { delay: 15 });
  // Two questions are under way, and what comes late would move what Tab leads to.
  await page.locator('.suggested').waitFor();
  await page.locator('.beside-list .line b', { hasText: '路灯不亮' }).waitFor();
  await look();
  for (let i = 0; i < 3 && !(await focused(page)).startsWith('路灯不亮'); i += 1) await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: '照这个答复' }).and(page.locator(':focus')).waitFor();
  await page.keyboard.press('Enter');
  await page.locator('#answer:focus').waitFor();
  await page.keyboard.type('您好。', { delay: 15 });
  await look();
  await page.keyboard.press('Control+Enter');
  await page.waitForSelector('.spoken');
  return count();
}
