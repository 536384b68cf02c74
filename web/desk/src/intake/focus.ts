// Enter goes on to the next field, as Tab does: one way through the page for whoever never leaves the keyboard. A text of
// several lines, a button and a link keep their own Enter.
import { composing } from './intake';

const fields = 'input:not([type=hidden]):not([type=file]), select, textarea, button, a[href]';

export function enterGoesOn(event: KeyboardEvent): void {
  if (event.key !== 'Enter' || composing(event) || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const from = event.target;
  if (!(from instanceof HTMLElement) || !['INPUT', 'SELECT'].includes(from.tagName)) return;
  event.preventDefault();
  const stops = [...(event.currentTarget as HTMLElement).querySelectorAll<HTMLElement>(fields)].filter(
    (stop) => {
      if (stop.tabIndex < 0 || (stop as HTMLInputElement).disabled || stop.getClientRects().length === 0)
        return false;
      // Of a group of radio buttons, the chosen one stands for all.
      return !(stop instanceof HTMLInputElement && stop.type === 'radio') || stop.checked;
    },
  );
  const own =
    from instanceof HTMLInputElement && from.type === 'radio'
      ? stops.find((stop) => (stop as HTMLInputElement).name === from.name)
      : from;
  stops[stops.indexOf(own ?? from) + 1]?.focus();
}

export function isSendKey(event: KeyboardEvent): boolean {
  return event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !composing(event) && !event.repeat;
}
