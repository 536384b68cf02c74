// The Idempotency-Key of what is sent: the same again, after a broken line, is the same deed; anything else is another one.
import { newToken } from './client';

export function useToken(): (sent: unknown) => string {
  let token = '';
  let before = '';
  return (sent) => {
    const now = JSON.stringify(sent);
    if (token === '' || now !== before) token = newToken();
    before = now;
    return token;
  };
}
