// The pages of the reception open without a network: their files are kept by a service worker (reception_worker.js), which
// keeps nothing else. Not on a server of developers, which has none.
export async function keepPages(): Promise<boolean> {
  if (!('serviceWorker' in navigator) || import.meta.env.DEV) return false;
  try {
    const base = import.meta.env.BASE_URL;
    const known = await navigator.serviceWorker.register(`${base}reception-worker.js`, {
      scope: `${base}reception`,
    });
    if (known.active) return true;
    const coming = known.installing ?? known.waiting;
    if (!coming) return false;
    return await new Promise((told) => {
      coming.addEventListener('statechange', () => {
        if (coming.state === 'activated') told(true);
        if (coming.state === 'redundant') told(false);
      });
    });
  } catch {
    return false; // no TLS, or the browser does not want to
  }
}
