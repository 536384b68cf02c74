// What a page is asked for stands in its address: a filter can be sent to a colleague, and "back" undoes it.
import { computed, type WritableComputedRef } from 'vue';
import { useRoute, useRouter } from 'vue-router';

// A part of the query string, '' when it is not there. Writing replaces the address, so typing fills no history.
export function useAddress(name: string): WritableComputedRef<string> {
  const route = useRoute();
  const router = useRouter();
  return computed({
    get: () => {
      const value = route.query[name];
      return typeof value === 'string' ? value : '';
    },
    set: (value) => {
      const others = Object.entries(route.query).filter(([key]) => key !== name);
      void router.replace({ query: Object.fromEntries(value ? [...others, [name, value]] : others) });
    },
  });
}
