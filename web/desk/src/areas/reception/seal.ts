// What locks a tablet, and the file that it saves: a key that the PIN makes, and AES-256-GCM under it.
export type Bytes = Uint8Array<ArrayBuffer>;
export interface Sealed {
  iv: Bytes;
  sealed: ArrayBuffer;
}
// Enough to try a PIN, and nothing of what lies under it.
export interface About {
  id: 'about';
  salt: Bytes;
  rounds: number;
  iv: Bytes;
  check: ArrayBuffer;
}

const rounds = 600_000; // PBKDF2-HMAC-SHA-256 (OWASP 2023)
const checkWords = new TextEncoder().encode('minhu/reception/v1');
const random = (length: number) => crypto.getRandomValues(new Uint8Array(length));

async function keyOf(pin: string, salt: Bytes, iterations: number): Promise<CryptoKey> {
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

// Everything that is kept is bound to its id: nobody puts one record in the place of another.
export async function seal(key: CryptoKey, id: string, plain: BufferSource): Promise<Sealed> {
  const iv = random(12);
  const additionalData = new TextEncoder().encode(id);
  return { iv, sealed: await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData }, key, plain) };
}
// Throws when it is another key, another id, or not what was sealed.
export const unseal = (key: CryptoKey, id: string, { iv, sealed }: Sealed): Promise<ArrayBuffer> =>
  crypto.subtle.decrypt({ name: 'AES-GCM', iv, additionalData: new TextEncoder().encode(id) }, key, sealed);

export async function newLock(pin: string): Promise<{ about: About; key: CryptoKey }> {
  const salt = random(16);
  const key = await keyOf(pin, salt, rounds);
  const { iv, sealed } = await seal(key, 'about', checkWords);
  return { about: { id: 'about', salt, rounds, iv, check: sealed }, key };
}
// Nothing when the PIN does not fit.
export async function keyFor(pin: string, about: About): Promise<CryptoKey | null> {
  const key = await keyOf(pin, about.salt, about.rounds);
  try {
    await unseal(key, 'about', { iv: about.iv, sealed: about.check });
    return key;
  } catch {
    return null; // AES-GCM tells: it is another key
  }
}
