import { type Db, sql, transaction } from '@/lib/db/client';
import { documentDigest, type Searchable, searchDocument } from '@/lib/search/document';
import { foldWords, recordWords, WordChanges } from '@/lib/search/vocabulary';

/** Papers in one transaction: small enough that others wait little on the embedded database. */
const BATCH = 500;

/**
 * Brings the search rows of these papers up to date, and the vocabulary with them. Idempotent; papers
 * that did not change cost one digest. Returns how many rows were written.
 */
export async function indexPapers(db: Db, ids: readonly number[]): Promise<number> {
  let written = 0;
  for (let i = 0; i < ids.length; i += BATCH) {
    const batch = ids.slice(i, i + BATCH);
    written += await transaction(db, (tx) => indexBatch(tx, batch));
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
  const total = await db.paper.count();
  let papers = 0;
  let written = 0;
  for (let last = 0; ; ) {
    const rows = await db.$queryRaw<{ id: number }[]>(sql`
      select id from paper where id > ${last} order by id limit ${STEP}::int`);
    written += await indexPapers(
      db,
      rows.map((row) => row.id),
    );
    papers += rows.length;
    onProgress(papers, Math.max(total, papers));
    if (rows.length < STEP) break;
    last = rows.at(-1)!.id;
  }
  await foldWords(db, { onlyWhenDue: false });
  return { papers, written };
}

interface Row extends Searchable {
  id: number;
  hidden: boolean;
  digest: string | null;
}

async function indexBatch(tx: Db, ids: number[]): Promise<number> {
  const rows = await tx.$queryRaw<Row[]>(sql`
    select p.id, p.title, p.abstract, p.authors, p.categories, p.code_url as "codeUrl",
      coalesce(p.published_at, p.first_seen_at) as "filedAt",
      p.hidden_at is not null as hidden, s.digest
    from paper p left join paper_search s on s.paper_id = p.id
    where p.id = any(${ids}::int[])`);
  const changed = rows
    .map((row) => ({ ...row, was: row.digest, digest: documentDigest(row) }))
    .filter((row) => row.was !== row.digest);
  if (changed.length === 0) return 0;

  const changes = new WordChanges();
  const known = changed.filter((row) => row.was !== null).map((row) => row.id);
  if (known.length > 0) {
    const old = await tx.$queryRaw<{ ranked: string }[]>(sql`
      select ranked from paper_search where paper_id = any(${known}::int[])`);
    for (const { ranked } of old) changes.remove(ranked);
  }
  const fresh = changed.map((row) => {
    const { words, ...document } = searchDocument(row);
    changes.add(words);
    return { id: row.id, filed: row.filedAt, hidden: row.hidden, digest: row.digest, ...document };
  });
  await tx.$executeRaw(sql`
    insert into paper_search (paper_id, ranked, terms, length, filed_at, hidden, digest)
    select id, ranked, terms::tsvector, length, filed, hidden, digest
    from jsonb_to_recordset(${JSON.stringify(fresh)}::jsonb)
      as r(id int, ranked text, terms text, length int, filed timestamptz, hidden boolean,
        digest text)
    on conflict (paper_id) do update set ranked = excluded.ranked, terms = excluded.terms,
      length = excluded.length, filed_at = excluded.filed_at, digest = excluded.digest`);
  await recordWords(tx, changes, fresh.length);
  await foldWords(tx, { onlyWhenDue: true });
  return fresh.length;
}

/** `ranked` of these papers: their indexed words in order. */
export async function rankedTexts(db: Db, ids: readonly number[]): Promise<Map<number, string>> {
  const rows = await db.$queryRaw<{ id: number; ranked: string }[]>(sql`
    select paper_id as id, ranked from paper_search where paper_id = any(${[...ids]}::int[])`);
  return new Map(rows.map(({ id, ranked }) => [id, ranked]));
}
