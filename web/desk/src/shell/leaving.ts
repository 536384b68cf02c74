// Somebody signed out and the server has not heard it, for want of a network. Its cookie is still good then, and no script can
// take it away: whoever sat down next would come in as the one before. So the browser of the device remembers that somebody
// left (not who), and nothing is asked of the server before it has heard that.
import { ref } from 'vue';
import type { Desk } from '../api/client';

const name = 'left';
const againAfter = 5000; // milliseconds

export function useLeaving(desk: Desk) {
  const isRemembered = () => localStorage.getItem(name) !== null;
  // Left here, and still signed in for the server.
  const unheard = ref(isRemembered());
  // Also when it was in another window of this device.
  function isUnheard(): boolean {
    unheard.value = isRemembered();
    return unheard.value;
  }
  let waiting: ReturnType<typeof setTimeout> | undefined;
  let underWay: Promise<boolean> | null = null;

  function over(): void {
    clearTimeout(waiting);
    localStorage.removeItem(name);
    unheard.value = false;
  }
  // Another window of this device may have told the server, or somebody may have signed in there: they are not to be signed out.
  function tellAgain(): void {
    if (isRemembered()) void tell();
    else over();
  }
  async function ask(): Promise<boolean> {
    localStorage.setItem(name, 'yes'); // before the answer: the window may be closed first
    const answer = await desk.ask((server) => server.DELETE('/api/v1/session'));
    underWay = null;
    if ('ok' in answer || answer.trouble.status === 401) {
      over();
      return true;
    }
    unheard.value = true;
    waiting = setTimeout(tellAgain, againAfter);
    return false;
  }
  // Whether the server has heard it. Asked again from time to time when it has not.
  function tell(): Promise<boolean> {
    clearTimeout(waiting);
    underWay ??= ask();
    return underWay;
  }
  // Before somebody signs in: what is still on its way to the server must not meet the new session.
  async function arrived(): Promise<void> {
    await underWay;
  }
  return { unheard, isUnheard, tell, arrived, over };
}
