// The letter that is being registered, kept while the clerk looks elsewhere.
import { defineStore } from 'pinia';
import { blank, makeIntake } from '../../intake/intake';
import { useDesk, useSession } from '../../shell/session';
import { t } from './messages';

export const useLetter = defineStore('letter', () => {
  const session = useSession();
  const letter = makeIntake(useDesk(), session.may, blank('letter', 'petition'));
  return { ...letter, unsent: () => (letter.unfinished() ? t('letters.unsent') : '') };
});
