// The record that is being written: kept every two seconds, when a field is left, and when the tablet is locked. What was
// finished is not changed any more: the server may have it already.
import { computed, onBeforeUnmount, onMounted, reactive, ref, watch } from 'vue';
import { missing, partCount, type Session } from './session';
import { useSync } from './sync';
import { useTablet } from './tablet';

export const keepEveryMs = 2_000;
export const mostFiles = 10;
export const largestFile = 20 * 1024 * 1024;

export type NotAdded = '' | 'too_many' | 'too_large' | 'full';

export function useRecord(id: string) {
  const tablet = useTablet();
  const sync = useSync();
  const found = tablet.item(id);
  const session = reactive<Session>({ ...(found?.session ?? ({} as Session)) });
  const way = computed(() => tablet.item(id)?.way ?? 'writing');
  const open = computed(() => way.value === 'writing' || way.value === 'refused');
  const keptAt = ref(found?.changedAt ?? 0);
  const notKept = ref(false);
  const files = ref<{ id: string; type: string; size: number }[]>([]);
  let changed = false;
  let keeping: Promise<void> = Promise.resolve();
  let timer: ReturnType<typeof setInterval> | undefined;

  const signatureId = `${id}:signature`;

  async function write(finished: boolean) {
    const item = tablet.item(id);
    if (!item || !open.value) return;
    changed = false;
    try {
      await tablet.keep({
        ...item,
        session: { ...session, ended: finished ? new Date().toISOString() : session.ended },
        way: finished ? 'local' : 'writing',
        changedAt: Date.now(),
        said: finished ? '' : item.said,
        why: finished ? '' : item.why,
      });
      keptAt.value = Date.now();
      notKept.value = false;
    } catch {
      changed = true;
      notKept.value = true;
    }
  }
  // One after the other: an older state never comes after a newer one, and a record is finished with the photos that were
  // chosen before.
  function inTurn<T>(what: () => Promise<T>): Promise<T> {
    const mine = keeping.then(what);
    keeping = mine.then(
      () => undefined,
      () => undefined,
    );
    return mine;
  }
  const keep = (finished = false): Promise<void> =>
    inTurn(async () => {
      if (changed || finished) await write(finished);
    });
  async function finish(): Promise<boolean> {
    await keep(true);
    void sync.bringBack();
    return !notKept.value;
  }

  async function listFiles() {
    files.value = (await tablet.files.of(id)).map(({ id: file, blob }) => ({
      id: file,
      type: blob.type,
      size: blob.size,
    }));
  }
  // What is too much is not taken, and said.
  const addFiles = (chosen: Iterable<File>): Promise<NotAdded> =>
    inTurn(async () => {
      let wrong: NotAdded = '';
      for (const file of chosen) {
        if (files.value.length >= mostFiles) wrong = 'too_many';
        else if (file.size > largestFile) wrong = 'too_large';
        else if (await putFile(file)) await listFiles();
        else return 'full';
      }
      return wrong;
    });
  const putFile = (file: Blob, name?: string): Promise<boolean> =>
    tablet.files.put(id, file, name).then(
      () => true,
      () => false,
    );
  const removeFile = (file: string): Promise<void> =>
    inTurn(async () => {
      await tablet.files.remove(file);
      await listFiles();
    });
  const sign = (picture: Blob): Promise<void> =>
    inTurn(async () => {
      if (await putFile(picture, signatureId)) session.signed = true;
      else notKept.value = true;
      await listFiles();
    });
  async function unsign() {
    session.signed = false;
    await removeFile(signatureId);
  }

  const gaps = computed(() => missing(session));
  const complete = computed(() => partCount - gaps.value.length);

  watch(session, () => {
    changed = true;
  });
  const leaving = () => void keep();
  onMounted(() => {
    timer = setInterval(() => void keep(), keepEveryMs);
    document.addEventListener('visibilitychange', leaving);
    tablet.whenLocking(() => keep());
    void listFiles();
  });
  onBeforeUnmount(() => {
    clearInterval(timer);
    document.removeEventListener('visibilitychange', leaving);
    tablet.whenLocking(null);
    void keep();
  });

  return {
    found: found !== undefined,
    session,
    way,
    open,
    keptAt,
    notKept,
    files,
    signatureId,
    gaps,
    complete,
    keep,
    finish,
    addFiles,
    removeFile,
    sign,
    unsign,
  };
}
export type Record = ReturnType<typeof useRecord>;
