// Reads along while somebody types: after a pause, never while an input method composes, and only the newest question counts.
// The words travel in a body and are kept nowhere.
import { onBeforeUnmount, onMounted, ref, shallowRef, watch } from 'vue';
import { useDesk } from '../shell/session';
import type { WordsRead } from './reading';

const afterMs = 400;
const most = 5000; // characters that the server reads

export interface Said {
  title: string;
  text: string;
  place: string; // its code, "" while it is not known
}

// `said` gives nothing where nothing may be read: an accusation, or words that were sent already.
export function useWordsRead(said: () => Said | null) {
  const desk = useDesk();
  const read = shallowRef<WordsRead | null>(null);
  const trouble = ref(false);
  let composing = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let asking: AbortController | undefined;

  function stop() {
    clearTimeout(timer);
    asking?.abort();
    asking = undefined;
  }

  async function ask() {
    stop();
    const now = said();
    const text = [...(now?.text.trim() ?? '')].slice(0, most).join('');
    if (!now || text.length < 2) {
      read.value = null;
      trouble.value = false;
      return;
    }
    const mine = (asking = new AbortController());
    const body = {
      text,
      ...(now.title.trim() ? { title: now.title.trim() } : {}),
      ...(now.place ? { place: now.place } : {}),
    };
    const answer = await desk.ask((server) =>
      server.POST('/api/v1/matters/read', { body, signal: mine.signal }),
    );
    if (mine !== asking) return; // somebody typed on
    trouble.value = 'trouble' in answer;
    read.value = 'ok' in answer ? answer.ok : null;
  }

  function later() {
    stop();
    if (said() === null) void ask();
    else if (!composing) timer = setTimeout(() => void ask(), afterMs);
  }
  const begun = () => {
    composing = true;
    clearTimeout(timer);
  };
  const ended = () => {
    composing = false;
    later();
  };

  watch(() => JSON.stringify(said()), later, { immediate: true });
  onMounted(() => {
    document.addEventListener('compositionstart', begun);
    document.addEventListener('compositionend', ended);
  });
  onBeforeUnmount(() => {
    stop();
    document.removeEventListener('compositionstart', begun);
    document.removeEventListener('compositionend', ended);
  });
  return { read, trouble };
}
