// Which cases of a part are listed, as it stands in the address: /queue?part=lead&due=three_days. Everything in it is one of
// the contract's own words; what somebody types to search never goes there.
import type { LocationQuery, LocationQueryRaw } from 'vue-router';
import type { Schemas } from '../../api/client';

export type QueueQuery = Schemas['QueueQuery'];
export type Filters = Omit<QueueQuery, 'part'>;

export const dues = ['overdue', 'today', 'three_days', 'week'] as const;
export const flags = ['returned', 'reopened', 'redo', 'urged', 'joint_conference'] as const;
const names = ['due', 'state', 'track', 'channel', 'category', 'place', ...flags] as const;

// What an address asks for. A word that the contract does not know is left away, so that an old link still lists.
export function filtersOf(query: LocationQuery): Filters {
  const filters: Record<string, string> = {};
  for (const name of names) {
    const value = query[name];
    if (typeof value !== 'string' || value === '') continue;
    if (name === 'due' && !dues.some((due) => due === value)) continue;
    if (flags.some((flag) => flag === name) && value !== 'yes') continue;
    if ((name === 'state' || name === 'track' || name === 'channel') && !/^[a-z_0-9]+$/.test(value)) continue;
    filters[name] = value;
  }
  return filters as Filters;
}

export function queryOf(part: string, filters: Filters): LocationQueryRaw {
  return { part, ...filters };
}

export const hasFilters = (filters: Filters): boolean => Object.keys(filters).length > 0;

export function sameQuery(a: LocationQueryRaw | QueueQuery, b: LocationQueryRaw | QueueQuery): boolean {
  const text = (query: object) => JSON.stringify(Object.entries(query).sort());
  return text(a) === text(b);
}
