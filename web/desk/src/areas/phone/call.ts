// The call that is being taken: one for the whole desk, so that it is still there when the clerk has looked at another page
// or had to sign in again.
import { defineStore } from 'pinia';
import { blank, makeIntake } from '../../intake/intake';
import { useDesk, useSession } from '../../shell/session';

export const useCall = defineStore('call', () => {
  const session = useSession();
  return makeIntake(useDesk(), session.may, blank('phone', 'hotline'));
});
