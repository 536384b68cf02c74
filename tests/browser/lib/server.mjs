// A server of its own for one test file: demo data in a folder that nobody else knows, on a port of this machine that the
// system picks, ended by its process id.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { program } from './program.mjs';
import { openSlowWay } from './slowly.mjs';

const demoWithinMs = 600_000; // on a machine that has much other work
const startWithinMs = 60_000;
const loginWithinMs = 60_000;
const stopWithinMs = 60_000;

function within(ms, promise, what) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what} took longer than ${ms / 1000} s`)), ms);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

// Runs the program to its end or until it has said what is waited for.
function run(args) {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let complaint = '';
  child.stderr.on('data', (bytes) => (complaint = (complaint + bytes).slice(-4000)));
  const ended = new Promise((done, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => done({ code, signal }));
  });
  return { child, ended, complaint: () => complaint.trim() };
}

async function makeDemo(folder, cases, months) {
  const demo = run(['demo', '--data', folder, '--cases', String(cases), '--months', String(months)]);
  demo.child.stdout.resume();
  try {
    const { code } = await within(demoWithinMs, demo.ended, 'minhu demo');
    if (code !== 0) throw new Error(`minhu demo ended with ${code}: ${demo.complaint()}`);
  } finally {
    demo.child.kill('SIGKILL');
  }
}

// A county as `minhu demo` makes it. run.sh names a folder in MINHU_COUNTIES: one of each size is made there by whoever needs it
// first, and everybody takes a copy. Two who need it at the same moment make it twice, and the first to end has made it.
async function layDownACounty(folder, cases, months) {
  const shelf = process.env.MINHU_COUNTIES;
  if (!shelf) return makeDemo(folder, cases, months);
  const made = join(shelf, `${cases}-${months}`);
  if (!existsSync(made)) {
    const mine = await mkdtemp(`${made}-`);
    await makeDemo(mine, cases, months);
    await rename(mine, made).catch((error) => {
      if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
    });
  }
  await cp(made, folder, { recursive: true });
}

// { address: 'http://127.0.0.1:PORT', login(role) → { name, password }, roles() → every role that has a login, stop() }
// `options`: more arguments of `minhu serve`.
export async function startServer({ cases = 200, months = 3, options = [] } = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'minhu-browser-'));
  try {
    await layDownACounty(folder, cases, months);
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }

  const server = run(['serve', '--data', folder, '--port', '0', ...options]);
  const logins = new Map();
  const roles = new Set();
  const waiting = [];
  let served;
  const address = new Promise((done, reject) => {
    served = done;
    server.ended.then(
      ({ code, signal }) => reject(new Error(`minhu serve ended with ${code ?? signal}: ${server.complaint()}`)),
      reject,
    );
  });
  address.catch(() => {}); // told to whoever awaits it below; afterwards an end is what stop() wants
  createInterface({ input: server.child.stdout }).on('line', (line) => {
    const serving = /^serving (http:\/\/127\.0\.0\.1:\d+)\/?$/.exec(line);
    if (serving) served(serving[1]);
    const login = /^login (\S+) (\S+) (\S+)$/.exec(line);
    if (!login) return;
    const [, role, name, password] = login;
    roles.add(role);
    if (!logins.has(role)) logins.set(role, { name, password });
    logins.set(name, { name, password }); // where a role has several
    for (const look of waiting) look();
  });

  let way;
  async function stop() {
    way?.close();
    server.child.kill('SIGTERM');
    try {
      await within(stopWithinMs, server.ended, 'the end of minhu serve');
    } finally {
      server.child.kill('SIGKILL'); // nothing happens when it has ended
      await rm(folder, { recursive: true, force: true });
    }
  }

  try {
    const own = await within(startWithinMs, address, 'minhu serve');
    if (process.env.MINHU_SLOWLY) way = await openSlowWay(own, Number(process.env.MINHU_SLOWLY));
    return {
      address: way?.address ?? own,
      login: (role) =>
        within(
          loginWithinMs,
          new Promise((done) => {
            const look = () => logins.has(role) && done(logins.get(role));
            waiting.push(look);
            look();
          }),
          `the login of a ${role}`,
        ),
      roles: () => [...roles],
      folder, // where it keeps everything, for tests that look at what is there
      stop,
    };
  } catch (error) {
    await stop().catch(() => {});
    throw error;
  }
}
