// A field that narrows a list, while a suggestion comes for it from elsewhere.
import { afterEach, expect, it } from 'vitest';
import { createApp, h, nextTick, ref, type App } from 'vue';
import ChoiceBox from './ChoiceBox.vue';

const water = { value: 'w', says: '水利局' };
const housing = { value: 'h', says: '住房和城乡建设局' };

let app: App | undefined;
afterEach(() => app?.unmount());

function opened(...loaded: (typeof water)[]) {
  const chosen = ref('');
  const choices = ref(loaded);
  const place = document.createElement('div');
  document.body.replaceChildren(place);
  app = createApp(() =>
    h(ChoiceBox, {
      id: 'unit',
      choices: choices.value,
      modelValue: chosen.value,
      'onUpdate:modelValue': (value: string) => (chosen.value = value),
    }),
  );
  app.mount(place);
  const input = document.getElementById('unit') as HTMLInputElement;
  return { chosen, choices, input };
}
async function settled() {
  for (let at = 0; at < 4; at += 1) await nextTick();
}
function type(input: HTMLInputElement, text: string) {
  input.setRangeText(text, input.selectionStart ?? 0, input.selectionEnd ?? 0, 'end');
  input.dispatchEvent(new Event('input'));
}
const options = () => [...document.querySelectorAll('[role=option]')].map((each) => each.textContent?.trim());

it('marks the name that arrives in it while it has the focus: the first letter takes its place', async () => {
  const { chosen, input } = opened(water, housing);
  input.focus();
  chosen.value = 'w';
  await settled();
  expect(input.value).toBe('水利局');
  type(input, '住房');
  await settled();
  expect(input.value).toBe('住房');
  expect(options()).toEqual(['住房和城乡建设局']);
  expect(chosen.value).toBe('');
});

it('marks it, too, when the names arrive after the choice', async () => {
  const { chosen, choices, input } = opened();
  input.focus();
  chosen.value = 'w';
  await settled();
  choices.value = [water, housing];
  await settled();
  type(input, '住');
  await settled();
  expect(input.value).toBe('住');
});

it('keeps what somebody has begun to type, and chooses nothing beside it', async () => {
  const { chosen, input } = opened(water, housing);
  input.focus();
  type(input, '住房');
  chosen.value = 'w';
  await settled();
  expect(input.value).toBe('住房');
  expect(chosen.value).toBe('');
  input.blur();
  expect(chosen.value).toBe('');
});

it('keeps what an input method is composing', async () => {
  const { chosen, input } = opened(water, housing);
  input.focus();
  input.dispatchEvent(new Event('compositionstart'));
  input.value = 'zhu';
  chosen.value = 'w';
  await settled();
  input.value = '住';
  input.dispatchEvent(new Event('compositionend'));
  await settled();
  expect(input.value).toBe('住');
  expect(chosen.value).toBe('');
  expect(options()).toEqual(['住房和城乡建设局']);
});

it('does not mark what was chosen in it', async () => {
  const { chosen, input } = opened(water, housing);
  input.focus();
  type(input, '水');
  await settled();
  document.querySelector<HTMLElement>('[role=option]')?.click();
  await settled();
  expect(chosen.value).toBe('w');
  expect(input.value).toBe('水利局');
  expect(input.selectionStart).toBe(input.selectionEnd);
});
