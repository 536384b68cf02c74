// How the desk looks on this device: big letters, narrow rows, single keys. Kept by the browser of the device, because a
// borrowed seat must not change how somebody's own one looks; nothing about a person or a case is ever kept there.
import { ref, watch, type Ref } from 'vue';

function remembered<T extends string>(name: string, choices: readonly [T, ...T[]]): Ref<T> {
  const kept = localStorage.getItem(name);
  const choice = ref(choices.find((each) => each === kept) ?? choices[0]) as Ref<T>;
  watch(
    choice,
    (chosen) => {
      localStorage.setItem(name, chosen);
      document.documentElement.dataset[name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())] =
        chosen;
    },
    { flush: 'sync' },
  );
  return choice;
}

// Called once for the application: what is chosen stands as data attributes on the root, where the style sheets look.
export function rememberLooks() {
  const textSize = remembered('text-size', ['normal', 'elder']);
  const density = remembered('density', ['roomy', 'dense']);
  const singleKeys = remembered('single-keys', ['on', 'off']);
  document.documentElement.dataset['textSize'] = textSize.value;
  document.documentElement.dataset['density'] = density.value;
  return { textSize, density, singleKeys };
}
