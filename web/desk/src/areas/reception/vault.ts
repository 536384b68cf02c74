// What a tablet keeps: sealed under a key that the PIN makes, in the browser's own database. Outside the seal stand only an
// id, how far a record has come, and when. Whoever finds the tablet reads nothing; whoever forgets the PIN does not either.
import type { Way } from './session';

const databaseName = 'minhu-reception';
const rounds = 600_000; // PBKDF2-HMAC-SHA-256 (OWASP 2023)
export const leastPin = 6;
export const keptAfterSendingMs = 24 * 3_600_000;

export interface Mark {
  way: Way | 'kept'; // kept: not a record but what the tablet itself needs
  changedAt: number;
  sentAt: number | null;
}
interface Row extends Mark {
  id: string;
  iv: Uint8Array<ArrayBuffer>;
  sealed: ArrayBuffer;
}
interface FileRow {
  id: string;
  session: string;
  type: string;
  iv: Uint8Array<ArrayBuffer>;
  sealed: ArrayBuffer;
}
interface About {
  id: 'about';
  salt: Uint8Array<ArrayBuffer>;
  rounds: number;
  iv: Uint8Array<ArrayBuffer>;
  check: ArrayBuffer;
}

const done = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('the browser keeps nothing'));
  });
const over = (transaction: IDBTransaction): Promise<void> =>
  new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onerror = transaction.onabort = () =>
      reject(transaction.error ?? new Error('the browser keeps nothing'));
  });

function openDatabase(): Promise<IDBDatabase> {
  const request = indexedDB.open(databaseName, 1);
  request.onupgradeneeded = () => {
    request.result.createObjectStore('about', { keyPath: 'id' });
    request.result.createObjectStore('items', { keyPath: 'id' });
    request.result.createObjectStore('files', { keyPath: 'id' }).createIndex('session', 'session');
  };
  return done(request);
}

async function keyOf(pin: string, salt: Uint8Array<ArrayBuffer>, iterations: number): Promise<CryptoKey> {
  const material = await crypto.subtle.importKey('raw', new TextEncoder().encode(pin), 'PBKDF2', false, [
    'deriveKey',
  ]);
  return crypto.subtle.deriveKey(
    { name: 'PBKDF2', hash: 'SHA-256', salt, iterations },
    material,
    { name: 'AES-GCM', length: 256 },
    false,
    ['encrypt', 'decrypt'],
  );
}

const random = (length: number) => crypto.getRandomValues(new Uint8Array(length));
const checkWords = new TextEncoder().encode('minhu/reception/v1');

// Everything that is kept is bound to its id: nobody puts one record in the place of another.
async function seal(key: CryptoKey, id: string, plain: BufferSource) {
  const iv = random(12);
  const additionalData = new TextEncoder().encode(id);
  return { iv, sealed: await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData }, key, plain) };
}
const unseal = (key: CryptoKey, id: string, iv: Uint8Array<ArrayBuffer>, sealed: ArrayBuffer) =>
  crypto.subtle.decrypt({ name: 'AES-GCM', iv, additionalData: new TextEncoder().encode(id) }, key, sealed);

export interface Counted {
  waiting: number; // records that the server does not have
  since: number | null; // the oldest of them, last changed
}
const waits: Mark['way'][] = ['writing', 'local', 'sending', 'conflict', 'refused'];

// What can be told without the PIN.
export async function isSetUp(): Promise<boolean> {
  const database = await openDatabase();
  const about = await done(database.transaction('about').objectStore('about').get('about'));
  database.close();
  return about !== undefined;
}
export async function countWaiting(): Promise<Counted> {
  const database = await openDatabase();
  const rows = (await done(database.transaction('items').objectStore('items').getAll())) as Row[];
  database.close();
  const left = rows.filter((row) => waits.includes(row.way));
  return { waiting: left.length, since: left.length ? Math.min(...left.map((row) => row.changedAt)) : null };
}
// A day after the server has confirmed a record it goes from here: no key is needed to forget.
export async function forgetWhatIsOver(now: number): Promise<number> {
  const database = await openDatabase();
  const transaction = database.transaction(['items', 'files'], 'readwrite');
  const items = transaction.objectStore('items');
  const rows = (await done(items.getAll())) as Row[];
  const gone = rows.filter(
    (row) => row.way === 'confirmed' && row.sentAt !== null && now - row.sentAt > keptAfterSendingMs,
  );
  for (const row of gone) {
    items.delete(row.id);
    const files = transaction.objectStore('files');
    for (const key of await done(files.index('session').getAllKeys(row.id))) files.delete(key);
  }
  await over(transaction);
  database.close();
  return gone.length;
}
// All of it, without a way back.
export async function forgetEverything(): Promise<void> {
  await done(indexedDB.deleteDatabase(databaseName) as IDBRequest<unknown>);
}

export interface Kept<T> {
  id: string;
  value: T;
  mark: Mark;
}

export class Vault {
  private constructor(
    private readonly database: IDBDatabase,
    private readonly key: CryptoKey,
  ) {}

  static async create(pin: string): Promise<Vault> {
    const database = await openDatabase();
    const salt = random(16);
    const key = await keyOf(pin, salt, rounds);
    const { iv, sealed } = await seal(key, 'about', checkWords);
    const about: About = { id: 'about', salt, rounds, iv, check: sealed };
    const transaction = database.transaction('about', 'readwrite');
    transaction.objectStore('about').add(about);
    await over(transaction);
    return new Vault(database, key);
  }
  // Nothing when the PIN does not fit.
  static async open(pin: string): Promise<Vault | null> {
    const database = await openDatabase();
    const about = (await done(database.transaction('about').objectStore('about').get('about'))) as
      About | undefined;
    if (about) {
      const key = await keyOf(pin, about.salt, about.rounds);
      try {
        await unseal(key, 'about', about.iv, about.check);
        return new Vault(database, key);
      } catch {
        // AES-GCM tells: it is another key
      }
    }
    database.close();
    return null;
  }
  close(): void {
    this.database.close();
  }

  // All of them together or none: a paper is taken and its record begun in one stroke, whenever the tablet dies.
  async put(kept: Kept<unknown>[]): Promise<void> {
    const rows: Row[] = [];
    for (const { id, value, mark } of kept) {
      rows.push({
        ...mark,
        id,
        ...(await seal(this.key, id, new TextEncoder().encode(JSON.stringify(value)))),
      });
    }
    const transaction = this.database.transaction('items', 'readwrite', { durability: 'strict' });
    for (const row of rows) transaction.objectStore('items').put(row);
    await over(transaction);
  }
  async all(): Promise<Kept<unknown>[]> {
    const rows = (await done(this.database.transaction('items').objectStore('items').getAll())) as Row[];
    const kept: Kept<unknown>[] = [];
    for (const { id, way, changedAt, sentAt, iv, sealed } of rows) {
      const plain = await unseal(this.key, id, iv, sealed);
      kept.push({
        id,
        value: JSON.parse(new TextDecoder().decode(plain)) as unknown,
        mark: { way, changedAt, sentAt },
      });
    }
    return kept;
  }

  async putFile(id: string, session: string, file: Blob): Promise<void> {
    const row: FileRow = {
      id,
      session,
      type: file.type,
      ...(await seal(this.key, id, await file.arrayBuffer())),
    };
    const transaction = this.database.transaction('files', 'readwrite', { durability: 'strict' });
    transaction.objectStore('files').put(row);
    await over(transaction);
  }
  async removeFile(id: string): Promise<void> {
    const transaction = this.database.transaction('files', 'readwrite');
    transaction.objectStore('files').delete(id);
    await over(transaction);
  }
  async filesOf(session: string): Promise<{ id: string; blob: Blob }[]> {
    const rows = (await done(
      this.database.transaction('files').objectStore('files').index('session').getAll(session),
    )) as FileRow[];
    const files: { id: string; blob: Blob }[] = [];
    for (const { id, type, iv, sealed } of rows.sort((a, b) => (a.id < b.id ? -1 : 1))) {
      files.push({ id, blob: new Blob([await unseal(this.key, id, iv, sealed)], { type }) });
    }
    return files;
  }

  // The last resort: everything as it lies here, sealed, with what is needed to try the PIN. For a USB stick.
  async exported(): Promise<Blob> {
    const transaction = this.database.transaction(['about', 'items', 'files']);
    const [about, items, files] = await Promise.all([
      done(transaction.objectStore('about').getAll()),
      done(transaction.objectStore('items').getAll()),
      done(transaction.objectStore('files').getAll()),
    ]);
    const text = JSON.stringify(
      { format: 'minhu-reception/v1', about, items, files },
      (_key, value: unknown) =>
        value instanceof ArrayBuffer || ArrayBuffer.isView(value) ? { base64: base64Of(value) } : value,
    );
    return new Blob([text], { type: 'application/json' });
  }
}

function base64Of(bytes: ArrayBuffer | ArrayBufferView): string {
  const all = bytes instanceof ArrayBuffer ? new Uint8Array(bytes) : new Uint8Array(bytes.buffer);
  let text = '';
  for (let at = 0; at < all.length; at += 0x8000) {
    text += String.fromCharCode(...all.subarray(at, at + 0x8000));
  }
  return btoa(text);
}
