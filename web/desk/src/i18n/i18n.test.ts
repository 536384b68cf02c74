import { afterEach, describe, expect, it } from 'vitest';
import { sentences, speak, t, type Key } from '.';

afterEach(() => speak('zh-CN'));

const placeholders = (sentence: string) => (sentence.match(/\{\w+\}/g) ?? []).sort();

describe('the sentences of the desk', () => {
  it('have the same keys and the same placeholders in both languages', () => {
    expect(Object.keys(sentences.en).sort()).toEqual(Object.keys(sentences['zh-CN']).sort());
    for (const [key, sentence] of Object.entries(sentences['zh-CN'])) {
      expect(placeholders(sentences.en[key] ?? ''), key).toEqual(placeholders(sentence));
    }
  });

  it('use full-width punctuation in Chinese', () => {
    for (const [key, sentence] of Object.entries(sentences['zh-CN'])) {
      if (key === 'desk.other_language') continue;
      expect(sentence, key).not.toMatch(/[,;:!?()]|\.$/);
    }
  });

  it('follow the language and tell the browser which one it is', () => {
    expect(t('queue.title')).toBe('待办');
    speak('en');
    expect(t('queue.title')).toBe('To do');
    expect(document.documentElement.lang).toBe('en');
  });

  it('show a key that is not there instead of nothing', () => {
    expect(t('no.such_key' as Key)).toBe('no.such_key');
  });
});
