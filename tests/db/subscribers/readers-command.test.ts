import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { searchReaders } from '@/lib/subscribers/import-store';
import { cli } from '../../server';
import { emptyTables, testDatabase } from '../database';
import { cliSettings } from '../sources/settings';

const db = await testDatabase();
const folder = await mkdtemp(join(tmpdir(), 'broadsheet-readers-'));
afterAll(() => rm(folder, { recursive: true }));
beforeEach(() => emptyTables(db));

const readers = (...words: string[]) => cli(['readers', ...words], cliSettings());
async function file(name: string, text: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
}

test('what is exported can be imported elsewhere, and comes out the same', async () => {
  const list = await file(
    'list.csv',
    `\ufeffemail,confirmed_at,source,tags,cadence,hour,timezone\r
a@example.org,2024-02-29T12:34:56Z,"the ""old"" newsletter, printed",peft robotics,daily,7,Europe/Berlin\r
b@example.org,2024-03-01,sign-up sheet,,,,\r
`,
  );
  const first = await readers('import', list);
  expect(first.out).toBe(
    '2 readers get the digest, 0 are asked by mail first, 0 were here already, 0 are suppressed and skipped, 0 rows were not understood.\n',
  );
  expect(first.code).toBe(0);
  const exported = await readers('export');
  await emptyTables(db);
  await readers('import', await file('again.csv', exported.out));
  expect((await readers('export')).out).toBe(exported.out);
  expect(exported.out).toContain(
    'a@example.org,2024-02-29T12:34:56.000Z,"the ""old"" newsletter, printed",peft robotics,daily,7,Europe/Berlin\n',
  );
});

test('rows that are not understood are named by line, and do not keep others out', async () => {
  const list = await file(
    'mixed.csv',
    'email,confirmed_at,source\nnobody,,\na@example.org,,\nb@example.org,soon,x\n',
  );
  const { code, out, err } = await readers('import', list);
  expect(code).toBe(1);
  expect(out).toContain('1 are asked by mail first');
  expect(out).toContain('2 rows were not understood');
  expect(err).toContain('line 2: ');
  expect(err).toContain('line 4: confirmed_at "soon"');
});

test.each([
  ['', 'is empty'],
  ['email,source\n', 'lacks confirmed_at'],
  ['email,confirmed_at,source,colour\n', 'no column "colour"'],
  ['email,confirmed_at,source\na@example.org,"open\n', 'is not CSV as it should be'],
])('a file that begins %j is refused: it %s', async (text, why) => {
  const { code, err } = await readers('import', await file('bad.csv', text));
  expect(code).toBe(1);
  expect(err).toContain(why);
});

test('a reader is found, removed for good, and may come back when the operator says why', async () => {
  const list = await file(
    'one.csv',
    'email,confirmed_at,source\nReader@example.org,2024-01-01,x\n',
  );
  await readers('import', list);
  expect((await readers('find', 'EXAMPLE')).out).toMatch(/^Reader@example\.org {2}active, since /);
  expect((await readers('remove', 'reader@example.org')).err).toContain('--why');
  expect(await db.reader.count()).toBe(1);
  const removed = await readers('remove', 'reader@example.org', '--why', 'asked us to');
  expect(removed.code).toBe(0);
  expect(await db.reader.count()).toBe(0);
  expect((await readers('find', 'reader@example.org')).out).toContain('on the suppression list');
  expect((await readers('import', list)).out).toContain('1 are suppressed and skipped');
  expect((await readers('unsuppress', 'reader@example.org')).code).toBe(1);
  const lifted = await readers('unsuppress', 'reader@example.org', '--why', 'wrote to us');
  expect(lifted.code).toBe(0);
  expect(await db.suppression.findMany()).toMatchObject([{ liftedWhy: 'wrote to us' }]);
  expect((await readers('import', list)).out).toContain('1 readers get the digest');
  expect((await readers('find', 'nobody')).code).toBe(1);
});

test('secret rotate prints what to set where the secret is set by hand', async () => {
  const settings = { ...cliSettings(), DATA_DIR: folder, SECRET: 's'.repeat(32) };
  const { code, out } = await cli(['secret', 'rotate'], settings);
  expect(code).toBe(0);
  expect(out).toMatch(/^SECRET=[\w-]{43}\nPREVIOUS_SECRET=s{32}\nSUPPRESSION_KEY=s{32}\n$/);
});

test('a reader is found by a part of the address, whatever its case', async () => {
  const list = await file('found.csv', 'email,confirmed_at,source\nAda@example.org,2024-03-01,x\n');
  await readers('import', list);
  expect(await searchReaders(db, 'DA@EXAMPLE', 10)).toMatchObject([
    { email: 'Ada@example.org', status: 'active', endedAt: null },
  ]);
  expect(await searchReaders(db, 'nobody', 10)).toEqual([]);
});
