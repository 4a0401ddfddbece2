/**
 * The web server, in a process of its own. Plain JavaScript, because nothing that compiles modules on
 * the fly should stand between Next and its chunks. Settings: PORT, HOST, TRUST_PROXY; `--dev` for
 * development.
 */
import { AsyncResource } from 'node:async_hooks';
import { createHash, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { LRUCache } from 'lru-cache';
import next from 'next';
import { clientAddress } from '../http/client-address.mjs';
import { metrics, routeClass } from '../http/metrics.mjs';
import {
  isDatabaseAway,
  mayRead,
  serve,
  servedRequest,
  standAtGate,
} from '../http/web-process.mjs';
import { installLog, LOG_FORMATS, LOG_LEVELS } from '../runtime/log.mjs';
import { isOpen, refusedReader } from './access.mjs';
import { answerClass } from './answer.mjs';
import { AnswerCache } from './answer-cache.mjs';
import { ALL_METHODS, methodsOf } from './methods.mjs';
import { allowed, builtPage, MALFORMED, notAllowed, tooMany } from './own-answers.mjs';
import { readLimit } from './read-limit.mjs';
import { pathOfTarget } from './request-target.mjs';

const dev = process.argv.includes('--dev');
const hostname = process.env.HOST || undefined;
const port = Number(process.env.PORT || 3000);
/** What has no answer by then gets one of ours: nobody waits five seconds for a database that is silent. */
const PATIENCE_MS = 3_500;
/** Where it is known to be so: pages that need none are made sooner. */
const PATIENCE_WHILE_AWAY_MS = 1_000;
/** Work that someone has asked for, and not a reader; and what waits for an identity provider. */
const TAKES_LONG = /^\/(?:api\/cron|sign-in\/provider|account\/sign-out)\//;
const trustProxy = Number(process.env.TRUST_PROXY || 0);
/** Anything but "public": what is misspelled opens nothing. */
const isPrivate = (process.env.ACCESS || 'public') !== 'public';
const metricsPort = Number(process.env.METRICS_PORT || 0);

// Before Next says anything. The site adds what is to be hidden (instrumentation.ts).
installLog(
  {
    format: LOG_FORMATS.find((each) => each === process.env.LOG_FORMAT) ?? 'text',
    level: LOG_LEVELS.find((each) => each === process.env.LOG_LEVEL) ?? 'info',
    secrets: [],
  },
  () => servedRequest()?.id,
);

// The one who started us is gone (even by kill -9): without it there is no database and no clock.
process.on('disconnect', () => process.exit(0));

standAtGate();

const Answer = answerClass(
  dev
    ? null
    : {
        cache: new AnswerCache(),
        notFound: builtPage(readFileSync('.next/server/app/_not-found.html', 'utf8')),
        unavailable: builtPage(readFileSync('.next/server/app/unavailable.html', 'utf8')),
      },
  isPrivate,
);
/** Keys of readers, by hash: they are looked up at each request, and counted at the first alone. */
const openedBefore = new LRUCache({ max: 10_000 });
const isWithinLimit = dev ? () => true : readLimit();

const server = createServer({ ServerResponse: Answer }, (request, answer) => {
  const { method = 'GET' } = request;
  if (method === 'OPTIONS' && request.url === '*') return answer.sendOwn(204, allowed(ALL_METHODS));
  const path = pathOfTarget(request.url ?? '');
  if (path === null) return answer.sendOwn(400, MALFORMED);
  request.url = path;
  const pathname = path.split('?', 1)[0] ?? '';
  // In development Next has addresses of its own, which take posts.
  const methods = dev ? null : methodsOf(pathname);
  const served = { id: requestId(request), peer: request.socket.remoteAddress ?? 'unknown' };
  serve(served, () => count(pathname, request, answer));
  if (methods && method === 'OPTIONS') return answer.sendOwn(204, allowed(methods));
  if (methods && !methods.includes(method)) return answer.sendOwn(405, notAllowed(path, methods));
  serve(served, () => {
    if (!isPrivate || isOpen(pathname)) return answerReader(pathname, request, answer);
    answerInTime(pathname, answer);
    admit(pathname, request, answer).catch((error) => {
      console.error(error);
      if (dev) answer.destroy();
      else answer.sendUnavailable();
    });
  });
});
server.on('error', failed);

/**
 * The gate of a private site, before every cache.
 *
 * @param {string} pathname
 * @param {import('node:http').IncomingMessage} request
 * @param {InstanceType<typeof Answer>} answer
 */
async function admit(pathname, request, answer) {
  const { cookie = '', authorization = '' } = request.headers;
  const path = request.url ?? '';
  const keys = createHash('sha256').update(`${cookie}\n${authorization}`).digest('base64');
  if (!openedBefore.has(keys) && !isWithinLimit(path, addressOf(request))) {
    return answer.sendOwn(429, tooMany(path));
  }
  const headers = new Headers({ cookie, authorization });
  const isReader = await mayRead({ path: pathname, headers });
  // It took too long, and the reader was told so.
  if (answer.writableEnded) return;
  if (isReader) {
    openedBefore.set(keys, true);
    return answerReader(pathname, request, answer);
  }
  const refused = refusedReader(request, path);
  answer.sendOwn(refused.status, refused.answer);
}

/**
 * @param {string} pathname
 * @param {import('node:http').IncomingMessage} request
 * @param {InstanceType<typeof Answer>} answer
 */
function answerReader(pathname, request, answer) {
  if (answer.sendKept()) return;
  const path = request.url ?? '';
  if (!isWithinLimit(path, addressOf(request))) return answer.sendOwn(429, tooMany(path));
  answerInTime(pathname, answer);
  handle(request, answer);
}

/** @param {string} pathname @param {InstanceType<typeof Answer>} answer */
function answerInTime(pathname, answer) {
  if (TAKES_LONG.test(pathname)) return;
  const patience = isDatabaseAway() ? PATIENCE_WHILE_AWAY_MS : PATIENCE_MS;
  const late = setTimeout(() => answer.sendUnavailable(), patience);
  answer.once('close', () => clearTimeout(late));
}

/** @param {NodeJS.ErrnoException} error */
function failed(error) {
  process.send?.({ kind: 'failed', code: error.code, message: error.message });
  process.exitCode = 1;
  process.disconnect?.();
}

// The development server also upgrades connections of this server, for reloading.
const app = next({ dev, hostname, port, httpServer: server });
const handle = app.getRequestHandler();
await app.prepare();
if (metricsPort) await listenForMetrics();
server.listen(port, hostname, () => process.send?.({ kind: 'ready', port: server.address().port }));

/** A port of the operator's own, which no proxy leads to: there is nothing else on it. */
function listenForMetrics() {
  const own = createServer((request, answer) => {
    if (request.url === '/metrics' && request.method === 'GET') {
      const peer = request.socket.remoteAddress ?? 'unknown';
      return serve({ id: requestId(request), peer, isOperators: true }, () =>
        handle(request, answer),
      );
    }
    answer.writeHead(404, { 'content-type': 'text/plain' }).end('Here is /metrics alone.\n');
  });
  own.on('error', failed);
  return new Promise((resolve) => own.listen(metricsPort, hostname, () => resolve(undefined)));
}

for (const signal of ['SIGTERM', 'SIGINT']) {
  process.on(signal, () => {
    server.close(() => process.exit(0));
    server.closeIdleConnections();
    // Requests under way get this long; keep-alive connections would hold on for ever.
    setTimeout(() => process.exit(0), 4_000).unref();
  });
}

/** @param {import('node:http').IncomingMessage} request */
function addressOf({ headers }) {
  const get = (/** @type {string} */ name) => headers[name]?.toString() ?? null;
  return clientAddress({ get }, trustProxy);
}

/**
 * The proxy's own id, where one is believed: its log and ours tell of the same request then.
 *
 * @param {import('node:http').IncomingMessage} request
 */
function requestId({ headers }) {
  const given = trustProxy > 0 ? headers['x-request-id']?.toString() : undefined;
  return given && /^[\w.-]{1,64}$/.test(given) ? given : randomBytes(6).toString('hex');
}

/**
 * @param {string} path
 * @param {import('node:http').IncomingMessage} request
 * @param {import('node:http').ServerResponse} answer
 */
function count(path, { method }, answer) {
  const route = routeClass(path);
  const began = performance.now();
  const closed = AsyncResource.bind(() => {
    const took = performance.now() - began;
    const status = `${Math.floor(answer.statusCode / 100)}xx`;
    metrics().requests.observe({ route, status }, took / 1_000);
    console.debug(`${method} ${path} ${answer.statusCode} ${Math.round(took)} ms`);
  });
  answer.once('close', closed);
}
