// Who sits at the desk, as far as the pages need to know. The session itself is a cookie that no script can read.
import { defineStore } from 'pinia';
import { inject, ref, type InjectionKey } from 'vue';
import type { Desk, Schemas, Trouble } from '../api/client';

export type Account = Schemas['Account'];
export type Owed = Schemas['Owed'];

export const deskKey: InjectionKey<Desk> = Symbol('desk');

export function useDesk(): Desk {
  const desk = inject(deskKey);
  if (!desk) throw new Error('the desk has not been provided');
  return desk;
}

export const useSession = defineStore('session', () => {
  const desk = useDesk();
  const account = ref<Account | null>(null);
  // What a half-open session still owes: an authenticator app to set up, or a code of it.
  const owed = ref<Owed['next'] | null>(null);

  let turn = 0; // counts what becomes of the session here: a question about it from before then comes too late
  function sit(answer: Account | Owed): void {
    turn += 1;
    owed.value = 'next' in answer ? answer.next : null;
    account.value = 'next' in answer ? null : answer;
  }
  async function recall(): Promise<boolean> {
    const mine = ++turn;
    const answer = await desk.ask((server) => server.GET('/api/v1/session'));
    if (mine !== turn) return account.value !== null;
    if ('ok' in answer) sit(answer.ok);
    else account.value = null;
    return account.value !== null;
  }
  // Afterwards either `account` or `owed` is there.
  async function signIn(login: string, password: string): Promise<Trouble | null> {
    const answer = await desk.ask((server) => server.POST('/api/v1/session', { body: { login, password } }));
    if ('trouble' in answer) return answer.trouble;
    sit(answer.ok);
    return null;
  }
  async function signOut(): Promise<void> {
    await desk.ask((server) => server.DELETE('/api/v1/session'));
    turn += 1;
    account.value = null;
    owed.value = null;
  }
  // The session ended on the server: what is on the screen stays, the next question leads to the sign-in page.
  function forget(): void {
    turn += 1;
    account.value = null;
  }
  // May the role do this at all? What depends on one case the server says with that case.
  function may(permission: string): boolean {
    return account.value?.permissions.includes(permission) ?? false;
  }
  return { account, owed, sit, recall, signIn, signOut, forget, may };
});
