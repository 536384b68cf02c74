import { afterEach, describe, expect, it } from 'vitest';
import { speak } from '../i18n';
import officeEnglish from '../../../../pages/messages/en/office.json';
import sealEnglish from '../../../../pages/messages/en/office_seal.json';
import watchEnglish from '../../../../pages/messages/en/office_watch.json';
import officeChinese from '../../../../pages/messages/zh-CN/office.json';
import sealChinese from '../../../../pages/messages/zh-CN/office_seal.json';
import watchChinese from '../../../../pages/messages/zh-CN/office_watch.json';
import { word } from '.';
import caseEnglish from './case/en.json';
import caseChinese from './case/zh-CN.json';
import { choiceName, fieldName, fileName, stepName } from './steps';
import stepsEnglish from './steps/en.json';
import stepsChinese from './steps/zh-CN.json';

afterEach(() => speak('zh-CN'));

describe.each([
  ['Chinese', { ...caseChinese, ...stepsChinese }, { ...officeChinese, ...watchChinese, ...sealChinese }],
  ['English', { ...caseEnglish, ...stepsEnglish }, { ...officeEnglish, ...watchEnglish, ...sealEnglish }],
])('the words of the desk in %s', (_language, desk, office) => {
  it('are those of /office, and none of them is left out', () => {
    const kinds = /^office\.((state|part|track|channel|role|choice|step|step_hint|field|file)\.|yes$)/;
    const there = Object.fromEntries(
      Object.entries<string>(office)
        .filter(([key]) => kinds.test(key))
        .map(([key, sentence]) => [key.slice('office.'.length), sentence]),
    );
    expect(desk).toEqual(there);
  });
});

describe('a word', () => {
  it('follows the language', () => {
    expect(word('state', 'signed_in')).toBe('已签收');
    speak('en');
    expect(word('state', 'signed_in')).not.toBe('已签收');
  });
  it('that is not known yet is shown by its name', () => {
    expect(word('state', 'brand_new')).toBe('brand_new');
    expect(stepName('brand_new')).toBe('brand_new');
  });
  it('of a field may be the step’s own', () => {
    expect(fieldName('sent_back', 'reason')).toBe('哪里不行');
    expect(fieldName('merged', 'reason')).toBe('理由');
  });
  it('of urgency is the same in the queue and in a form', () => {
    expect(choiceName('urgency', 'utilities_cut')).toBe(word('choice.urgency', 'utilities_cut'));
  });
  it('of a file says what it is and how big', () => {
    expect(fileName('image/jpeg', 1_258_291)).toBe('图片，1.2 MB');
    expect(fileName('application/pdf', 200)).toBe('文件，1 KB');
  });
});
