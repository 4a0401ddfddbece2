import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openDatabase, raw, sql } from '@/lib/db/client';
import { startEmbedded } from '@/lib/db/embedded';
import type { PrismaClient } from '@/lib/db/generated/client';
import { migrate } from '@/lib/db/migrate';
import { CLI_FLAGS } from './cli-flags';
import type { Report } from './figure';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const CORPUS = join(ROOT, '../shared/data/corpus/arxiv-100k.jsonl.gz');

/** What an import fills, parents first. */
const TABLES = [
  'paper',
  'signal',
  'paper_tag',
  'tagging',
  'paper_score',
  'feed_entry',
  'paper_search',
];
const ROWS_AT_ONCE = 400;

/**
 * Imports the corpus as an operator would, into an embedded database; then gives the very rows that
 * came of it to a second, equally migrated database, set by set, as the measure of what the database
 * alone can do; then imports again.
 */
export default async function importBench(report: Report): Promise<void> {
  if (!existsSync(CORPUS)) {
    console.error('import: ../shared/data/corpus is not here');
    return;
  }
  const folder = await mkdtemp(join(tmpdir(), 'broadsheet-bench-import-'));
  const [ours, bare] = [join(folder, 'ours'), join(folder, 'bare')];
  const stops: (() => Promise<unknown>)[] = [];
  try {
    const db = await emptyDatabase(ours, stops);
    const first = await runImport(ours);
    const papers = await db.paper.count();
    const again = await runImport(ours);
    const other = await emptyDatabase(bare, stops);
    const bareSeconds = await copyRows(db, other);

    const rate = papers / first.seconds;
    const bareRate = papers / bareSeconds;
    report({
      figure: `import of ${papers} papers, tags, score and search included`,
      value: round(rate),
      unit: 'papers/s',
      reference: `the same rows by insert … select alone: ${round(bareRate)} papers/s`,
      goal: '>= 0.4 of it',
      ok: rate >= 0.4 * bareRate,
    });
    report({
      figure: 'import beside the database alone',
      value: round(rate / bareRate),
      unit: 'ratio',
      reference: 'same run, same tables and indexes',
      goal: '>= 0.4',
      ok: rate >= 0.4 * bareRate,
    });
    report({
      figure: 'import of all 100,000',
      value: round(first.seconds),
      unit: 's',
      reference: 'on a quiet machine',
      goal: '<= 240',
      ok: first.seconds <= 240,
    });
    report({
      figure: 're-import of unchanged papers',
      value: round(papers / again.seconds),
      unit: 'papers/s',
      reference: `first import: ${round(rate)} papers/s`,
      goal: '>= 3 x it',
      ok: first.seconds / again.seconds >= 3,
    });
    report({
      figure: 'peak memory of the importer',
      value: Math.max(first.peakMb, again.peakMb),
      unit: 'MB',
      reference: 'VmHWM of its process',
      goal: '<= 300',
      ok: Math.max(first.peakMb, again.peakMb) <= 300,
    });
  } finally {
    for (const stop of stops.reverse()) await stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function emptyDatabase(
  dataDir: string,
  stops: (() => Promise<unknown>)[],
): Promise<PrismaClient> {
  const server = await startEmbedded(dataDir, 'benchmark');
  stops.push(() => server.stop());
  await migrate({ dataDir });
  const db = openDatabase({ dataDir });
  stops.push(() => db.$disconnect());
  return db;
}

/** Seconds from start to end of the command, and the most memory it had. */
async function runImport(dataDir: string): Promise<{ seconds: number; peakMb: number }> {
  const begin = performance.now();
  const child = spawn(process.execPath, [...CLI_FLAGS, 'lib/cli/main.ts', 'import', CORPUS], {
    cwd: ROOT,
    env: { ...process.env, DATA_DIR: dataDir, DATABASE_URL: '' },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  let peakMb = 0;
  const watch = setInterval(() => {
    peakMb = Math.max(peakMb, peakMemory(child.pid!));
  }, 200);
  const code = await new Promise((resolve) => child.once('exit', resolve));
  clearInterval(watch);
  if (code !== 0) throw new Error(`the import ended with exit code ${code}`);
  return { seconds: (performance.now() - begin) / 1000, peakMb };
}

/** Peak resident memory in MB, where the system tells (Linux). */
function peakMemory(pid: number): number {
  try {
    const line = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
    return line ? Math.round(Number(line[1]) / 1024) : 0;
  } catch {
    return 0;
  }
}

/** Copies all rows; seconds that the receiving database took. */
async function copyRows(from: PrismaClient, to: PrismaClient): Promise<number> {
  let milliseconds = 0;
  const last = (await from.$queryRaw<{ id: number }[]>(sql`select max(id) as id from paper`))[0]!
    .id;
  for (let after = 0; after < last; after += ROWS_AT_ONCE) {
    for (const table of TABLES) {
      const key = raw(table === 'paper' ? 'id' : 'paper_id');
      const [{ rows }] = (await from.$queryRaw<{ rows: string | null }[]>(sql`
        select json_agg(t)::text as rows from ${raw(table)} t
        where ${key} > ${after} and ${key} <= ${after + ROWS_AT_ONCE}`)) as [
        { rows: string | null },
      ];
      if (rows === null) continue;
      const begin = performance.now();
      await to.$executeRaw(sql`
        insert into ${raw(table)} select * from json_populate_recordset(null::${raw(table)}, ${rows}::json)`);
      milliseconds += performance.now() - begin;
    }
  }
  return milliseconds / 1000;
}

function round(value: number): number {
  return value >= 100 ? Math.round(value) : Number(value.toFixed(2));
}
