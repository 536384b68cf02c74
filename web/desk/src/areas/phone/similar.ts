// GET /api/v1/similar: what is like it, by category and place alone.
import type { Client } from 'openapi-fetch';
import type { Desk } from '../../api/client';

export interface Similar {
  id: string | null; // nothing when the case is not ours to read
  number: string | null;
  place_name: string | null;
  lead_unit: { id: string; name: string } | null;
  reason: string;
  answered: boolean;
  answer: string | null;
}

// Nothing when it cannot be known now: what is said is taken in all the same.
export async function findSimilar(desk: Desk, category: string, place: string): Promise<Similar[] | null> {
  const answer = await desk.ask((server) =>
    (server as unknown as Client<SimilarPaths>).GET('/api/v1/similar', {
      params: { query: { category, ...(place ? { place } : {}) } },
    }),
  );
  return 'ok' in answer ? answer.ok.similar : null;
}

interface SimilarPaths {
  '/api/v1/similar': {
    get: {
      parameters: { query: { category: string; place?: string } };
      responses: { 200: { content: { 'application/json': { similar: Similar[] } } } };
    };
  };
}
