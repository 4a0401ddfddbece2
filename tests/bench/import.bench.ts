import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { PrismaClient } from '@/lib/db/generated/client';
import { raw, sql } from '@/lib/db/sql';
import type { DatabaseTarget } from '@/lib/db/target';
import { CLI_FLAGS } from './cli-flags';
import { scratchDatabase } from './database';
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
 * Imports the corpus as an operator would, into an empty database; then gives the very rows that came of
 * it to a second, equally migrated one, as the measure of what the database alone can do: by COPY on the
 * PostgreSQL of `DATABASE_URL` (whose user must be a superuser of a server on this machine), set by set
 * on the embedded one, which has no COPY; then imports again.
 */
export default async function importBench(report: Report): Promise<void> {
  if (!existsSync(CORPUS)) {
    console.error('import: ../shared/data/corpus is not here');
    return;
  }
  const ours = await scratchDatabase('import');
  const bare = await scratchDatabase('bare');
  try {
    const { db, kind } = ours;
    const first = await runImport(ours.target);
    const papers = await db.paper.count();
    const again = await runImport(ours.target);
    const copies = 'url' in ours.target;
    const bareSeconds = await (copies ? copyTables : copyRows)(db, bare.db);

    const rate = papers / first.seconds;
    const bareRate = papers / bareSeconds;
    report({
      figure: `import of ${papers} papers, tags, score and search included (${kind})`,
      value: round(rate),
      unit: 'papers/s',
      reference: `the same rows by ${copies ? 'COPY' : 'insert … select'} alone: ${round(bareRate)} papers/s`,
      goal: '>= 0.4 of it',
      ok: rate >= 0.4 * bareRate,
    });
    report({
      figure: `import beside the database alone (${kind})`,
      value: round(rate / bareRate),
      unit: 'ratio',
      reference: 'same run, same tables and indexes',
      goal: '>= 0.4',
      ok: rate >= 0.4 * bareRate,
    });
    report({
      figure: `import of all 100,000 (${kind})`,
      value: round(first.seconds),
      unit: 's',
      reference: 'on a quiet machine',
      goal: '<= 240',
      ok: first.seconds <= 240,
    });
    report({
      figure: `re-import of unchanged papers (${kind})`,
      value: round(papers / again.seconds),
      unit: 'papers/s',
      reference: `first import: ${round(rate)} papers/s`,
      goal: '>= 3 x it',
      ok: first.seconds / again.seconds >= 3,
    });
    report({
      figure: `peak memory of the importer (${kind})`,
      value: Math.max(first.peakMb, again.peakMb),
      unit: 'MB',
      reference: 'VmHWM of its process',
      goal: '<= 300',
      ok: Math.max(first.peakMb, again.peakMb) <= 300,
    });
  } finally {
    await bare.remove();
    await ours.remove();
  }
}

/** Seconds from start to end of the command, and the most memory it had. */
async function runImport(target: DatabaseTarget): Promise<{ seconds: number; peakMb: number }> {
  const begin = performance.now();
  const place =
    'url' in target
      ? { DATABASE_URL: target.url, SECRET: 'a secret for benchmarks only, of 32 and more' }
      : { DATA_DIR: target.dataDir, DATABASE_URL: '' };
  const child = spawn(process.execPath, [...CLI_FLAGS, 'lib/cli/main.ts', 'import', CORPUS], {
    cwd: ROOT,
    env: { ...process.env, ...place },
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

/** Copies all tables by way of files of the server; seconds that the receiving database took. */
async function copyTables(from: PrismaClient, to: PrismaClient): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'broadsheet-bench-copy-'));
  await chmod(folder, 0o777);
  let milliseconds = 0;
  for (const table of TABLES) {
    const file = join(folder, table);
    await from.$executeRaw(raw(`copy ${table} to '${file}'`));
    const begin = performance.now();
    await to.$executeRaw(raw(`copy ${table} from '${file}'`));
    milliseconds += performance.now() - begin;
  }
  await rm(folder, { recursive: true, force: true });
  return milliseconds / 1000;
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
