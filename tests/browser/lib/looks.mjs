// What is measured on every page in every state: axe, sideways scrolling, the size of letters and of what is tapped.
import { accessibilityFaults } from './browser.mjs';

export const widths = [320, 390, 1280];

// Letters and targets as the browser has laid them out. A link within a sentence needs no size of its own (WCAG 2.5.8).
function measure({ letters, target }) {
  const faults = [];
  const place = (node) => node.tagName.toLowerCase() + (node.id ? `#${node.id}` : node.className ? `.${String(node.className).split(' ')[0]}` : '');
  const shown = (node) => {
    const style = getComputedStyle(node);
    const box = node.getBoundingClientRect();
    return style.visibility !== 'hidden' && box.width > 1 && box.height > 1 && box.right > 0 && !node.closest('.unseen, .skip');
  };
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const small = new Set();
  while (texts.nextNode()) {
    const node = texts.currentNode.parentElement;
    if (!texts.currentNode.data.trim() || !shown(node) || /^(SCRIPT|STYLE)$/.test(node.tagName)) continue;
    const size = parseFloat(getComputedStyle(node).fontSize);
    if (size < letters) small.add(`${place(node)} has letters of ${size} px`);
  }
  faults.push(...small);
  const within = (node) =>
    [...node.parentElement.childNodes].some((other) => other.nodeType === Node.TEXT_NODE && other.data.trim());
  for (const node of document.querySelectorAll('a[href], button, summary, select, textarea, input:not([type=hidden])')) {
    const touched = node.type === 'radio' || node.type === 'checkbox' ? (node.closest('label') ?? node) : node;
    if (!shown(touched) || (node.tagName === 'A' && within(node))) continue;
    const { width, height } = touched.getBoundingClientRect();
    if (height + 0.5 < target) faults.push(`${place(node)} “${node.textContent.trim().slice(0, 12)}” is ${Math.round(height)} px high`);
    if (width < 24) faults.push(`${place(node)} is ${Math.round(width)} px wide`);
  }
  const over = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  if (over > 0) faults.push(`scrolls sideways by ${over} px`);
  return faults;
}

// Looks at a page at every width and leaves it as wide as it was. One line a fault: the page, the widths, what is wrong.
export async function lookAt(page, name, sizes) {
  const before = page.viewportSize();
  const found = new Map();
  for (const width of widths) {
    await page.setViewportSize({ width, height: before.height });
    const faults = [...(await accessibilityFaults(page)), ...(await page.evaluate(measure, sizes))];
    for (const fault of new Set(faults)) found.set(fault, [...(found.get(fault) ?? []), width]);
  }
  await page.setViewportSize(before);
  return [...found].map(([fault, at]) => `${name} (${at.join(', ')} px): ${fault}`);
}
