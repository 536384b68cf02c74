import { describe, expect, it } from 'vitest';
import css from './tokens.css?raw';

const colours = new Map(
  [...css.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6})/gi)].map((m) => [m[1] ?? '', m[2] ?? '']),
);

// Relative luminance and contrast as WCAG 2.2 defines them.
function luminance(name: string): number {
  const hex = colours.get(name);
  if (!hex) throw new Error(`there is no colour --${name}`);
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((at) => parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
function contrast(a: string, b: string): number {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

describe('colours', () => {
  it.each([
    ['ink', 'paper', 7],
    ['ink-2', 'paper', 7],
    ['ink-3', 'paper', 4.5],
    ['celadon-700', 'paper', 4.5],
    ['celadon-700', 'surface', 4.5],
    ['celadon-50', 'celadon-900', 4.5],
    ['ink', 'celadon-50', 7],
    ['loquat-600', 'loquat-50', 4.5],
    ['cinnabar-600', 'cinnabar-50', 4.5],
    ['indigo-600', 'indigo-50', 4.5],
    ['ink', 'focus', 7],
    ['line-2', 'surface', 3],
    ['celadon-500', 'celadon-50', 3],
  ])('%s on %s reaches %s to 1', (front, ground, least) => {
    expect(contrast(front, ground)).toBeGreaterThanOrEqual(least);
  });
});
