import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import {
  contentSecurityPolicy,
  inlineScriptHashes,
  scriptHash,
} from '@/lib/http/content-security.mjs';

const sha256 = (text: string) => createHash('sha256').update(text).digest('base64');

test('every inline script is hashed once, scripts with a source not at all', () => {
  const html =
    '<script>a()</script><script src="/x.js" async=""></script><script id="i">b("<p>")</script><script>a()</script>';
  expect(inlineScriptHashes(html)).toEqual([
    `'sha256-${sha256('a()')}'`,
    `'sha256-${sha256('b("<p>")')}'`,
  ]);
});

test('hashes are of the UTF-8 bytes', () => {
  expect(scriptHash('é')).toBe(
    `'sha256-${createHash('sha256').update(Buffer.from('é')).digest('base64')}'`,
  );
});

test('no policy allows inline scripts, inline styles, frames or other bases', () => {
  const policy = contentSecurityPolicy(["'nonce-abc'"]);
  expect(policy).not.toContain('unsafe');
  expect(policy).toContain("script-src 'self' 'nonce-abc'");
  for (const rule of ["default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'"]) {
    expect(policy).toContain(rule);
  }
});
