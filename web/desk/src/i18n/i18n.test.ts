import { afterEach, describe, expect, it } from 'vitest';
import { sentencesOf, speak } from '.';

// Every area's sentences, found by where they lie.
const files = import.meta.glob<Record<string, string>>('../**/{zh-CN,en}.json', {
  eager: true,
  import: 'default',
});
const pairs = Object.entries(files)
  .filter(([path]) => path.endsWith('/zh-CN.json'))
  .map(([path, chinese]) => ({
    folder: path.replace('/zh-CN.json', ''),
    chinese,
    english: files[path.replace('zh-CN', 'en')] ?? {},
  }));

afterEach(() => speak('zh-CN'));

const placeholders = (sentence: string) => (sentence.match(/\{\w+\}/g) ?? []).sort();

describe.each(pairs)('the sentences of $folder', ({ chinese, english }) => {
  it('have the same keys and the same placeholders in both languages', () => {
    expect(Object.keys(english).sort()).toEqual(Object.keys(chinese).sort());
    for (const [key, sentence] of Object.entries(chinese)) {
      expect(placeholders(english[key] ?? ''), key).toEqual(placeholders(sentence));
    }
  });

  it('use full-width punctuation in Chinese', () => {
    for (const [key, sentence] of Object.entries(chinese)) {
      if (key === 'desk.other_language') continue;
      expect(sentence, key).not.toMatch(
        /[\u4e00-\u9fff][,;:!?()]|[,;:!?()][\u4e00-\u9fff]|[\u4e00-\u9fff]\.$/,
      );
      expect(sentence, key).not.toMatch(/(?<!…)…(?!…)/); // the Chinese ellipsis has six dots
    }
  });
});

describe('a sentence', () => {
  const t = sentencesOf({ 'zh-CN': { title: '待办 {count}' }, en: { title: 'To do {count}' } });

  it('follows the language and tells the browser which one it is', () => {
    expect(t('title', { count: 3 })).toBe('待办 3');
    speak('en');
    expect(t('title', { count: 3 })).toBe('To do 3');
    expect(document.documentElement.lang).toBe('en');
  });

  it('that is not there is shown by its key', () => {
    expect(t('no.such_key' as 'title')).toBe('no.such_key');
  });
});
