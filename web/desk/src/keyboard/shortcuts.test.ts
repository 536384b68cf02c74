import { beforeEach, describe, expect, it } from 'vitest';
import { listenWith } from './shortcuts';

let pressed: string[];
let on: boolean;
let clock: number;
let listen: (event: KeyboardEvent) => void;

beforeEach(() => {
  pressed = [];
  on = true;
  clock = 0;
  listen = listenWith(
    () => [
      { keys: '?', says: () => 'help', act: () => pressed.push('?') },
      { keys: 'g q', says: () => 'queue', act: () => pressed.push('g q') },
      { keys: '.', says: () => 'number', act: () => pressed.push('.') },
      { keys: '. .', says: () => 'number and name', act: () => pressed.push('. .') },
      { keys: 'Enter', says: () => 'open', act: () => pressed.push('Enter') },
    ],
    () => on,
    () => clock,
  );
});

function press(key: string, how: KeyboardEventInit = {}, target: EventTarget = document.body) {
  const event = new KeyboardEvent('keydown', { key, cancelable: true, ...how });
  Object.defineProperty(event, 'target', { value: target });
  listen(event);
  return event;
}

describe('single keys', () => {
  it('act on one key and on a pair', () => {
    press('?');
    press('g');
    press('q');
    expect(pressed).toEqual(['?', 'g q']);
  });

  it('forget the first of a pair after a second and a half', () => {
    press('g');
    clock = 1501;
    press('q');
    expect(pressed).toEqual([]);
  });

  it('may do something alone and begin a pair', () => {
    press('.');
    expect(pressed).toEqual(['.']);
    press('.');
    expect(pressed).toEqual(['.', '. .']);
    press('.');
    expect(pressed).toEqual(['.', '. .', '.']);
  });

  it('leave Enter to the button that has the focus', () => {
    press('Enter', {}, document.createElement('button'));
    expect(pressed).toEqual([]);
    press('Enter');
    expect(pressed).toEqual(['Enter']);
  });

  it('work while a box to tick has the focus', () => {
    const box = document.createElement('input');
    box.type = 'checkbox';
    press('?', {}, box);
    expect(pressed).toEqual(['?']);
  });

  it('are letters like others while somebody types', () => {
    press('?', {}, document.createElement('textarea'));
    expect(pressed).toEqual([]);
  });

  it('belong to the input method while it composes', () => {
    press('?', { isComposing: true });
    expect(pressed).toEqual([]);
  });

  it('leave the combinations of the browser alone', () => {
    expect(press('?', { ctrlKey: true }).defaultPrevented).toBe(false);
    expect(pressed).toEqual([]);
  });

  it('can be switched off', () => {
    on = false;
    press('?');
    expect(pressed).toEqual([]);
  });
});
