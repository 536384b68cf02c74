// The sentences of the desk: t('queue.empty'), in the language of the person who sits there.
import { ref } from 'vue';
import en from './en.json';
import chinese from './zh-CN.json';

export type Language = 'zh-CN' | 'en';
export type Key = keyof typeof chinese;

export const sentences: Record<Language, Record<string, string>> = { 'zh-CN': chinese, en };
export const language = ref<Language>('zh-CN');

export function speak(chosen: Language): void {
  language.value = chosen;
  document.documentElement.lang = chosen;
}

// {name} is replaced by details.name. A key that is not there is shown as it is, and a test sees that none is.
export function t(key: Key, details: Record<string, string | number> = {}): string {
  const sentence = sentences[language.value][key] ?? key;
  return sentence.replace(/\{(\w+)\}/g, (whole, name: string) => String(details[name] ?? whole));
}
