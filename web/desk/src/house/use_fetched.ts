// Something that a page needs from the server before it can show anything: fetched when the page opens, and again when asked.
import { onMounted, ref, type Ref } from 'vue';
import { useRouter } from 'vue-router';
import type { Answer, Trouble } from '../api/client';
import { useSession } from '../shell/session';

export interface Fetched<T> {
  found: Ref<T | null>; // what was there before stays while it is fetched again
  trouble: Ref<Trouble | null>;
  fetch: () => Promise<void>;
}

// Leads to the sign-in page when the session has ended, and back here afterwards.
export function useSignIn(): (trouble: Trouble) => boolean {
  const router = useRouter();
  const session = useSession();
  return (trouble) => {
    if (trouble.status !== 401) return false;
    const next = router.currentRoute.value.fullPath;
    session.forget();
    void router.replace({ name: 'sign-in', query: { next } });
    return true;
  };
}

export function useFetched<T>(question: () => Promise<Answer<T>>): Fetched<T> {
  const found = ref<T | null>(null) as Ref<T | null>;
  const trouble = ref<Trouble | null>(null);
  const askToSignIn = useSignIn();
  async function fetch() {
    const answer = await question();
    if ('ok' in answer) {
      found.value = answer.ok;
      trouble.value = null;
    } else if (!askToSignIn(answer.trouble)) {
      trouble.value = answer.trouble;
    }
  }
  onMounted(fetch);
  return { found, trouble, fetch };
}
