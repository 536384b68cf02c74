// Single keys ("?") and pairs of keys ("g q") that do something when nobody is typing.
import { onBeforeUnmount, onMounted, shallowReactive } from 'vue';
import type { Shortcut } from '../shell/area';

const pairWithinMs = 1500;

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  // A box to tick takes no letters.
  if (target instanceof HTMLInputElement)
    return !['checkbox', 'radio', 'button', 'submit'].includes(target.type);
  return target.isContentEditable || ['TEXTAREA', 'SELECT'].includes(target.tagName);
}

// Enter and the blank press what has the focus; they are nobody else's then.
function presses(event: KeyboardEvent): boolean {
  if (event.key !== 'Enter' && event.key !== ' ') return false;
  return (
    event.target instanceof HTMLElement &&
    event.target.closest('a, button, summary, input, [role=tab]') !== null
  );
}

// A handler for keydown. `on` is asked each time, because whoever speaks to their computer must be able to switch
// single keys off (WCAG 2.1.4). Keys that belong to an input method or to the browser are left alone.
export function listenWith(
  shortcuts: () => Shortcut[],
  on: () => boolean,
  now: () => number = () => performance.now(),
): (event: KeyboardEvent) => void {
  let first = '';
  let firstAt = 0;
  return (event) => {
    if (!on() || event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
    if (isTyping(event.target) || presses(event)) return;
    const pair = first !== '' && now() - firstAt <= pairWithinMs ? `${first} ${event.key}` : '';
    const known = shortcuts();
    const found =
      known.find((shortcut) => shortcut.keys === pair) ??
      known.find((shortcut) => shortcut.keys === event.key);
    if (found) {
      event.preventDefault();
      // A key that does something alone may still begin a pair: "." and then ". .".
      const begins = found.keys !== pair && known.some(({ keys }) => keys.startsWith(`${event.key} `));
      first = begins ? event.key : '';
      firstAt = now();
      found.act();
      return;
    }
    first = event.key;
    firstAt = now();
  };
}

// The keys of the page that is shown, beside those of the shell. A page says them in its setup: useShortcuts(() => […]).
const ofPages = shallowReactive(new Set<() => Shortcut[]>());

export function useShortcuts(shortcuts: () => Shortcut[]): void {
  onMounted(() => ofPages.add(shortcuts));
  onBeforeUnmount(() => ofPages.delete(shortcuts));
}

export function shortcutsOfPages(): Shortcut[] {
  return [...ofPages].flatMap((shortcuts) => shortcuts());
}
