import { describe, expect, it } from 'vitest';
import { grouped, isGrave, nextStep, outcomesFor, speakerReadsField, type OpenStep } from './kinds';
import { read } from './readability';
import { answerCall, callAt, insertAt } from './text_call';

const step = (kind: string): OpenStep => ({ kind, basis: '', fields: [] });

describe('how an answer reads', () => {
  it('counts the characters of its sentences, a number or a foreign word as one', () => {
    expect(read('灯修好了。今晚起会亮。').average).toBe(5);
    expect(read('已换 LED 灯 120 盏。').average).toBe(6);
    expect(read('').average).toBe(0);
  });
  it('names the words that say nothing outside an office', () => {
    expect(read('我们高度重视，责成相关部门处理。').words).toEqual(['高度重视', '相关部门']);
    expect(read('明天上午换灯泡。').words).toEqual([]);
  });
});

describe('the call of a ready text', () => {
  it('is two colons of either width, with what is typed behind them', () => {
    expect(callAt('您好。::路灯', 7)).toEqual({ from: 3, to: 7, wanted: '路灯' });
    expect(callAt('：：', 2)).toEqual({ from: 0, to: 2, wanted: '' });
  });
  it('is not in a time, a name of a program or behind a blank', () => {
    expect(callAt('12::30', 6)).toBeNull();
    expect(callAt('std::map', 8)).toBeNull();
    expect(callAt('您好。::路灯 好', 9)).toBeNull();
  });
  it('gives way to the text, and what stands around it stays', () => {
    const call = callAt('您好。::灯', 6);
    expect(call && answerCall('您好。::灯再见', call, '三天内修好。')).toEqual({
      text: '您好。三天内修好。再见',
      caret: 9,
    });
  });
  it('or a quotation begins a line of its own behind other words', () => {
    expect(insertAt('您好。', 3, '已修。').text).toBe('您好。\n已修。');
    expect(insertAt('', 0, '已修。').text).toBe('已修。');
  });
});

describe('the steps of a case', () => {
  it('lead on along the usual road, and to no other step once an answer can be given', () => {
    expect(nextStep([step('noted'), step('objected'), step('signed_in')], 'dispatched')?.kind).toBe(
      'signed_in',
    );
    expect(nextStep([step('triaged'), step('transferred')], 'triaged')?.kind).toBe('transferred');
    expect(nextStep([step('answered'), step('accepted')], 'signed_in')).toBeUndefined();
  });
  it('stand by what they are for, and one that nobody knows yet is offered, too', () => {
    const groups = grouped([step('answered'), step('noted'), step('objected'), step('brand_new')]);
    expect(groups.map(({ group, steps }) => [group, ...steps.map(({ kind }) => kind)])).toEqual([
      ['take', 'objected'],
      ['handle', 'brand_new'],
    ]);
  });
  it('keep inside what the speaker must not read', () => {
    expect(speakerReadsField('answered', 'public_answer')).toBe(true);
    expect(speakerReadsField('answered', 'internal')).toBe(false);
    expect(speakerReadsField('supervised', 'reason')).toBe(false);
    expect(speakerReadsField('extension_requested', 'reason')).toBe(false);
  });
  it('that cannot be taken back ask again', () => {
    expect(isGrave('held')).toBe(true);
    expect(isGrave('answered')).toBe(false);
  });
  it('offer the outcomes of the kind of matter first, and leave none out', () => {
    const all = ['supported', 'explained', 'adopted'];
    expect(outcomesFor('suggestion', all)).toEqual(['adopted', 'explained', 'supported']);
    expect(outcomesFor('hotline', all)).toEqual(['supported', 'explained', 'adopted']);
  });
});
