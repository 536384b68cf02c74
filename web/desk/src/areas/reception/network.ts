// Questions that end. A browser waits for an answer as long as the network lets it, which on a radio link that went quiet is
// for ever: whoever asks says how long is enough.
import type { Answer } from '../../api/client';

export type Late = { late: true };

// withinTime(sentence)(ms, (signal) => …): its answer, or after `ms` the trouble of a server that cannot be reached, marked
// as `late`. The question is broken off then; if the browser does not heed it, it is left behind.
export function withinTime(sentence: () => string) {
  return async <T>(
    ms: number,
    question: (signal: AbortSignal) => Promise<Answer<T>>,
  ): Promise<Answer<T> & Partial<Late>> => {
    const over = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<Answer<T> & Late>((told) => {
      timer = setTimeout(() => {
        told({ trouble: { status: 0, sentence: sentence(), code: '', field: '' }, late: true });
        over.abort();
      }, ms);
    });
    try {
      return await Promise.race([question(over.signal), late]);
    } finally {
      clearTimeout(timer);
    }
  };
}
