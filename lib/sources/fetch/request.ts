import { request as httpRequest, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { publicLookup, refusePrivateAddress } from '@/lib/sources/fetch/public-address';
import { asRequestError, RequestError } from '@/lib/sources/fetch/request-error';

/** One HTTP request, redirects followed, within limits of time and size. */
interface RequestOptions {
  method: 'GET' | 'POST';
  headers: Record<string, string>;
  body?: string;
  /** Bytes of the unpacked body. */
  maxBytes: number;
  /** Longest silence of the other side. */
  idleMs: number;
  /** Waits until the host may be asked. Called before the first request and after each redirect. */
  slot: (url: URL) => Promise<Slot>;
  /** The first address may be private, because the operator typed it. Redirects may not. */
  allowPrivate: boolean;
}

/** The permission to ask a host once. */
export interface Slot {
  /** From the first byte sent to the last one received. */
  totalMs: number;
  end: () => Promise<void>;
}

export interface Response {
  status: number;
  headers: IncomingHttpHeaders;
  /** After redirects. */
  url: string;
  body: AsyncIterable<Uint8Array>;
}

/** The whole answer as bytes. */
export async function wholeBody({ body }: Response): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  return Buffer.concat(chunks);
}

const MOST_REDIRECTS = 5;

/** What is sent; a redirect may change all of it. */
interface Question {
  url: URL;
  method: 'GET' | 'POST';
  headers: Record<string, string>;
  body?: string;
}

/** Runs `consume` on the response. Ends the connection afterwards, whatever happened. */
export async function request<T>(
  address: string,
  options: RequestOptions,
  consume: (response: Response) => Promise<T>,
): Promise<T> {
  const { method, headers, body } = options;
  const first = parsed(address);
  let question: Question = { url: first, method, headers, body };
  for (let hop = 0; hop <= MOST_REDIRECTS; hop++) {
    const guarded = !(options.allowPrivate && question.url.host === first.host);
    const slot = await options.slot(question.url);
    try {
      const outcome = await exchange(question, guarded, slot.totalMs, options, consume);
      if ('value' in outcome) return outcome.value;
      question = outcome.redirected;
    } finally {
      await slot.end();
    }
  }
  throw new RequestError(`more than ${MOST_REDIRECTS} redirects`, false);
}

async function exchange<T>(
  question: Question,
  guarded: boolean,
  totalMs: number,
  options: RequestOptions,
  consume: (response: Response) => Promise<T>,
): Promise<{ value: T } | { redirected: Question }> {
  const abort = new AbortController();
  const overall = setTimeout(
    () => abort.abort(new RequestError(`no complete answer within ${totalMs} ms`, true)),
    totalMs,
  );
  try {
    const message = await send(question, options.idleMs, guarded, abort.signal);
    try {
      const redirected = redirectOf(message, question);
      if (redirected) return { redirected };
      const value = await consume({
        status: message.statusCode ?? 0,
        headers: message.headers,
        url: question.url.href,
        body: limited(message, options.maxBytes, abort.signal),
      });
      return { value };
    } finally {
      message.destroy();
    }
  } catch (error) {
    if (abort.signal.aborted) throw abort.signal.reason;
    throw error;
  } finally {
    clearTimeout(overall);
  }
}

function parsed(address: string, from?: URL): URL {
  let url: URL;
  try {
    url = new URL(address, from);
  } catch {
    throw new RequestError(`${from ? 'a redirect to ' : ''}${address} is no address`, false);
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new RequestError(`${url.protocol} is not read, only http: and https:`, false);
  }
  return url;
}

function redirectOf(message: IncomingMessage, question: Question): Question | null {
  const { statusCode = 0, headers } = message;
  if (![301, 302, 303, 307, 308].includes(statusCode) || headers.location === undefined)
    return null;
  const from = question.url;
  const url = parsed(headers.location, from);
  if (from.protocol === 'https:' && url.protocol === 'http:') {
    throw new RequestError(`a redirect from https to ${url.origin}`, false);
  }
  // Secrets for one host are not told to another.
  const told = url.origin === from.origin ? question : withoutSecrets(question);
  // 301 to 303 say where the answer to a POST is; 307 and 308 say where to post instead.
  return statusCode < 307 && question.method === 'POST'
    ? { url, method: 'GET', headers: withoutHeaders(told.headers, /^content-type$/i) }
    : { ...told, url };
}

function withoutSecrets(question: Question): Question {
  const headers = withoutHeaders(question.headers, /^(?:authorization|cookie|x-api-key)$/i);
  return { ...question, headers };
}

function withoutHeaders(headers: Record<string, string>, names: RegExp): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !names.test(name)));
}

function send(
  { url, method, headers, body }: Question,
  idleMs: number,
  guarded: boolean,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  if (guarded) refusePrivateAddress(url);
  return new Promise((resolve, reject) => {
    const make = url.protocol === 'https:' ? httpsRequest : httpRequest;
    const outgoing = make(url, {
      method,
      headers: { 'accept-encoding': 'gzip, deflate, br', ...headers },
      lookup: guarded ? publicLookup : undefined,
      // A connection from a pool would have been checked for another name.
      agent: false,
      timeout: idleMs,
      signal,
    });
    outgoing.on('timeout', () =>
      outgoing.destroy(new RequestError(`nothing heard for ${idleMs} ms`, true)),
    );
    outgoing.on('error', (error) => reject(asRequestError(error)));
    outgoing.on('response', resolve);
    outgoing.end(body);
  });
}

async function* limited(
  message: IncomingMessage,
  maxBytes: number,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  let received = 0;
  try {
    for await (const chunk of unpackedBody(message)) {
      received += chunk.length;
      if (received > maxBytes) {
        throw new RequestError(`an answer of more than ${maxBytes} bytes`, false);
      }
      yield chunk;
    }
    if (!message.complete) throw new RequestError('the answer was cut off', true);
  } catch (error) {
    throw signal.aborted ? signal.reason : asRequestError(error as Error);
  }
}

function unpackedBody(message: IncomingMessage): AsyncIterable<Uint8Array> {
  const encoding = message.headers['content-encoding']?.trim().toLowerCase();
  if (encoding === undefined || encoding === '' || encoding === 'identity') return message;
  const unpack =
    encoding === 'gzip' || encoding === 'x-gzip'
      ? createGunzip()
      : encoding === 'br'
        ? createBrotliDecompress()
        : encoding === 'deflate'
          ? createInflate()
          : null;
  if (!unpack) throw new RequestError(`an answer packed as "${encoding}"`, false);
  message.on('error', (error) => unpack.destroy(error));
  return message.pipe(unpack);
}
