// Who sits at the desk, as far as the pages need to know. The session itself is a cookie that no script can read.
import { defineStore } from 'pinia';
import { inject, ref, type InjectionKey } from 'vue';
import type { Desk, Schemas, Trouble } from '../api/client';
import { useLeaving } from './leaving';
import type { Belonging } from './of_one_person';

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
  const leaving = useLeaving(desk);
  const account = ref<Account | null>(null);
  // What a half-open session still owes: an authenticator app to set up, or a code of it.
  const owed = ref<Owed['next'] | null>(null);

  // Whose the words are that stand in this window: also while a session has ended and its person has not come back yet.
  let whose = '';
  const belongings = new Set<Belonging>();
  // Another person took the place of one: nothing that was drawn for the one before is drawn again.
  const persons = ref(0);
  function hold(one: Belonging): () => void {
    belongings.add(one);
    return () => void belongings.delete(one);
  }
  // What would be lost if the person left now, each as a sentence.
  const unsent = (): string[] => [...belongings].map((one) => one.unsent()).filter(Boolean);
  function endBelongings(): void {
    for (const one of [...belongings]) one.end();
    belongings.clear();
  }
  function isHere(login: string): void {
    if (login === whose) return;
    endBelongings();
    if (whose) persons.value += 1;
    whose = login;
  }

  let turn = 0; // counts what becomes of the session here: a question about it from before then comes too late
  function sit(answer: Account | Owed): void {
    turn += 1;
    if (!('next' in answer)) isHere(answer.login);
    owed.value = 'next' in answer ? answer.next : null;
    account.value = 'next' in answer ? null : answer;
  }
  async function recall(): Promise<boolean> {
    const mine = ++turn;
    if (leaving.isUnheard() && !(await leaving.tell())) return false;
    const answer = await desk.ask((server) => server.GET('/api/v1/session'));
    if (mine !== turn) return account.value !== null;
    if ('ok' in answer) sit(answer.ok);
    else account.value = null;
    return account.value !== null;
  }
  // Afterwards either `account` or `owed` is there.
  async function signIn(login: string, password: string): Promise<Trouble | null> {
    await leaving.arrived();
    const answer = await desk.ask((server) => server.POST('/api/v1/session', { body: { login, password } }));
    if ('trouble' in answer) return answer.trouble;
    leaving.over(); // the cookie of whoever left is gone, too
    sit(answer.ok);
    return null;
  }
  // The page shows nothing of the person any more, whether or not the server has heard it (`leftUnheard`).
  async function signOut(): Promise<void> {
    await leaving.tell();
    turn += 1;
    // A session that was open by half and is given up says nothing of whose the words are.
    if (account.value) {
      endBelongings();
      whose = '';
    }
    account.value = null;
    owed.value = null;
  }
  // They left in another window of this browser. Nothing of theirs stays on the screen; what is not sent waits for them alone,
  // because they were asked there about that window only.
  function leftElsewhere(): void {
    turn += 1;
    if (unsent().length === 0) {
      endBelongings();
      whose = '';
    }
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
  return {
    account,
    owed,
    persons,
    leftUnheard: leaving.unheard,
    sit,
    recall,
    signIn,
    signOut,
    leftElsewhere,
    forget,
    may,
    hold,
    unsent,
  };
});
