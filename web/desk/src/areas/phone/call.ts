// The call that is being taken: one for the whole desk, so that it is still there when the clerk has looked at another page
// or had to sign in again.
import { defineStore } from 'pinia';
import { blank, makeIntake } from '../../intake/intake';
import { useDesk, useSession } from '../../shell/session';
import { t } from './messages';

export const useCall = defineStore('call', () => {
  const session = useSession();
  const call = makeIntake(useDesk(), session.may, blank('phone', 'hotline'));
  return { ...call, unsent: () => (call.unfinished() ? t('phone.unsent') : '') };
});
