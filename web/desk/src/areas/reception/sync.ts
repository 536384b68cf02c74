// Between the tablet and the server: what a day needs is fetched beforehand, what was taken down is brought back, and both
// sides say what they have. Every question may be asked again: a record is known by its id, a request for numbers by its key.
import { defineStore } from 'pinia';
import { computed, ref } from 'vue';
import { newToken, type Schemas, type Trouble } from '../../api/client';
import { useDesk } from '../../shell/session';
import { t } from './messages';
import { withinTime } from './network';
import { wire, type Session } from './session';
import { useTablet, type Item } from './tablet';

export const papersOfADay = 60;
// How long nothing is asked after a run that ended without an answer; at most, see `later`.
export const againAfterMs = [2_000, 5_000, 15_000, 60_000];
export const failuresOfARun = 3; // one after the other; then the network is left alone for a while
export const questionMs = 30_000; // for one question without files
const bytesPerMs = 32; // of files, on the slowest network that we wait for at once
const mostPatience = 16;
const page = 500; // what the server lists at once
export const skewWorthSaying = 2 * 60_000;
// What is asked of the server while records are brought back; a record has its own id.
const theList = 'the list of what arrived';
const theNumbers = 'the first numbers';

export const useSync = defineStore('reception-sync', () => {
  const desk = useDesk();
  const tablet = useTablet();
  const busy = ref(false);
  const trouble = ref<Trouble | null>(null);
  const lastAnswer = ref<number | null>(null); // when the server last answered
  const offline = computed(() => trouble.value?.status === 0);
  let tries = 0; // runs in a row without progress
  let turn = 0;
  const lastTurn = new Map<string, number>(); // of each question, when it was last asked
  const patience = new Map<string, number>(); // of each record, how many times as long as usual
  const unlisted = new Set<string>(); // records that were sent again because the list did not have them
  let timer: ReturnType<typeof setTimeout> | undefined;

  const answered = () => {
    lastAnswer.value = Date.now();
    trouble.value = null;
  };
  // Every question to the server ends, whatever the network does: nothing waits behind one that never will.
  const within = withinTime(() => t('sync.offline'));

  // Numbers, the receptions to come with their queues, and the units that a leader may name.
  async function takeAlong(count = papersOfADay): Promise<boolean> {
    const days = await within(questionMs, (signal) =>
      desk.ask((server) => server.GET('/api/v1/reception_days', { signal })),
    );
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
    const device = tablet.own.device;
    const block = await within(questionMs, (signal) =>
      desk.ask((server) =>
        server.POST('/api/v1/receptions/{device}/blocks', {
          signal,
          params: { path: { device: tablet.own.device }, header: { 'Idempotency-Key': key } },
          body: { label: tablet.own.label, visit: tablet.own.visit || null, count: Number(asked) },
        }),
      ),
    );
    if (tablet.own.device !== device) return false; // locked, or set up anew: the key is asked for again
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

  // What one question came to. `moved`: some record is further on than it was; `over`: nothing more is asked for now.
  type Came = 'moved' | 'failed' | 'over';
  const stops = (what: Trouble): Came => {
    failed(what);
    return [401, 429, 503].includes(what.status) ? 'over' : 'failed';
  };

  async function send(item: Item): Promise<Came> {
    const id = item.session.id;
    const sent = JSON.stringify(wire(item.session));
    await tablet.advance({ ...item, way: 'sending' });
    if (tablet.door !== 'open') return 'over'; // its photos are sealed again
    const files = await tablet.files.of(id);
    const size = files.reduce((sum, { blob }) => sum + blob.size, 0);
    const waits = (questionMs + size / bytesPerMs) * (patience.get(id) ?? 1);
    const answer = await within(waits, (signal) =>
      desk.ask((server) =>
        server.POST('/api/v1/receptions/{device}/sessions', {
          signal,
          params: { path: { device: tablet.own.device } },
          body: { session: sent },
          bodySerializer: (body) => {
            const form = new FormData();
            form.append('session', body.session);
            for (const { id: file, blob } of files) form.append('file', blob, file);
            return form;
          },
        }),
      ),
    );
    // It may have been locked meanwhile, opened again, and changed: then the answer is about something else.
    const now = tablet.item(id);
    if (!now || JSON.stringify(wire(now.session)) !== sent) return 'failed';
    if ('ok' in answer) {
      const { instruction, because, received_at: receivedAt } = answer.ok;
      const said = instruction === 'not_open' ? because : instruction;
      await tablet.advance({ ...now, way: 'sent', sentAt: Date.now(), receivedAt, said });
      answered();
      return 'moved';
    }
    const { status, code, sentence } = answer.trouble;
    if (status === 409 && code === 'receptions.changed_elsewhere') {
      await tablet.advance({ ...now, way: 'conflict', said: sentence });
      answered();
      return 'moved'; // the next one can go on
    }
    const final = status >= 400 && status < 500 && ![401, 403, 408, 429].includes(status);
    const refused = { way: 'refused', said: sentence, why: code } as const;
    await tablet.advance(final ? { ...now, ...refused } : { ...now, way: 'local' });
    if (final) {
      answered();
      return 'moved';
    }
    // Many photos on a slow network need longer than we thought.
    if ('late' in answer) patience.set(id, Math.min((patience.get(id) ?? 1) * 2, mostPatience));
    return stops(answer.trouble);
  }

  // What the server has answered and has in its own list is confirmed. One whose answer was lost is sent again, not
  // believed: another version of it may be what arrived. One that was answered and is not in the list (the server was
  // restored from an older backup) is sent once more; the list of this tablet has not what another brought before.
  async function reconcile(): Promise<Came> {
    const asked = tablet.items.filter((one) => one.way === 'sent');
    // From the oldest that waits for it, and not from where the last list ended: the answer to a record may come long
    // after the record arrived, and then an older list has passed it already.
    let since = asked
      .map((one) => one.receivedAt)
      .reduce((a, b) => (a < b ? a : b), asked[0]?.receivedAt ?? '');
    let came: Came = 'failed';
    for (;;) {
      const answer = await within(questionMs, (signal) =>
        desk.ask((server) =>
          server.GET('/api/v1/receptions/{device}/received', {
            signal,
            params: { path: { device: tablet.own.device }, query: since ? { since } : {} },
          }),
        ),
      );
      if ('trouble' in answer) return came === 'moved' ? came : stops(answer.trouble);
      const { received, until, now } = answer.ok;
      for (const one of received) {
        const item = tablet.item(one.session);
        if (item?.way !== 'sent') continue;
        const said = one.instruction === 'not_open' ? one.because : one.instruction;
        await tablet.advance({ ...item, way: 'confirmed', sentAt: item.sentAt ?? Date.now(), said });
        came = 'moved';
      }
      // Known for now, also where there is no room to keep it.
      await tablet.keepOwn({ skewMs: Date.parse(now) - Date.now() }).catch(() => undefined);
      answered();
      if (received.length < page || until === since) break;
      since = until;
    }
    for (const { session } of asked) {
      const item = tablet.item(session.id);
      if (item?.way !== 'sent') continue;
      const again = unlisted.has(session.id);
      await tablet.advance({ ...item, way: again ? 'confirmed' : 'local' });
      if (again) came = 'moved';
      unlisted.add(session.id);
    }
    return came;
  }

  // One question at a time: what stands as under way between two was left so, by a browser that could not keep it.
  const toSend = () => tablet.items.filter((one) => one.way === 'local' || one.way === 'sending');
  const toConfirm = () => tablet.items.some((one) => one.way === 'sent');
  const becomeKnown = async (): Promise<Came> => {
    if (await takeAlong()) return 'moved';
    return trouble.value ? stops(trouble.value) : 'failed';
  };
  // What there is to ask, what was asked longest ago first: no question that fails, or always meets the same loss, keeps
  // another from its turn. The list comes after the records, and only when it can confirm one.
  function nextQuestion(): { name: string; ask: () => Promise<Came> } | null {
    if (tablet.door !== 'open') return null;
    // A tablet that has records before it has numbers carries them over from another: the server has to know it first.
    if (tablet.own.papers.length === 0 && toSend().length > 0) return { name: theNumbers, ask: becomeKnown };
    const all = toSend().map((one) => ({ name: one.session.id, ask: () => send(one) }));
    if (toConfirm()) all.push({ name: theList, ask: reconcile });
    const last = (name: string) => lastTurn.get(name) ?? (name === theList ? 0.5 : 0);
    return all.reduce<(typeof all)[number] | null>(
      (first, one) => (first && last(first.name) <= last(one.name) ? first : one),
      null,
    );
  }

  // Brings back what is finished. Goes on by itself until the server has everything or says no. Whatever the network loses,
  // each answer that comes through moves at least one record on (on this tablet, sent, confirmed), so that two answers for
  // each record are enough; every question ends; and while a record waits, the next one is asked within a minute.
  async function bringBack(): Promise<void> {
    if (busy.value || tablet.door !== 'open') return;
    busy.value = true;
    clearTimeout(timer);
    let failures = 0;
    try {
      for (let one = nextQuestion(); one && failures < failuresOfARun; one = nextQuestion()) {
        lastTurn.set(one.name, (turn += 1));
        const came = await one.ask().catch((wrong: unknown) => {
          if (tablet.door === 'open') throw wrong;
          return 'over'; // locked in the middle of it
        });
        failures = came === 'moved' ? 0 : failures + 1;
        if (came === 'moved') tries = 0;
        if (came === 'over') break;
      }
    } finally {
      busy.value = false;
      if (tablet.door === 'open' && (toConfirm() || toSend().length > 0)) later();
    }
  }
  function later() {
    if (trouble.value?.status === 401) return; // somebody has to sign in first
    clearTimeout(timer);
    const most = againAfterMs[Math.min(tries, againAfterMs.length - 1)] ?? 60_000;
    tries += 1;
    // Not all tablets of a county at the same moment when the network is back.
    timer = setTimeout(() => void bringBack(), most * (0.5 + Math.random() / 2));
  }

  // The version that arrived, to be shown beside ours.
  async function arrived(id: string): Promise<Schemas['RecordedSession'] | null> {
    const answer = await within(questionMs, (signal) =>
      desk.ask((server) =>
        server.GET('/api/v1/receptions/{device}/sessions/{session}', {
          signal,
          params: { path: { device: tablet.own.device, session: id } },
        }),
      ),
    );
    if ('ok' in answer) return answer.ok;
    failed(answer.trouble);
    return null;
  }
  // Ours is put beside it; neither is overwritten.
  async function putBeside(session: Session): Promise<boolean> {
    const answer = await within(questionMs, (signal) =>
      desk.ask((server) =>
        server.POST('/api/v1/receptions/{device}/beside', {
          signal,
          params: { path: { device: tablet.own.device } },
          body: wire(session),
        }),
      ),
    );
    if ('trouble' in answer) return failed(answer.trouble);
    return settled(session);
  }
  // The version that arrived is the right one; ours is kept here for a day and then forgotten.
  async function settled(session: Session): Promise<boolean> {
    const item = tablet.item(session.id);
    if (item) await tablet.advance({ ...item, way: 'confirmed', sentAt: Date.now(), said: '' });
    return true;
  }

  return { busy, trouble, offline, lastAnswer, takeAlong, bringBack, arrived, putBeside, settled };
});

const dateOf = (instant: string) =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }).format(new Date(instant));
