// The file that a tablet saves and another reads: everything as it lies in the vault, each row sealed for itself. It is one
// JSON object with a row on each line, so that no photo has to be in memory beside the others, and a file that breaks off
// (a stick that was pulled out) still gives what it has. Bytes are {"base64": "…"}. Nothing in it is believed before it has
// been looked at: whoever finds such a file can change it, though not what is sealed.
import type { About, Bytes, Sealed } from './seal';
import type { FileRow, Mark, Row } from './vault';

const format = 'minhu-reception/v1';
const begins = /^\{"format":"minhu-reception\/v(\d+)"/;
const ways = ['writing', 'local', 'sending', 'sent', 'confirmed', 'conflict', 'refused', 'kept'];
const fewestRounds = 100_000;
const mostRounds = 10_000_000; // a file does not decide for how long we are busy
const step = 4 * 1024 * 1024; // read at once while lines are counted

export function fileOf(about: About[], items: Row[], files: FileRow[]): Blob {
  const parts: string[] = [`{"format":"${format}"`];
  for (const [name, rows] of Object.entries({ about, items, files })) {
    parts.push(`,"${name}":[\n`);
    rows.forEach((row, at) => parts.push(at > 0 ? ',\n' : '', JSON.stringify(row, asText)));
    parts.push('\n]');
  }
  parts.push('}\n');
  return new Blob(parts, { type: 'application/json' });
}
const asText = (_key: string, value: unknown) =>
  value instanceof ArrayBuffer || ArrayBuffer.isView(value) ? { base64: base64Of(value) } : value;

function base64Of(bytes: ArrayBuffer | ArrayBufferView): string {
  const all =
    bytes instanceof ArrayBuffer
      ? new Uint8Array(bytes)
      : new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let text = '';
  for (let at = 0; at < all.length; at += 0x8000) {
    text += String.fromCharCode(...all.subarray(at, at + 0x8000));
  }
  return btoa(text);
}

export interface FileOutline {
  id: string;
  session: string;
  type: string;
  read: () => Promise<Sealed>;
}
export interface Outline {
  about: About;
  items: Row[];
  files: FileOutline[];
  whole: boolean; // it does not break off
  unreadable: number; // lines that are no rows
}
// `foreign`: not saved by a tablet; `newer`: by one whose program knows more; `damaged`: nothing in it can be opened.
export type Unusable = 'foreign' | 'newer' | 'damaged';

export async function outlineOf(file: Blob): Promise<Outline | Unusable> {
  const version = begins.exec(await file.slice(0, 64).text())?.[1];
  if (!version) return 'foreign';
  if (version !== '1') return 'newer';
  const lines = await linesOf(file);
  const found = lines.length > 1 ? await byLines(file, lines) : atOnce(await file.text());
  const about = found.about ? aboutIn(found.about) : null;
  return about ? { ...found, about } : 'damaged';
}
interface Found extends Omit<Outline, 'about'> {
  about: unknown;
}

// Where each line begins and ends.
async function linesOf(file: Blob): Promise<[number, number][]> {
  const lines: [number, number][] = [];
  let begun = 0;
  for (let at = 0; at < file.size; at += step) {
    const bytes = new Uint8Array(await file.slice(at, at + step).arrayBuffer());
    for (let end = bytes.indexOf(10); end >= 0; end = bytes.indexOf(10, end + 1)) {
      lines.push([begun, at + end]);
      begun = at + end + 1;
    }
  }
  if (begun < file.size) lines.push([begun, file.size]);
  return lines;
}

async function byLines(file: Blob, lines: [number, number][]): Promise<Found> {
  const found: Found = { about: null, items: [], files: [], whole: false, unreadable: 0 };
  let part = 'about'; // which the first line opens
  for (const [from, to] of lines.slice(1)) {
    const text = await file.slice(from, to).text();
    const next = /^\],"(items|files)":\[$/.exec(text)?.[1];
    if (next) part = next;
    else if (text === ']}') found.whole = true;
    else if (text !== '') {
      const row = parsed(text.replace(/,$/, ''));
      const lies = part === 'files' ? fileIn(row) : null;
      const item = part === 'items' ? itemIn(row) : null;
      if (lies) {
        const again = async () =>
          sealedIn(parsed((await file.slice(from, to).text()).replace(/,$/, ''))) ?? nothingThere();
        found.files.push({ ...lies, read: again });
      } else if (item) found.items.push(item);
      else if (part === 'about') found.about = row;
      else found.unreadable += 1;
    }
  }
  return found;
}
// As it was written before rows stood on lines of their own.
function atOnce(text: string): Found {
  const all = parsed(text) as { [key: string]: unknown } | null;
  const rows = (name: string): unknown[] => (Array.isArray(all?.[name]) ? (all[name] as unknown[]) : []);
  const items = rows('items').map(itemIn);
  const files = rows('files').map((row) => {
    const lies = fileIn(row);
    return lies && { ...lies, read: () => Promise.resolve(sealedIn(row) ?? nothingThere()) };
  });
  const there = <T>(one: T | null): one is T => one !== null;
  return {
    about: rows('about')[0] ?? null,
    items: items.filter(there),
    files: files.filter(there),
    whole: all !== null,
    unreadable: [...items, ...files].filter((one) => one === null).length,
  };
}
function nothingThere(): never {
  throw new Error('the file has changed since it was opened');
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}
const object = (value: unknown): { [key: string]: unknown } | null =>
  typeof value === 'object' && value !== null ? (value as { [key: string]: unknown }) : null;

function bytesIn(value: unknown): Bytes | null {
  const text = object(value)?.base64;
  if (typeof text !== 'string') return null;
  try {
    const characters = atob(text);
    const bytes = new Uint8Array(characters.length);
    for (let at = 0; at < characters.length; at += 1) bytes[at] = characters.charCodeAt(at);
    return bytes;
  } catch {
    return null;
  }
}
function sealedIn(row: unknown): Sealed | null {
  const iv = bytesIn(object(row)?.iv);
  const sealed = bytesIn(object(row)?.sealed);
  return iv && sealed ? { iv, sealed: sealed.buffer } : null;
}
function aboutIn(row: unknown): About | null {
  const about = object(row);
  const [salt, iv, check] = [bytesIn(about?.salt), bytesIn(about?.iv), bytesIn(about?.check)];
  const rounds = about?.rounds;
  if (!salt || !iv || !check || typeof rounds !== 'number' || !Number.isInteger(rounds)) return null;
  if (rounds < fewestRounds || rounds > mostRounds) return null;
  return { id: 'about', salt, rounds, iv, check: check.buffer };
}
function itemIn(row: unknown): Row | null {
  const item = object(row);
  const lies = sealedIn(row);
  if (!lies || typeof item?.id !== 'string' || !ways.includes(String(item.way))) return null;
  const time = (value: unknown) => (typeof value === 'number' && Number.isFinite(value) ? value : null);
  return {
    ...lies,
    id: item.id,
    way: item.way as Mark['way'],
    changedAt: time(item.changedAt) ?? 0,
    sentAt: time(item.sentAt),
  };
}
function fileIn(row: unknown): Omit<FileOutline, 'read'> | null {
  const file = object(row);
  if (!sealedIn(row) || typeof file?.id !== 'string' || typeof file.session !== 'string') return null;
  return { id: file.id, session: file.session, type: typeof file.type === 'string' ? file.type : '' };
}
