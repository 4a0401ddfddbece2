import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { sql } from '@/lib/db/sql';
import { spawnProgram } from '../../server';
import { emptyTables, testDatabase } from '../database';
import { snapshotLine } from './papers';
import { cliSettings } from './settings';

const db = await testDatabase();
const PAPERS = 2_000;
const ROUNDS = process.env.TORTURE ? 20 : 3;

const file = join(tmpdir(), `broadsheet-kill-${process.pid}.jsonl`);
const broken = [`{"id": "2401.99999"`, JSON.stringify({ id: '2401.99998' })];
await writeFile(
  file,
  [...Array.from({ length: PAPERS }, (_, i) => snapshotLine(i)), ...broken].join('\n'),
);

/** Runs the import; kills it after so many milliseconds, if given. Gives the exit code, null when killed. */
function runImport(killAfter?: number): Promise<number | null> {
  const child = spawnProgram('cli', ['import', file], cliSettings());
  child.stdout?.resume();
  child.stderr?.resume();
  if (killAfter !== undefined) setTimeout(() => child.kill('SIGKILL'), killAfter);
  return new Promise((resolve) => child.on('exit', resolve));
}

/** Everything that an import leaves behind, without what differs between any two runs. */
async function endState() {
  const [state] = await db.$queryRaw<Record<string, unknown>[]>(sql`
    select
      (select md5(string_agg(concat_ws('|', arxiv_id, title, abstract, authors, categories,
        published_at, field_sources), E'\n' order by arxiv_id)) from paper) as papers,
      (select count(*)::int from paper) as paper_count,
      (select count(distinct arxiv_id)::int from paper) as arxiv_ids,
      (select count(*)::int from paper_tag) as tags,
      (select count(*)::int from paper_score) as scores,
      (select count(*)::int from search_document) as searchable,
      (select count(*)::int from rejected_record) as rejected,
      (select count(*)::int from pending_batch) as pending,
      (select count(*)::int from import_cursor) as cursors`);
  return state;
}

it(
  `an import killed at any moment and run again ends the same (${ROUNDS} rounds)`,
  async () => {
    await emptyTables(db);
    const begin = Date.now();
    expect(await runImport()).toBe(0);
    const whole = Date.now() - begin;
    const undisturbed = await endState();
    expect(undisturbed).toMatchObject({
      paper_count: PAPERS,
      arxiv_ids: PAPERS,
      scores: PAPERS,
      rejected: 2,
      pending: 0,
    });

    for (let round = 1; round <= ROUNDS; round++) {
      await emptyTables(db);
      const after = Math.round(whole * (0.15 + 0.8 * Math.random()));
      await runImport(after);
      const count = await db.paper.count();
      expect(await runImport()).toBe(0);
      expect(await endState(), `killed after ${after} ms with ${count} papers stored`).toEqual(
        undisturbed,
      );
    }
  },
  ROUNDS * 120_000,
);
