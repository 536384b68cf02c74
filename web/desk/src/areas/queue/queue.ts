// The list of the queue and where one stands in it. It outlives its page, so that one comes back to the same line at the
// same place, without asking the server again.
import { defineStore } from 'pinia';
import { computed, ref, shallowRef, watch } from 'vue';
import type { Schemas } from '../../api/client';
import { useToken } from '../../api/once';
import { useNewest } from '../../house/newest';
import { useDesk, useSession } from '../../shell/session';
import { hasFilters, queryOf, sameQuery, type Filters } from './filters';

// `alike`: how many matters are like it, where the server has compared them.
export type Line = Schemas['QueueLine'] & { alike?: number };
export type Part = Schemas['Part'];
export const handled = 'handled'; // listed like a part: what the unit has had in its hands

export interface Count {
  part: Part;
  waiting: number;
  overdue: number;
  three_days: number;
  returned: number;
  redo: number;
}

const pageSize = 50;

// Who can do something in a part.
const doing: Record<Part, string[]> = {
  dispatch: ['case:triage', 'case:route'],
  lead: ['case:handle'],
  co: ['case:handle'],
  call_back: ['case:callback'],
  close: ['case:close'],
  asked: ['case:answer_when_asked'],
  review: ['case:review'],
  transcribe: ['case:transcribe'],
  ask_again: ['case:callback'],
  reopen: ['case:reopen'],
};

export const useQueue = defineStore('queue', () => {
  const desk = useDesk();
  const session = useSession();

  const part = ref<string>('');
  const filters = ref<Filters>({});
  const lines = shallowRef<Line[] | null>(null);
  const nextCursor = ref<string | null>(null);
  const trouble = ref('');
  const counts = ref<Count[]>([]);
  const views = ref<Schemas['View'][]>([]);
  // When a list with filters is empty: the day on which the first one without them is due.
  const nextDue = ref<string | null>(null);
  const lastSeen = ref(''); // the case that was opened last
  const selected = ref(new Set<string>());
  let asking = 0; // the newest question; the answers of older ones come too late

  // What waits for the unit, as far as this person has a hand in it; and what was asked for by address.
  const ownCounts = computed(() =>
    counts.value.filter(
      (count) => count.part === part.value || doing[count.part].some((permission) => session.may(permission)),
    ),
  );
  const query = computed(() => queryOf(part.value, filters.value));

  async function ask(cursor: string | null) {
    const page = { limit: pageSize, ...(cursor ? { cursor } : {}) };
    if (part.value === handled) {
      const { state } = filters.value;
      return desk.ask((server) =>
        server.GET('/api/v1/handled', { params: { query: { ...page, ...(state ? { state } : {}) } } }),
      );
    }
    const asked = { part: part.value as Part, ...filters.value, ...page };
    return desk.ask((server) => server.GET('/api/v1/queue', { params: { query: asked } }));
  }

  async function fetchFirst(): Promise<void> {
    const question = ++asking;
    trouble.value = '';
    nextDue.value = null;
    const answer = await ask(null);
    if (question !== asking) return;
    if ('trouble' in answer) {
      if (answer.trouble.status === 401) session.forget();
      trouble.value = answer.trouble.sentence;
      return;
    }
    lines.value = answer.ok.lines;
    nextCursor.value = answer.ok.next_cursor;
    selected.value = new Set(
      [...selected.value].filter((id) => answer.ok.lines.some((line) => line.id === id)),
    );
    if (answer.ok.lines.length === 0 && hasFilters(filters.value) && part.value !== handled) {
      const first = await desk.ask((server) =>
        server.GET('/api/v1/queue', { params: { query: { part: part.value as Part, limit: 1 } } }),
      );
      if (question === asking && 'ok' in first) nextDue.value = first.ok.lines[0]?.due ?? null;
    }
  }

  async function fetchMore(): Promise<void> {
    const question = asking;
    const answer = await ask(nextCursor.value);
    if (question !== asking) return;
    if ('trouble' in answer) {
      trouble.value = answer.trouble.sentence;
      return;
    }
    // A line that moved down meanwhile is not shown twice.
    const known = new Set((lines.value ?? []).map((line) => line.id));
    lines.value = [...(lines.value ?? []), ...answer.ok.lines.filter((line) => !known.has(line.id))];
    nextCursor.value = answer.ok.next_cursor;
  }

  async function show(newPart: string, newFilters: Filters): Promise<void> {
    if (lines.value !== null && sameQuery(queryOf(newPart, newFilters), query.value)) return;
    part.value = newPart;
    filters.value = newFilters;
    lines.value = null;
    selected.value = new Set();
    await fetchFirst();
  }

  const newestCounts = useNewest();
  async function fetchCounts(): Promise<void> {
    const still = newestCounts();
    const answer = await desk.ask((server) => server.GET('/api/v1/queues'));
    if (still() && 'ok' in answer) counts.value = answer.ok.queues;
  }
  const newestViews = useNewest();
  async function fetchViews(): Promise<void> {
    const still = newestViews();
    const answer = await desk.ask((server) => server.GET('/api/v1/views'));
    if (still() && 'ok' in answer) views.value = answer.ok.views;
  }
  async function saveView(title: string): Promise<string> {
    const body = { title, query: { part: part.value as Part, ...filters.value } };
    const answer = await desk.ask((server) => server.POST('/api/v1/views', { body }));
    if ('trouble' in answer) return answer.trouble.sentence;
    await fetchViews();
    return '';
  }
  async function forgetView(view: string): Promise<void> {
    await desk.ask((server) => server.DELETE('/api/v1/views/{view}', { params: { path: { view } } }));
    await fetchViews();
  }

  // It ends with its person (shell/of_one_person.ts); whoever begins or ends to act for a colleague has another list, too.
  let actingFor: string | null | undefined;
  watch(
    () => session.account,
    (account) => {
      if (!account) return;
      if (actingFor !== undefined && account.acting_for !== actingFor) begin();
      actingFor = account.acting_for;
    },
    { immediate: true, flush: 'sync' },
  );
  function begin(): void {
    asking += 1;
    newestCounts();
    newestViews();
    part.value = lastSeen.value = trouble.value = '';
    filters.value = {};
    lines.value = nextCursor.value = nextDue.value = null;
    counts.value = [];
    views.value = [];
    selected.value = new Set();
  }

  // Something has changed with a case: the list and the counts are asked again; what is shown stays until then.
  async function refresh(): Promise<void> {
    await Promise.all([fetchFirst(), fetchCounts()]);
  }

  // Signs them in; tells how many were, and why the others were not, which alone stay selected.
  const tokenOf = useToken();
  async function signIn(chosen: Line[]): Promise<{ signed: number; refused: string[] }> {
    const list = query.value;
    const cases = chosen.map(({ id, seq }) => ({ id, expected_seq: seq }));
    const answer = await desk.ask((server) =>
      server.POST('/api/v1/queue/bulk', {
        params: { header: { 'Idempotency-Key': tokenOf(cases) } },
        body: { step: 'signed_in', cases },
      }),
    );
    if ('trouble' in answer) return { signed: 0, refused: [answer.trouble.sentence] };
    const headlineOf = (id: string) => lines.value?.find((line) => line.id === id)?.headline ?? '';
    const refused = answer.ok.results.filter(({ done }) => !done);
    const told = refused.map(({ id, problem }) => `${headlineOf(id)}：${problem?.detail ?? ''}`);
    if (sameQuery(list, query.value)) selected.value = new Set(refused.map(({ id }) => id));
    await refresh();
    return { signed: answer.ok.results.length - refused.length, refused: told };
  }

  function select(id: string): void {
    const chosen = new Set(selected.value);
    if (!chosen.delete(id)) chosen.add(id);
    selected.value = chosen;
  }

  // The case before or after that one in the list; the first when it is in none.
  function beside(id: string, step: 1 | -1): Line | undefined {
    const all = lines.value ?? [];
    const at = all.findIndex((line) => line.id === id);
    return at < 0 ? all[0] : all[at + step];
  }

  return {
    part,
    filters,
    lines,
    nextCursor,
    trouble,
    counts,
    ownCounts,
    views,
    nextDue,
    lastSeen,
    selected,
    query,
    show,
    fetchFirst,
    fetchMore,
    fetchCounts,
    fetchViews,
    saveView,
    forgetView,
    refresh,
    signIn,
    select,
    beside,
  };
});
