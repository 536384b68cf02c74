import { describe, expect, it } from 'vitest';
import office from '../../../../pages/messages/zh-CN/office.json';
import { assignableRoles, roleName } from './roles';

const sentences = import.meta.glob<Record<string, string>>('../**/zh-CN.json', {
  eager: true,
  import: 'default',
});

describe('a post', () => {
  it.each(assignableRoles)('of a %s is called on the desk what /office calls it', (role) => {
    expect(roleName(role)).toBe(office[`office.role.${role}`]);
  });
  it('is called so on every page: no page has a name of its own for it', () => {
    const own = Object.entries(sentences).flatMap(([file, said]) =>
      file.endsWith('/words/case/zh-CN.json') ? [] : Object.keys(said).filter((key) => /^role\./.test(key)),
    );
    expect(own).toEqual([]);
  });
});
