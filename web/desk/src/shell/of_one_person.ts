// What is typed and seen at the desk belongs to whoever sits there. A store outlives its page, and none outlives its person:
// when another account signs in, or the person leaves on purpose, every store ends with all that it holds, and whoever comes
// next begins with new ones. Nobody has to remember this in a new store; staying is what has to be said, here and with a
// reason. What the same person left half typed is still there after they had to sign in again.
import { createPinia, type Pinia, type PiniaPluginContext } from 'pinia';
import { onScopeDispose } from 'vue';
import { useSession } from './session';

// Holds something of one person. `unsent` says in the language of the desk what would be lost, or nothing.
export interface Belonging {
  unsent: () => string;
  end: () => void;
}

export const outliving: readonly string[] = [
  'session', // says who sits here
  // The tablet is a village's, not an official's: its records are sealed by its PIN, and whoever signs in brings them back.
  'reception-tablet',
  'reception-sync',
];

function endsWithItsPerson({ store, pinia }: PiniaPluginContext): void {
  if (outliving.includes(store.$id)) return;
  const { unsent } = store as unknown as Partial<Belonging>;
  useSession(pinia).hold({
    unsent: () => unsent?.() ?? '',
    end: () => {
      store.$dispose();
      Reflect.deleteProperty(pinia.state.value, store.$id); // or the next one would begin with it
    },
  });
}

// The stores of the desk, all of them.
export function openStores(): Pinia {
  return createPinia().use(endsWithItsPerson);
}

// A page that keeps what is typed to itself, and loses it when it is left: `unsent` says what that is, or nothing.
export function useUnsent(unsent: () => string): void {
  onScopeDispose(useSession().hold({ unsent, end: () => undefined }));
}
