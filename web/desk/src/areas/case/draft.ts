// An unfinished step, kept by the server under the key of its case and shared within the unit. Nothing of it is ever kept by
// the browser. A colleague's later version is shown, not written over.
import { onBeforeUnmount, onMounted, ref, watch, type Ref } from 'vue';
import type { Schemas } from '../../api/client';
import { useDesk, useSession } from '../../shell/session';
import { t } from './messages';

export type Fields = Record<string, string>;
export type OfficeDraft = Schemas['OfficeDraft'];

const pauseMs = 800; // after the last key
const againMs = 10_000; // after the server could not be reached

export interface DraftKeeper {
  savedAt: Ref<string>; // when the server last kept it; "" for never
  state: Ref<'nothing' | 'saving' | 'saved' | 'failed'>;
  other: Ref<OfficeDraft | null>; // what a colleague wrote meanwhile; until one of the two is chosen nothing is saved
  restored: Ref<boolean>; // what stands in the fields came back from the server
  takeOther: () => void;
  keepOwn: () => Promise<void>;
  discard: () => Promise<void>;
  hold: () => Promise<void>; // before the step is sent: nothing of the draft may reach the server after it
  release: () => void; // the step was refused: what was typed is kept again
  done: () => void; // the step was taken: the server has thrown the draft away
}

export function useDraft(caseId: string, tab: string, fields: Ref<Fields>, ready: () => void): DraftKeeper {
  const desk = useDesk();
  const savedAt = ref('');
  const state: DraftKeeper['state'] = ref('nothing');
  const other = ref<OfficeDraft | null>(null);
  const restored = ref(false);
  const path = { params: { path: { id: caseId }, query: { tab } } };
  let revision = 0;
  let last = ''; // what the server has
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running: Promise<void> | null = null;
  let looked: Promise<void> | null = null; // until it is known what the server has, nothing is sent over it
  let over = false;
  let held = false;
  let left = false; // its page
  let again = false; // it is tried once more after a while
  const letGo = useSession().hold({
    unsent: () => (state.value === 'failed' && !over ? t('draft.unsent') : ''),
    end: stop,
  });

  const textOf = (each: Fields) =>
    JSON.stringify(
      Object.entries(each)
        .filter(([, value]) => value !== '')
        .sort(),
    );

  function stop(): void {
    over = true;
    clearTimeout(timer);
  }
  // What was not kept is tried again until it is, also after its page was left; not after its person.
  async function save(): Promise<void> {
    clearTimeout(timer);
    again = false;
    await send();
    if (left && !again) letGo();
  }
  async function send(): Promise<void> {
    await looked;
    while (running) await running; // several may have waited for it: one after the other, or one would meet the other's revision
    const text = textOf(fields.value);
    if (over || held || other.value || text === last) return;
    state.value = 'saving';
    running = (async () => {
      const sent = { fields: { ...fields.value }, revision };
      const answer = await desk.ask((server) =>
        server.PUT('/api/v1/cases/{id}/draft', { ...path, body: sent }),
      );
      if (over) return;
      if ('trouble' in answer) {
        state.value = 'failed';
        const { status } = answer.trouble;
        again = status === 0 || status === 429 || status >= 500;
        if (again) timer = setTimeout(() => void save(), againMs);
        return;
      }
      const { saved, draft } = answer.ok;
      if (!saved && draft) {
        other.value = draft;
        state.value = 'failed';
        return;
      }
      revision = draft?.revision ?? 0;
      savedAt.value = draft?.saved_at ?? '';
      last = text;
      state.value = 'saved';
      if (!saved) last = ''; // the other one was thrown away: ours is sent again as the first
    })();
    await running;
    running = null;
  }

  async function load(): Promise<void> {
    const begun = textOf(fields.value);
    const answer = await desk.ask((server) => server.GET('/api/v1/cases/{id}/draft', path));
    const draft = 'ok' in answer ? answer.ok.draft : null;
    if (draft) {
      revision = draft.revision;
      savedAt.value = draft.saved_at;
      state.value = 'saved';
      // Whoever was quicker than the server keeps what they typed and chooses.
      if (textOf(fields.value) === begun) {
        fields.value = { ...fields.value, ...draft.fields };
        restored.value = true;
      } else {
        other.value = draft;
      }
    }
    // What was typed before the answer came is not what the server has.
    last = draft && !other.value ? textOf(fields.value) : begun;
    ready();
  }

  function takeOther(): void {
    if (!other.value) return;
    fields.value = { ...other.value.fields };
    revision = other.value.revision;
    savedAt.value = other.value.saved_at;
    last = textOf(fields.value);
    other.value = null;
    state.value = 'saved';
  }
  async function keepOwn(): Promise<void> {
    if (!other.value) return;
    revision = other.value.revision;
    other.value = null;
    last = '';
    await save();
  }
  // The fields are empty by now, and may be written in again before the server has thrown the draft away.
  async function discard(): Promise<void> {
    over = true; // what is under way is not to come back
    const empty = textOf(fields.value);
    if (running) await running;
    await desk.ask((server) => server.DELETE('/api/v1/cases/{id}/draft', path));
    over = false;
    revision = 0;
    savedAt.value = '';
    restored.value = false;
    last = empty;
    state.value = 'nothing';
    later();
  }

  async function hold(): Promise<void> {
    held = true;
    clearTimeout(timer);
    if (running) await running;
  }
  function release(): void {
    held = false;
    later();
  }

  function later(): void {
    clearTimeout(timer);
    timer = setTimeout(() => void save(), pauseMs);
  }
  watch(fields, later, { deep: true });
  // Whoever turns away from the window loses nothing.
  const leave = () => void (document.visibilityState === 'hidden' && save());
  onMounted(() => {
    looked = load();
    document.addEventListener('visibilitychange', leave);
  });
  onBeforeUnmount(() => {
    document.removeEventListener('visibilitychange', leave);
    left = true;
    void save();
  });

  return {
    savedAt,
    state,
    other,
    restored,
    takeOther,
    keepOwn,
    discard,
    hold,
    release,
    done: stop,
  };
}
