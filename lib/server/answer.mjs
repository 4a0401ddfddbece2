// @ts-check
/**
 * The one place that shapes an answer of the web server. Status and headers are held until the first
 * byte; then it is decided, once, how the answer goes out:
 *
 * - instead: one of our own answers in place of what Next has to say of an error, or of none in time;
 * - held: collected, because it may be kept, or because its policy has to name the scripts in it;
 * - through: as it comes, compressed as it goes.
 */
import { ServerResponse } from 'node:http';
import { constants, gzipSync } from 'node:zlib';
import { contentSecurityPolicy, inlineScriptHashes } from '../http/content-security.mjs';
import { isFresh } from '../http/freshness.mjs';
import { metrics } from '../http/metrics.mjs';
import { securityHeadersOf } from '../http/security-headers.mjs';
import { isDatabaseAway } from '../http/web-process.mjs';
import { isAsset } from './access.mjs';
import { askedOf, forProxies, MOST_BYTES_EACH, mayBeKept } from './answer-cache.mjs';
import { acceptsGzip, gzipInto, isCompressible, isWorthCompressing } from './gzip.mjs';
import { insteadOf, unavailable } from './own-answers.mjs';

/** @typedef {import('./answer-cache.mjs').AnswerCache} AnswerCache */
/** @typedef {import('./own-answers.mjs').OwnAnswer} OwnAnswer */
/** @typedef {{ chunk?: any, encoding?: BufferEncoding, callback?: () => void }} Part */

/** Of an answer that another one is sent instead of. */
const OF_THE_BODY = ['content-type', 'content-length', 'content-encoding', 'etag', 'last-modified'];
const WITHOUT_BODY = [204, 304];

/**
 * The class for `createServer({ ServerResponse })`.
 *
 * @param {{ cache: AnswerCache, notFound: OwnAnswer, unavailable: OwnAnswer } | null} production null in
 *   development, where Next's answers only get their headers
 * @param {boolean} isPrivate whether no cache but ours may have what readers get
 */
export function answerClass(production, isPrivate = false) {
  return class Answer extends ServerResponse {
    /** @type {'instead' | 'held' | 'through' | null} */
    #way = null;
    /** @type {OwnAnswer | null} */
    #instead = null;
    /** @type {import('./answer-cache.mjs').Asked | null} */
    #asked = null;
    /** @type {Buffer[]} */
    #held = [];
    #heldBytes = 0;
    /** As its maker said, whatever is then said to caches on the way. */
    #mayBeKept = false;
    /** @type {import('node:zlib').Gzip | null} */
    #gzip = null;
    /** As it was asked for: Next writes its own over it. */
    #path = this.req.url ?? '';
    /** Sent before Next had an answer, which then comes to nothing. */
    #isOver = false;

    /** Sends what is kept for the request; false where there is nothing. */
    sendKept() {
      this.#asked = production && askedOf(this.req);
      const kept = this.#asked && production?.cache.find(this.#asked);
      if (this.#asked) {
        metrics().lookups.inc({ cache: 'answers', result: kept ? 'hit' : 'miss' });
      }
      if (kept) this.#sendWhole(kept);
      return kept != null;
    }

    /** @param {import('./answer-cache.mjs').KeptAnswer} kept */
    #sendWhole({ headers, body }) {
      this.#way = 'through';
      for (const name of this.getHeaderNames()) super.removeHeader(name);
      if (isFresh(this.req.headers, headers)) super.writeHead(304, headers);
      else super.writeHead(200, { ...headers, 'content-length': body.length });
      super.end(this.statusCode === 304 ? undefined : body);
    }

    /** To whom has waited long enough: what was kept, however old; else that it cannot be made now. */
    sendUnavailable() {
      if (!production || this.#way) return;
      const old = this.#oldOne();
      if (old) this.#sendWhole(old);
      else this.sendOwn(503, unavailable(this.#path, production.unavailable));
      this.#isOver = true;
    }

    #oldOne() {
      return (this.#asked && production?.cache.findOld(this.#asked)) ?? null;
    }

    /** @param {number} status @param {OwnAnswer} own */
    sendOwn(status, own) {
      this.statusCode = status;
      this.#instead = own;
      this.end();
    }

    /** @override @param {string} name @param {number | string | readonly string[]} value */
    setHeader(name, value) {
      return this.#isOver ? this : super.setHeader(name, value);
    }

    /** @override @param {string} name */
    removeHeader(name) {
      if (!this.#isOver) super.removeHeader(name);
    }

    /** @override @param {any[]} args */
    writeHead(...args) {
      if (this.#isOver) return this;
      if (this.#way) return Reflect.apply(super.writeHead, this, args);
      this.statusCode = args[0];
      if (typeof args[1] === 'string') this.statusMessage = args[1];
      this.#setAll(args.find((each) => typeof each === 'object'));
      return this;
    }

    /**
     * A redirect from a cached route, when first made, is set by Next and then appended by it again;
     * clients that join the two go nowhere.
     *
     * @override
     * @param {string} name
     * @param {string | readonly string[]} value
     */
    appendHeader(name, value) {
      if (this.#isOver || (name.toLowerCase() === 'location' && this.hasHeader(name))) return this;
      return super.appendHeader(name, value);
    }

    /** @override */
    flushHeaders() {
      if (this.#isOver) return;
      this.#decide();
      if (this.#way === 'through' && !this.#isOver) super.flushHeaders();
    }

    /** Sends on what the compressor has. Next calls it after each part of a page that it streams. */
    flush() {
      this.#gzip?.flush(constants.Z_SYNC_FLUSH);
    }

    /** @override @param {any[]} args */
    write(...args) {
      const part = partOf(args);
      if (this.#isOver) return true;
      this.#decide();
      if (this.#isOver) return true;
      if (this.#way === 'through') return this.#send(part);
      if (this.#way === 'held') this.#hold(part);
      if (part.callback) process.nextTick(part.callback);
      return true;
    }

    /** @override @param {any[]} args */
    end(...args) {
      const part = partOf(args);
      if (this.#isOver) return this;
      this.#decide(part.chunk?.length ?? 0);
      if (this.#isOver) return this;
      if (this.#way === 'held') {
        this.#hold(part);
        part.chunk = undefined;
      }
      if (this.#way === 'held') part.chunk = this.#finishHeld();
      if (this.#way === 'instead') part.chunk = this.#finishInstead();
      return this.#sendLast(part);
    }

    /** @param {number} [bytes] of the body */
    #decide(bytes = Number(this.getHeader('content-length') ?? Number.NaN)) {
      if (this.#way) return;
      this.#shapeHeaders();
      const type = String(this.getHeader('content-type') ?? '');
      if (production && !this.#instead && this.statusCode >= 500 && isDatabaseAway()) {
        return this.sendUnavailable();
      }
      if (production) this.#instead ??= insteadOf(this.statusCode, type, production.notFound);
      if (this.#instead) this.#way = 'instead';
      else if (this.#lacksPolicy() || this.#goesToCache()) this.#way = 'held';
      else this.#begin(bytes);
    }

    /** Those that do not depend on the body. */
    #shapeHeaders() {
      const path = this.#path.split('?', 1)[0] ?? '';
      for (const [name, value] of Object.entries(securityHeadersOf(path))) {
        if (!this.hasHeader(name)) this.setHeader(name, value);
      }
      this.#mayBeKept = mayBeKept(this.statusCode, this.getHeaders());
      if (isPrivate && !isAsset(path)) {
        this.setHeader('cache-control', 'private, no-store');
        this.setHeader('x-robots-tag', 'noindex');
        return;
      }
      const cacheControl = this.getHeader('cache-control');
      if (production && typeof cacheControl === 'string' && this.hasHeader('x-nextjs-cache')) {
        this.setHeader('cache-control', forProxies(cacheControl));
      }
    }

    /** Goes through from here on. @param {number} bytes of the body; NaN where nobody knows */
    #begin(bytes) {
      this.#way = 'through';
      if (!this.#takesGzip(bytes)) return;
      this.#gzip = gzipInto(this, {
        write: (chunk) => super.write(chunk),
        end: () => super.end(),
      });
      // Who asks whether the answer has begun must hear so before the first compressed byte.
      super.writeHead(this.statusCode);
    }

    /** Whether the body is to be compressed; says so in the headers. @param {number} bytes */
    #takesGzip(bytes) {
      if (!production || this.hasHeader('content-encoding') || this.statusCode === 206)
        return false;
      if (!isCompressible(String(this.getHeader('content-type')))) return false;
      const vary = this.getHeader('vary');
      this.setHeader('vary', vary ? `${vary}, Accept-Encoding` : 'Accept-Encoding');
      if (!this.#hasBody() || !acceptsGzip(this.req.headers) || !isWorthCompressing(bytes)) {
        return false;
      }
      this.setHeader('content-encoding', 'gzip');
      this.removeHeader('content-length');
      return true;
    }

    /** A page without a policy: one from Next's page cache, or on its way there. */
    #lacksPolicy() {
      return (
        production !== null &&
        this.#hasBody() &&
        String(this.getHeader('content-type')).startsWith('text/html') &&
        !this.hasHeader('content-encoding') &&
        !this.hasHeader('content-security-policy')
      );
    }

    #goesToCache() {
      return this.#asked !== null && this.#hasBody() && this.#mayBeKept;
    }

    #hasBody() {
      return this.req.method !== 'HEAD' && !WITHOUT_BODY.includes(this.statusCode);
    }

    /** @param {Part} part */
    #hold({ chunk, encoding }) {
      if (chunk == null) return;
      const bytes = typeof chunk === 'string' ? Buffer.from(chunk, encoding) : chunk;
      this.#held.push(bytes);
      this.#heldBytes += bytes.length;
      if (this.#heldBytes <= MOST_BYTES_EACH || this.#lacksPolicy()) return;
      // Too large to be kept.
      this.#begin(Number.NaN);
      for (const each of this.#held) this.#send({ chunk: each });
    }

    /** What was held, ready to be sent. */
    #finishHeld() {
      const body = Buffer.concat(this.#held);
      if (this.#lacksPolicy()) {
        const policy = contentSecurityPolicy(inlineScriptHashes(body.toString()));
        this.setHeader('content-security-policy', policy);
      }
      if (!production || !this.#asked || !this.#goesToCache()) {
        this.#begin(body.length);
        return body;
      }
      const whole = this.#takesGzip(body.length) ? gzipSync(body) : body;
      this.setHeader('content-length', whole.length);
      production.cache.keep(this.#asked, { headers: this.getHeaders(), body: whole });
      this.#way = 'through';
      return whole;
    }

    /** What is sent instead. */
    #finishInstead() {
      const { headers = {}, body = '' } = this.#instead ?? {};
      for (const name of OF_THE_BODY) this.removeHeader(name);
      this.#setAll(headers);
      if (body !== '') this.setHeader('content-length', Buffer.byteLength(body));
      this.#begin(body.length);
      return body;
    }

    /** @param {Part} part @returns {boolean} */
    #send({ chunk, encoding = 'utf8', callback }) {
      return this.#gzip
        ? this.#gzip.write(chunk, encoding, callback)
        : super.write(chunk, encoding, callback);
    }

    /** @param {Part} part */
    #sendLast({ chunk, encoding = 'utf8', callback }) {
      if (callback) this.once('finish', callback);
      if (this.#gzip) this.#gzip.end(chunk, encoding);
      else super.end(chunk, encoding);
      return this;
    }

    /** @param {Record<string, any>} [headers] */
    #setAll(headers = {}) {
      for (const [name, value] of Object.entries(headers)) this.setHeader(name, value);
    }
  };
}

/** @param {any[]} args of Node's `write` and `end`: two of three may be left out @returns {Part} */
function partOf(args) {
  const [chunk, encoding] = args.filter((each) => typeof each !== 'function');
  return { chunk, encoding, callback: args.find((each) => typeof each === 'function') };
}
