// Somebody signed out and the server has not heard it, for want of a network. Its cookie is still good then, and no script can
// take it away: whoever sat down next would come in as the one before. So the browser of the device remembers that somebody
// left (not who), and nothing is asked of the server before it has heard that.
import { ref } from 'vue';
import type { Desk } from '../api/client';

const name = 'left';
const againAfter = 5000; // milliseconds

export function useLeaving(desk: Desk) {
  // Left here, and still signed in for the server.
  const unheard = ref(localStorage.getItem(name) !== null);
  let waiting: ReturnType<typeof setTimeout> | undefined;

  function over(): void {
    clearTimeout(waiting);
    localStorage.removeItem(name);
    unheard.value = false;
  }
  // Whether the server has heard it. Asked again from time to time when it has not.
  async function tell(): Promise<boolean> {
    clearTimeout(waiting);
    localStorage.setItem(name, 'yes'); // before the answer: the window may be closed first
    const answer = await desk.ask((server) => server.DELETE('/api/v1/session'));
    if ('ok' in answer || answer.trouble.status === 401) {
      over();
      return true;
    }
    unheard.value = true;
    waiting = setTimeout(() => void tell(), againAfter);
    return false;
  }
  return { unheard, tell, over };
}
