// The shell and one page for when there is no network. Keeps no page that somebody wrote on or was answered in. What checks
// a receipt keeps itself (verify.js), so that only those who ever check one load it. What goes with a new version is what an
// older one kept, and nothing else: a tablet of the same browser has its pages of a reception here, too.
const S = [/*SHELL*/'/offline'], N = 'minhu' + S.join();
addEventListener('install', e => e.waitUntil(caches.open(N).then(c => c.addAll(S)).then(() => skipWaiting())));
addEventListener('activate', e => e.waitUntil(caches.keys().then(k => Promise.all(k.map(n => n.startsWith('minhu/') && n != N && caches.delete(n)))).then(() => clients.claim())));
addEventListener('fetch', e => {
  const r = e.request, p = new URL(r.url).pathname;
  if (r.method != 'GET') return;
  if (p.startsWith('/assets/')) e.respondWith(caches.match(r).then(m => m || fetch(r)));
  else if (r.mode == 'navigate') e.respondWith(fetch(r).catch(async () => p == '/verify' && await caches.match(p, { ignoreVary: true }) || caches.match('/offline')));
});
