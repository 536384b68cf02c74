// What is being written down, by case: still there when the clerk comes back to the page, and nowhere but in memory.
import { defineStore } from 'pinia';
import { reactive } from 'vue';
import { newToken } from '../../api/client';
import { t } from './messages';

export const useWriting = defineStore('writing', () => {
  const texts = reactive(new Map<string, string>());
  const keys = new Map<string, string>();
  // The same text is sent under the same key, however often.
  function keyFor(id: string, text: string): string {
    const of = `${id} ${text}`;
    const known = keys.get(of) ?? newToken();
    keys.set(of, known);
    return known;
  }
  function done(id: string): void {
    texts.delete(id);
    keys.clear();
  }
  const unsent = () => {
    const n = [...texts.values()].filter((text) => text.trim()).length;
    return n > 0 ? t('recording.unsent', { n }) : '';
  };
  return { texts, keyFor, done, unsent };
});
