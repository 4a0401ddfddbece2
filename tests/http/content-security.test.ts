import { createHash } from 'node:crypto';
import { describe, expect, inject, test } from 'vitest';

const { url } = inject('server');
const get = (path: string, init?: RequestInit) =>
  fetch(url + path, { redirect: 'manual', ...init });

/** Inline scripts of a page that its policy does not let run. */
function uncovered(html: string, policy: string): string[] {
  const scripts = [...html.matchAll(/<script([^>]*)>([\s\S]*?)<\/script>/g)];
  return scripts.flatMap(([, attributes = '', text = '']) => {
    if (text === '' || /type="application\/ld\+json"/.test(attributes)) return [];
    const nonce = /nonce="([^"]+)"/.exec(attributes)?.[1];
    const hash = createHash('sha256').update(text).digest('base64');
    const allowed =
      policy.includes(`'sha256-${hash}'`) || (nonce && policy.includes(`'nonce-${nonce}'`));
    return allowed ? [] : [text.slice(0, 80)];
  });
}

describe('every page has a policy that covers its scripts and nothing else', () => {
  const made = ['/papers/1', '/papers/1', '/papers/2', '/about', '/', '/no-such-page'];
  const dynamic = ['/search?q=lora', '/subscribe', '/about/ranking'];
  test.each([...made, ...dynamic, '/papers/2000000000', '/papers/no-such-paper'])(
    '%s',
    async (path) => {
      const answer = await get(path);
      const policy = answer.headers.get('content-security-policy') ?? '';
      expect(policy).toContain("default-src 'none'");
      expect(policy).not.toMatch(/unsafe|\*|https?:/);
      expect(uncovered(await answer.text(), policy)).toEqual([]);
    },
  );

  test('cached pages are kept with it', async () => {
    await get('/papers/3');
    const again = await get('/papers/3');
    expect(again.headers.get('x-nextjs-cache')).toBe('HIT');
    expect(again.headers.get('content-security-policy')).toContain("'sha256-");
  });

  test('a nonce serves once', async () => {
    const nonces = await Promise.all(
      [1, 2].map(async () => {
        const answer = await get('/search?q=lora');
        return /'nonce-([^']+)'/.exec(answer.headers.get('content-security-policy') ?? '')?.[1];
      }),
    );
    expect(nonces[0]).toBeTruthy();
    expect(nonces[0]).not.toBe(nonces[1]);
  });
});

test('made-up addresses are answered and not kept', async () => {
  for (const path of ['/papers/1999999999', '/papers/nonsense', '/tags/no-such-tag']) {
    await get(path);
    const again = await get(path);
    expect([path, again.status]).toEqual([path, 404]);
    expect(again.headers.get('x-nextjs-cache')).not.toBe('HIT');
  }
});

test.each(['/', '/papers/1', '/papers/1.bib', '/api/health', '/robots.txt', '/no-such-page'])(
  'security headers on %s',
  async (path) => {
    const { headers } = await get(path);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-frame-options')).toBe('DENY');
    expect(headers.get('referrer-policy')).toBe('strict-origin-when-cross-origin');
    expect(headers.get('strict-transport-security')).toMatch(/max-age=\d{8}/);
    expect(headers.get('x-powered-by')).toBeNull();
  },
);

test.each(['/papers/2/', '/%ff', '/no-such-page'])(
  'security headers on what is no page: %s',
  async (path) => {
    const { headers } = await get(path);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
  },
);

test.each([
  '/api/v1/papers',
  '/feeds/atom',
  '/papers/1.bib',
  '/papers/1.csl.json',
  '/cards/papers/1',
])('pages of other sites may load %s', async (path) => {
  const { headers } = await get(path);
  expect(headers.get('cross-origin-resource-policy')).toBe('cross-origin');
});

test.each(['/', '/papers/1', '/search?q=lora', '/api/health', '/icon.svg'])(
  'and may not load %s',
  async (path) => {
    const { headers } = await get(path);
    expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
  },
);

test('assets are kept for a year', async () => {
  const html = await (await get('/about')).text();
  const asset = /\/_next\/static\/[^"]+\.(?:css|woff2)/.exec(html)?.[0];
  const { headers } = await get(asset ?? '');
  expect(headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
});
