// What is measured on every page of the desk: axe, and that nothing scrolls sideways, at two widths and in two sizes.
import { accessibilityFaults } from './browser.mjs';

const looks = [
  { width: 390, size: 'normal' },
  { width: 390, size: 'elder' },
  { width: 1280, size: 'normal' },
  { width: 1280, size: 'elder' },
];
// Where most goes wrong: large letters on a small screen.
const narrowest = looks.slice(1, 2);

// The addresses in the menu of whoever sits here.
export async function menuOf(page) {
  // The queues count themselves. Anew, because this page may have been idle once before it was signed in to, and that counts for good.
  await page.reload({ waitUntil: 'networkidle' });
  return page.$$eval('.menu a', (links) => [...new Set(links.map((link) => link.getAttribute('href')))]);
}

export async function openDeskPage(page, path) {
  await page.goto(path, { waitUntil: 'networkidle' });
  await page.waitForSelector('main h1');
}

function tooWide() {
  const over = document.documentElement.scrollWidth - window.innerWidth;
  return over > 0 ? [`scrolls sideways by ${over} px`] : [];
}

// Leaves the page as wide as it was. `once`: where it was looked at before in much the same state. One line a fault: the page, where, what is wrong. MINHU_PICTURES names a folder for
// pictures of what was looked at.
export async function lookAtDesk(page, name, { once = false } = {}) {
  const before = page.viewportSize();
  const found = new Map();
  for (const { width, size } of once ? narrowest : looks) {
    await page.setViewportSize({ width, height: before.height });
    await page.evaluate((chosen) => (document.documentElement.dataset.textSize = chosen), size);
    const faults = [...(await accessibilityFaults(page)), ...(await page.evaluate(tooWide))];
    for (const fault of faults) found.set(fault, [...(found.get(fault) ?? []), `${width} px ${size}`]);
    if (process.env.MINHU_PICTURES && size === 'normal') {
      const file = `${name.replaceAll(/[^\w\u4e00-\u9fff]+/g, '-')}-${width}.png`;
      await page.screenshot({ path: `${process.env.MINHU_PICTURES}/${file}`, fullPage: true });
    }
  }
  await page.evaluate(() => (document.documentElement.dataset.textSize = 'normal'));
  await page.setViewportSize(before);
  return [...found].map(([fault, at]) => `${name} (${at.join(', ')}): ${fault}`);
}
