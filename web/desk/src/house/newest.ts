// Only the newest question counts. An answer that comes after a later question was asked, or after the page was left, is about
// something that is not on the screen any more: how quick a machine or a network is decides nothing that people see.
import { getCurrentScope, onScopeDispose } from 'vue';

// const still = newest(); const answer = await …; if (!still()) return;
export function useNewest(): () => () => boolean {
  let turn = 0;
  let left = false;
  if (getCurrentScope()) onScopeDispose(() => (left = true));
  return () => {
    const mine = ++turn;
    return () => !left && mine === turn;
  };
}
