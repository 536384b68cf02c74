// The program itself, for tests that begin before there is a county.
import { resolve } from 'node:path';

export const program = resolve(process.env.MINHU_PROGRAM ?? '../../build/dev/minhu');

function listen(child, heard) {
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes) => heard((said += bytes)));
  return () => said;
}

// Until `wanted` has been said on either stream; gives all that was said. For what goes on running.
export function until(child, wanted) {
  return new Promise((done, reject) => {
    const said = listen(child, (all) => wanted.test(all) && done(all));
    child.once('close', (code) => reject(new Error(`ended with ${code}: ${said()}`)));
  });
}

// Ends what goes on running, and comes back when it has ended: until then it writes in its folder.
export async function stopped(child) {
  if (!child || child.exitCode !== null || child.signalCode !== null) return;
  const over = new Promise((done) => child.once('close', done));
  child.kill('SIGTERM');
  await over;
}

// Until it has ended, and not when it has said what it came to: until then it holds the database.
export function ended(child) {
  return new Promise((done, reject) => {
    const said = listen(child, () => {});
    child.once('close', (code) => (code === 0 ? done(said()) : reject(new Error(`ended with ${code}: ${said()}`))));
  });
}
