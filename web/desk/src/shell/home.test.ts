import { describe, expect, it } from 'vitest';
import { areas, groups } from './area';
import { home } from './router';

const may =
  (...permissions: string[]) =>
  (permission: string) =>
    permissions.includes(permission);

describe('the day begins', () => {
  it('for whoever handles cases with what waits, whatever else they may open', () => {
    expect(home(may('queue:read', 'case:receive', 'article:read', 'promise:read')).name).toBe('queue');
  });
  it('for whoever supervises with what is overdue, although other pages stand above it', () => {
    expect(home(may('accusation:handle', 'article:read', 'promise:read', 'case:supervise')).name).toBe(
      'supervision',
    );
  });
  it('for a leader with what was promised', () => {
    expect(home(may('class:read', 'promise:read', 'visit:read', 'workload:read', 'figures:read')).name).toBe(
      'promises',
    );
  });
  it('nowhere for whoever may open nothing', () => {
    expect(home(may()).name).toBe('not-there');
  });
});

describe('the menu', () => {
  it('has a part for every page, and every page its own place in that part', () => {
    const places = areas
      .flatMap((area) => area.nav ?? [])
      .map(({ group, order, route }) => ({ group, order, route }));
    for (const { group } of places) expect(groups).toContain(group);
    expect(places.filter(({ group }) => group === 'beyond').map(({ route }) => route)).toEqual(
      expect.arrayContaining(['promises', 'classes', 'visits', 'plans', 'investigations']),
    );
    const beyond = places
      .filter(({ group }) => group === 'beyond' || group === 'intake')
      .map(({ group, order }) => `${group} ${order}`);
    expect(new Set(beyond).size).toBe(beyond.length);
  });
  it('closes the cases with the views of the queue, so that nothing below is taken for one of them', () => {
    const work = areas.flatMap((area) => area.nav ?? []).filter(({ group }) => group === 'work');
    const last = work.sort((a, b) => a.order - b.order).at(-1);
    expect(last?.route).toBe('queue');
  });
});
