import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { methodsOf } from '@/lib/server/methods.mjs';

const VERBS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];
const files = execFileSync('git', ['ls-files', '-co', '--exclude-standard', 'app'], {
  encoding: 'utf8',
}).split('\n');

/** An address of a file in `app`, with something for each of its parameters. */
function addressOf(file: string): string {
  const segments = file.split('/').slice(1, -1);
  const named = segments.filter((segment) => !segment.startsWith('(') && !segment.startsWith('[['));
  return `/${named.map((segment) => (segment.startsWith('[') ? 'x' : segment)).join('/')}`;
}

/** What a route handler exports, HEAD with GET. */
function exported(file: string): string[] {
  const source = readFileSync(file, 'utf8');
  return VERBS.filter((verb) =>
    new RegExp(`^export (?:async )?function ${verb}\\b|\\bas ${verb}\\b`, 'm').test(source),
  );
}

const routes = files
  .filter((file) => file.endsWith('/route.ts') && !file.includes('[...path]'))
  .map((file) => ({ address: addressOf(file), verbs: exported(file) }));

test.each(routes)('$address takes $verbs', ({ address, verbs }) => {
  expect(verbs).not.toEqual([]);
  expect(methodsOf(address)?.filter((method) => VERBS.includes(method))).toEqual(verbs);
});

const pages = files.filter((file) => file.endsWith('/page.tsx')).map(addressOf);
test.each(pages)('the page %s is only read', (address) => {
  expect(methodsOf(address)).toEqual(['GET', 'HEAD', 'OPTIONS']);
});

test('what is not there below /api is answered by the API itself', () => {
  for (const path of ['/api/x', '/api/v1/papers/1/x', '/api/v2/papers']) {
    expect(methodsOf(path)).toBeNull();
  }
});
