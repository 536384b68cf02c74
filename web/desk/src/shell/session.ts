// Who sits at the desk, as far as the pages need to know. The session itself is a cookie that no script can read.
import { defineStore } from 'pinia';
import { inject, ref, type InjectionKey } from 'vue';
import type { Desk, Schemas, Trouble } from '../api/client';

export type Account = Schemas['Account'];

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
    const answer = await desk.ask((server) => server.GET('/api/v1/session'));
    account.value = 'ok' in answer ? answer.ok : null;
    return account.value !== null;
  }
  async function signIn(login: string, password: string): Promise<Trouble | null> {
    const answer = await desk.ask((server) => server.POST('/api/v1/session', { body: { login, password } }));
    if ('trouble' in answer) return answer.trouble;
    account.value = answer.ok;
    return null;
  }
  async function signOut(): Promise<void> {
    await desk.ask((server) => server.DELETE('/api/v1/session'));
    account.value = null;
  }
  // The session ended on the server: what is on the screen stays, the next question leads to the sign-in page.
  function forget(): void {
    account.value = null;
  }
  // May the role do this at all? What depends on one case the server says with that case.
  function may(permission: string): boolean {
    return account.value?.permissions.includes(permission) ?? false;
  }
  return { account, recall, signIn, signOut, forget, may };
});
