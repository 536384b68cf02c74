// Something that is sent once: what is typed stays when it is refused, and the eye is led to the reason.
import { nextTick, onScopeDispose, ref } from 'vue';
import type { Answer, Trouble } from '../api/client';
import { useSignIn } from './use_fetched';

export function useSaving() {
  const sending = ref(false);
  const trouble = ref<Trouble | null>(null);
  const askToSignIn = useSignIn();
  let left = false;
  onScopeDispose(() => (left = true));
  // The answer, or null when it was refused (and the reason stands in `trouble`).
  async function send<T>(question: () => Promise<Answer<T>>): Promise<T | null> {
    if (sending.value) return null;
    sending.value = true;
    trouble.value = null;
    const answer = await question();
    sending.value = false;
    if ('ok' in answer) return answer.ok;
    if (left) return null; // the eye is elsewhere
    if (!askToSignIn(answer.trouble)) {
      trouble.value = answer.trouble;
      await nextTick();
      document.querySelector<HTMLElement>('.refused')?.focus();
    }
    return null;
  }
  const wrongAt = (field: string) => (trouble.value?.field === field ? trouble.value.sentence : '');
  return { sending, trouble, send, wrongAt };
}
