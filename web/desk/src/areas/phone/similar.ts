// What is like it, by category and place alone: the words of the caller are compared with nobody's.
import type { Desk, Schemas } from '../../api/client';

export type Similar = Schemas['Similar'];

// Nothing when it cannot be known now: what is said is taken in all the same.
export async function findSimilar(desk: Desk, category: string, place: string): Promise<Similar[] | null> {
  const answer = await desk.ask((server) =>
    server.GET('/api/v1/similar', {
      params: { query: { category, ...(place ? { place } : {}) } },
    }),
  );
  return 'ok' in answer ? answer.ok.similar : null;
}
