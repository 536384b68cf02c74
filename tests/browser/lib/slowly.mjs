// A way to the server on which everything takes its time. `MINHU_SLOWLY=300 tests/browser/run.sh …`: a page arrives in three
// pieces, an answer of the API and a script late, 300 ms each. What a test reads too early on such a way it reads too early on
// some machine. A script is late as the answers are because the desk fetches an area when it is gone to: until it has arrived
// the page before stands there, with fields that have the same names.
import { createServer, request as ask } from 'node:http';

const wait = (ms) => new Promise((over) => setTimeout(over, ms));

async function inPieces(answer, bytes, ms) {
  const third = Math.ceil(bytes.length / 3);
  for (let at = 0; at < bytes.length; at += third) {
    answer.write(bytes.subarray(at, at + third));
    await wait(ms);
  }
  answer.end();
}

// { address, close() }
export async function openSlowWay(serverAddress, ms) {
  const { hostname, port } = new URL(serverAddress);
  const way = createServer((incoming, answer) => {
    // As it came: the server compares where a request comes from with the host that it was sent to.
    const outgoing = ask({ host: hostname, port, method: incoming.method, path: incoming.url, headers: incoming.headers }, (given) => {
      const parts = [];
      given.on('data', (part) => parts.push(part));
      given.on('error', () => incoming.socket.destroy());
      given.on('end', async () => {
        const bytes = Buffer.concat(parts);
        const isPage = given.headers['content-type']?.startsWith('text/html');
        const isScript = given.headers['content-type']?.includes('javascript');
        await wait(isPage || isScript || incoming.url.startsWith('/api/') ? ms : ms / 10);
        answer.writeHead(given.statusCode, given.headers);
        if (isPage) await inPieces(answer, bytes, ms);
        else answer.end(bytes);
      });
    });
    outgoing.on('error', () => incoming.socket.destroy());
    incoming.pipe(outgoing);
  });
  way.on('clientError', (_error, socket) => socket.destroy());
  await new Promise((listening) => way.listen(0, '127.0.0.1', listening));
  return {
    address: `http://127.0.0.1:${way.address().port}`,
    close: () => {
      way.closeAllConnections();
      way.close();
    },
  };
}
