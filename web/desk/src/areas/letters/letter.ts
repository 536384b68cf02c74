// The letter that is being registered, kept while the clerk looks elsewhere.
import { defineStore } from 'pinia';
import { blank, makeIntake } from '../../intake/intake';
import { useDesk, useSession } from '../../shell/session';

export const useLetter = defineStore('letter', () => {
  const session = useSession();
  return makeIntake(useDesk(), session.may, blank('letter', 'petition'));
});
