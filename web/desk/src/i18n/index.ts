// The sentences of the desk, in the language of the person who sits there: t('queue.empty'). Each area brings its own.
import { ref } from 'vue';

export type Language = 'zh-CN' | 'en';
export type Sentences = Record<Language, Record<string, string>>;
export type Details = Record<string, string | number>;

export const language = ref<Language>('zh-CN');

export function speak(chosen: Language): void {
  language.value = chosen;
  document.documentElement.lang = chosen;
}

// What an area says: `const t = sentencesOf({ 'zh-CN': chinese, en })` in its messages.ts. {name} is replaced by
// details.name. A key that is not there is shown as it is, and a test sees that none is.
export function sentencesOf<Chinese extends Record<string, string>>(sentences: {
  'zh-CN': Chinese;
  en: Record<keyof Chinese, string>;
}) {
  return (key: keyof Chinese & string, details: Details = {}): string => {
    const all: Sentences = sentences;
    const sentence = all[language.value][key] ?? key;
    return sentence.replace(/\{(\w+)\}/g, (whole, name: string) => String(details[name] ?? whole));
  };
}
