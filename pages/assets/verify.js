// Checks a receipt (.tlog-proof) on this device; nothing of it is sent anywhere or kept. The same checks in the same order,
// and faults of the same names, as server/engines/merkle (receipt.cc); docs/record.md tells the formats. A file is a string
// of one character a byte, so that nothing is lost by decoding what may not be text.
(() => {
  const d = document, q = s => d.querySelector(s);
  const longestNote = 1e6, mostNumber = 2n ** 63n - 1n;

  class Refused extends Error {
    constructor(key, details = {}) { super(key); this.details = details }
  }
  const refuse = (key, details) => { throw new Refused('merkle.' + key, details) };

  // ---- bytes
  const bytesOf = s => Uint8Array.from(s, c => c.charCodeAt(0));
  const stringOf = b => { let s = ''; for (const x of new Uint8Array(b)) s += String.fromCharCode(x); return s };
  const fromText = s => stringOf(new TextEncoder().encode(s));
  const textOf = s => { try { return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytesOf(s)) } catch { return null } };
  const big = s => BigInt('0x' + hex(s));
  const hex = s => [...s].map(c => c.charCodeAt(0).toString(16).padStart(2, '0')).join('');
  const wide = (n, size) => stringOf(Uint8Array.from({ length: size }, (_, i) => Number(BigInt(n) >> BigInt(8 * (size - 1 - i)) & 255n)));
  // One spelling alone: what decodes and encodes again to itself.
  const base64 = s => { try { const b = atob(s); return btoa(b) === s ? b : null } catch { return null } };
  const hashOf = s => { const b = base64(s); return b?.length === 32 ? b : null };
  const decimal = s => /^(0|[1-9]\d{0,18})$/.test(s) && BigInt(s) <= mostNumber ? BigInt(s) : null;
  const sha = async s => stringOf(await crypto.subtle.digest('SHA-256', bytesOf(s)));
  const hmac = async (key, s) => {
    const k = await crypto.subtle.importKey('raw', bytesOf(key), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
    return stringOf(await crypto.subtle.sign('HMAC', k, bytesOf(s)));
  };
  const signed = async (key, message, signature) => {
    const k = await crypto.subtle.importKey('raw', bytesOf(key), 'Ed25519', false, ['verify']);
    return crypto.subtle.verify('Ed25519', k, bytesOf(signature), bytesOf(message));
  };

  // ---- lines
  const lines = s => {
    let at = 0;
    const line = () => {
      const end = s.indexOf('\n', at);
      if (end < 0) return null;
      const found = s.slice(at, end);
      at = end + 1;
      return found;
    };
    return {
      line,
      of: word => (s.startsWith(word + ' ', at) && s.indexOf('\n', at) >= 0 ? line().slice(word.length + 1) : null),
      rest: () => s.slice(at),
    };
  };
  const isNoteText = s => !/[\0-\x09\x0b-\x1f]/.test(s) && textOf(s) !== null;
  const isKeyName = s => isNoteText(s) && /^[^ +\n\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+$/.test(textOf(s));

  // ---- the file
  function parseProof(s) {
    const r = lines(s), broken = () => refuse('proof_broken');
    if (s.length > 2 * longestNote || r.line() !== 'c2sp.org/tlog-proof@v1') broken();
    const encoded = r.of('extra'), extra = encoded === null ? null : base64(encoded);
    if (encoded !== null && extra === null) broken();
    const index = decimal(r.of('index') ?? ''), path = [];
    for (let l; (l = r.line()) !== '';) {
      const h = l === null ? null : hashOf(l);
      if (!h || path.length === 63) broken();
      path.push(h);
    }
    if (index === null || !r.rest()) broken();
    return { extra, index, path, note: r.rest() };
  }

  function parseNote(s) {
    const broken = () => refuse('note_broken'), end = s.lastIndexOf('\n\n');
    if (s.length > longestNote || end < 0 || !isNoteText(s)) broken();
    const r = lines(s.slice(end + 2)), signatures = [];
    while (r.rest() || !signatures.length) {
      const [dash, name, encoded, more] = (r.line() ?? '').split(' '), bytes = base64(encoded ?? '');
      if (dash !== '\xe2\x80\x94' || !isKeyName(name ?? '') || more !== undefined || !(bytes?.length > 4) || signatures.length === 100) broken();
      signatures.push({ name, number: bytes.slice(0, 4), bytes: bytes.slice(4) });
    }
    return { text: s.slice(0, end + 1), signatures };
  }

  function parseCheckpoint(text) {
    const r = lines(text), origin = r.line(), size = decimal(r.line() ?? ''), root = hashOf(r.line() ?? '');
    let good = origin && size !== null && root;
    while (good && r.rest()) good = r.line();
    return good ? { origin, size, root } : refuse('checkpoint_broken');
  }

  function parseOpening(extra) {
    const payload = extra.slice(40), seconds = extra.length > 40 ? big(extra.slice(32, 40)) : -1n;
    const n = '(0|[1-9]\\d*)', h = '([A-Za-z0-9+/]{43}=)', or = x => `(?:-|${x})`;
    const m = new RegExp(`^minhu-event/v1\ncase [0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\nseq ${n}\nkind ([!-~]+)\nat ${n}\nby ([!-~]+)\n` +
      `due ${or(n)}\nprev ${or(h)}\nbody ${or(h)}\natt ${n}\n((?:a ${h}\n)*)$`).exec(payload);
    if (seconds < 0n || seconds > mostNumber || !m) refuse('opening_broken');
    const attached = m[9].split('\n').slice(0, -1).map(l => l.slice(2));
    const numbers = [m[1], m[3], m[5] ?? '0', m[8]].map(decimal);
    const hashes = [m[6], m[7], ...attached].filter(Boolean);
    if (numbers.includes(null) || numbers[0] > 0xffffffffn || numbers[3] > 1000n || numbers[3] !== BigInt(attached.length) || hashes.some(x => !hashOf(x))) {
      refuse('opening_broken');
    }
    return { key: extra.slice(0, 32), seconds, payload, number: numbers[0], kind: m[2], at: numbers[1], by: m[4], due: m[5] === undefined ? null : numbers[2] };
  }

  // What the leaf of this opening hashes to.
  async function leafOf({ key, number, seconds, payload }) {
    const salt = await hmac(key, 'minhu/salt/v1' + wide(number, 4));
    const tag = await hmac(key, 'minhu/tag/v1' + wide(number, 4));
    return sha('\0MHL1' + wide(seconds, 8) + tag.slice(0, 16) + (await hmac(salt, payload)) + '\0\0\0\0');
  }

  // RFC 9162, 2.1.3.2
  async function checkInclusion(leaf, index, path, { size, root }) {
    if (index >= size) refuse('index_beyond_tree', { index, size });
    let fn = index, sn = size - 1n, r = leaf;
    for (const p of path) {
      if (sn === 0n) refuse('inclusion_not_proved');
      if (fn & 1n || fn === sn) {
        r = await sha('\x01' + p + r);
        while (!(fn & 1n) && fn) { fn >>= 1n; sn >>= 1n }
      } else r = await sha('\x01' + r + p);
      fn >>= 1n; sn >>= 1n;
    }
    if (sn !== 0n || r !== root) refuse('inclusion_not_proved');
  }

  // ---- whom to believe (C2SP tlog-policy)
  async function verifierKey(s, kind) {
    const [, name, number, encoded] = /^([^+]*)\+([^+]*)\+(.*)$/.exec(s) ?? [], bytes = base64(encoded ?? '');
    if (bytes?.length !== 33 || bytes.charCodeAt(0) !== kind || !isKeyName(name)) return null;
    const computed = (await sha(name + '\n' + bytes)).slice(0, 4);
    return hex(computed) === number ? { name, kind, number: computed, key: bytes.slice(1), text: s } : null;
  }

  async function parsePolicy(s) {
    if (s.length > longestNote) refuse('policy_too_long');
    const policy = { logs: [], witnesses: [], groups: [], quorum: '' }, defined = new Set(), members = new Set();
    let line = 0;
    const wrong = key => refuse('policy_' + key, { line });
    const define = name => (name === 'none' || defined.has(name) ? wrong('name_taken') : defined.add(name));
    const key = async (word, kind, others) => {
      const found = (await verifierKey(word, kind)) ?? wrong('key_broken');
      return others.some(o => o.key === found.key) ? wrong('key_twice') : found;
    };
    for (const l of s.replace(/\n$/, '').split('\n')) {
      line += 1;
      if (/[\0-\x08\x0a-\x1f\x7f]/.test(l)) wrong('control_character');
      const [verb, ...w] = l.split(/[ \t]+/).filter(Boolean);
      if (!verb || verb[0] === '#') continue;
      if (verb === 'log' && (w.length === 1 || w.length === 2)) {
        policy.logs.push(await key(w[0], 1, policy.logs));
      } else if (verb === 'witness' && (w.length === 2 || w.length === 3)) {
        const found = await key(w[1], 4, policy.witnesses);
        define(w[0]);
        policy.witnesses.push({ ...found, called: w[0] });
      } else if (verb === 'group' && w.length > 2) {
        const [name, many, ...of] = w;
        const threshold = many === 'any' ? 1n : many === 'all' ? BigInt(of.length) : decimal(many);
        if (!threshold || threshold > BigInt(of.length)) wrong('threshold');
        for (const m of of) {
          if (!defined.has(m)) wrong('name_unknown');
          if (members.has(m)) wrong('member_twice');
          members.add(m);
        }
        define(name);
        policy.groups.push({ name, threshold, of });
      } else if (verb === 'quorum' && w.length === 1) {
        if (policy.quorum) wrong('quorum_twice');
        if (w[0] !== 'none' && !defined.has(w[0])) wrong('name_unknown');
        policy.quorum = w[0];
      } else wrong('line_unknown');
    }
    return policy.quorum ? policy : wrong('without_quorum');
  }

  // Everything that decides what is believed, as eight numbers that can be read aloud (fingerprint() in policy.cc).
  async function fingerprint({ logs, witnesses, groups, quorum }) {
    const all = [...logs.map(l => `log ${l.text}`), ...witnesses.map(w => `witness ${w.called} ${w.text}`),
      ...groups.map(g => `group ${g.name} ${g.threshold} ${g.of.join(' ')}`), `quorum ${quorum}`];
    const h = await sha(all.map(l => l + '\n').join(''));
    return Array.from({ length: 8 }, (_, i) => String(Number(big(h.slice(2 * i, 2 * i + 2)))).padStart(5, '0')).join(' ');
  }

  function isQuorum({ groups, quorum }, names) {
    const enough = new Set(names);
    for (const g of groups) if (BigInt(g.of.filter(m => enough.has(m)).length) >= g.threshold) enough.add(g.name);
    return quorum === 'none' || enough.has(quorum);
  }

  // ---- signatures
  async function timeIfGood({ kind, key }, text, bytes) {
    if (kind === 1) return (await signed(key, text, bytes)) ? 0n : null;
    const seconds = bytes.length < 8 ? mostNumber + 1n : big(bytes.slice(0, 8));
    if (seconds > mostNumber) return null;
    return (await signed(key, `cosignature/v1\ntime ${seconds}\n${text}`, bytes.slice(8))) ? seconds : null;
  }
  async function goodOnes(note, keys) {
    const good = [];
    for (const key of keys) {
      let latest = null;
      for (const s of note.signatures) {
        if (s.number !== key.number || s.name !== key.name) continue;
        const time = await timeIfGood(key, note.text, s.bytes);
        if (time === null) refuse('signature_wrong', { name: textOf(key.name) });
        if (latest === null || time > latest) latest = time;
      }
      if (latest !== null) good.push({ called: key.called, seconds: latest });
    }
    return good;
  }
  async function signedByLog(policy, note, origin) {
    const logs = policy.logs.filter(l => l.name === origin);
    if (!logs.length) refuse('unknown_log');
    if (!(await goodOnes(note, logs)).length) refuse('log_signature_missing', { origin: textOf(origin) });
  }
  async function acceptCheckpoint(policy, text) {
    const note = parseNote(text), checkpoint = parseCheckpoint(note.text), origin = textOf(checkpoint.origin);
    await signedByLog(policy, note, checkpoint.origin);
    const witnesses = await goodOnes(note, policy.witnesses);
    if (!isQuorum(policy, witnesses.map(w => w.called))) refuse('quorum_missing', { have: witnesses.length, quorum: textOf(policy.quorum) });
    return { ...checkpoint, origin, witnesses: witnesses.map(w => ({ ...w, called: textOf(w.called) })) };
  }

  async function checkReceipt(file, policyText) {
    const proof = parseProof(file), policy = await parsePolicy(policyText);
    if (proof.extra === null) refuse('receipt_without_opening');
    const opening = parseOpening(proof.extra), leaf = await leafOf(opening);
    const checkpoint = await acceptCheckpoint(policy, proof.note);
    await checkInclusion(leaf, proof.index, proof.path, checkpoint);
    return { ...opening, ...checkpoint, index: proof.index };
  }

  // A promise (promise.cc) is signed by the log alone: nothing is proved yet. Gives until when it was to be kept.
  async function checkPromise(file, policyText) {
    const note = parseNote(file), policy = await parsePolicy(policyText), r = lines(note.text);
    const [, origin, leaf, seconds, deadline] = [r.line(), r.line(), hashOf(r.line() ?? ''), decimal(r.line() ?? ''), decimal(r.line() ?? '')];
    if (!origin || !leaf || seconds === null || deadline === null || deadline < seconds || r.rest()) refuse('promise_broken');
    await signedByLog(policy, note, origin);
    return deadline;
  }

  // ---- the page
  const sentences = {};
  for (const l of d.querySelectorAll('[data-key]')) sentences[l.dataset.key] = l.textContent;
  const say = (key, details = {}) => Object.entries(details).reduce((s, [n, v]) => s.replaceAll(`{${n}}`, () => v), sentences[key] ?? key);
  const own = (key, details) => say('residents.verify.' + key, details);
  const form = q('[data-verify]'), result = q('[data-result]'), zone = result.dataset.zone;
  const moment = s => s > 8640000000000n ? String(s)
    : new Intl.DateTimeFormat(d.documentElement.lang, { timeZone: zone, dateStyle: 'long', timeStyle: 'short' }).format(Number(s) * 1000);
  const put = (parent, name, text, cls) => {
    const e = parent.appendChild(d.createElement(name));
    if (text) e.textContent = text;
    if (cls) e.className = cls;
    return e;
  };
  // Filled afresh each time, then brought into view and under the focus: a screen reader reads it from its beginning.
  const show = (tone, title, fill) => {
    result.replaceChildren();
    const box = put(result, 'div', '', 'note ' + tone);
    put(box, 'h2', title);
    fill(box);
    result.hidden = false;
    result.focus();
  };
  const list = (box, items) => { const ul = put(box, 'ul'); for (const i of items) if (i) put(ul, 'li', i) };

  let ownPolicy = null;
  const policyText = () => ownPolicy ?? fromText([...d.querySelectorAll('[data-policy] code')].map(l => l.textContent + '\n').join(''));
  const who = code => sentences['by.' + code] ?? (code === 'citizen' ? own('citizen') : code);

  function accepted(r) {
    show('', own('good'), box => {
      put(box, 'p', own('proved'));
      const times = r.witnesses.map(w => w.seconds).sort((a, b) => (a < b ? -1 : 1));
      list(box, [
        own('step', { n: r.number + 1n, what: sentences['kind.' + r.kind] ?? r.kind }),
        own('by', { who: who(r.by) }),
        own('happened', { time: moment(r.at) }),
        own('written', { time: moment(r.seconds) }),
        r.due !== null && own('due', { time: moment(r.due) }),
        times.length
          ? own('witnessed', { time: moment(times[(times.length - 1) >> 1]), names: r.witnesses.map(w => w.called).join(own('between')) })
          : own('not_witnessed'),
        own('place', { origin: r.origin, index: r.index, size: r.size }),
      ]);
      put(box, 'p', own('not_proved'));
      list(box, [own('not_true'), own('not_later'), own('not_words'), own(ownPolicy === null ? 'not_ours' : 'not_yours')]);
      put(box, 'p', own('secret'));
    });
  }
  async function check(file) {
    result.setAttribute('aria-busy', 'true');
    try {
      if (!file.trim()) throw new Refused('residents.verify.nothing');
      if (!policyText().trim()) throw new Refused('residents.verify.no_policy');
      if (file.startsWith('minhu-promise/v1\n')) {
        const until = await checkPromise(file, policyText());
        throw new Refused('residents.verify.promise' + (until * 1000n < Date.now() ? '_over' : ''), { time: moment(until) });
      }
      accepted(await checkReceipt(file, policyText()));
    } catch (e) {
      const key = !(e instanceof Refused) ? 'residents.verify.cannot'
        : e.message === 'merkle.receipt_without_opening' ? 'residents.verify.closed' : e.message;
      const not = /\.(nothing|no_policy|cannot)$/.test(key), promised = /\.promise(_over)?$/.test(key); // nothing was found wrong with a receipt
      show(not || promised ? 'o' : 'r', own(promised ? 'promised' : not ? 'not_checked' : 'bad'), box => { put(box, 'p', say(key, e.details)).dataset.fault = key });
    }
    result.removeAttribute('aria-busy');
  }
  const read = async f => (f.size > 4e6 ? '' : stringOf(await f.arrayBuffer()));

  async function start() {
    // Without a secure connection there is no WebCrypto at all; older browsers have one without Ed25519.
    const able = await crypto.subtle?.importKey('raw', new Uint8Array(32), 'Ed25519', false, ['verify']).then(() => true, () => false);
    if (!able) return void (q('[data-unable]').hidden = false);
    form.hidden = q('[data-own]').hidden = false;
    q('#receipt').onchange = async e => { const [f] = e.target.files; if (f) { await check(await read(f)); e.target.value = '' } };
    // A paste loses or gains a line end easily; a file is taken as it is.
    form.onsubmit = e => { e.preventDefault(); check(fromText(q('#pasted').value.trim() + '\n')) };
    addEventListener('dragover', e => e.preventDefault());
    addEventListener('drop', async e => { e.preventDefault(); const [f] = e.dataTransfer.files; if (f) check(await read(f)) });
    q('#policy').onchange = async e => {
      const [f] = e.target.files, told = q('[data-policy-told]');
      if (!f) return;
      try {
        const text = await read(f), numbers = await fingerprint(await parsePolicy(text));
        ownPolicy = text;
        told.textContent = own('policy_taken', { numbers });
      } catch (x) {
        told.textContent = x instanceof Refused ? say(x.message, x.details) : own('cannot');
      }
    };
    form.dataset.ready = 'yes';
    // From now on this page opens without a network. The receipt itself is never kept.
    if (!('caches' in window) || !navigator.onLine) return;
    try {
      const parts = [...d.querySelectorAll('link[rel=stylesheet],link[rel=icon],script[src]')].map(x => x.href || x.src);
      await caches.delete('minhu-verify');
      const kept = await caches.open('minhu-verify');
      await kept.addAll(parts);
      await kept.put('/verify', await fetch('/verify'));
      await navigator.serviceWorker.ready;
      const note = q('[data-offline]');
      note.hidden = false;
    } catch {}
  }
  start();
})();
