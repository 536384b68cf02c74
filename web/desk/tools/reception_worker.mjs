// Puts the service worker of the reception beside the built desk, with the names of its files in it. It keeps the page and
// its scripts, nothing that anybody wrote: that is sealed in the browser's database (src/areas/reception/vault.ts).
import { createHash } from 'node:crypto';

const worker = (
  page,
  files,
  version,
) => `const page=${JSON.stringify(page)},files=${JSON.stringify(files)},kept='minhu-reception-${version}';
addEventListener('install',e=>e.waitUntil(caches.open(kept).then(c=>c.addAll([page,...files].map(f=>new Request(f,{cache:'reload'}))))));
addEventListener('activate',e=>e.waitUntil(caches.keys().then(all=>Promise.all(all.map(n=>n!=kept&&n.startsWith('minhu-reception-')&&caches.delete(n)))).then(()=>clients.claim())));
addEventListener('fetch',e=>{const r=e.request,p=new URL(r.url).pathname;if(r.method!='GET')return;
if(r.mode=='navigate')e.respondWith(caches.match(page,{ignoreVary:true}).then(m=>m||fetch(r)));
else if(files.includes(p))e.respondWith(caches.match(p,{ignoreVary:true}).then(m=>m||fetch(r)))});
`;

export function receptionWorker() {
  let base = '/';
  return {
    name: 'reception-worker',
    apply: 'build',
    configResolved(config) {
      base = config.base;
    },
    // Last of all: Vite takes out of the bundle what came to nothing, and one file that is missing keeps none of them.
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        const files = Object.keys(bundle)
          .filter((name) => name.startsWith('assets/'))
          .sort()
          .map((name) => base + name);
        // The page itself is not in the bundle yet; it changes only with the files that it names.
        const version = createHash('sha256').update(files.join('\n')).digest('hex').slice(0, 16);
        this.emitFile({
          type: 'asset',
          fileName: 'reception-worker.js',
          source: worker(`${base}reception`, files, version),
        });
      },
    },
  };
}
