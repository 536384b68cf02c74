// A record, its witnesses and receipts of it, written here from the published formats (RFC 6962, C2SP) with nothing of the
// program: what the page and the command say of them is then their own judgement.
import { createHash, createHmac, createPrivateKey, createPublicKey, sign } from 'node:crypto';

const sha = (...parts) => createHash('sha256').update(Buffer.concat(parts.map((part) => Buffer.from(part)))).digest();
const hmac = (key, ...parts) => createHmac('sha256', key).update(Buffer.concat(parts.map((part) => Buffer.from(part)))).digest();
const u32 = (n) => Buffer.from([n >>> 24, (n >>> 16) & 255, (n >>> 8) & 255, n & 255]);
const u64 = (n) => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(n));
  return bytes;
};

export const leafHash = (entry) => sha([0], entry);
const node = (left, right) => sha([1], left, right);

function split(size) {
  let half = 1;
  while (half * 2 < size) half *= 2;
  return half;
}
export function rootOf(hashes) {
  if (hashes.length === 1) return hashes[0];
  const half = split(hashes.length);
  return node(rootOf(hashes.slice(0, half)), rootOf(hashes.slice(half)));
}
export function pathTo(index, hashes) {
  if (hashes.length === 1) return [];
  const half = split(hashes.length);
  return index < half
    ? [...pathTo(index, hashes.slice(0, half)), rootOf(hashes.slice(half))]
    : [...pathTo(index - half, hashes.slice(half)), rootOf(hashes.slice(0, half))];
}

// Who signs: a log (kind 1) or a witness (kind 4), with a key made from its name.
export function signer(name, kind, seed = name) {
  const pkcs8 = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), sha(seed)]);
  const key = createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' });
  const raw = createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(-32);
  const number = sha(name, '\n', [kind], raw).subarray(0, 4);
  return { name, kind, key, number, vkey: `${name}+${number.toString('hex')}+${Buffer.concat([Buffer.from([kind]), raw]).toString('base64')}` };
}
export function signatureLine({ name, kind, key, number }, text, seconds = 0) {
  const bytes = kind === 4 ? [u64(seconds), sign(null, Buffer.from(`cosignature/v1\ntime ${seconds}\n${text}`), key)] : [sign(null, Buffer.from(text), key)];
  return `— ${name} ${Buffer.concat([number, ...bytes]).toString('base64')}\n`;
}

export const origin = 'minhu.test/record';
export const log = signer(origin, 1);
export const witnesses = ['congress.test', 'audit.test', 'university.test'].map((name) => signer(name, 4));
const called = ({ name }) => name.split('.')[0];
export const policy = ({ quorum = 'enough', of = witnesses, by = log } = {}) =>
  [`log ${by.vkey}`, ...of.map((one) => `witness ${called(one)} ${one.vkey} https://${one.name}`), `group enough 2 ${of.map(called).join(' ')}`, `quorum ${quorum}`, ''].join('\n');

// The policy's eight numbers, from their definition in server/engines/merkle/policy.h.
export function numbersOf(text) {
  const kept = text.split('\n').filter((line) => line && !line.startsWith('#')).map((line) => {
    const words = line.split(/\s+/);
    if (words[0] === 'group') words[2] = { any: 1, all: words.length - 3 }[words[2]] ?? words[2];
    return words.slice(0, { log: 2, witness: 3 }[words[0]]).join(' ') + '\n';
  });
  const hash = sha(kept.join(''));
  return Array.from({ length: 8 }, (_, i) => String(hash.readUInt16BE(2 * i)).padStart(5, '0')).join(' ');
}

export const caseKey = sha('the key of one case');
export const written = 1_764_059_000;
export function payload({ seq = 0, kind = 'received', at = 1_764_057_600, by = 'citizen', due = '-' } = {}) {
  return `minhu-event/v1\ncase 0190b5a0-1111-7222-8333-444455556666\nseq ${seq}\nkind ${kind}\nat ${at}\nby ${by}\ndue ${due}\nprev -\nbody ${sha('body').toString('base64')}\natt 1\na ${sha('photo').toString('base64')}\n`;
}
function entryOf(text, seq = 0, seconds = written) {
  const salt = hmac(caseKey, 'minhu/salt/v1', u32(seq));
  const tag = hmac(caseKey, 'minhu/tag/v1', u32(seq)).subarray(0, 16);
  return Buffer.concat([Buffer.from('MHL1'), u64(seconds), tag, hmac(salt, text), Buffer.alloc(4)]);
}
export const opening = (text, seconds = written, key = caseKey) => Buffer.concat([key, u64(seconds), Buffer.from(text)]);

export function checkpoint(size, root, by = origin) {
  return `${by}\n${size}\n${root.toString('base64')}\n`;
}
export function proofText({ extra, index, path, note }) {
  return `c2sp.org/tlog-proof@v1\n${extra === null ? '' : `extra ${extra.toString('base64')}\n`}index ${index}\n${path.map((hash) => hash.toString('base64') + '\n').join('')}\n${note}`;
}

// A record of `size` entries, ours at `index`, and all that a receipt of it is made of.
export function receipt({ size = 1000, index = 617, event = {}, signers = witnesses.slice(0, 2), text = payload(event) } = {}) {
  const hashes = Array.from({ length: size }, (_, i) => leafHash(i === index ? entryOf(text, event.seq ?? 0) : `entry ${i}`));
  const root = rootOf(hashes);
  const body = checkpoint(size, root);
  const note = (words, by = log, more = signers) => `${words}\n${signatureLine(by, words)}${more.map((one, i) => signatureLine(one, words, written + 60 * (i + 1))).join('')}`;
  const parts = { extra: opening(text), index, path: pathTo(index, hashes), note: note(body) };
  return { ...parts, hashes, root, body, sign: note, text: proofText(parts), entry: entryOf(text, event.seq ?? 0), with: (changed) => proofText({ ...parts, ...changed }) };
}
