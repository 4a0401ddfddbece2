import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { awaitMails } from '../http/outbox';
import { type IdentityProvider, startIdentityProvider } from '../identity-provider';
import { cli, freePort, type RunningServer, startServer } from '../server';
import { CookieJar } from './cookie-jar';

let server: RunningServer;
let provider: IdentityProvider;
let token: string;

const person = (name: string, also: Record<string, unknown> = {}) => ({
  sub: `subject of ${name}`,
  email: `${name}@example.org`,
  email_verified: true,
  ...also,
});

beforeAll(async () => {
  const port = await freePort();
  provider = await startIdentityProvider(`http://localhost:${port}`);
  server = await startServer({
    PORT: String(port),
    ACCESS: 'private',
    ALLOWED_DOMAINS: 'example.org',
    OIDC_ISSUER: provider.issuer,
    OIDC_CLIENT_ID: provider.clientId,
    OIDC_CLIENT_SECRET: provider.clientSecret,
    OIDC_ROLE_CLAIM: 'groups',
  });
  const settings = { DATA_DIR: server.dataDir };
  await cli(['readers', 'import', '-'], settings, 'email\nprogram@example.org\n');
  const made = await cli(['readers', 'token', 'program@example.org', '--scope', 'read'], settings);
  token = made.out.trim().split('\n').at(-1)!;
});
afterAll(async () => {
  await server?.stop();
  await provider?.stop();
});
beforeEach(() => {
  provider.falsify = null;
});

const ask = (path: string, init: RequestInit = {}) =>
  fetch(server.url + path, { redirect: 'manual', ...init });
const form = (fields: Record<string, string>): RequestInit => ({
  method: 'POST',
  headers: { origin: server.url, 'sec-fetch-site': 'same-origin' },
  body: new URLSearchParams(fields),
});

const PAGES = [
  '/',
  '/new',
  '/papers/1',
  '/search?q=lora',
  '/tags',
  '/tags/peft',
  '/about',
  '/rising',
];
const FOR_PROGRAMS = [
  '/api/v1/papers',
  '/api/v1/papers/1',
  '/api/v1/openapi.json',
  '/api/v1/completions?q=l',
  '/feeds/atom',
  '/feeds/json/tags/peft',
  '/papers/1.bib',
  '/papers/1.md',
  '/cards/papers/1',
  '/sitemap.xml',
  '/sitemaps/1',
  '/llms.txt',
];
const MCP = (headers: Record<string, string> = {}): RequestInit => ({
  method: 'POST',
  headers: {
    'content-type': 'application/json',
    accept: 'application/json, text/event-stream',
    ...headers,
  },
  body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list', params: {} }),
});

/** A browser in which somebody signed in by the provider, and the address where that led to. */
async function byProvider(next = '/new'): Promise<{ jar: CookieJar; at: string; page: string }> {
  const jar = new CookieJar();
  const began = await jar.ask(`${server.url}/sign-in/provider/submit`, form({ next }));
  return { jar, ...(await jar.follow(began)) };
}

async function byMail(email: string): Promise<CookieJar> {
  const jar = new CookieJar();
  await jar.ask(`${server.url}/sign-in/submit`, form({ email, next: '/papers/1' }));
  const [mail] = await awaitMails(server.dataDir, email, 1);
  const code = /^Code: (\d{6})$/m.exec(mail!.text!)![1]!;
  const done = await jar.ask(`${server.url}/sign-in/confirm/submit`, form({ code }));
  expect(done.headers.get('location')).toBe('/papers/1');
  return jar;
}

describe('a private site', () => {
  test.each(PAGES)('leads who asks for %s to sign in, and back', async (path) => {
    const answer = await ask(path);
    const back = `/sign-in?next=${encodeURIComponent(path)}`;
    expect([answer.status, answer.headers.get('location')]).toEqual([303, back]);
    expect(await answer.text()).toBe('');
  });

  test.each(FOR_PROGRAMS)('refuses a program that asks for %s', async (path) => {
    const answer = await ask(path);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([
      401,
      'application/problem+json',
    ]);
    expect(answer.headers.get('www-authenticate')).toContain('Bearer');
  });

  test('refuses whoever knows no key, or makes one up, in all places where one may stand', async () => {
    for (const headers of [
      { cookie: 'session=' },
      { cookie: `session=${'x'.repeat(43)}; signed-in=1` },
      { authorization: 'Bearer broadsheet_x' },
      { authorization: `Bearer ${server.cronSecret}` },
      { authorization: token },
      { cookie: `session=${token}` },
      {
        'x-forwarded-for': '127.0.0.1',
        'x-middleware-subrequest': 'proxy:proxy:proxy:proxy:proxy',
      },
      { rsc: '1', 'next-router-prefetch': '1' },
    ] as Record<string, string>[]) {
      expect((await ask('/papers/1', { headers })).status, JSON.stringify(headers)).toBe(303);
      expect((await ask('/api/v1/papers', { headers })).status).toBe(401);
    }
    expect((await ask(`/api/v1/papers?token=${token}`)).status).toBe(401);
    expect((await ask('/mcp', MCP())).status).toBe(401);
    expect((await ask('/api/v1/subscriptions', MCP())).status).toBe(401);
  });

  test('shows all of it to a personal token that may read', async () => {
    const headers = { authorization: `Bearer ${token}` };
    for (const path of [...PAGES, ...FOR_PROGRAMS]) {
      // A page may take too long the first time.
      const status = async () => (await ask(path, { headers })).status;
      await expect.poll(status, { message: path, timeout: 20_000 }).toBe(200);
    }
    expect((await ask('/mcp', MCP(headers))).status).toBe(200);
  });

  test('shows nothing to a token of another scope, whose own it still does', async () => {
    const made = await cli(['readers', 'token', 'program@example.org', '--scope', 'write'], {
      DATA_DIR: server.dataDir,
    });
    const headers = { authorization: `Bearer ${made.out.trim().split('\n').at(-1)}` };
    for (const path of FOR_PROGRAMS) expect((await ask(path, { headers })).status).toBe(401);
    expect((await ask('/mcp', MCP(headers))).status).toBe(401);
    const vote = { method: 'PUT', headers: { ...headers, 'content-type': 'application/json' } };
    const voted = await ask('/api/v1/papers/1/vote', { ...vote, body: '{"value":1}' });
    expect(voted.status).toBeLessThan(300);
  });

  test('keeps open what signs in, what mails link to, and what programs of the operator ask for', async () => {
    for (const path of [
      '/sign-in',
      '/sign-in/sent',
      '/subscribe',
      '/confirm?token=x',
      '/unsubscribe?token=x',
      '/preferences?token=x',
      '/account/erase?token=x',
      '/feedback?token=x',
      '/api/health',
      '/icon.svg',
      '/manifest.webmanifest',
    ]) {
      expect([path, (await ask(path)).status]).toEqual([path, 200]);
    }
    expect((await ask('/for-you/atom?token=x')).status).toBe(404);
    expect((await ask('/shelves/x/library.bib')).status).toBe(404);
    expect((await ask('/metrics')).status).toBe(404);
    const authorization = `Bearer ${server.cronSecret}`;
    const cron = { method: 'POST', headers: { authorization } };
    expect((await ask('/api/cron/rank', cron)).status).toBe(200);
    expect((await ask('/api/webhooks/ses', { method: 'POST' })).status).not.toBe(303);
  });

  test('shows no paper on any page that is open', async () => {
    const headers = { authorization: `Bearer ${token}` };
    const { papers } = (await (await ask('/api/v1/papers?limit=50', { headers })).json()) as {
      papers: { title: string }[];
    };
    expect(papers.length).toBeGreaterThan(20);
    for (const path of ['/sign-in', '/subscribe', '/preferences?token=x', '/confirm?token=x']) {
      const page = await (await ask(path)).text();
      for (const { title } of papers) expect(page).not.toContain(title);
    }
  });

  test('lets no cache on the way have anything but the files of the program', async () => {
    const headers = { authorization: `Bearer ${token}` };
    const paths = [...PAGES, ...FOR_PROGRAMS, '/sign-in', '/api/health', '/no/such/page'];
    // The second time from our own cache.
    for (const path of [...paths, ...paths]) {
      const control = (await ask(path, { headers })).headers.get('cache-control');
      expect([path, control]).toEqual([path, expect.stringContaining('no-store')]);
      expect(control).not.toContain('public');
    }
    const page = await (await ask('/', { headers })).text();
    const script = /\/_next\/static\/[^"]+\.js/.exec(page)![0];
    expect((await ask(script)).headers.get('cache-control')).toContain('immutable');
  });

  test('wants no crawler', async () => {
    expect(await (await ask('/robots.txt')).text()).toBe('User-agent: *\nDisallow: /\n');
  });

  test('answers who may not come in as it does who may, and writes to the latter alone', async () => {
    for (const [path, sent] of [
      ['/sign-in/submit', '/sign-in/sent'],
      ['/subscribe/submit', '/subscribe/sent'],
    ] as const) {
      const times: number[] = [];
      for (const domain of ['example.org', 'evil-example.org', 'sub.example.org']) {
        const began = performance.now();
        const email = `same${path.length}@${domain}`;
        const answer = await ask(path, form({ email, cadence: 'daily', hour: '7' }));
        times.push(performance.now() - began);
        expect([answer.status, answer.headers.get('location')]).toEqual([303, sent]);
        const expected = domain === 'example.org' ? 1 : 0;
        if (expected) expect(await awaitMails(server.dataDir, email, 1)).toHaveLength(1);
      }
      expect(Math.min(...times)).toBeGreaterThan(290);
    }
    const outbox = await (await ask(server.outbox)).text();
    expect(outbox).toContain('@example.org');
    expect(outbox).not.toContain('evil-example.org');
    expect(outbox).not.toContain('sub.example.org');
  });

  test('opens to a session, and closes when it ends', async () => {
    const jar = await byMail('ada@example.org');
    for (const path of PAGES) {
      expect([path, (await jar.ask(server.url + path)).status]).toEqual([path, 200]);
    }
    expect((await jar.ask(`${server.url}/api/v1/completions?q=l`)).status).toBe(200);
    const stolen = jar.copy();
    const out = await jar.ask(`${server.url}/account/sign-out/submit`, form({}));
    expect(out.headers.get('location')).toBe('/');
    expect((await stolen.ask(`${server.url}/`)).status).toBe(303);
  });
});

describe('signing in by the identity provider', () => {
  test('the page has a button that names it', async () => {
    const page = await (await ask('/sign-in')).text();
    expect(page).toContain(
      `Sign in with ${new URL(provider.issuer).host}`.replace('with ', 'with <!-- -->'),
    );
    expect(page).toContain('action="/sign-in/provider/submit"');
  });

  test('leads back to where the reader was, with a session', async () => {
    provider.person = person('grace');
    const { jar, at, page } = await byProvider('/search?q=lora');
    expect(at).toBe(`${server.url}/search?q=lora`);
    expect(page).toContain('lora');
    expect(await (await jar.ask(`${server.url}/account`)).text()).toContain('grace@example.org');
  });

  test.each(['https://evil.example/', '//evil.example', '/\\evil.example'])(
    'never leads to %s',
    async (next) => {
      provider.person = person('grace');
      expect((await byProvider(next)).at).toBe(`${server.url}/account`);
    },
  );

  test.each([
    ['an address that is not verified', { email_verified: false }, 'unverified'],
    ['no address', { email: undefined }, 'unverified'],
    ['a domain that is not allowed', { email: 'eve@evil-example.org' }, 'domain'],
    ['a domain below an allowed one', { email: 'eve@sub.example.org' }, 'domain'],
  ])('%s is refused', async (_, also, problem) => {
    provider.person = person('eve', also);
    const { jar, at, page } = await byProvider();
    expect(at).toBe(`${server.url}/sign-in?problem=provider-${problem}&next=%2Fnew`);
    expect(page).toContain('role="alert"');
    expect((await jar.ask(`${server.url}/new`)).status).toBe(303);
  });

  test.each([
    ['another nonce', (payload: object) => ({ ...payload, nonce: 'x' }), 'void'],
    ['another client', (payload: object) => ({ ...payload, aud: 'other' }), 'void'],
    ['another issuer', (payload: object) => ({ ...payload, iss: 'https://x.example' }), 'void'],
    [
      'a time in two hours',
      (payload: object) => {
        const ahead = Math.floor(Date.now() / 1000) + 7_200;
        return { ...payload, nbf: ahead, exp: ahead + 3_600 };
      },
      'clock',
    ],
    [
      'one whose clock is two hours behind ours',
      (payload: object) => {
        const behind = Math.floor(Date.now() / 1000) - 7_200;
        return { ...payload, iat: behind, exp: behind + 3_600 };
      },
      'clock',
    ],
  ])('an answer for %s is refused', async (_, falsify, problem) => {
    provider.person = person('grace');
    provider.falsify = falsify;
    const { jar, at } = await byProvider();
    expect(at).toBe(`${server.url}/sign-in?problem=provider-${problem}&next=%2Fnew`);
    expect((await jar.ask(`${server.url}/new`)).status).toBe(303);
  });

  test('a clock that is half a minute off is taken', async () => {
    provider.person = person('grace');
    provider.falsify = (payload) => ({
      ...payload,
      iat: payload.iat! + 30,
      nbf: payload.iat! + 30,
    });
    expect((await byProvider()).at).toBe(`${server.url}/new`);
  });

  test('another state, no cookie, and an answer used before are refused', async () => {
    provider.person = person('grace');
    const jar = new CookieJar();
    const began = await jar.ask(`${server.url}/sign-in/provider/submit`, form({ next: '/new' }));
    const back = await jar.upTo(began, `${server.url}/sign-in/provider/callback`);
    const refused = `/sign-in?problem=provider-void`;
    // Somebody else's answer, in the browser of another.
    const stranger = await new CookieJar().ask(back);
    expect(stranger.headers.get('location')).toBe(refused);
    const other = new URL(back);
    other.searchParams.set('state', 'x'.repeat(43));
    const forged = await jar.copy().ask(other.href);
    expect(forged.headers.get('location')).toBe(`${refused}&next=%2Fnew`);
    const again = jar.copy();
    expect((await jar.ask(back)).headers.get('location')).toBe('/new');
    const second = await again.ask(back);
    expect(second.headers.get('location')).toBe(`${refused}&next=%2Fnew`);
  });

  test('signing out ends the session here and there', async () => {
    provider.person = person('grace');
    const { jar } = await byProvider();
    const before = provider.logins;
    const stolen = jar.copy();
    const out = await jar.ask(`${server.url}/account/sign-out/submit`, form({}));
    expect((await stolen.ask(`${server.url}/new`)).status).toBe(303);
    const asked = await jar.follow(out);
    expect(asked.at).toContain(`${provider.issuer}/session/end`);
    const [, action] = /action="([^"]+)"/.exec(asked.page)!;
    const [, xsrf] = /name="xsrf" value="([^"]+)"/.exec(asked.page)!;
    const body = new URLSearchParams({ xsrf: xsrf!, logout: 'yes' });
    const end = await jar.follow(await jar.ask(action!, { method: 'POST', body }));
    expect(end.at).toContain(`${server.url}/sign-in`);
    await jar.follow(
      await jar.ask(`${server.url}/sign-in/provider/submit`, form({ next: '/new' })),
    );
    expect(provider.logins).toBe(before + 1);
  });

  test('while the provider is down the page says so, mail signs in, and signing out works', async () => {
    provider.person = person('grace');
    const { jar } = await byProvider();
    const half = new CookieJar();
    const began = await half.ask(`${server.url}/sign-in/provider/submit`, form({ next: '/new' }));
    const back = await half.upTo(began, `${server.url}/sign-in/provider/callback`);
    await provider.stop();
    try {
      const callback = await half.ask(back);
      const away = `/sign-in?problem=provider-away&next=%2Fnew`;
      expect(callback.headers.get('location')).toBe(away);
      const { at, page } = await byProvider();
      expect(at).toBe(server.url + away);
      expect(page).toContain('You can sign in by email instead');
      const mailed = await byMail('down@example.org');
      expect((await mailed.ask(`${server.url}/new`)).status).toBe(200);
      const out = await jar.ask(`${server.url}/account/sign-out/submit`, form({}));
      expect([out.status, out.headers.get('location')]).toEqual([303, '/']);
    } finally {
      await provider.start();
    }
    expect((await byProvider()).at).toBe(`${server.url}/new`);
  });

  // The last one: the provider does not know its own signatures any more, which signing out there takes.
  test('a key that was changed a moment ago is read anew, without a word to the reader', async () => {
    provider.person = person('grace');
    const callback = `${server.url}/sign-in/provider/callback`;
    const begin = async () => {
      const jar = new CookieJar();
      const began = await jar.ask(`${server.url}/sign-in/provider/submit`, form({ next: '/new' }));
      return { jar, back: await jar.upTo(began, callback) };
    };
    const [first, second] = [await begin(), await begin()];
    // The keys are read for the first, and are others when the second comes back.
    expect((await first.jar.ask(first.back)).headers.get('location')).toBe('/new');
    await provider.rotate();
    const again = await second.jar.ask(second.back);
    expect(again.headers.get('location')).toMatch(`${provider.issuer}/auth`);
    expect((await second.jar.follow(again)).at).toBe(`${server.url}/new`);
  });
});
