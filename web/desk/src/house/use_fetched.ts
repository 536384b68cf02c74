// Something that a page needs from the server before it can show anything: fetched when the page opens, and again when asked.
import { onMounted, onScopeDispose, ref, type Ref } from 'vue';
import { useRouter } from 'vue-router';
import type { Answer, Trouble } from '../api/client';
import { useSession } from '../shell/session';
import { useNewest } from './newest';

export interface Fetched<T> {
  found: Ref<T | null>; // what was there before stays while it is fetched again
  trouble: Ref<Trouble | null>;
  fetch: () => Promise<void>;
}

// Leads to the sign-in page when the session has ended, and back here afterwards. Not from a page that was left meanwhile:
// where somebody is by then is no business of its question, nor who has signed in since.
export function useSignIn(): (trouble: Trouble) => boolean {
  const router = useRouter();
  const session = useSession();
  let left = false;
  onScopeDispose(() => (left = true));
  return (trouble) => {
    if (trouble.status !== 401) return false;
    if (left) return true;
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
  const newest = useNewest();
  async function fetch() {
    const still = newest();
    const answer = await question();
    if (!still()) return;
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
