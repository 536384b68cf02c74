// Who sits at the desk, as far as the page needs to know. The session itself is a cookie that no script can read.
import { defineStore } from 'pinia';
import { inject, ref, type InjectionKey } from 'vue';
import type { Account, Desk, Trouble } from '../api/client';

export const deskKey: InjectionKey<Desk> = Symbol('desk');

export function useDesk(): Desk {
  const desk = inject(deskKey);
  if (!desk) throw new Error('the desk has not been provided');
  return desk;
}

export const useSession = defineStore('session', () => {
  const desk = useDesk();
  const account = ref<Account | null>(null);

  async function recall(): Promise<boolean> {
    const answer = await desk.whoAmI();
    account.value = 'ok' in answer ? answer.ok : null;
    return account.value !== null;
  }
  async function signIn(login: string, password: string): Promise<Trouble | null> {
    const answer = await desk.signIn(login, password);
    if ('trouble' in answer) return answer.trouble;
    account.value = answer.ok;
    return null;
  }
  async function signOut(): Promise<void> {
    await desk.signOut();
    account.value = null;
  }
  return { account, recall, signIn, signOut };
});
