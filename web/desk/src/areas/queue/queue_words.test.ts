import { describe, expect, it } from 'vitest';
import { filtersOf, queryOf, sameQuery } from './filters';
import { remaining } from './remaining';

const left = (count: number, unit: 'hours' | 'days' | 'working_days' | 'paused' | 'none', over = false) =>
  remaining({ count, unit, over, tone: 'calm' });

describe('the time that is left', () => {
  it('is said in words that need no colour', () => {
    expect(left(1, 'days', true)).toBe('超1天');
    expect(left(0, 'days')).toBe('今天');
    expect(left(2, 'days')).toBe('剩2天');
    expect(left(3, 'working_days')).toBe('剩3个工作日');
    expect(left(5, 'hours', true)).toBe('超5小时');
    expect(left(0, 'hours')).toBe('不到1小时');
  });
  it('is over also when it is over by less than a day', () => {
    expect(left(0, 'days', true)).toBe('刚超期');
    expect(left(0, 'working_days', true)).toBe('刚超期');
  });
  it('is not invented where no term runs', () => {
    expect(left(0, 'none')).toBe('无期限');
    expect(left(4, 'paused')).toBe('暂停计时');
  });
});

describe('the filters in an address', () => {
  it('are those that the contract knows, the others are left away', () => {
    expect(
      filtersOf({ part: 'lead', due: 'today', returned: 'yes', urged: 'no', words: '张三', state: 'a b' }),
    ).toEqual({ due: 'today', returned: 'yes' });
    expect(filtersOf({ due: 'some day' })).toEqual({});
  });
  it('are the same in any order', () => {
    expect(
      sameQuery(queryOf('lead', { due: 'today', redo: 'yes' }), { redo: 'yes', due: 'today', part: 'lead' }),
    ).toBe(true);
    expect(sameQuery(queryOf('lead', {}), queryOf('co', {}))).toBe(false);
  });
});
