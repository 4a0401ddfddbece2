import { JsonRows } from '@/lib/db/json-rows';
import { type Db, sql, transaction } from '@/lib/db/sql';
import { type PaperText, readTexts } from '@/lib/papers/text-store';
import { forEachYielding } from '@/lib/runtime/yielding';
import { documentDigest, INDEX_VERSION, searchDocument } from '@/lib/search/index/document';
import { foldWords, recordWords, settleIndex, WordChanges } from '@/lib/search/index/lexicon';

/** Papers in one transaction: small enough that others wait little on the embedded database. */
const BATCH = 500;

/**
 * Brings the search rows of these papers up to date, and the lexicon with them. Idempotent; papers
 * that did not change cost one digest. Returns how many rows were written.
 */
export async function indexPapers(db: Db, ids: readonly number[]): Promise<number> {
  let written = 0;
  for (let i = 0; i < ids.length; i += BATCH) {
    written += await indexTexts(db, await readTexts(db, ids.slice(i, i + BATCH)));
  }
  return written;
}

/** Papers read at a time, so that progress can be told. */
const STEP = 2_000;

/** `indexPapers` for every paper; can be interrupted and run again. */
export async function indexAll(
  db: Db,
  onProgress: (done: number, total: number) => void,
): Promise<{ papers: number; written: number }> {
  const [{ total }] = await db.$queryRaw<[{ total: number }]>(
    sql`select count(*)::int as total from paper`,
  );
  let papers = 0;
  let written = 0;
  for (let last: number | null = 0; last !== null; ) {
    const step = await indexStep(db, last, STEP);
    papers += step.papers;
    written += step.written;
    last = step.last;
    onProgress(papers, Math.max(total, papers));
  }
  await setIndexedUpTo(db, null);
  await foldWords(db, { onlyWhenDue: false });
  await settleIndex(db);
  return { papers, written };
}

/**
 * Indexes anew what was indexed by the rules of another version, or comes from the backup of one; where
 * all papers are known to be indexed by the present ones there is nothing to do. It keeps its place, so
 * that it can be stopped at any time and goes on where it was.
 */
export async function indexStale(
  db: Db,
  signal: AbortSignal,
): Promise<{ reindexed: number; unchecked: boolean }> {
  const [state] = await db.$queryRaw<{ version: number; upTo: number | null }[]>(
    sql`select index_version as version, indexed_up_to as "upTo" from lexicon_total`,
  );
  let last = state?.version === INDEX_VERSION ? state.upTo : 0;
  let reindexed = 0;
  while (last !== null && !signal.aborted) {
    const step = await indexStep(db, last, BATCH);
    reindexed += step.written;
    last = step.last;
    await setIndexedUpTo(db, last);
  }
  return { reindexed, unchecked: last !== null };
}

/** Indexes the next papers by id; `last` is null after the last ones. */
async function indexStep(db: Db, above: number, limit: number) {
  const rows = await db.$queryRaw<{ id: number }[]>(sql`
    select id from paper where id > ${above}::int order by id limit ${limit}::int`);
  const ids = rows.map((row) => row.id);
  const written = await indexPapers(db, ids);
  return { papers: ids.length, written, last: ids.length < limit ? null : ids.at(-1)! };
}

async function setIndexedUpTo(db: Db, upTo: number | null): Promise<void> {
  await db.$executeRaw(sql`
    insert into lexicon_total (id, papers, length, index_version, indexed_up_to)
    values (1, 0, 0, ${INDEX_VERSION}::int, ${upTo}::int)
    on conflict (id) do update set index_version = excluded.index_version,
      indexed_up_to = excluded.indexed_up_to`);
}

interface Changed extends PaperText {
  was: string | null;
  digest: string;
}

/**
 * `indexPapers` for a batch whose texts were read already. Documents are built before the transaction
 * begins, because it holds up everybody else. Rows that somebody else wrote since the texts were read
 * are looked at again.
 */
export async function indexTexts(db: Db, papers: readonly PaperText[]): Promise<number> {
  const changed = papers
    .map((paper): Changed => ({ ...paper, was: paper.digest, digest: documentDigest(paper) }))
    .filter((row) => row.was !== row.digest);
  if (changed.length === 0) return 0;
  const changes = new WordChanges();
  const documents = new JsonRows();
  await forEachYielding(changed, (row) => {
    const { words, ranked, terms, length } = searchDocument(row);
    const { id, filedAt: filed, hidden, digest } = row;
    // At once: the words of a whole batch, kept until it is written, were most of the garbage.
    changes.add(words);
    documents.add({ id, ranked, terms, length, filed, hidden, digest });
  });
  const written = await transaction(db, (tx) =>
    writeDocuments(tx, changed, documents.parameter(), changes),
  );
  const missed = changed.filter((row) => !written.has(row.id)).map((row) => row.id);
  return written.size + (missed.length > 0 ? await indexPapers(db, missed) : 0);
}

/**
 * Writes rows that are still as they were read, and gives their ids. `changes` are those of all
 * documents; what is not written is taken back from them.
 */
async function writeDocuments(
  tx: Db,
  changed: readonly Changed[],
  documents: Buffer,
  changes: WordChanges,
): Promise<Set<number>> {
  const known = changed.filter((row) => row.was !== null);
  const was = Object.fromEntries(known.map((row) => [row.id, row.was]));
  const knownIds = known.map((row) => row.id);
  const before = known.length > 0 ? await rankedTexts(tx, knownIds) : null;
  const result = await tx.$queryRaw<{ id: number }[]>(sql`
    insert into search_document as s (paper_id, ranked, terms, length, filed_at, hidden, digest)
    select id, ranked, terms::tsvector, length, filed, hidden, digest
    from json_to_recordset(${documents}::json)
      as r(id int, ranked text, terms text, length int, filed timestamptz, hidden boolean,
        digest text)
    on conflict (paper_id) do update set ranked = excluded.ranked, terms = excluded.terms,
      length = excluded.length, filed_at = excluded.filed_at, digest = excluded.digest
    where s.digest is not distinct from ${JSON.stringify(was)}::jsonb ->> s.paper_id::text
    returning s.paper_id as id`);
  const written = new Set(result.map((row) => row.id));
  for (const row of changed) {
    const gone = written.has(row.id) ? before?.get(row.id) : searchDocument(row).ranked;
    if (gone !== undefined) changes.remove(gone);
  }
  await recordWords(tx, changes, written.size);
  await foldWords(tx, { onlyWhenDue: true });
  return written;
}

/** `ranked` of these papers: their indexed words in order. */
export async function rankedTexts(db: Db, ids: readonly number[]): Promise<Map<number, string>> {
  const rows = await db.$queryRaw<{ id: number; ranked: string }[]>(sql`
    select paper_id as id, ranked from search_document where paper_id = any(${[...ids]}::int[])`);
  return new Map(rows.map(({ id, ranked }) => [id, ranked]));
}
