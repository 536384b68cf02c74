// Draws a lot again on this device, from what was published of it (server/engines/silence/lot.cc): whether the seed is the one
// that was committed to, and whether it gives the places that the page names, in their order.
(() => {
  const d = document, text = s => new TextEncoder().encode(s);
  const bytes = hex => Uint8Array.from(hex.match(/../g) ?? [], x => parseInt(x, 16));
  const hex = b => [...b].map(x => x.toString(16).padStart(2, '0')).join('');

  // HMAC-SHA-256 of the parts, before each its length in four bytes.
  async function keyed(key, parts) {
    const all = [];
    for (const part of parts.map(text)) all.push(...new Uint8Array(new Uint32Array([part.length]).buffer).reverse(), ...part);
    const k = await crypto.subtle.importKey('raw', key, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
    return new Uint8Array(await crypto.subtle.sign('HMAC', k, new Uint8Array(all)));
  }
  const first64 = b => b.slice(0, 8).reduce((n, x) => n << 8n | BigInt(x), 0n);

  async function commitment(lot, places) {
    const list = places.map(p => `${text(p).length} ${p} 1\n`).join('');
    return hex(await keyed(bytes(lot.seed), ['minhu/visits-commitment/v1', lot.round, list]));
  }
  async function draw(lot, places, number) {
    const left = [...places], drawn = [], all = 2n ** 64n - 1n;
    for (let thrown = 0; drawn.length < number && left.length;) {
      const below = BigInt(left.length), most = all - all % below;
      const n = first64(await keyed(bytes(lot.seed), ['minhu/visits-lot/v1', lot.round, lot.beacon, `${thrown++}`]));
      if (n < most) drawn.push(...left.splice(Number(n % below), 1)); // else from the last, incomplete row: thrown again
    }
    return drawn;
  }

  // What the page says is checked, not what the file says of itself.
  async function again(form) {
    const { lot } = await (await fetch(form.dataset.lot)).json();
    const places = [...lot.tickets].sort((a, b) => (a < b ? -1 : 1)), named = form.dataset.drawn.split(' ');
    if (await commitment(lot, places) !== form.dataset.commitment) return 'other_seed';
    return (await draw(lot, places, named.length)).join(' ') === form.dataset.drawn ? 'good' : 'other_places';
  }

  if (!crypto.subtle) return; // no secure connection
  for (const form of d.querySelectorAll('form[data-lot]')) {
    form.hidden = false;
    form.onsubmit = async e => {
      e.preventDefault();
      const told = form.querySelector('[data-told]');
      told.textContent = '';
      const key = await again(form).catch(() => 'cannot');
      told.dataset.told = key;
      told.className = `note${key === 'good' ? ' d' : key === 'cannot' ? ' o' : ' r'}`;
      told.textContent = form.querySelector(`[data-key=${key}]`).textContent;
    };
  }
})();
