// A list that is one stop on the way through the page: Tab passes it, the arrows walk in it.
import { nextTick, ref, watch, type Ref } from 'vue';

export function useRoving(count: Ref<number>, list: Ref<HTMLElement | null>) {
  const at = ref(0);
  watch(count, () => (at.value = 0));

  async function walk(event: KeyboardEvent) {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? count.value - 1 : 0;
    if (step === 0 || count.value === 0) return;
    event.preventDefault();
    at.value = (at.value + step) % count.value;
    await nextTick();
    list.value?.querySelectorAll<HTMLElement>('[data-roving]')[at.value]?.focus();
  }
  return { at, walk };
}
