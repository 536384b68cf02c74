// The tablet as the pages see it: locked or open, its papers, its records, and how far each has come.
import { defineStore } from 'pinia';
import { computed, ref, shallowRef, triggerRef } from 'vue';
import type { Schemas } from '../../api/client';
import { begin, type Session, type Way } from './session';
import {
  countWaiting,
  forgetEverything,
  forgetWhatIsOver,
  isSetUp,
  Vault,
  type Counted,
  type Kept,
} from './vault';

export type Day = Schemas['ReceptionDay'];
export interface Paper {
  number: string;
  code: string;
  used: boolean;
}
export interface Unit {
  id: string;
  name: string;
  phone: string;
}
// What the tablet itself needs for a day without a network.
export interface Own {
  device: string;
  label: string;
  origin: string; // where the code on the paper leads
  papers: Paper[];
  asking: string | null; // key of the request for numbers that is under way
  days: Day[];
  units: Unit[];
  visit: string; // chosen for today; empty: nobody planned one
  skewMs: number; // the server's clock minus ours
  county: string;
}
export interface Item {
  session: Session;
  way: Way;
  changedAt: number;
  sentAt: number | null;
  receivedAt: string; // by the server's clock, as it answered; empty before that
  said: string; // why it was refused, or what became of the decision
  why?: string | undefined; // the code of that refusal
  from?: Origin | undefined;
}
// Of a record that another tablet wrote and whose saved file brought it here.
export interface Origin {
  device: string;
  tablet: string; // what that one is called
  changedAt: number; // as it was carried over; the same as the record's while nobody has touched it here
}

const ownId = 'tablet';
export const lockAfterMs = 5 * 60_000;
const blank = (): Own => ({
  device: crypto.randomUUID(),
  label: '',
  origin: window.location.origin,
  papers: [],
  asking: null,
  days: [],
  units: [],
  visit: '',
  skewMs: 0,
  county: '',
});

export const useTablet = defineStore('reception-tablet', () => {
  const door = ref<'looking' | 'new' | 'locked' | 'open' | 'elsewhere' | 'broken'>('looking');
  const own = shallowRef<Own>(blank());
  const items = shallowRef<Item[]>([]);
  const counted = ref<Counted>({ waiting: 0, since: null });
  let vault: Vault | null = null;
  let lastTouch = 0;
  let beforeLocking: (() => Promise<void>) | null = null;
  // One window at a time: two would give out the same paper.
  let holding: Promise<boolean> | null = null;

  function hold(): Promise<boolean> {
    if (!navigator.locks) return Promise.resolve(true);
    holding ??= new Promise((told) => {
      void navigator.locks.request('minhu-reception', { ifAvailable: true }, (lock) => {
        told(lock !== null);
        return lock === null ? undefined : new Promise(() => undefined); // until the window closes
      });
    });
    return holding;
  }

  async function count() {
    counted.value = await countWaiting();
  }
  // A page looks when it is shown, and the PIN may be entered while it does: what has opened meanwhile stays open.
  async function look() {
    if (door.value === 'open') return;
    const found = await lookAt();
    if ((door.value as string) !== 'open') door.value = found;
  }
  async function lookAt(): Promise<'elsewhere' | 'locked' | 'new' | 'broken'> {
    try {
      if (!(await hold())) {
        holding = null;
        return 'elsewhere';
      }
      await forgetWhatIsOver(Date.now());
      await count();
      return (await isSetUp()) ? 'locked' : 'new';
    } catch {
      return 'broken';
    }
  }

  const itemOf = ({ value, mark }: Kept<unknown>): Item => {
    const kept = value as Pick<Item, 'session' | 'said' | 'why' | 'from'> & { receivedAt?: string };
    // Whatever was under way when the tablet died has to be sent again: the server knows it by its id.
    const way = mark.way === 'sending' ? 'local' : (mark.way as Way);
    const { session, said, why, from, receivedAt = '' } = kept;
    return { session, said, why, from, way, changedAt: mark.changedAt, sentAt: mark.sentAt, receivedAt };
  };
  async function read(from: Vault) {
    const all = await from.all();
    const kept = all.find(({ id }) => id === ownId);
    if (kept) own.value = { ...blank(), ...(kept.value as Own) };
    items.value = all
      .filter(({ id }) => id !== ownId)
      .map(itemOf)
      .sort((a, b) => (a.session.begun < b.session.begun ? -1 : 1));
  }
  const keptOwn = (): Kept<unknown> => ({
    id: ownId,
    value: own.value,
    mark: { way: 'kept', changedAt: Date.now(), sentAt: null },
  });
  const keptItem = (item: Item): Kept<unknown> => ({
    id: item.session.id,
    value: {
      session: item.session,
      said: item.said,
      why: item.why,
      from: item.from,
      receivedAt: item.receivedAt,
    },
    mark: { way: item.way, changedAt: item.changedAt, sentAt: item.sentAt },
  });

  async function setUp(pin: string, label: string) {
    const made = await Vault.create(pin);
    own.value = { ...blank(), label };
    try {
      await made.put([keptOwn()]);
    } catch (wrong) {
      made.close();
      await forgetEverything(); // a lock without anything behind it would be in the way of the next try
      throw wrong;
    }
    vault = made;
    void navigator.storage?.persist?.();
    touched();
    door.value = 'open';
  }
  async function unlock(pin: string): Promise<boolean> {
    const opened = await Vault.open(pin);
    if (!opened) return false;
    try {
      await forgetWhatIsOver(Date.now()); // its page may have been open for days
      await read(opened);
    } catch (wrong) {
      opened.close();
      throw wrong;
    }
    vault = opened;
    touched();
    door.value = 'open';
    return true;
  }
  async function lock() {
    await beforeLocking?.();
    vault?.close();
    vault = null;
    items.value = [];
    own.value = blank();
    door.value = 'locked';
    await count();
  }
  function touched() {
    lastTouch = Date.now();
  }
  // A clock that was put back says nothing of how long nobody has touched it.
  async function lockWhenIdle() {
    if (door.value === 'open' && Math.abs(Date.now() - lastTouch) > lockAfterMs) await lock();
  }

  // An answer that comes after the tablet was locked changes nothing: what is here is blank until it has been read again.
  async function keepOwn(change: Partial<Own>) {
    if (door.value !== 'open') return;
    own.value = { ...own.value, ...change };
    await vault?.put([keptOwn()]);
  }
  function show(item: Item) {
    const at = items.value.findIndex((one) => one.session.id === item.session.id);
    if (at < 0) items.value.push(item);
    else items.value[at] = item;
    triggerRef(items);
  }
  // Shown only when it is kept: what the browser had no room for is still unfinished on the screen, and can be kept again.
  async function keep(item: Item) {
    const open = vault;
    if (door.value !== 'open' || !open) return;
    await open.put([keptItem(item)]);
    if (open !== vault) return; // locked meanwhile: it is there, and read when the tablet is opened again
    show(item);
    await count();
  }
  // How far a record has come on its way. It goes on also where there is no room to keep that: sending is how a full tablet
  // gets room, and what stands there as not sent is sent again, which the server knows. That it is under way is not kept at all.
  async function advance(item: Item) {
    if (door.value !== 'open') return;
    show(item);
    if (item.way === 'sending') return;
    await vault?.put([keptItem(item)]).catch(() => undefined);
    await count();
  }
  const item = (id: string) => items.value.find((one) => one.session.id === id);

  const papersLeft = computed(() => own.value.papers.filter((paper) => !paper.used).length);
  const day = computed(() => own.value.days.find((one) => one.id === own.value.visit) ?? null);

  // A paper and the record that stands on it, in one stroke. It is taken at once, and free again if there was no room.
  async function keepOnPaper(number: string, item: Item) {
    const taken = (used: boolean) => ({
      ...own.value,
      papers: own.value.papers.map((one) => (one.number === number ? { ...one, used } : one)),
    });
    own.value = taken(true);
    try {
      await vault?.put([keptOwn(), keptItem(item)]);
    } catch (wrong) {
      own.value = taken(false);
      throw wrong;
    }
  }
  // The next paper and a record with its number. Nothing when no paper is left.
  async function start(group: Day['groups'][number] | null): Promise<Item | null> {
    const paper = own.value.papers.find((one) => !one.used);
    if (!vault || !paper) return null;
    const now = new Date();
    const last = items.value.filter((one) => !one.from).at(-1)?.session;
    const session = begin({
      id: crypto.randomUUID(),
      number: paper.number,
      code: paper.code,
      visit: own.value.visit,
      group: group?.id ?? '',
      queue: group?.number ?? null,
      people: group?.people ?? 1,
      officials: last?.officials ?? (day.value ? `${day.value.leader}（${day.value.post}）` : ''),
      at: now.toISOString(),
    });
    const made: Item = {
      session,
      way: 'writing',
      changedAt: now.getTime(),
      sentAt: null,
      receivedAt: '',
      said: '',
    };
    await keepOnPaper(paper.number, made);
    show(made);
    await count();
    return made;
  }

  // A record with its files from another tablet, in one stroke. It keeps its id and its number: whichever tablet sends it,
  // the server knows it by them. False when the tablet was locked meanwhile.
  async function takeOver(item: Item, files: { id: string; blob: Blob }[]): Promise<boolean> {
    const open = vault;
    if (!open) return false;
    const session = item.session.id;
    await open.put(
      [keptItem(item)],
      files.map((file) => ({ ...file, session })),
    );
    if (open !== vault) return true; // it is there, and read when the tablet is opened again
    items.value = [...items.value.filter((one) => one.session.id !== session), item].sort((a, b) =>
      a.session.begun < b.session.begun ? -1 : 1,
    );
    await count();
    return true;
  }
  // The number of a record opens nothing (its tablet was lost, another matter has it): it gets the next paper of this
  // tablet, and what stood on the old one is kept among the earlier numbers. Its id stays, so it is still one record.
  async function renumber(id: string): Promise<Item | null> {
    const item = items.value.find((one) => one.session.id === id);
    const paper = own.value.papers.find((one) => !one.used);
    if (!vault || item?.way !== 'refused' || !paper) return null;
    const { number, earlier } = item.session;
    const session = {
      ...item.session,
      number: paper.number,
      code: paper.code,
      earlier: [earlier, number].filter(Boolean).join('，'),
    };
    const again: Item = { ...item, session, way: 'local', said: '', why: '', changedAt: Date.now() };
    await keepOnPaper(paper.number, again);
    show(again);
    await count();
    return again;
  }

  async function wipe() {
    vault?.close();
    vault = null;
    await forgetEverything();
    items.value = [];
    own.value = blank();
    door.value = 'new';
    await count();
  }

  return {
    door,
    own,
    items,
    counted,
    papersLeft,
    day,
    look,
    setUp,
    unlock,
    lock,
    lockWhenIdle,
    touched,
    keepOwn,
    keep,
    advance,
    item,
    start,
    takeOver,
    renumber,
    wipe,
    files: {
      put: async (session: string, file: Blob, id: string = crypto.randomUUID()) => {
        await vault?.putFile(id, session, file);
        return id;
      },
      remove: async (id: string) => vault?.removeFile(id),
      of: async (session: string) => (vault ? vault.filesOf(session) : []),
    },
    exported: async () => (vault ? vault.exported() : null),
    whenLocking: (flush: (() => Promise<void>) | null) => {
      beforeLocking = flush;
    },
  };
});
