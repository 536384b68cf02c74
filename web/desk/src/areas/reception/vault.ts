// What a tablet keeps: sealed under a key that the PIN makes, in the browser's own database. Outside the seal stand only an
// id, how far a record has come, and when. Whoever finds the tablet reads nothing; whoever forgets the PIN does not either.
import { fileOf } from './saved_file';
import { keyFor, newLock, seal, unseal, type About, type Sealed } from './seal';
import type { Way } from './session';

const databaseName = 'minhu-reception';
export const leastPin = 6;
export const keptAfterSendingMs = 24 * 3_600_000;

export interface Mark {
  way: Way | 'kept'; // kept: not a record but what the tablet itself needs
  changedAt: number;
  sentAt: number | null;
}
export interface Row extends Mark, Sealed {
  id: string;
}
export interface FileRow extends Sealed {
  id: string;
  session: string;
  type: string;
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

export interface KeptFile {
  id: string;
  session: string;
  blob: Blob;
}

export class Vault {
  private constructor(
    private readonly database: IDBDatabase,
    private readonly key: CryptoKey,
  ) {}

  static async create(pin: string): Promise<Vault> {
    const database = await openDatabase();
    const { about, key } = await newLock(pin);
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
    const key = about ? await keyFor(pin, about) : null;
    if (key) return new Vault(database, key);
    database.close();
    return null;
  }
  close(): void {
    this.database.close();
  }

  // All of them together or none: a paper is taken and its record begun in one stroke, and a record that is taken over
  // has its files with it, whenever the tablet dies.
  async put(kept: Kept<unknown>[], files: KeptFile[] = []): Promise<void> {
    const rows: Row[] = [];
    for (const { id, value, mark } of kept) {
      const plain = new TextEncoder().encode(JSON.stringify(value));
      rows.push({ ...mark, id, ...(await seal(this.key, id, plain)) });
    }
    const beside: FileRow[] = [];
    for (const { id, session, blob } of files) {
      beside.push({ id, session, type: blob.type, ...(await seal(this.key, id, await blob.arrayBuffer())) });
    }
    const stores = beside.length > 0 ? ['items', 'files'] : ['items'];
    const transaction = this.database.transaction(stores, 'readwrite', { durability: 'strict' });
    for (const row of rows) transaction.objectStore('items').put(row);
    for (const row of beside) transaction.objectStore('files').put(row);
    await over(transaction);
  }
  async all(): Promise<Kept<unknown>[]> {
    const rows = (await done(this.database.transaction('items').objectStore('items').getAll())) as Row[];
    const kept: Kept<unknown>[] = [];
    for (const { id, way, changedAt, sentAt, iv, sealed } of rows) {
      const plain = await unseal(this.key, id, { iv, sealed });
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
      files.push({ id, blob: new Blob([await unseal(this.key, id, { iv, sealed })], { type }) });
    }
    return files;
  }

  // For the day on which this tablet breaks: everything as it lies here, sealed, with what is needed to try the PIN.
  async exported(): Promise<Blob> {
    const transaction = this.database.transaction(['about', 'items', 'files']);
    const [about, items, files] = await Promise.all([
      done(transaction.objectStore('about').getAll()),
      done(transaction.objectStore('items').getAll()),
      done(transaction.objectStore('files').getAll()),
    ]);
    return fileOf(about as About[], items as Row[], files as FileRow[]);
  }
}
