import { mkdirSync, mkdtempSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { ensureBundle } from '@/lib/bundle/bundle.mjs';
import { failureCode } from '@/lib/bundle/failure.mjs';
import { sourceDigest } from '@/lib/bundle/source-digest.mjs';

const folder = mkdtempSync(join(tmpdir(), 'broadsheet-sources-'));
afterAll(() => rmSync(folder, { recursive: true }));

it('a bundle of the same sources is made once', async () => {
  const bundle = await ensureBundle();
  const made = statSync(bundle).mtimeMs;
  expect(await ensureBundle()).toBe(bundle);
  expect(statSync(bundle).mtimeMs).toBe(made);
});

describe('the digest of sources', () => {
  const digest = () => sourceDigest(folder, ['lib', 'package.json']);
  const write = (name: string, text: string) => {
    mkdirSync(join(folder, name, '..'), { recursive: true });
    writeFileSync(join(folder, name), text);
  };
  write('lib/a.ts', 'one');
  write('package.json', '{}');

  it.each<[string, () => void]>([
    ['a line is changed', () => write('lib/a.ts', 'two')],
    ['a file is added', () => write('lib/deep/b.ts', '')],
    [
      'a file gets another name',
      () => renameSync(join(folder, 'lib/a.ts'), join(folder, 'lib/c.ts')),
    ],
    ['a file is removed', () => rmSync(join(folder, 'lib/deep/b.ts'))],
    ['a package is updated', () => write('package.json', '{"a": 1}')],
  ])('is another one after %s', (_, change) => {
    const before = digest();
    change();
    expect(digest()).not.toBe(before);
  });

  it.each<[string, () => void]>([
    ['code was generated', () => write('lib/generated/client.ts', 'made')],
    ['a README was written', () => write('lib/README.md', 'words')],
    ['a file was written anew', () => write('package.json', '{"a": 1}')],
  ])('is the same after %s', (_, change) => {
    const before = digest();
    change();
    expect(digest()).toBe(before);
  });
});

it.each<[string[], number]>([
  [['bounce'], 75],
  [['bounce', '--unknown'], 75],
  [['bounce', '--maildir=/mail'], 1],
  [['bounce', '--maildir', '/mail'], 1],
  [['bounce', '--dry-run'], 1],
  [['import', 'bounce'], 1],
  [[], 1],
])('the command line %j that fails exits with %i', (args, code) => {
  expect(failureCode(args)).toBe(code);
});
