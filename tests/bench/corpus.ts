import { createReadStream, existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { createGunzip } from 'node:zlib';
import pg from 'pg';
import { progressLine } from '../../lib/cli/progress';
import { openDatabase } from '../../lib/db/client';
import { startEmbedded } from '../../lib/db/embedded';
import type { PrismaClient } from '../../lib/db/generated/client';
import { migrate } from '../../lib/db/migrate';
import type { DatabaseTarget } from '../../lib/db/target';
import { importInput } from '../../lib/sources/import';

export const CORPUS = fileURLToPath(
  new URL('../../../shared/data/corpus/arxiv-100k.jsonl.gz', import.meta.url),
);
const KEPT = fileURLToPath(new URL('../.tmp/corpus-db', import.meta.url));

/** Papers to import, and what the database that keeps them on a server is called. */
export interface Corpus {
  name: string;
  papers: number;
  /** JSON lines. */
  read(): AsyncIterable<Uint8Array>;
}

export const ARXIV_100K: Corpus = {
  name: 'broadsheet_corpus',
  papers: 100_000,
  read: () => createReadStream(CORPUS).pipe(createGunzip()),
};

/** Just after the last paper of the corpus, so that its windows have papers. */
export const CORPUS_NOW = new Date('2026-04-20T12:00:00Z');

export interface CorpusDatabase {
  db: PrismaClient;
  target: DatabaseTarget;
  /** `embedded`, or `PostgreSQL` where `DATABASE_URL` names one. */
  kind: string;
  close(): Promise<void>;
}

/**
 * The papers of a corpus, imported as an operator would. That takes minutes, so the database is kept: in
 * `tests/.tmp/corpus-db` (or where `CORPUS_DB` says), or under the corpus's name on the server of
 * `DATABASE_URL`. Null where the corpus is not here.
 */
export async function corpusDatabase(corpus = ARXIV_100K): Promise<CorpusDatabase | null> {
  if (!existsSync(CORPUS)) return null;
  const url = process.env.DATABASE_URL;
  const { target, stop } = url ? await onServer(url, corpus.name) : await embedded();
  await migrate(target);
  const db = openDatabase(target);
  if ((await db.paper.count()) < corpus.papers) await importCorpus(db, corpus);
  return {
    db,
    target,
    kind: url ? 'PostgreSQL' : 'embedded',
    async close() {
      await db.$disconnect();
      await stop();
    },
  };
}

async function embedded() {
  const dataDir = process.env.CORPUS_DB ?? KEPT;
  await mkdir(dataDir, { recursive: true });
  const running = await startEmbedded(dataDir, 'benchmark');
  return { target: { dataDir }, stop: () => running.stop() };
}

async function onServer(url: string, name: string) {
  const own = new URL(url);
  own.pathname = `/${name}`;
  const client = new pg.Client(url);
  await client.connect();
  const { rowCount } = await client.query('select from pg_database where datname = $1', [name]);
  if (rowCount === 0) await client.query(`create database ${name}`);
  await client.end();
  return { target: { url: own.href }, stop: async () => {} };
}

async function importCorpus(db: PrismaClient, { papers, read }: Corpus): Promise<void> {
  const startedAt = Date.now();
  let said = 0;
  await importInput(db, read(), {
    input: 'corpus',
    now: CORPUS_NOW,
    onBatch: ({ read: done }) => {
      if (Date.now() - said < 10_000) return;
      said = Date.now();
      const work = { done, total: papers, unit: 'papers', startedAt };
      console.error(`corpus: ${progressLine(work, Date.now())}`);
    },
  });
}
