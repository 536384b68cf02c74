// Every page works without this file. It counts characters, keeps what is being written on this phone alone, sends
// once, makes photos small, and leaves quickly.
(() => {
  const d = document, b = d.body, q = s => d.querySelector(s), all = (s, f) => d.querySelectorAll(s).forEach(f);
  const quiet = 'quiet' in b.dataset;
  let box; try { box = localStorage } catch { box = null }
  const forget = () => { if (box) for (const k of Object.keys(box)) if (k.startsWith('minhu.')) box.removeItem(k) };
  if (quiet || q('[data-filed]')) forget();

  // What is being written, 0.4 s after the last key.
  all('[data-keep]', t => {
    const key = 'minhu.' + t.dataset.keep, sign = q('[data-kept]');
    if (!box || quiet) return;
    if (!t.value && box[key]) t.value = box[key];
    sign.hidden = !box[key];
    let wait;
    t.addEventListener('input', () => {
      clearTimeout(wait);
      wait = setTimeout(() => { try { box[key] = t.value; sign.hidden = false } catch {} }, 400);
    });
    q('[data-clear]').onclick = () => { clearTimeout(wait); box.removeItem(key); t.value = ''; sign.hidden = true; t.focus(); t.dispatchEvent(new Event('count')) };
  });

  all('[data-count]', c => {
    const t = d.getElementById(c.dataset.count);
    const say = () => {
      const left = t.dataset.most - [...t.value.replace(/\r/g, '')].length;
      c.textContent = (left < 0 ? c.dataset.over : c.dataset.left).replace('{n}', Math.abs(left));
      c.classList.toggle('over', left < 0);
    };
    say(); t.addEventListener('input', say); t.addEventListener('count', say);
  });

  // One tap, one request: the server would give the same receipt anyway.
  all('form', f => f.addEventListener('submit', e => {
    const s = e.submitter || f.querySelector('[data-once]');
    if (!s || !s.dataset.once) return;
    if (s.hasAttribute('aria-disabled')) return e.preventDefault();
    s.dataset.was = s.textContent; s.setAttribute('aria-disabled', 'true'); s.textContent = s.dataset.once;
  }));
  addEventListener('pageshow', () => all('[data-was]', s => { s.removeAttribute('aria-disabled'); s.textContent = s.dataset.was }));

  all('[data-shrink]', i => i.addEventListener('change', async () => {
    if (q('[name=originals]:checked')) return;
    const out = new DataTransfer();
    for (const f of i.files) {
      let small = f;
      try {
        if (f.type.startsWith('image/') && f.size > 4e5) {
          const m = await createImageBitmap(f), r = Math.min(1, 1600 / Math.max(m.width, m.height)), c = d.createElement('canvas');
          c.width = m.width * r; c.height = m.height * r;
          c.getContext('2d').drawImage(m, 0, 0, c.width, c.height);
          const p = await new Promise(done => c.toBlob(done, 'image/jpeg', .85));
          if (p && p.size < f.size) small = new File([p], 'photo.jpg', { type: 'image/jpeg' });
        }
      } catch {}
      out.items.add(small);
    }
    try { i.files = out.files } catch {}
  }));

  all('[data-pick]', i => i.addEventListener('change', () => {
    const n = i.files.length;
    i.nextElementSibling.textContent = n ? i.dataset.pick.replace('{n}', n) : '';
  }));

  // Villages while the name is typed, never while an input method is composing.
  all('[data-ask]', i => {
    let wait, turn = 0;
    i.addEventListener('input', e => {
      clearTimeout(wait);
      const mine = ++turn; // what was typed since
      if (!e.isComposing) wait = setTimeout(async () => {
        try {
          const r = await fetch(i.dataset.ask, { method: 'POST', body: new URLSearchParams({ place_words: i.value }) });
          const t = await r.text();
          if (r.ok && mine == turn) q('#places').innerHTML = t;
        } catch {}
      }, 250);
    });
    i.addEventListener('compositionend', () => i.dispatchEvent(new Event('input')));
  });

  all('[data-print]', p => { p.hidden = false; p.onclick = e => { e.preventDefault(); print() } });

  // The receipt as a picture in the phone's album.
  all('[data-save]', s => {
    s.hidden = false;
    s.onclick = () => {
      const t = q('[data-ticket]'), c = d.createElement('canvas'), g = c.getContext('2d'), v = t.querySelector('svg.qr');
      const lines = [...t.querySelectorAll('.tag-line,dt,dd')].flatMap(x => x.className.includes('code') ? x.textContent.match(/(\d+ ?){1,3}/g).map(y => [x, y]) : [[x, x.textContent]]);
      c.width = 640; c.height = 380 + lines.length * 46;
      g.fillStyle = '#fff'; g.fillRect(0, 0, 640, c.height); g.fillStyle = '#1b2422';
      lines.forEach(([x, y], n) => { g.font = (x.tagName == 'DD' ? 'bold 34px ' : '24px ') + getComputedStyle(b).fontFamily; g.fillText(y, 40, 60 + n * 46) });
      g.translate(40, 40 + lines.length * 46); g.scale(300 / v.viewBox.baseVal.width, 300 / v.viewBox.baseVal.width);
      g.fill(new Path2D(v.lastElementChild.getAttribute('d')));
      const a = d.createElement('a'); a.download = 'minhu.png'; a.href = c.toDataURL(); a.click();
    };
  });

  // Away at once, without a way back through the history.
  const leave = e => { if (e) e.preventDefault(); b.hidden = true; forget(); location.replace(q('[data-exit]').href) };
  all('[data-exit]', x => x.onclick = leave);
  let shifts = 0, last = 0;
  if (quiet) addEventListener('keyup', e => {
    if (e.key != 'Shift') return shifts = 0;
    shifts = e.timeStamp - last < 800 ? shifts + 1 : 1; last = e.timeStamp;
    if (shifts > 2) leave();
  });

  // A promise of the record becomes a proof within seconds: asked for ever more seldom, and left to a reload after half an hour.
  all('[data-promised]', s => {
    let wait = 700;
    const f = s.querySelector('[data-quiet-ask]');
    const ask = async () => {
      try {
        const r = await fetch(s.dataset.promised, f ? { method: 'POST', body: new URLSearchParams(new FormData(f)) } : {});
        const t = await r.text();
        if (/^\s*<section/.test(t) && !t.includes('data-promised')) return void (s.outerHTML = t);
      } catch {}
      if ((wait *= 1.6) < 9e5) setTimeout(ask, wait);
    };
    setTimeout(ask, wait);
  });

  const wrong = q('#errors'); if (wrong) wrong.focus();
  if (!quiet && 'serviceWorker' in navigator) navigator.serviceWorker.register('/sw.js').catch(() => {});
})();
