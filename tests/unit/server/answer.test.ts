import { createHash, randomBytes } from 'node:crypto';
import {
  createServer,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  request,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { sawCatalogueVersion, sawDatabaseAway } from '@/lib/http/web-process.mjs';
import { answerClass } from '@/lib/server/answer.mjs';
import { AnswerCache } from '@/lib/server/answer-cache.mjs';
import { builtPage, MALFORMED } from '@/lib/server/own-answers.mjs';

interface Answered {
  status: number;
  headers: IncomingMessage['headers'];
  rawHeaders: string[];
  bytes: Buffer;
  text: string;
}

/** What stands in for Next. */
let handle: (request: IncomingMessage, response: ServerResponse) => unknown;
let made = 0;
let port = 0;
let stop = () => {};

beforeEach(() => {
  made = 0;
  sawCatalogueVersion('1');
  sawDatabaseAway(false);
  return listen({
    cache: new AnswerCache(),
    notFound: builtPage('<p>Nothing here</p><script>1</script>'),
    unavailable: builtPage('<p>Not at the moment</p>'),
  });
});
afterEach(() => stop());

async function listen(production: Parameters<typeof answerClass>[0]) {
  const Answer = answerClass(production);
  const server = createServer({ ServerResponse: Answer }, (asked, answer) => {
    if (answer.sendKept()) return;
    made++;
    handle(asked, answer);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
  stop = () => server.close();
}

async function ask(path = '/', headers: OutgoingHttpHeaders = {}, method = 'GET') {
  return new Promise<Answered>((resolve, reject) => {
    request({ port, host: '127.0.0.1', path, method, headers }, async (response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of response) chunks.push(chunk);
      const bytes = Buffer.concat(chunks);
      const isZipped = response.headers['content-encoding'] === 'gzip' && bytes.length > 0;
      resolve({
        status: response.statusCode!,
        headers: response.headers,
        rawHeaders: response.rawHeaders,
        bytes,
        text: (isZipped ? gunzipSync(bytes) : bytes).toString(),
      });
    })
      .on('error', reject)
      .end();
  });
}

const gzip = { 'accept-encoding': 'br, gzip' };
const SCRIPT = 'go()';
const PAGE = `<p>${'A page. '.repeat(200)}</p><script>${SCRIPT}</script>`;
const HASH = createHash('sha256').update(SCRIPT).digest('base64');

/** Answers with a page as Next does from its page cache, or with what `headers` make of it. */
function answers(headers: OutgoingHttpHeaders = {}, body: string | Buffer = PAGE) {
  handle = (_, response) => {
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.setHeader('etag', '"1"');
    response.setHeader('x-nextjs-cache', 'HIT');
    for (const [name, value] of Object.entries(headers)) {
      if (value === undefined) response.removeHeader(name);
      else response.setHeader(name, value);
    }
    response.write(body.slice(0, 10));
    response.end(body.slice(10));
  };
}
const PUBLIC = {
  'content-type': 'application/json',
  'x-nextjs-cache': undefined,
  'cache-control': 'public, max-age=60',
};

describe('what is kept', () => {
  test('an answer from the page cache is made once and sent whole, with its headers', async () => {
    answers();
    const first = await ask();
    const second = await ask();
    expect(made).toBe(1);
    expect(second.text).toBe(PAGE);
    expect(second.headers).toMatchObject({ etag: '"1"', 'x-nextjs-cache': 'HIT' });
    expect(second.headers['content-length']).toBe(String(PAGE.length));
    const { date: _, ...same } = first.headers;
    expect(second.headers).toMatchObject(same);
  });

  test('who accepts gzip and who does not get what they can read', async () => {
    answers();
    for (let i = 0; i < 2; i++) {
      expect((await ask()).headers['content-encoding']).toBeUndefined();
      const zipped = await ask('/', gzip);
      expect(zipped.headers['content-encoding']).toBe('gzip');
      expect(zipped.headers['content-length']).toBe(String(zipped.bytes.length));
      expect(zipped.headers.vary).toBe('Accept-Encoding');
      expect(zipped.text).toBe(PAGE);
    }
    expect(made).toBe(2);
  });

  test('a new version of the catalogue makes the page anew', async () => {
    answers();
    await ask();
    sawCatalogueVersion('2');
    await ask();
    expect(made).toBe(2);
  });

  test('what was made while the version changed is not kept', async () => {
    answers();
    const page = handle;
    handle = async (asked, response) => {
      if (made === 1) sawCatalogueVersion('2');
      await sleep(20);
      page(asked, response);
    };
    const first = ask();
    await sleep(10);
    await ask('/another');
    await first;
    await ask();
    expect(made).toBe(3);
  });

  test('a client that has the page is told so', async () => {
    answers({ 'last-modified': 'Mon, 02 Mar 2026 00:00:00 GMT' });
    await ask();
    const status = async (asked: OutgoingHttpHeaders) => (await ask('/', asked)).status;
    expect(await status({ 'if-none-match': 'W/"1"' })).toBe(304);
    expect(await status({ 'if-none-match': '"2"' })).toBe(200);
    expect(await status({ 'if-modified-since': 'Mon, 02 Mar 2026 00:00:00 GMT' })).toBe(304);
  });

  test('HEAD gets the headers of what is kept', async () => {
    answers();
    const { headers } = await ask();
    const head = await ask('/', {}, 'HEAD');
    expect([made, head.text]).toEqual([1, '']);
    expect(head.headers['content-security-policy']).toBe(headers['content-security-policy']);
  });

  test.each([
    ['a feed', '/feeds/atom'],
    ['the first page of a list of the API', '/api/v1/papers?window=all&tag=peft'],
  ])('%s that any cache may keep is made once in a version of the catalogue', async (_, path) => {
    answers(PUBLIC);
    await ask(path);
    await ask(path);
    expect(made).toBe(1);
    sawCatalogueVersion('2');
    await ask(path);
    expect(made).toBe(2);
  });

  test('padded addresses, searches and further pages without number are not kept', async () => {
    answers(PUBLIC);
    const padded = `/api/v1/papers?limit=${'%20'.repeat(200)}1`;
    const paths = ['/api/v1/papers?q=a', '/api/v1/papers?window=all&after=x', padded];
    for (const path of [...paths, ...paths]) await ask(path);
    expect(made).toBe(6);
  });

  test('what is too large to keep is sent as it comes', async () => {
    const large = randomBytes(600_000).toString('hex');
    answers(PUBLIC, large);
    expect((await ask()).text).toBe(large);
    expect((await ask('/', gzip)).text).toBe(large);
    expect((await ask('/', gzip)).headers['transfer-encoding']).toBe('chunked');
    expect(made).toBe(3);
  });

  test.each([
    ['made for this request', { 'x-nextjs-cache': 'MISS' }, {}, '/'],
    ['in an encoding not looked at', { 'content-encoding': 'br' }, {}, '/'],
    ['of a query', {}, {}, '/?a=b'],
    ['of data', {}, { rsc: '1' }, '/'],
    ['to a part of it', {}, { range: 'bytes=0-1' }, '/'],
    ['to somebody in particular', {}, { authorization: 'Bearer a' }, '/'],
  ])('an answer %s is not kept', async (_, answered, asked, path) => {
    answers(answered);
    await ask(path, asked);
    await ask(path, asked);
    expect(made).toBe(2);
  });
});

describe('policy', () => {
  test.each(['HIT', 'MISS', 'STALE'])('a page (%s) gets the hashes of its scripts', async (hit) => {
    answers({ 'x-nextjs-cache': hit });
    for (let i = 0; i < 2; i++) {
      const { headers, text } = await ask('/', gzip);
      expect(headers['content-security-policy']).toContain(`script-src 'self' 'sha256-${HASH}';`);
      expect(text).toBe(PAGE);
    }
  });

  test('a page that has one keeps it, and is not held back', async () => {
    handle = async (_, response) => {
      response.setHeader('content-type', 'text/html');
      response.setHeader('content-security-policy', "default-src 'none'");
      response.flushHeaders();
      response.write('one');
      await sleep(50);
      response.end('two');
    };
    const { headers, text } = await ask();
    expect(headers['content-security-policy']).toBe("default-src 'none'");
    expect(headers['transfer-encoding']).toBe('chunked');
    expect(text).toBe('onetwo');
  });

  test('HEAD of a page that is not kept says nothing of it', async () => {
    handle = (_, response) => {
      response.setHeader('content-type', 'text/html');
      response.end();
    };
    const { headers } = await ask('/', gzip, 'HEAD');
    expect(headers['content-security-policy']).toBeUndefined();
  });

  test('what says that a page did not change says nothing of its policy', async () => {
    handle = (_, response) => {
      response.writeHead(304, { 'content-type': 'text/html' });
      response.end();
    };
    expect((await ask()).headers['content-security-policy']).toBeUndefined();
  });
});

describe('headers', () => {
  test('every answer has those for security, and what Next set stays', async () => {
    handle = (_, response) => {
      response.setHeader('cross-origin-resource-policy', 'cross-origin');
      response.end('text');
    };
    const { headers } = await ask();
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['cross-origin-resource-policy']).toBe('cross-origin');
    handle = (_, response) =>
      (response as InstanceType<ReturnType<typeof answerClass>>).sendOwn(400, MALFORMED);
    const own = await ask();
    expect(own.status).toBe(400);
    expect(own.headers['x-frame-options']).toBe('DENY');
    expect(own.headers['cross-origin-resource-policy']).toBe('same-origin');
  });

  test.each([
    ['s-maxage=60, stale-while-revalidate=172740', 's-maxage=60, stale-while-revalidate=60'],
    ['s-maxage=900, stale-while-revalidate=900', 's-maxage=900'],
    ['s-maxage=31536000', 's-maxage=31536000'],
    ['private, no-cache, no-store', 'private, no-cache, no-store'],
  ])('proxies hear %s as %s', async (given, told) => {
    answers({ 'cache-control': given });
    expect((await ask()).headers['cache-control']).toBe(told);
  });

  test('a redirect that is set and appended leads to one place', async () => {
    handle = (_, response) => {
      response.statusCode = 308;
      response.setHeader('Location', '/there');
      response.appendHeader('location', '/there');
      response.appendHeader('set-cookie', 'a=1');
      response.appendHeader('set-cookie', 'b=2');
      response.end();
    };
    const { rawHeaders, headers } = await ask();
    expect(rawHeaders.filter((each) => each.toLowerCase() === 'location')).toHaveLength(1);
    expect(headers['set-cookie']).toEqual(['a=1', 'b=2']);
  });

  test('a status with words of its own', async () => {
    handle = (_, response) => response.writeHead(202, 'Later', { 'x-a': 'b' }).end();
    const answer = await ask();
    expect([answer.status, answer.headers['x-a']]).toEqual([202, 'b']);
  });
});

describe('compression', () => {
  const NONCE = { 'content-security-policy': "script-src 'nonce-a'", 'x-nextjs-cache': undefined };

  test('a page made for one request is compressed as it goes', async () => {
    answers({ ...NONCE, 'content-length': PAGE.length });
    const { headers, text } = await ask('/', gzip);
    expect(headers['content-encoding']).toBe('gzip');
    expect(headers['content-length']).toBeUndefined();
    expect(text).toBe(PAGE);
  });

  test('that it began is known at once, and each part and the end when they are out', async () => {
    const heard: string[] = [];
    handle = (_, response) => {
      for (const [name, value] of Object.entries(NONCE)) if (value) response.setHeader(name, value);
      response.setHeader('content-type', 'text/html');
      response.write(PAGE, 'utf8', () => heard.push('part'));
      expect(response.headersSent).toBe(true);
      response.end(() => heard.push('end'));
    };
    expect((await ask('/', gzip)).text).toBe(PAGE);
    expect(heard).toEqual(['part', 'end']);
  });

  test('each part arrives when it is flushed', async () => {
    let finish = () => {};
    handle = (_, response) => {
      response.setHeader('content-type', 'text/html');
      response.setHeader('content-security-policy', 'a');
      response.write('the first part');
      (response as ServerResponse & { flush(): void }).flush();
      finish = () => response.end();
    };
    await new Promise<void>((resolve) => {
      request({ port, host: '127.0.0.1', headers: gzip }, (response) => {
        response.once('data', () => {
          finish();
          response.resume().once('end', resolve);
        });
      }).end();
    });
  });

  test.each([
    ['too short', { ...NONCE, 'content-length': '20' }, 'a text of 20 letters'],
    ['a picture', { ...NONCE, 'content-type': 'image/png' }, PAGE],
    ['compressed already', { ...NONCE, 'content-encoding': 'br' }, PAGE],
  ])('what is %s is sent as it is', async (_, headers, body) => {
    answers(headers, body);
    const answer = await ask('/', gzip);
    expect(answer.headers['content-encoding']).not.toBe('gzip');
    expect(answer.bytes.toString()).toBe(body);
  });

  test('a part of a file is sent as it is', async () => {
    handle = (_, response) => {
      response.writeHead(206, { 'content-type': 'text/css', 'content-range': 'bytes 0-3/9' });
      response.end(PAGE);
    };
    expect((await ask('/', { ...gzip, range: 'bytes=0-3' })).bytes.toString()).toBe(PAGE);
  });

  test('a client that does not read stops the maker; one that reads again gets everything', async () => {
    const parts = Array.from({ length: 400 }, () => randomBytes(30_000).toString('base64'));
    let given = 0;
    function* make() {
      for (const part of parts) {
        given++;
        yield part;
      }
    }
    handle = (_, response) => {
      response.setHeader('content-type', 'text/plain');
      Readable.from(make(), { highWaterMark: 1 }).pipe(response);
    };
    const text = await new Promise<string>((resolve) => {
      request({ port, host: '127.0.0.1', headers: gzip }, async (response) => {
        for (let before = -1; before !== given; await sleep(200)) before = given;
        expect(given).toBeLessThan(parts.length);
        const chunks: Buffer[] = [];
        for await (const chunk of response) chunks.push(chunk);
        resolve(gunzipSync(Buffer.concat(chunks)).toString());
      }).end();
    });
    expect(text === parts.join('')).toBe(true);
  });

  test('a client that goes away ends the work', async () => {
    const closed = new Promise<void>((resolve) => {
      handle = (_, response) => {
        response.setHeader('content-type', 'text/plain');
        const timer = setInterval(() => response.write(randomBytes(100_000).toString('hex')), 5);
        response.once('close', () => {
          clearInterval(timer);
          resolve();
        });
      };
    });
    request({ port, host: '127.0.0.1', headers: gzip }, (response) => {
      response.once('data', () => response.destroy());
    }).end();
    await closed;
    answers();
    expect((await ask()).status).toBe(200);
  });
});

describe('errors', () => {
  test.each<[string, OutgoingHttpHeaders]>([
    ['plain', {}],
    ['compressed', { 'content-encoding': 'gzip' }],
  ])('an error page sent %s is replaced', async (_, headers) => {
    answers({ ...headers, 'x-nextjs-cache': undefined });
    const page = handle;
    handle = (asked, response) => {
      response.statusCode = 500;
      page(asked, response);
    };
    for (const asked of [{}, gzip]) {
      const answer = await ask('/', asked);
      expect(answer.status).toBe(500);
      expect(answer.text).toContain('<h1>Something went wrong</h1>');
      expect(answer.headers['content-security-policy']).toContain("default-src 'none'");
      expect(answer.headers['cache-control']).toBe('no-store');
      expect(answer.headers.etag).toBeUndefined();
    }
  });

  test.each([
    [200, 'text/html'],
    [404, 'application/problem+json'],
    [500, 'application/problem+json'],
    [500, 'text/plain'],
  ])('%i as %s is left as it is', async (status, type) => {
    handle = (_, response) => {
      response.writeHead(status, { 'content-type': type });
      response.write('as ');
      response.end('it is');
    };
    const answer = await ask();
    expect([answer.status, answer.headers['content-type'], answer.text]).toEqual([
      status,
      type,
      'as it is',
    ]);
  });

  test('an empty answer to an error, as the API gives it, becomes a problem document', async () => {
    handle = (_, response) => {
      response.statusCode = 500;
      response.end();
    };
    const answer = await ask();
    expect(answer.status).toBe(500);
    expect(answer.headers['content-type']).toBe('application/problem+json');
    expect(JSON.parse(answer.text).detail).toContain('try again');
  });

  test('a page that does not exist says so without a script, under a policy that fits it', async () => {
    answers({ 'x-nextjs-cache': 'MISS' });
    const page = handle;
    handle = (asked, response) => {
      response.statusCode = 404;
      page(asked, response);
    };
    const answer = await ask();
    expect(answer.status).toBe(404);
    expect(answer.text).toBe('<p>Nothing here</p><script>1</script>');
    expect(answer.headers['content-length']).toBe(String(answer.bytes.length));
    expect(answer.headers['content-security-policy']).toMatch(/script-src 'self' 'sha256-/);
    expect((await ask('/', {}, 'HEAD')).status).toBe(404);
  });
});

test('in development answers get their headers and nothing else', async () => {
  stop();
  await listen(null);
  answers();
  for (let i = 0; i < 2; i++) {
    const { headers, text } = await ask('/', gzip);
    expect(headers['x-frame-options']).toBe('DENY');
    expect(headers['content-security-policy']).toBeUndefined();
    expect(text).toBe(PAGE);
  }
  expect(made).toBe(2);
});

describe('while the database is away', () => {
  const fails = (type?: string) => {
    handle = (_, response) => {
      response.statusCode = 500;
      if (type) response.setHeader('content-type', type);
      response.end();
    };
  };

  test.each([
    ['/papers/1', '<p>Not at the moment</p>'],
    ['/feeds/atom', '"status":503'],
    ['/api/v1/papers', '"status":503'],
    ['/papers/1.bib', '"status":503'],
  ])('%s that fails says so, and when to come again', async (path, text) => {
    sawDatabaseAway(true);
    fails('text/html; charset=utf-8');
    const answer = await ask(path);
    expect(answer.status).toBe(503);
    expect(answer.headers['retry-after']).toBe('10');
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(answer.text).toContain(text);
  });

  test('an error is an error while the database is there', async () => {
    fails('text/html; charset=utf-8');
    expect((await ask()).status).toBe(500);
  });

  test('an answer that does not come in time is ours, and what comes later comes to nothing', async () => {
    let later: Promise<void> = Promise.resolve();
    handle = (_, response) => {
      const late = response as InstanceType<ReturnType<typeof answerClass>>;
      late.setHeader('x-late', 'yes');
      late.sendUnavailable();
      later = sleep(20).then(() => {
        late.setHeader('content-type', 'text/html');
        late.removeHeader('x-late');
        late.appendHeader('link', '<a>');
        late.writeHead(200, { etag: '"1"' });
        late.flushHeaders();
        late.write('late');
        late.end('r');
      });
    };
    const answer = await ask('/papers/1');
    await later;
    expect(answer.status).toBe(503);
    expect(answer.text).toBe('<p>Not at the moment</p>');
  });

  test('what was kept is sent, however old, in place of an error', async () => {
    answers();
    await ask();
    const kept = await ask();
    expect(made).toBe(1);
    const now = performance.now();
    vi.spyOn(performance, 'now').mockImplementation(() => now + 3_600_000);
    await sleep(5);
    handle = (_, response) => {
      sawDatabaseAway(true);
      response.statusCode = 500;
      response.end();
    };
    for (let i = 0; i < 2; i++) {
      const answer = await ask();
      expect(answer.status).toBe(200);
      expect(answer.text).toBe(kept.text);
    }
    expect(made).toBe(2);
    vi.restoreAllMocks();
  });
});

describe('who may load an answer into a page', () => {
  test.each([
    ['/feeds/atom', 'cross-origin'],
    ['/api/v1/papers?limit=1', 'cross-origin'],
    ['/cards/papers/1', 'cross-origin'],
    ['/papers/1.csl.json', 'cross-origin'],
    ['/papers/1', 'same-origin'],
    ['/api/health', 'same-origin'],
    ['/feedsx', 'same-origin'],
  ])('%s: %s, of our own answers too', async (path, policy) => {
    handle = (_, response) =>
      (response as InstanceType<ReturnType<typeof answerClass>>).sendOwn(400, MALFORMED);
    expect((await ask(path)).headers['cross-origin-resource-policy']).toBe(policy);
  });
});
