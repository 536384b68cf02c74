// What stands in a saved file once its PIN has opened it: the records of another tablet, as they were written there.
import type { FileOutline, Outline } from './saved_file';
import { keyFor, unseal } from './seal';
import { begin, numbersIn, type Session, type Way } from './session';

export interface Carried {
  session: Session;
  way: Way;
  changedAt: number;
  said: string;
  device: string; // the tablet whose number it has; of one that was carried over before, the one before
  tablet: string; // what that tablet is called
  files: FileOutline[];
}
export interface OpenedFile {
  tablet: string;
  records: Carried[]; // in the order in which they were begun
  whole: boolean;
  unreadable: number; // rows that are damaged
  // The photos and recordings of a record; `lost` of them are damaged.
  filesOf: (one: Carried) => Promise<{ files: { id: string; blob: Blob }[]; lost: number }>;
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

// Nothing when the PIN does not fit.
export async function open(outline: Outline, pin: string): Promise<OpenedFile | null> {
  const key = await keyFor(pin, outline.about);
  if (!key) return null;
  let unreadable = outline.unreadable;
  let own = { device: '', label: '' };
  const records: Carried[] = [];
  for (const row of outline.items) {
    const value = await unseal(key, row.id, row)
      .then((plain) => JSON.parse(new TextDecoder().decode(plain)) as { [key: string]: unknown })
      .catch(() => null);
    if (value && row.way === 'kept') own = { device: text(value.device), label: text(value.label) };
    const session = value && row.way !== 'kept' ? sessionIn(value.session) : null;
    if (!value || (row.way !== 'kept' && session?.id !== row.id)) unreadable += 1;
    if (!session || row.way === 'kept' || session.id !== row.id) continue;
    const from = value?.from as { device?: unknown; tablet?: unknown } | undefined;
    records.push({
      session,
      way: row.way,
      changedAt: row.changedAt,
      said: text(value?.said),
      device: text(from?.device),
      tablet: text(from?.tablet),
      files: outline.files.filter((file) => file.session === row.id),
    });
  }
  for (const one of records) {
    if (one.device) continue;
    one.device = own.device;
    one.tablet = own.label;
  }
  records.sort((a, b) => (a.session.begun < b.session.begun ? -1 : 1));
  return {
    tablet: own.label,
    records,
    whole: outline.whole,
    unreadable,
    filesOf: (one) => filesUnder(key, one),
  };
}

async function filesUnder(key: CryptoKey, one: Carried) {
  const files: { id: string; blob: Blob }[] = [];
  let lost = 0;
  for (const file of one.files) {
    try {
      const plain = await unseal(key, file.id, await file.read());
      files.push({ id: file.id, blob: new Blob([plain], { type: file.type }) });
    } catch {
      lost += 1;
    }
  }
  return { files, lost };
}

const text = (value: unknown) => (typeof value === 'string' ? value : '');

// A record of a program before this one lacks what was not asked then; what is of another kind is left as it begins.
function sessionIn(value: unknown): Session | null {
  if (typeof value !== 'object' || value === null) return null;
  const given = value as { [key: string]: unknown };
  const id = text(given.id);
  const number = text(given.number);
  if (!uuid.test(id) || numbersIn(number)[0] !== number) return null;
  if (Number.isNaN(Date.parse(text(given.begun)))) return null;
  const blank = begin({
    id,
    number,
    code: text(given.code),
    visit: text(given.visit),
    group: text(given.group),
    queue: typeof given.queue === 'number' ? given.queue : null,
    people: 1,
    officials: '',
    at: text(given.begun),
  });
  const known = Object.entries(given).filter(
    ([key, one]) => key in blank && typeof one === typeof blank[key as keyof Session],
  );
  return { ...blank, ...(Object.fromEntries(known) as Partial<Session>) };
}
