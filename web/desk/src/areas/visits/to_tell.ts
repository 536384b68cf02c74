// Who booked before the day was last moved or cancelled; to whom the program has sent a message, and whose contact was
// opened since.
import type { Group, TheVisit } from './visit';

export interface ToTell {
  group: Group;
  reachable: boolean; // a contact was left, and is still there
  called: boolean;
  message: 'waiting' | 'told' | 'not_reached' | null; // null: no telephone, or there was no message then
}

// Nothing where the day stands as it was announced, and once it has begun.
export function toTell(visit: TheVisit): { since: number; groups: ToTell[] } | null {
  if (visit.line.state !== 'published' && visit.line.state !== 'cancelled') return null;
  const change = visit.happenings.filter((one) => ['rescheduled', 'cancelled'].includes(one.kind)).at(-1);
  if (!change) return null;
  const before = new Set<number>();
  const opened = new Set<number>();
  for (const one of visit.happenings) {
    if (one.number === null) continue;
    if (one.seq < change.seq && ['booked', 'listed'].includes(one.kind)) before.add(one.number);
    if (one.seq > change.seq && one.kind === 'contact_opened') opened.add(one.number);
  }
  const messages = new Map(visit.told_of_change.map((one) => [one.number, one.state]));
  const groups = visit.groups
    .filter((group) => ['waiting', 'listed'].includes(group.state) && before.has(group.number))
    .map((group) => ({
      group,
      reachable: group.has_contact && !visit.contacts_destroyed,
      called: opened.has(group.number),
      message: messages.get(group.number) ?? null,
    }));
  return { since: change.seq, groups };
}
