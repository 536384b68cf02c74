import { expect, test } from 'vitest';
import { useToken } from './once';

test('the same again has the same token, something else another, and so has the first thing when it comes back', () => {
  const tokenOf = useToken();
  const first = tokenOf({ words: 'a' });
  expect(first).not.toBe('');
  expect(tokenOf({ words: 'a' })).toBe(first);
  const second = tokenOf({ words: 'b' });
  expect(second).not.toBe(first);
  expect(tokenOf({ words: 'a' })).not.toBe(first);
  expect(useToken()({ words: 'b' })).not.toBe(second);
});
