import { expect, it } from 'vitest';
import { importInput } from '@/lib/sources/import';
import { cli } from '../../server';
import { emptyTables, testDatabase } from '../database';
import { bytes, snapshotLine } from './papers';
import { cliSettings } from './settings';

const db = await testDatabase();
const rejected = (...words: string[]) => cli(['rejected', ...words], cliSettings());

it('lists rejected records, shows one whole, tries them again and forgets them', async () => {
  await emptyTables(db);
  const broken = '{"id": "2401.00002", "title": "Cut o';
  await importInput(db, bytes(`${snapshotLine(1)}\n${broken}`), {
    now: new Date('2026-11-23T12:00:00Z'),
    input: 'papers.jsonl',
  });
  const { out } = await rejected();
  expect(out).toMatch(/^\d+ {2}2026-11-23T12:00 {2}papers\.jsonl, line 2: not JSON/);
  expect(out).toMatch(/\n1 rejected record\n$/);

  const [id] = /^\d+/.exec(out)!;
  expect((await rejected('show', id)).out).toContain(broken);
  expect((await rejected('retry')).out).toBe('0 new, 0 updated, 0 unchanged, 1 rejected again\n');
  expect((await rejected('clear')).out).toBe('1 rejected record forgotten\n');
});
