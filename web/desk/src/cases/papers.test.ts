import { describe, expect, it } from 'vitest';
import { mostAtOnce, paperAddress, papersOf, papersOfAll } from './papers';

describe('papers to print', () => {
  it('are of what has happened, the weightiest first', () => {
    expect(papersOf(['received', 'triaged'])).toEqual([]);
    expect(papersOf(['received', 'transferred', 'signed_in', 'accepted', 'answered'])).toEqual([
      'opinion',
      'acceptance',
      'notice',
    ]);
  });
  it('of several cases are only those that each of them has', () => {
    expect(papersOfAll(['answered', 'called_back'])).toEqual(['opinion']);
    expect(papersOfAll(['answered', 'dispatched'])).toEqual([]);
    expect(papersOfAll([])).toEqual([]);
    expect(papersOfAll(Array(mostAtOnce + 1).fill('answered'))).toEqual([]);
  });
  it('are asked for with every case named once', () => {
    expect(paperAddress('notice', ['a', 'b'])).toBe('/office/print/notice?case=a&case=b');
  });
});
