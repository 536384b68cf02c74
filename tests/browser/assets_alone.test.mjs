// The pages' own scripts as they lie in pages/assets, with a browser that is played: what a real one brings about too seldom to
// wait for it. It needs neither a browser nor the program.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { runInNewContext } from 'node:vm';

const asset = (name) => readFile(new URL(`../../pages/assets/${name}`, import.meta.url), 'utf8');

test('a new version of the pages takes away its own old files, and not those by which a tablet opens without a network', async () => {
  const kept = new Set(['minhu-reception-0123456789abcdef', 'minhu-verify', 'minhu/assets/style.css?v=1,/offline']);
  const heard = {};
  const text = (await asset('sw.js')).replace('/*SHELL*/', "'/assets/style.css?v=2',");
  runInNewContext(text, {
    addEventListener: (name, hear) => (heard[name] = hear),
    skipWaiting: () => {},
    clients: { claim: () => {} },
    caches: {
      open: async (name) => (kept.add(name), { addAll: async () => {} }),
      keys: async () => [...kept],
      delete: async (name) => kept.delete(name),
    },
  });
  for (const name of ['install', 'activate']) {
    let done;
    heard[name]({ waitUntil: (promise) => (done = promise) });
    await done;
  }
  assert.deepEqual([...kept].sort(), ['minhu-reception-0123456789abcdef', 'minhu-verify', 'minhu/assets/style.css?v=2,/offline']);
});

test('villages that are found late do not take the place of those for what stands in the field now', async () => {
  const places = { innerHTML: '' };
  const field = Object.assign(new EventTarget(), { dataset: { ask: '/report/places' }, value: '' });
  const body = { dataset: {} };
  const asked = [];
  runInNewContext(await asset('script.js'), {
    document: {
      body,
      querySelector: (what) => (what === '#places' ? places : null),
      querySelectorAll: (what) => (what === '[data-ask]' ? [field] : []),
    },
    addEventListener: () => {},
    navigator: {},
    URLSearchParams,
    Event,
    clearTimeout: () => {},
    setTimeout: (what) => void what(), // at once
    fetch: (_address, { body: sent }) =>
      new Promise((done) => asked.push(() => done({ ok: true, text: async () => `<p>${sent.get('place_words')}</p>` }))),
  });
  for (const typed of ['王', '王家']) {
    field.value = typed;
    field.dispatchEvent(new Event('input'));
  }
  const [first, second] = asked;
  second();
  await new Promise((done) => setImmediate(done));
  assert.equal(places.innerHTML, '<p>王家</p>');
  first();
  await new Promise((done) => setImmediate(done));
  assert.equal(places.innerHTML, '<p>王家</p>');
});
