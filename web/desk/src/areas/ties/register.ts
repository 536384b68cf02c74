// The two registers as one kind of line: who, tied to what, written down by whom and why, and how it ended.
import type { Schemas } from '../../api/client';
import { day } from '../../house/moment';
import { t } from './messages';

export interface Line {
  id: string;
  register: 'interests' | 'leaders';
  who: string; // both sides, in one breath
  tie: string; // what is between them; empty where `who` says it
  began: string[];
  ended: string[]; // empty: in force
}

type Shown = Schemas['OfficialShown'];
export const nameOf = (official: Shown) => official?.display_name ?? t('ties.gone');

const because = (reason: string | null) => (reason ? [t('ties.reason', { reason })] : []);
function over(at: string | null, by: Shown, reason: string | null): string[] {
  if (!at) return [];
  const said = by
    ? t('ties.over', { day: day(at), who: by.display_name })
    : t('ties.over_unknown', { day: day(at) });
  return [said, ...because(reason)];
}

export function lineOfInterest(one: Schemas['Interest']): Line {
  const own = one.declared_by?.id !== undefined && one.declared_by.id === one.official?.id;
  const written = own ? 'ties.by_themselves' : 'ties.written';
  const other = one.unit?.name ?? nameOf(one.person);
  return {
    id: one.id,
    register: 'interests',
    who: t('ties.both', { official: nameOf(one.official), other }),
    tie: t(`tie.${one.tie}`),
    began: [t(written, { day: day(one.declared_at), who: nameOf(one.declared_by) }), ...because(one.reason)],
    ended: over(one.ended_at, one.ended_by, one.ended_reason),
  };
}

export function lineOfLeader(one: Schemas['Leader']): Line {
  const began = one.appointed_by
    ? t('ties.written', { day: day(one.since), who: one.appointed_by.display_name })
    : t('ties.written_unknown', { day: day(one.since) });
  return {
    id: one.id,
    register: 'leaders',
    who: t('ties.leads', { official: nameOf(one.official), unit: one.unit?.name ?? '' }),
    tie: '',
    began: [began, ...because(one.reason)],
    ended: over(one.until, one.ended_by, one.ended_reason),
  };
}
