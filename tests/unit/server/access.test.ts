import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import { isAsset, isOpen, refusedReader } from '@/lib/server/access.mjs';

/** What everybody may ask for on a private site. Think twice before you add one. */
const OPEN = [
  '/account/[task]',
  '/account/[task]/submit',
  '/api/cron/[job]',
  '/api/health',
  '/api/webhooks/[provider]',
  '/apple-icon.png',
  '/confirm',
  '/confirm/address',
  '/confirm/address/submit',
  '/confirm/submit',
  '/feedback',
  '/feedback/submit',
  '/for-you/atom',
  '/icon.svg',
  '/manifest.webmanifest',
  '/metrics',
  '/opensearch.xml',
  '/outbox',
  '/outbox/[name]',
  '/outbox/[name]/html',
  '/preferences',
  '/preferences/[action]',
  '/preferences/erased',
  '/preferences/link-sent',
  '/preferences/preview',
  '/preferences/preview/mail',
  '/robots.txt',
  '/shelves/[token]',
  '/shelves/[token]/atom',
  '/shelves/[token]/library.bib',
  '/sign-in',
  '/sign-in/confirm',
  '/sign-in/confirm/submit',
  '/sign-in/provider/callback',
  '/sign-in/provider/submit',
  '/sign-in/sent',
  '/sign-in/submit',
  '/subscribe',
  '/subscribe/sent',
  '/subscribe/submit',
  '/unsubscribe',
  '/unsubscribe/one-click',
  '/unsubscribe/submit',
];

/** Every address under app/ and public/, as Next makes it of the folders. */
const routes = execFileSync('git', ['ls-files', '-co', '--exclude-standard', 'app'], {
  encoding: 'utf8',
})
  .split('\n')
  .flatMap((file) => {
    const [, folder, name] =
      /^app\/(.*?)\/?((?:page|route)\.tsx?|manifest\.ts|icon\.svg|apple-icon\.png)$/.exec(file) ??
      [];
    if (folder === undefined || folder.startsWith('@')) return [];
    const own = { 'manifest.ts': 'manifest.webmanifest' }[name!] ?? name!;
    const last = /^(?:page|route)\./.test(own) ? [] : [own];
    return [`/${[...folder.split('/').filter((part) => !/^\(|^$/.test(part)), ...last].join('/')}`];
  });

/** An address of the route; what a parameter takes is any word. */
const sample = (route: string) =>
  route
    .replace(/\/\[\[\.\.\.[^\]]+\]\]/, '')
    .replaceAll('[task]', 'export')
    .replace(/\[[^\]]+\]+/g, 'x') || '/';

describe('a private site', () => {
  it('is closed at every route but those that are listed, so a new route is closed', () => {
    expect(routes.length).toBeGreaterThan(80);
    expect(routes.filter((route) => isOpen(sample(route))).sort()).toEqual(OPEN);
  });

  it('shows its icons, and no other file of public/', () => {
    const open = readdirSync('public').filter((name) => isOpen(`/${name}`));
    expect(open).toEqual(['icon-192.png', 'icon-512.png']);
  });

  it('lets caches have the files of the program alone', () => {
    expect(isAsset('/_next/static/chunks/app/(feed)/[[...view]]/page-1a2b.js')).toBe(true);
    expect(routes.filter((route) => isAsset(sample(route))).sort()).toEqual([
      '/apple-icon.png',
      '/icon.svg',
      '/manifest.webmanifest',
      '/opensearch.xml',
      '/robots.txt',
    ]);
  });
});

test.each([
  '/_next/static/../../papers/1',
  '/_next/static/%2e%2e/%2E%2E/papers/1',
  '/_next/static/..%2f..%2fpapers/1',
  '/_next/static/..\\..\\papers\\1',
  '/_next/static//papers/1',
  '/_next/static/x#/papers/1',
  '/_next/image',
  '/_next/data/x/index.json',
  '/sign-in/../papers/1',
  '/sign-in.rsc',
  '/sign-in/confirm/submit/papers',
  '/account',
  '/account/tokens/submit',
  '/api/health/../v1/papers',
  '/api/cron/x/y',
  '/shelves/x/library.bib/y',
  '/digests/issue',
  '//papers/1',
  '/papers/1.bib',
  '/llms.txt',
  '/mcp',
])('%s is closed', (path) => {
  expect(isOpen(path)).toBe(false);
});

test.each(['/api/v1/papers?q=a', '/feeds/atom', '/papers/1.csl.json', '/mcp', '/cards/papers/1'])(
  'a program that asks for %s is told of tokens',
  (path) => {
    const { status, answer } = refusedReader({ method: 'GET' }, path);
    expect(status).toBe(401);
    expect(answer.headers['www-authenticate']).toContain('Bearer');
    expect(JSON.parse(answer.body)).toMatchObject({ status: 401, title: 'Unauthorized' });
  },
);

test.each([
  ['GET', '/papers/1', '/sign-in?next=%2Fpapers%2F1'],
  ['HEAD', '/search?q=a&sort=new', '/sign-in?next=%2Fsearch%3Fq%3Da%26sort%3Dnew'],
  ['GET', '/tag/peft?_rsc=1x2', '/sign-in?next=%2Ftag%2Fpeft'],
  ['GET', '/search?q=a&_rsc=1x2', '/sign-in?next=%2Fsearch%3Fq%3Da'],
  ['GET', '/search?_rsc=1x2&q=a', '/sign-in?next=%2Fsearch%3Fq%3Da'],
  ['POST', '/marks/submit', '/sign-in'],
])('a browser that asks with %s for %s signs in and comes back', (method, path, location) => {
  const { status, answer } = refusedReader({ method }, path);
  expect([status, answer.headers.location, answer.body]).toEqual([303, location, '']);
});
