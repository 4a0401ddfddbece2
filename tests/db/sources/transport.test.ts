import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { wholeBody } from '@/lib/sources/fetch/request';
import {
  createTransport,
  HostPaused,
  OutOfTime,
  type TransportSettings,
} from '@/lib/sources/fetch/transport';
import { emptyTables, testDatabase } from '../database';

const db = await testDatabase();

/** A server whose behaviour each test chooses, one answer after the other; the last one repeats. */
type Answer = (request: IncomingMessage, response: ServerResponse) => void;
let answers: Answer[] = [];
let seen: { at: number; method?: string; headers: IncomingMessage['headers'] }[] = [];
const server = createServer((request, response) => {
  seen.push({ at: performance.now(), method: request.method, headers: request.headers });
  const answer = answers.length > 1 ? answers.shift() : answers[0];
  answer?.(request, response);
});
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
const { port } = server.address() as AddressInfo;
const url = `http://127.0.0.1:${port}/`;
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const HUGE_WHEN_UNPACKED = gzipSync(Buffer.alloc(20_000_000));

const text =
  (status: number, body: string, headers: Record<string, string> = {}): Answer =>
  (_, response) =>
    response.writeHead(status, headers).end(body);

function transport(more: Partial<TransportSettings> = {}) {
  return createTransport({
    db,
    userAgent: 'Broadsheet/test (+http://localhost; mailto:operator@example.org)',
    allowPrivate: true,
    ruleFor: (host) => ({ key: host, delayMs: 0, concurrency: 2 }),
    idleMs: 1_500,
    backoffMs: () => 5,
    ...more,
  });
}

const get = async (options = {}, more: Partial<TransportSettings> = {}) => {
  const got = await transport(more).get(url, options, async (response) =>
    (await wholeBody(response)).toString(),
  );
  return got.value;
};

beforeEach(async () => {
  await emptyTables(db);
  seen = [];
});

describe('a server that misbehaves', () => {
  it.each<[string, Answer]>([
    ['answers 500', text(500, 'sorry')],
    ['answers 503 with Retry-After', text(503, '', { 'retry-after': '0' })],
    ['answers 429', text(429, '')],
    ['closes the connection', (_, response) => response.destroy()],
    [
      'cuts the body off',
      (_, response) => {
        response.writeHead(200, { 'content-length': '1000' });
        response.write('half');
        setTimeout(() => response.destroy(), 20);
      },
    ],
    [
      'cuts a packed body off',
      (_, response) => {
        const packed = gzipSync('x'.repeat(10_000));
        response.writeHead(200, { 'content-encoding': 'gzip' });
        response.end(packed.subarray(0, packed.length - 12));
      },
    ],
    ['says nothing', () => {}],
    [
      'stops in the middle',
      (_, response) => {
        response.writeHead(200);
        response.write('half');
      },
    ],
  ])('that %s once is asked again', async (_, misbehave) => {
    answers = [misbehave, text(200, 'fine')];
    expect(await get()).toBe('fine');
    expect(seen).toHaveLength(2);
  });

  it.each<[string, Answer, RegExp, number]>([
    ['answers 404', text(404, ''), /answered 404/, 1],
    ['keeps answering 500', text(500, ''), /answered 500 \(5 attempts\)/, 5],
    ['redirects in a circle', text(302, '', { location: '/' }), /more than 5 redirects/, 6],
    [
      'redirects into a private network',
      text(302, '', { location: 'http://10.0.0.1/' }),
      /private network/,
      1,
    ],
    [
      'redirects to this machine by another name',
      text(302, '', { location: 'http://localhost:1/' }),
      /private network/,
      1,
    ],
    [
      'redirects to no address',
      text(302, '', { location: 'http://[' }),
      /redirect to http:\/\/\[/,
      1,
    ],
    ['redirects to a file', text(302, '', { location: 'file:///etc/passwd' }), /only http/, 1],
    [
      'sends without end',
      (_, response) => {
        response.writeHead(200);
        const more = () =>
          response.write('x'.repeat(65_536), () => response.destroyed || setImmediate(more));
        more();
      },
      /more than 1000000 bytes/,
      1,
    ],
    [
      'sends a small file that unpacks to a huge one',
      (_, response) => {
        response.writeHead(200, { 'content-encoding': 'gzip' });
        response.end(HUGE_WHEN_UNPACKED);
      },
      /more than 1000000 bytes/,
      1,
    ],
    [
      'packs in a way nobody knows',
      text(200, 'x', { 'content-encoding': 'zzz' }),
      /packed as "zzz"/,
      1,
    ],
  ])('that %s is given up', async (_, misbehave, message, requests) => {
    answers = [misbehave];
    await expect(get({ maxBytes: 1_000_000 })).rejects.toThrow(message);
    expect(seen).toHaveLength(requests);
  });

  it('that drips one byte at a time is given up after the total time', async () => {
    answers = [
      (_, response) => {
        response.writeHead(200);
        const drip = setInterval(() => response.write('x'), 20);
        response.on('close', () => clearInterval(drip));
      },
    ];
    await expect(get({ totalMs: 250 })).rejects.toThrow(/no complete answer within 250 ms/);
  });

  it('that asks for a long wait ends the poll instead of holding it up', async () => {
    answers = [text(429, '', { 'retry-after': '120' })];
    await expect(get({}, { deadline: new Date(Date.now() + 5_000) })).rejects.toThrow(OutOfTime);
    // And nobody else asks before.
    await expect(get({}, { deadline: new Date(Date.now() + 1_000) })).rejects.toThrow(OutOfTime);
    expect(seen).toHaveLength(1);
  });
});

describe('manners', () => {
  it('leaves a host alone for as long as it asks, in every process, without waiting for it', async () => {
    answers = [text(429, '', { 'retry-after': '3600' })];
    const inAnHour = (error: HostPaused) =>
      Math.abs(error.until.getTime() - Date.now() - 3_600_000) < 30_000;
    for (const deadline of [undefined, new Date(Date.now() + 60_000)]) {
      const error = await get({}, { deadline }).catch((thrown) => thrown);
      expect(error).toBeInstanceOf(HostPaused);
      expect(inAnHour(error)).toBe(true);
    }
    expect(seen).toHaveLength(1);
  });

  it('leaves a host alone whose limit is used up, although it answered', async () => {
    answers = [text(200, 'last', { ratelimit: '"api";r=0;t=120' })];
    expect(await get()).toBe('last');
    const deadline = new Date(Date.now() + 60_000);
    await expect(get({}, { deadline })).rejects.toThrow(OutOfTime);
    expect(seen).toHaveLength(1);
  });

  it('ends a request at the deadline', async () => {
    answers = [() => {}];
    const begin = performance.now();
    await expect(get({}, { deadline: new Date(Date.now() + 300) })).rejects.toThrow(OutOfTime);
    expect(performance.now() - begin).toBeLessThan(1_200);
  });

  it('waits for another slot before it follows a redirect', async () => {
    answers = [text(302, '', { location: '/b' }), text(200, 'there')];
    const ruleFor = (key: string) => ({ key, delayMs: 200, concurrency: 1 });
    expect(await get({}, { ruleFor })).toBe('there');
    expect(seen[1]!.at - seen[0]!.at).toBeGreaterThanOrEqual(200);
  });

  it.each([
    [303, 'GET'],
    [307, 'POST'],
  ])('asks after a %s to a POST with %s', async (status, method) => {
    answers = [text(status, '', { location: '/b' }), text(200, 'there')];
    const headers = { 'content-type': 'application/json' };
    expect(await get({ method: 'POST', body: '{}', headers })).toBe('there');
    expect(seen[1]?.method).toBe(method);
    expect(seen[1]?.headers['content-type']).toBe(
      method === 'POST' ? 'application/json' : undefined,
    );
  });

  it('says who asks, and unpacks what is packed', async () => {
    answers = [
      (_, response) =>
        response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('packed')),
    ];
    expect(await get()).toBe('packed');
    expect(seen[0]?.headers['user-agent']).toContain('operator@example.org');
  });

  it('asks only for what changed, once the answer was stored', async () => {
    answers = [
      (request, response) => {
        if (request.headers['if-none-match'] === '"a"') response.writeHead(304).end();
        else response.writeHead(200, { etag: '"a"' }).end('new');
      },
    ];
    const ask = () =>
      transport().get(url, { ifChanged: true }, async (response) =>
        (await wholeBody(response)).toString(),
      );
    expect((await ask()).value).toBe('new');
    const again = await ask();
    expect(again.value).toBe('new');
    await again.remember();
    expect((await ask()).value).toBeNull();
  });

  it('keeps the delay and one connection over all askers, dead ones included', async () => {
    let open = 0;
    let most = 0;
    answers = [
      (_, response) => {
        most = Math.max(most, ++open);
        setTimeout(() => {
          open--;
          response.end('ok');
        }, 30);
      },
    ];
    const ruleFor = (key: string) => ({ key, delayMs: 120, concurrency: 1 });
    await Promise.all([1, 2, 3, 4].map(() => get({}, { ruleFor })));
    expect(most).toBe(1);
    const gaps = seen.slice(1).map(({ at }, i) => at - seen[i]!.at);
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(120);

    // A process that died holding its slot blocks the others only until its lease ends.
    await db.$executeRaw`update host_slot set owner = 'dead', busy_until = clock_timestamp() + interval '300 milliseconds'`;
    const begin = performance.now();
    expect(await get({}, { ruleFor })).toBe('ok');
    expect(performance.now() - begin).toBeGreaterThanOrEqual(250);
  });

  it('does not follow the first address into a private network unless the operator typed it', async () => {
    answers = [text(200, 'secret')];
    await expect(get({}, { allowPrivate: false })).rejects.toThrow(/private network/);
    await expect(
      transport({ allowPrivate: false }).get(`http://localhost:${port}/`, {}, wholeBody),
    ).rejects.toThrow(/private network/);
    expect(seen).toHaveLength(0);
  });
});
