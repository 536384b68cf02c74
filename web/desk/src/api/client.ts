// The one way from the desk to the server. Types come from the contract, so the two cannot drift apart.
import createClient, { type Client } from 'openapi-fetch';
import type { components, paths } from './schema';

export type Schemas = components['schemas'];
export type Problem = Schemas['Problem'];

// What went wrong, as a sentence to show. `status` is 0 when the server did not answer at all; `code` is one of
// api/problems.yaml, and `field` the field that it is about.
export interface Trouble {
  status: number;
  sentence: string;
  code: string;
  field: string;
}

export type Answer<T> = { ok: T } | { trouble: Trouble };

interface Told<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

export interface Desk {
  // desk.ask((server) => server.GET('/api/v1/units')): the answer, or what to tell the person. Never throws.
  ask<T>(question: (server: Client<paths>) => Promise<Told<T>>): Promise<Answer<T>>;
}

const isProblem = (value: unknown): value is Problem =>
  typeof value === 'object' && value !== null && 'detail' in value && 'code' in value;

// `fallback` is said when the server cannot be reached or answers something that is not a problem of ours; `language` is
// the one its sentences are asked in.
export function openDesk(
  fallback: () => string,
  language: () => string,
  fetch: typeof globalThis.fetch = globalThis.fetch,
): Desk {
  const server = createClient<paths>({ baseUrl: window.location.origin, fetch });
  server.use({
    onRequest({ request }) {
      request.headers.set('Accept-Language', language());
      // No form of another site can set it: with it the server knows that a change comes from here.
      request.headers.set('X-Minhu-Desk', '1');
      return request;
    },
  });
  return {
    async ask(question) {
      try {
        const { data, error, response } = await question(server);
        if (response.ok) return { ok: data as NonNullable<typeof data> };
        const told = isProblem(error) ? error : null;
        return {
          trouble: {
            status: response.status,
            sentence: told?.detail || fallback(),
            code: told?.code ?? '',
            field: told?.field ?? '',
          },
        };
      } catch {
        return { trouble: { status: 0, sentence: fallback(), code: '', field: '' } };
      }
    },
  };
}

// 128 bits for the header Idempotency-Key: made once for each thing that is sent, kept while it is sent again.
export function newToken(): string {
  return crypto.randomUUID();
}
