// @ts-check
/**
 * Whole answers, ready to send: of pages that Next had in its page cache, and of whatever any cache may
 * keep (`Cache-Control: public`), such as feeds, files and the API's lists. Next takes milliseconds to
 * find or make, compress and send one, and every reader would wait for that. What is kept here is what
 * was answered, so everything about it is still decided there; an answer stands no longer than the
 * version of the catalogue that it was made under, nor than proxies in front may keep it.
 */

/** @typedef {import('node:http').IncomingMessage} Request */
/** @typedef {import('node:http').ServerResponse} Response */
/** @typedef {(request: Request, response: Response) => unknown} Handler */
/** @typedef {{ version: string | undefined, until: number, headers: import('node:http').OutgoingHttpHeaders, body: Buffer }} Answer */

const MOST_BYTES = 32 * 1024 * 1024;
/** One answer; a larger one would push too many others out. */
const MOST_BYTES_EACH = 1024 * 1024;
/** What keeping one costs besides its body: headers and the map's own. */
const BYTES_AROUND = 2 * 1024;
/** No address of ours is longer; one that is was padded. */
const LONGEST_ADDRESS = 512;
const KEPT_MS = 60_000;
/**
 * Addresses with a query are without number, so all but these are left to their makers: the first
 * pages of the API's lists.
 */
const KEPT_QUERY = /^\/api\/v1\/papers\?(?!.*\b(?:q|after)=)/;
/** A request with one of these wants something other than the page that everybody gets. */
const SPECIAL = ['rsc', 'next-action', 'next-router-prefetch', 'range', 'authorization', 'expect'];
/** Made for each answer anew. */
const OF_THE_MOMENT = ['date', 'connection', 'keep-alive', 'transfer-encoding', 'content-length'];

/**
 * Answers from memory what it can, and hears what `handle` answers to the rest.
 *
 * @param {Handler} handle
 * @returns {Handler}
 */
export function withAnswerCache(handle) {
  /** Least recently used first. @type {Map<string, Answer>} */
  const answers = new Map();
  let bytes = 0;

  /** @param {string} key */
  const drop = (key) => {
    const answer = answers.get(key);
    if (answer) bytes -= sizeOf(answer);
    answers.delete(key);
  };

  /** @param {string} key @param {Answer} answer */
  const keep = (key, answer) => {
    drop(key);
    if (answer.body.length > MOST_BYTES_EACH) return;
    answers.set(key, answer);
    bytes += sizeOf(answer);
    for (const oldest of answers.keys()) {
      if (bytes <= MOST_BYTES) break;
      drop(oldest);
    }
  };

  return (request, response) => {
    if (!isPlain(request)) return handle(request, response);
    const encoding = acceptsGzip(request) ? 'gzip' : undefined;
    const key = `${encoding} ${request.url}`;
    const version = catalogueVersion();
    const answer = answers.get(key);
    if (answer && answer.version === version && answer.until > Date.now()) {
      // Used last now.
      answers.delete(key);
      answers.set(key, answer);
      return send(request, response, answer);
    }
    if (answer) drop(key);
    hear(response, (headers, body) => {
      const encoded = headers['content-encoding'];
      if (encoded !== undefined && encoded !== encoding) return;
      // The version before the page was looked up: the page may be of a later one, not of an earlier.
      keep(key, { version, until: Date.now() + KEPT_MS, headers, body });
    });
    return handle(request, response);
  };
}

/** @param {Answer} answer */
function sizeOf({ body }) {
  return body.length + BYTES_AROUND;
}

/** @param {Request} request */
function isPlain({ method, headers, url = '' }) {
  return (
    method === 'GET' &&
    url.length <= LONGEST_ADDRESS &&
    (!url.includes('?') || KEPT_QUERY.test(url)) &&
    !SPECIAL.some((name) => name in headers) &&
    !headers.cookie?.includes('__prerender_bypass')
  );
}

/** @param {Request} request */
function acceptsGzip({ headers }) {
  return /\bgzip\b(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))/.test(String(headers['accept-encoding']));
}

/** @returns {string | undefined} */
function catalogueVersion() {
  return /** @type {any} */ (globalThis)[Symbol.for('broadsheet.catalogue')]?.version;
}

/** @param {Request} request @param {Response} response @param {Answer} answer */
function send(request, response, { headers, body }) {
  if (isFresh(request, headers)) {
    response.writeHead(304, headers).end();
  } else {
    response.writeHead(200, { ...headers, 'content-length': body.length }).end(body);
  }
}

/**
 * Whether the client has this answer already; dates count only where it names no tags (RFC 9110,
 * section 13.2.2).
 *
 * @param {Request} request
 * @param {import('node:http').OutgoingHttpHeaders} answered
 */
function isFresh({ headers }, answered) {
  const known = headers['if-none-match'];
  if (known === undefined) {
    const since = Date.parse(headers['if-modified-since'] ?? '');
    return since >= Date.parse(String(answered['last-modified']));
  }
  const bare = (/** @type {unknown} */ tag) => String(tag).trim().replace(/^W\//, '');
  return known.split(',').some((tag) => bare(tag) === '*' || bare(tag) === bare(answered.etag));
}

/** @param {Response} response */
function mayBeKept(response) {
  return (
    response.statusCode === 200 &&
    (String(response.getHeader('x-nextjs-cache')) === 'HIT' ||
      /\bpublic\b/.test(String(response.getHeader('cache-control'))))
  );
}

/**
 * Calls back with an answer that may be kept.
 *
 * @param {Response} response
 * @param {(headers: import('node:http').OutgoingHttpHeaders, body: Buffer) => void} heard
 */
function hear(response, heard) {
  const { write, end } = response;
  /** @type {Buffer[]} */
  const chunks = [];
  /** @param {unknown} chunk @param {unknown} encoding */
  const take = (chunk, encoding) => {
    if (typeof chunk === 'string') {
      chunks.push(Buffer.from(chunk, /** @type {BufferEncoding} */ (encoding ?? 'utf8')));
    } else if (chunk instanceof Uint8Array) {
      chunks.push(Buffer.from(chunk));
    }
  };
  response.write = /** @type {typeof write} */ (
    (/** @type {any[]} */ ...args) => {
      take(args[0], typeof args[1] === 'string' ? args[1] : undefined);
      return write.apply(response, /** @type {any} */ (args));
    }
  );
  response.end = /** @type {typeof end} */ (
    (/** @type {any[]} */ ...args) => {
      take(args[0], typeof args[1] === 'string' ? args[1] : undefined);
      if (mayBeKept(response)) {
        const headers = { ...response.getHeaders() };
        for (const name of OF_THE_MOMENT) delete headers[name];
        heard(headers, Buffer.concat(chunks));
      }
      return end.apply(response, /** @type {any} */ (args));
    }
  );
}
