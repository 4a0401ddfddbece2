/**
 * The web server, in a process of its own. Plain JavaScript, because nothing that compiles modules on
 * the fly should stand between Next and its chunks. Settings: PORT, HOST, TRUST_PROXY; `--dev` for
 * development.
 */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import next from 'next';
import { clientAddress } from '../http/client-address.mjs';
import { withAnswerCache } from './answer-cache.mjs';
import { notFoundPage, withErrorPage } from './error-page.mjs';
import { withReadLimit } from './read-limit.mjs';

const dev = process.argv.includes('--dev');
const hostname = process.env.HOST || undefined;
const port = Number(process.env.PORT || 3000);
const trustProxy = Number(process.env.TRUST_PROXY || 0);

// The one who started us is gone (even by kill -9): without it there is no database and no clock.
process.on('disconnect', () => process.exit(0));

// Tells the request handlers, which run in this process, that the peer header can be believed.
globalThis[Symbol.for('broadsheet.peer')] = true;

const notFound = dev
  ? null
  : notFoundPage(readFileSync('.next/server/app/_not-found.html', 'utf8'));

const server = createServer((request, response) => {
  if (!isDecodable(request.url ?? '')) {
    // Next would call this an error of its own.
    response
      .writeHead(400, { 'content-type': 'text/plain' })
      .end('This address is not well-formed.');
    return;
  }
  // A redirect from a cached route, when first made, is set by Next and then appended by it again;
  // clients that join the two go nowhere.
  const append = response.appendHeader.bind(response);
  response.appendHeader = (name, value) =>
    name.toLowerCase() === 'location' && response.hasHeader(name) ? response : append(name, value);
  // Who is connected, for rate limits and the local-only pages: never what the client says it is.
  request.headers['x-broadsheet-peer'] = request.socket.remoteAddress ?? 'unknown';
  if (notFound) withErrorPage(response, notFound);
  handle(request, response);
});
server.on('error', (error) => {
  process.send?.({ kind: 'failed', code: error.code, message: error.message });
  process.exitCode = 1;
  process.disconnect?.();
});

// The development server also upgrades connections of this server, for reloading.
const app = next({ dev, hostname, port, httpServer: server });
const handle = dev
  ? app.getRequestHandler()
  : withAnswerCache(withReadLimit(app.getRequestHandler(), addressOf));
await app.prepare();
server.listen(port, hostname, () => process.send?.({ kind: 'ready', port: server.address().port }));

for (const signal of ['SIGTERM', 'SIGINT']) {
  process.on(signal, () => {
    server.close(() => process.exit(0));
    server.closeIdleConnections();
    // Requests under way get this long; keep-alive connections would hold on for ever.
    setTimeout(() => process.exit(0), 5_000).unref();
  });
}

/** @param {import('node:http').IncomingMessage} request */
function addressOf({ headers }) {
  const get = (/** @type {string} */ name) => headers[name]?.toString() ?? null;
  return clientAddress({ get }, trustProxy);
}

/** @param {string} url */
function isDecodable(url) {
  try {
    decodeURIComponent(url.split('?', 1)[0] ?? '');
    return true;
  } catch {
    return false;
  }
}
