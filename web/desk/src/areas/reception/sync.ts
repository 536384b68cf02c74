// Between the tablet and the server: what a day needs is fetched beforehand, what was taken down is brought back, and both
// sides say what they have. Every question may be asked again: a record is known by its id, a request for numbers by its key.
import { defineStore } from 'pinia';
import { computed, ref } from 'vue';
import { newToken, type Schemas, type Trouble } from '../../api/client';
import { useDesk } from '../../shell/session';
import { wire, type Session } from './session';
import { useTablet, type Item } from './tablet';

export const papersOfADay = 60;
const againAfterMs = [2_000, 5_000, 15_000, 60_000];
export const skewWorthSaying = 2 * 60_000;

export const useSync = defineStore('reception-sync', () => {
  const desk = useDesk();
  const tablet = useTablet();
  const busy = ref(false);
  const trouble = ref<Trouble | null>(null);
  const lastAnswer = ref<number | null>(null); // when the server last answered
  const offline = computed(() => trouble.value?.status === 0);
  let tries = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const answered = () => {
    lastAnswer.value = Date.now();
    trouble.value = null;
    tries = 0;
  };

  // Numbers, the receptions to come with their queues, and the units that a leader may name.
  async function takeAlong(count = papersOfADay): Promise<boolean> {
    const days = await desk.ask((server) => server.GET('/api/v1/reception_days'));
    if ('trouble' in days) return failed(days.trouble);
    const today = days.ok.days.find((one) => one.date === dateOf(days.ok.now));
    const still = days.ok.days.some((one) => one.id === tablet.own.visit);
    await tablet.keepOwn({
      days: days.ok.days,
      skewMs: Date.parse(days.ok.now) - Date.now(),
      units: days.ok.units,
      county: days.ok.county,
      visit: still ? tablet.own.visit : (today?.id ?? ''),
    });
    if (tablet.papersLeft < count && !(await fetchPapers(count - tablet.papersLeft))) return false;
    answered();
    return true;
  }
  async function fetchPapers(count: number): Promise<boolean> {
    // The key is kept before it is used: an answer that is lost is asked for again, and no number is wasted.
    if (!tablet.own.asking) await tablet.keepOwn({ asking: `${newToken()} ${count}` });
    const [key = '', asked = ''] = (tablet.own.asking ?? '').split(' ');
    const block = await desk.ask((server) =>
      server.POST('/api/v1/receptions/{device}/blocks', {
        params: { path: { device: tablet.own.device }, header: { 'Idempotency-Key': key } },
        body: { label: tablet.own.label, visit: tablet.own.visit || null, count: Number(asked) },
      }),
    );
    if ('trouble' in block) {
      if (block.trouble.status >= 400 && block.trouble.status < 500 && block.trouble.status !== 401) {
        await tablet.keepOwn({ asking: null });
      }
      return failed(block.trouble);
    }
    const known = new Set(tablet.own.papers.map(({ number }) => number));
    const fresh = block.ok.numbers
      .filter(({ number }) => !known.has(number))
      .map(({ number, activation_code: code }) => ({ number, code, used: false }));
    await tablet.keepOwn({ asking: null, papers: [...tablet.own.papers, ...fresh] });
    return true;
  }
  function failed(what: Trouble): false {
    trouble.value = what;
    return false;
  }

  async function send(item: Item): Promise<boolean> {
    await tablet.keep({ ...item, way: 'sending' });
    const files = await tablet.files.of(item.session.id);
    const answer = await desk.ask((server) =>
      server.POST('/api/v1/receptions/{device}/sessions', {
        params: { path: { device: tablet.own.device } },
        body: { session: JSON.stringify(wire(item.session)) },
        bodySerializer: (body) => {
          const form = new FormData();
          form.append('session', body.session);
          for (const { id, blob } of files) form.append('file', blob, id);
          return form;
        },
      }),
    );
    if ('ok' in answer) {
      const { instruction, because } = answer.ok;
      const said = instruction === 'not_open' ? because : instruction;
      await tablet.keep({ ...item, way: 'sent', sentAt: Date.now(), said });
      answered();
      return true;
    }
    const { status, code, sentence } = answer.trouble;
    if (status === 409 && code === 'receptions.changed_elsewhere') {
      await tablet.keep({ ...item, way: 'conflict', said: sentence });
      return true; // the next one can go on
    }
    const final = status >= 400 && status < 500 && ![401, 403, 408, 429].includes(status);
    await tablet.keep({ ...item, way: final ? 'refused' : 'local', said: final ? sentence : item.said });
    if (final) return true;
    return failed(answer.trouble);
  }

  // What the server has answered and has in its own list is confirmed. One whose answer was lost is sent again, not
  // believed: another version of it may be what arrived.
  async function reconcile(): Promise<boolean> {
    for (;;) {
      const answer = await desk.ask((server) =>
        server.GET('/api/v1/receptions/{device}/received', {
          params: {
            path: { device: tablet.own.device },
            query: tablet.own.until ? { since: tablet.own.until } : {},
          },
        }),
      );
      if ('trouble' in answer) return failed(answer.trouble);
      for (const one of answer.ok.received) {
        const item = tablet.item(one.session);
        if (item?.way !== 'sent') continue;
        const said = one.instruction === 'not_open' ? one.because : one.instruction;
        await tablet.keep({ ...item, way: 'confirmed', sentAt: item.sentAt ?? Date.now(), said });
      }
      const more = answer.ok.received.length === 500 && answer.ok.until !== tablet.own.until;
      await tablet.keepOwn({
        until: answer.ok.until,
        skewMs: Date.parse(answer.ok.now) - Date.now(),
      });
      answered();
      if (!more) return true;
    }
  }

  // Brings back what is finished. Goes on by itself until the server has everything or says no.
  async function bringBack(): Promise<void> {
    if (busy.value || tablet.door !== 'open') return;
    busy.value = true;
    clearTimeout(timer);
    try {
      let well = true;
      for (const item of tablet.items.filter((one) => one.way === 'local')) {
        well = (await send(item)) && well;
        if (!well && trouble.value?.status === 401) break;
      }
      if (tablet.items.some((one) => one.way === 'sent' || one.way === 'local')) {
        well = (await reconcile()) && well;
      }
      if (!well || tablet.items.some((one) => one.way === 'local' || one.way === 'sent')) later();
    } finally {
      busy.value = false;
    }
  }
  function later() {
    if (trouble.value?.status === 401) return; // somebody has to sign in first
    clearTimeout(timer);
    const wait = againAfterMs[Math.min(tries, againAfterMs.length - 1)] ?? 60_000;
    tries += 1;
    timer = setTimeout(() => void bringBack(), wait);
  }

  // The version that arrived, to be shown beside ours.
  async function arrived(id: string): Promise<Schemas['RecordedSession'] | null> {
    const answer = await desk.ask((server) =>
      server.GET('/api/v1/receptions/{device}/sessions/{session}', {
        params: { path: { device: tablet.own.device, session: id } },
      }),
    );
    if ('ok' in answer) return answer.ok;
    failed(answer.trouble);
    return null;
  }
  // Ours is put beside it; neither is overwritten.
  async function putBeside(session: Session): Promise<boolean> {
    const answer = await desk.ask((server) =>
      server.POST('/api/v1/receptions/{device}/beside', {
        params: { path: { device: tablet.own.device } },
        body: wire(session),
      }),
    );
    if ('trouble' in answer) return failed(answer.trouble);
    return settled(session);
  }
  // The version that arrived is the right one; ours is kept here for a day and then forgotten.
  async function settled(session: Session): Promise<boolean> {
    const item = tablet.item(session.id);
    if (item) await tablet.keep({ ...item, way: 'confirmed', sentAt: Date.now(), said: '' });
    return true;
  }

  return { busy, trouble, offline, lastAnswer, takeAlong, bringBack, reconcile, arrived, putBeside, settled };
});

const dateOf = (instant: string) =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }).format(new Date(instant));
