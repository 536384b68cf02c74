// The one way from the desk to the server. Types come from the contract, so the two cannot drift apart.
import createClient from 'openapi-fetch';
import type { components, paths } from './schema';

export type Problem = components['schemas']['Problem'];
export type Account = components['schemas']['Account'];
export type QueueLine = components['schemas']['QueueLine'];

// What went wrong, as a sentence to show. `status` is 0 when the server did not answer at all.
export interface Trouble {
  status: number;
  sentence: string;
}

export type Answer<T> = { ok: T } | { trouble: Trouble };

export interface Desk {
  whoAmI(): Promise<Answer<Account>>;
  signIn(login: string, password: string): Promise<Answer<Account>>;
  signOut(): Promise<Answer<undefined>>;
  queue(): Promise<Answer<QueueLine[]>>;
}

interface Told<T> {
  data?: T;
  error?: Problem;
  response: Response;
}

// `fallback` is said when the server cannot be reached or answers something that is not a problem of ours.
async function answerOf<T>(asked: Promise<Told<T>>, fallback: () => string): Promise<Answer<T>> {
  try {
    const { data, error, response } = await asked;
    if (response.ok) return { ok: data as T };
    return { trouble: { status: response.status, sentence: error?.detail || fallback() } };
  } catch {
    return { trouble: { status: 0, sentence: fallback() } };
  }
}

export function openDesk(fallback: () => string, fetch: typeof globalThis.fetch = globalThis.fetch): Desk {
  const client = createClient<paths>({ baseUrl: window.location.origin, fetch });
  return {
    whoAmI: () => answerOf(client.GET('/api/v1/session'), fallback),
    signIn: (login, password) =>
      answerOf(client.POST('/api/v1/session', { body: { login, password } }), fallback),
    signOut: () => answerOf(client.DELETE('/api/v1/session'), fallback),
    queue: async () => {
      const answer = await answerOf(client.GET('/api/v1/queue'), fallback);
      return 'ok' in answer ? { ok: answer.ok.lines } : answer;
    },
  };
}
