// The record that is being written: kept every two seconds, when a field is left, and when the tablet is locked. What was
// finished is not changed any more: the server may have it already.
import { computed, onBeforeUnmount, onMounted, reactive, ref, watch } from 'vue';
import { missing, partCount, type Session } from './session';
import { useSync } from './sync';
import { useTablet } from './tablet';

export const keepEveryMs = 2_000;
export const mostFiles = 10;
export const largestFile = 20 * 1024 * 1024;

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
  // One after the other: an older state never comes after a newer one.
  function keep(finished = false): Promise<void> {
    keeping = keeping.then(() => (changed || finished ? write(finished) : undefined));
    return keeping;
  }
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
  async function addFiles(chosen: Iterable<File>): Promise<'' | 'too_many' | 'too_large'> {
    let wrong: '' | 'too_many' | 'too_large' = '';
    for (const file of chosen) {
      if (files.value.length >= mostFiles) wrong = 'too_many';
      else if (file.size > largestFile) wrong = 'too_large';
      else {
        await tablet.files.put(id, file);
        await listFiles();
      }
    }
    return wrong;
  }
  async function removeFile(file: string) {
    await tablet.files.remove(file);
    await listFiles();
  }
  async function sign(picture: Blob) {
    await tablet.files.put(id, picture, signatureId);
    session.signed = true;
    await listFiles();
  }
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
