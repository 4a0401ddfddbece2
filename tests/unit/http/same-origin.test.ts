import { expect, test } from 'vitest';
import { sameOrigin } from '@/lib/http/same-origin';

const post = (headers: Record<string, string>) =>
  new Request('http://localhost:3000/subscribe', { method: 'POST', headers });
const SITE = 'https://papers.example.org';

test.each([
  ['our own site', { origin: SITE }, true],
  [
    'the address that the request went to',
    { origin: 'http://localhost:3000', host: 'localhost:3000' },
    true,
  ],
  ['a program without Origin', {}, true],
  ['another site', { origin: 'https://evil.example', host: 'papers.example.org' }, false],
  ['our name as part of another', { origin: 'https://papers.example.org.evil.example' }, false],
  ['a sandboxed page', { origin: 'null', host: 'papers.example.org' }, false],
  ['a browser that names no origin but another site', { 'sec-fetch-site': 'cross-site' }, false],
])('a post from %s: %j is ours: %j', (_, headers, expected) => {
  expect(sameOrigin(post(headers as Record<string, string>), SITE)).toBe(expected);
});
