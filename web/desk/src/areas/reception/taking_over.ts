// Records of a tablet that broke, from the file that it saved: looked at, held against what is here and at the server, and
// taken into this tablet's vault, from where they go like its own. What makes each of them one case is its id and its number,
// which it keeps; who brings it does not matter to the server, as long as both tablets are of one unit.
import { computed, ref, shallowRef } from 'vue';
import { useDesk } from '../../shell/session';
import { open, type Carried, type OpenedFile } from './carried';
import { withinTime } from './network';
import { outlineOf, type Unusable } from './saved_file';
import { questionMs, useSync } from './sync';
import { useTablet, type Item } from './tablet';
import { t } from './messages';

// here: nothing to do; older: what is here was taken over before, has not been touched since, and the file has it as it was
// later; arrived: the server has it; check: the server knows the number and may have another version, it says which;
// revoked: the server has not got it and takes nothing under this number; unknown: the server could not be asked.
export type Standing = 'here' | 'older' | 'arrived' | 'check' | 'fresh' | 'revoked' | 'unknown';
export type Wrong = Unusable | 'unread' | 'pin_wrong' | 'elsewhere' | 'full' | '';
interface Known {
  waiting: Set<string>; // numbers whose words have not arrived
  revoked: boolean;
}

const taken = (standing: Standing) => standing !== 'here' && standing !== 'arrived';

export function useTakingOver() {
  const desk = useDesk();
  const tablet = useTablet();
  const sync = useSync();
  const wrong = ref<Wrong>('');
  const busy = ref(false);
  const opened = shallowRef<OpenedFile | null>(null);
  const known = shallowRef(new Map<string, Known>());
  const arrivedFinished = shallowRef(new Set<string>()); // of those that are unfinished in the file
  const unasked = ref(0); // status of an answer that did not come: 0, 401 …; -1 when it did
  const done = ref<{ taken: number; lost: number } | null>(null);
  let turn = 0; // another file may be chosen while one is being opened
  const within = withinTime(() => t('sync.offline'));

  function forget() {
    turn += 1;
    busy.value = false;
    wrong.value = '';
    opened.value = null;
    done.value = null;
  }

  async function openFile(file: Blob, pin: string): Promise<void> {
    forget();
    const mine = turn;
    busy.value = true;
    const found = await look(file, pin).catch((): Wrong => 'unread');
    if (mine !== turn) return;
    busy.value = false;
    if (typeof found === 'string') wrong.value = found;
    else {
      known.value = found.known;
      arrivedFinished.value = found.finished;
      unasked.value = found.unasked;
      opened.value = found.opened;
    }
  }

  async function look(file: Blob, pin: string) {
    const outline = await outlineOf(file);
    if (typeof outline === 'string') return outline;
    const one = await open(outline, pin);
    if (!one) return 'pin_wrong';
    const all = new Map<string, Known>();
    const finished = new Set<string>();
    let left = -1;
    for (const device of new Set(one.records.map((record) => record.device).filter(Boolean))) {
      const answer = await askAbout(device);
      if ('ok' in answer) {
        const { revoked_at: revoked, blocks } = answer.ok.tablet;
        all.set(device, {
          revoked: revoked !== null,
          waiting: new Set(blocks.flatMap(({ waiting }) => waiting)),
        });
      } else if (answer.trouble.status === 404) return 'elsewhere';
      else left = answer.trouble.status;
    }
    // Unfinished in the file and not waited for: it was finished afterwards, on the tablet itself.
    for (const record of one.records) {
      const asked = all.get(record.device);
      if (record.way !== 'writing' || !asked || asked.waiting.has(record.session.number)) continue;
      if (await hasArrived(record)) finished.add(record.session.id);
    }
    return { opened: one, known: all, finished, unasked: left };
  }
  const askAbout = (device: string) =>
    within(questionMs, (signal) =>
      desk.ask((server) =>
        server.GET('/api/v1/receptions/{device}/received', { signal, params: { path: { device } } }),
      ),
    );
  async function hasArrived({ device, session }: Carried): Promise<boolean> {
    const answer = await within(questionMs, (signal) =>
      desk.ask((server) =>
        server.GET('/api/v1/receptions/{device}/sessions/{session}', {
          signal,
          params: { path: { device, session: session.id } },
        }),
      ),
    );
    return 'ok' in answer;
  }

  function standingOf(one: Carried): Standing {
    const here = tablet.item(one.session.id);
    if (here) return outgrown(here, one) ? 'older' : 'here';
    const asked = known.value.get(one.device);
    if (!asked) return one.way === 'confirmed' ? 'arrived' : 'unknown';
    if (asked.waiting.has(one.session.number)) return asked.revoked ? 'revoked' : 'fresh';
    if (one.way === 'confirmed' || arrivedFinished.value.has(one.session.id)) return 'arrived';
    return 'check';
  }
  const outgrown = (here: Item, one: Carried) =>
    here.way === 'writing' && here.from?.changedAt === here.changedAt && one.changedAt > here.changedAt;

  const lines = computed(() =>
    (opened.value?.records ?? []).map((record) => ({ record, standing: standingOf(record) })),
  );
  const toTake = computed(() => lines.value.filter(({ standing }) => taken(standing)));
  const revoked = computed(() => lines.value.some(({ standing }) => standing === 'revoked'));

  // One after the other, each wholly or not at all: whatever ends it, what is here is here, and the rest is still in the file.
  async function take(): Promise<void> {
    const from = opened.value;
    if (!from || busy.value) return;
    const mine = turn;
    busy.value = true;
    wrong.value = '';
    const so = { taken: 0, lost: 0 };
    try {
      for (const { record } of toTake.value) {
        const { files, lost } = await from.filesOf(record);
        if (!(await tablet.takeOver(itemOf(record), files))) break;
        so.taken += 1;
        so.lost += lost;
      }
    } catch {
      if (mine === turn) wrong.value = 'full';
    }
    if (so.taken > 0) void sync.bringBack();
    if (mine !== turn) return;
    busy.value = false;
    done.value = so;
  }

  return { wrong, busy, opened, unasked, done, lines, toTake, revoked, openFile, take, forget };
}

// What was on its way there is not on its way here, and what the server has lost since it confirmed it is sent again.
function itemOf({ session, way, changedAt, said, device, tablet }: Carried): Item {
  const stays = way === 'writing' || way === 'conflict' || way === 'refused';
  return {
    session,
    way: stays ? way : 'local',
    changedAt,
    sentAt: null,
    receivedAt: '',
    said: stays ? said : '',
    from: { device, tablet, changedAt },
  };
}
