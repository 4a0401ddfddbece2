import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { PrismaClient } from '@/lib/db/generated/client';
import { sql } from '@/lib/db/sql';

const PROGRAM = fileURLToPath(new URL('./fts5.py', import.meta.url));
const PAGE = 5_000;

export interface Fts5 {
  version: string;
  /** Milliseconds of each of `times` runs, rows read. */
  run(query: string, params: unknown[], times: number): Promise<number[]>;
  stop(): Promise<void>;
}

/**
 * SQLite FTS5 in a file, by Python's own sqlite3 module, with the papers of the database. Null where
 * there is no Python with FTS5.
 */
export async function fts5(db: PrismaClient): Promise<Fts5 | null> {
  const probe =
    "import sqlite3; sqlite3.connect(':memory:').execute('create virtual table f using fts5(x)')";
  if (spawnSync('python3', ['-c', probe]).status !== 0) return null;
  const folder = await mkdtemp(join(tmpdir(), 'broadsheet-fts5-'));
  const rows = join(folder, 'rows.jsonl');
  await writeRows(db, rows);
  const child = spawn('python3', [PROGRAM, rows], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const answer = async () => JSON.parse(String((await lines.next()).value));
  const { version } = await answer();
  return {
    version,
    async run(query, params, times) {
      child.stdin.write(`${JSON.stringify({ sql: query, params, times })}\n`);
      return (await answer()).ms;
    },
    async stop() {
      child.stdin.end();
      await once(child, 'exit');
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function writeRows(db: PrismaClient, path: string): Promise<void> {
  const file = createWriteStream(path);
  for (let last = 0; ; ) {
    const rows = await db.$queryRaw<{ id: number }[]>(sql`
      select p.id, p.title, p.abstract, p.authors, p.categories, s.filed_at::date::text as filed,
        (p.code_url is not null)::int as code,
        array(select slug from paper_tag t where t.paper_id = p.id and not t.removed) as tags
      from paper p join search_document s on s.paper_id = p.id
      where p.id > ${last} order by p.id limit ${PAGE}::int`);
    for (const row of rows) file.write(`${JSON.stringify(row)}\n`);
    last = rows.at(-1)?.id ?? last;
    if (rows.length < PAGE) break;
  }
  file.end();
  await once(file, 'close');
}
