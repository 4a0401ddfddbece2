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
import { median, type Report } from './figure';

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
  'search_document',
];
const ROWS_AT_ONCE = 400;

/**
 * On a shared machine, whose speed changes within a minute, one round says little. On the embedded
 * database one has to do: it takes five minutes.
 */
const ROUNDS = process.env.DATABASE_URL ? 3 : 1;

interface Round {
  kind: string;
  papers: number;
  /** Seconds of the first import, of the second, and of the database alone. */
  first: number;
  again: number;
  bare: number;
  peakMb: number;
}

/**
 * Imports the corpus as an operator would, into an empty database; imports it again; then gives the very
 * rows that came of it to a second, equally migrated one, as the measure of what the database alone can
 * do: by COPY on the PostgreSQL of `DATABASE_URL` (whose user must be a superuser of a server on this
 * machine), set by set on the embedded one, which has no COPY. Reports medians of all rounds.
 */
export default async function importBench(report: Report): Promise<void> {
  if (!existsSync(CORPUS)) {
    console.error('import: ../shared/data/corpus is not here');
    return;
  }
  const rounds: Round[] = [];
  for (let i = 0; i < ROUNDS; i++) rounds.push(await oneRound());
  const { kind, papers } = rounds[0]!;
  const [first, again, bare] = (['first', 'again', 'bare'] as const).map((key) =>
    median(rounds.map((round) => round[key])),
  ) as [number, number, number];
  const ratios = rounds.map((round) => round.bare / round.first);
  const peakMb = Math.max(...rounds.map((round) => round.peakMb));
  const all = (values: number[]) => values.map(round).join(', ');
  report({
    figure: `import of ${papers} papers, tags, score and search included (${kind})`,
    value: round(papers / first),
    unit: 'papers/s',
    reference: `the same rows by ${kind === 'embedded' ? 'insert … select' : 'COPY'} alone: ${round(papers / bare)} papers/s`,
    goal: '',
    ok: true,
  });
  report({
    figure: `import beside the database alone (${kind})`,
    value: round(median(ratios)),
    unit: 'ratio',
    reference: `same tables and indexes; ${ROUNDS} round(s): ${all(ratios)}`,
    goal: '>= 0.4',
    ok: median(ratios) >= 0.4,
  });
  report({
    figure: `import of all 100,000 (${kind})`,
    value: round(first),
    unit: 's',
    reference: `${ROUNDS} round(s): ${all(rounds.map((each) => each.first))}`,
    goal: '<= 240',
    ok: first <= 240,
  });
  report({
    figure: `re-import of unchanged papers (${kind})`,
    value: round(papers / again),
    unit: 'papers/s',
    reference: `first import: ${round(papers / first)} papers/s`,
    goal: '>= 3 x it',
    ok: first / again >= 3,
  });
  report({
    figure: `peak memory of the importer (${kind})`,
    value: peakMb,
    unit: 'MB',
    reference: 'VmHWM of its process, the highest of all rounds',
    goal: '<= 300',
    ok: peakMb <= 300,
  });
}

async function oneRound(): Promise<Round> {
  const ours = await scratchDatabase('import');
  const bareOne = await scratchDatabase('bare');
  try {
    const first = await runImport(ours.target);
    const papers = await ours.db.paper.count();
    const again = await runImport(ours.target);
    const bare = await ('url' in ours.target ? copyTables : copyRows)(ours.db, bareOne.db);
    return {
      kind: ours.kind,
      papers,
      first: first.seconds,
      again: again.seconds,
      bare,
      peakMb: Math.max(first.peakMb, again.peakMb),
    };
  } finally {
    await bareOne.remove();
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
  const child = spawn(
    process.execPath,
    [...CLI_FLAGS, 'lib/bundle/run.mjs', 'cli', 'import', CORPUS],
    {
      cwd: ROOT,
      env: { ...process.env, ...place },
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  );
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
