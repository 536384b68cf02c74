// What goes out as a file for a spreadsheet runs nothing there.
import { expect, test } from 'vitest';
import { csvOf } from './csv';

test('a cell that a spreadsheet would run is disarmed, whatever its width', () => {
  for (const sign of ['=', '+', '-', '@', '＝', '＋', '－', '＠', '\t']) {
    for (const before of ['', ' ', '\u3000', '\u00A0']) {
      expect(csvOf([[`${before}${sign}1+1`]])).toBe(`\uFEFF'${before}${sign}1+1\r\n`);
    }
  }
  for (const end of ['\r', '\n']) expect(csvOf([[`${end}=1`]])).toBe(`\uFEFF"'${end}=1"\r\n`);
});

test('numbers and what only has such a sign inside stay as they are', () => {
  expect(csvOf([[-3, '东村＝西村', 'a-b', null]])).toBe('\uFEFF-3,东村＝西村,a-b,\r\n');
});
