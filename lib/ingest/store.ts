import { JsonRows } from '@/lib/db/json-rows';
import { type Db, sql } from '@/lib/db/sql';
import type { Draft } from '@/lib/papers/draft';
import type { PaperState } from '@/lib/papers/merge';
import type { SignalReading, Source } from '@/lib/papers/paper';

/** Set-based SQL of ingest: papers, their signals, and batches that wait for the pipeline. */

export interface StoredPaper {
  id: number;
  state: PaperState;
}

/**
 * Waits for the lock and holds it until the transaction ends. A locked row, because advisory locks
 * are no locks on the embedded database.
 */
export async function lockIngest(tx: Db): Promise<void> {
  await tx.$executeRaw(sql`
    insert into ingest_lock as t (id, taken) values (1, 1)
    on conflict (id) do update set taken = t.taken + 1`);
}

const STATE = sql`id, arxiv_id as "arxivId", version, doi, title_key as "titleKey",
  first_author_key as "firstAuthorKey", title, abstract, abstract_kind as "abstractKind", tldr,
  authors, categories, keywords, published_at as "publishedAt", revised_at as "revisedAt",
  withdrawn_at as "withdrawnAt", comment, journal_ref as "journalRef", license,
  code_url as "codeUrl", project_url as "projectUrl", field_sources as "fieldSources", original`;

/** One stored paper, hidden or not. */
export async function storedPaper(db: Db, paperId: number): Promise<StoredPaper | null> {
  const [row] = await db.$queryRaw<(PaperState & { id: number })[]>(
    sql`select ${STATE} from paper where id = ${paperId}`,
  );
  if (!row) return null;
  const { id, ...state } = row;
  return { id, state };
}

/** Every stored paper that one of the drafts may be about. */
export async function findCandidates(tx: Db, drafts: readonly Draft[]): Promise<StoredPaper[]> {
  const arxivIds = present(drafts.map((draft) => draft.arxivId));
  const dois = present(drafts.map((draft) => draft.doi));
  const titleKeys = present(drafts.map((draft) => draft.titleKey));
  const rows = await tx.$queryRaw<(PaperState & { id: number })[]>(sql`
    select ${STATE} from paper where id in (
      select id from paper where arxiv_id = any(${arxivIds}::text[])
      union select id from paper where doi = any(${dois}::text[])
      union select id from paper where title_key = any(${titleKeys}::text[]))`);
  return rows.map(({ id, ...state }) => ({ id, state }));
}

function present(values: readonly (string | null)[]): string[] {
  return [...new Set(values.filter((value) => value !== null))];
}

/** Ids for new papers. Some may stay unused; none is given twice. */
export async function reserveIds(tx: Db, count: number): Promise<number[]> {
  if (count === 0) return [];
  const rows = await tx.$queryRaw<{ id: number }[]>(sql`
    select nextval('paper_id_seq')::int as id from generate_series(1, ${count}::int)`);
  return rows.map(({ id }) => id);
}

export async function insertPapers(
  tx: Db,
  papers: readonly StoredPaper[],
  now: Date,
): Promise<void> {
  if (papers.length === 0) return;
  await tx.$executeRaw(sql`
    insert into paper (id, arxiv_id, version, doi, title_key, first_author_key, title, abstract,
      abstract_kind, tldr, authors, categories, keywords, published_at, revised_at, withdrawn_at,
      comment, journal_ref, license, code_url, project_url, field_sources, original,
      first_seen_at, updated_at)
    select id, "arxivId", version, doi, "titleKey", "firstAuthorKey", title, abstract,
      "abstractKind", tldr, authors, categories, keywords, "publishedAt", "revisedAt",
      "withdrawnAt", comment, "journalRef", license, "codeUrl", "projectUrl", "fieldSources",
      original, ${now}, ${now}
    from json_to_recordset(${rowsOf(papers)}::json) as r(${COLUMNS})`);
}

export async function updatePapers(
  tx: Db,
  papers: readonly StoredPaper[],
  now: Date,
): Promise<void> {
  if (papers.length === 0) return;
  await tx.$executeRaw(sql`
    update paper p set
      arxiv_id = r."arxivId", version = r.version, doi = r.doi, title_key = r."titleKey",
      first_author_key = r."firstAuthorKey", title = r.title, abstract = r.abstract,
      abstract_kind = r."abstractKind", tldr = r.tldr, authors = r.authors,
      categories = r.categories, keywords = r.keywords, published_at = r."publishedAt",
      revised_at = r."revisedAt", withdrawn_at = r."withdrawnAt", comment = r.comment,
      journal_ref = r."journalRef", license = r.license, code_url = r."codeUrl",
      project_url = r."projectUrl", field_sources = r."fieldSources", original = r.original,
      updated_at = ${now}
    from json_to_recordset(${rowsOf(papers)}::json) as r(${COLUMNS})
    where p.id = r.id`);
}

const COLUMNS = sql`id int, "arxivId" text, version int, doi text, "titleKey" text,
  "firstAuthorKey" text, title text, abstract text, "abstractKind" abstract_kind, tldr text,
  authors text[], categories text[], keywords text[], "publishedAt" timestamptz,
  "revisedAt" timestamptz, "withdrawnAt" timestamptz, comment text, "journalRef" text,
  license text, "codeUrl" text, "projectUrl" text, "fieldSources" jsonb, original jsonb`;

function rowsOf(papers: readonly StoredPaper[]): Buffer {
  const rows = new JsonRows();
  for (const { id, state } of papers) rows.add({ id, ...state });
  return rows.parameter();
}

/** Kinds that say "on this day": each day counts, whatever was said the day before. */
const DAILY = ['listing-place', 'listed'];

export interface PaperSignal extends SignalReading {
  paperId: number;
  source: Source;
}

/** Adds readings, except those that repeat the one before. Gives the papers that have news. */
export async function addSignals(tx: Db, signals: readonly PaperSignal[]): Promise<number[]> {
  if (signals.length === 0) return [];
  const distinct = new Map(
    signals.map((s) => [`${s.paperId} ${s.kind} ${s.source} ${s.seenAt.getTime()}`, s]),
  );
  const rows = await tx.$queryRaw<{ paper_id: number }[]>(sql`
    insert into signal as s (paper_id, kind, source, seen_at, value)
    select r."paperId", r.kind, r.source, r."seenAt", r.value
    from json_to_recordset(${new JsonRows(distinct.values()).parameter()}::json)
      as r("paperId" int, kind text, source text, "seenAt" timestamptz, value float8)
    where r.kind = any(${DAILY}::text[]) or r.value is distinct from (
      select b.value from signal b
      where b.paper_id = r."paperId" and b.kind = r.kind and b.source = r.source
        and b.seen_at <= r."seenAt"
      order by b.seen_at desc limit 1)
    on conflict (paper_id, kind, source, seen_at) do update set value = excluded.value
      where s.value <> excluded.value
    returning s.paper_id`);
  return [...new Set(rows.map((row) => row.paper_id))];
}

/** Marks papers that their source took back. Gives those that were not marked before. */
export async function markWithdrawn(
  tx: Db,
  arxivIds: readonly string[],
  now: Date,
): Promise<number[]> {
  if (arxivIds.length === 0) return [];
  const rows = await tx.$queryRaw<{ id: number }[]>(sql`
    update paper set withdrawn_at = ${now}, updated_at = ${now}
    where arxiv_id = any(${[...arxivIds]}::text[]) and withdrawn_at is null returning id`);
  return rows.map(({ id }) => id);
}

/** Of these arXiv ids, those that are here. */
export async function knownArxivIds(db: Db, arxivIds: readonly string[]): Promise<Set<string>> {
  const rows = await db.$queryRaw<{ arxiv_id: string }[]>(sql`
    select arxiv_id from paper where arxiv_id = any(${[...arxivIds]}::text[])`);
  return new Set(rows.map((row) => row.arxiv_id));
}

/** Papers that are stored but, as far as is known, not yet tagged, indexed and ranked. */
export interface PendingBatch {
  id: number;
  paperIds: number[];
}

/** Null where there are no papers. */
export async function addPendingBatch(tx: Db, paperIds: number[]): Promise<PendingBatch | null> {
  if (paperIds.length === 0) return null;
  const rows = await tx.$queryRaw<{ id: number }[]>(sql`
    insert into pending_batch (paper_ids) values (${paperIds}::int[]) returning id`);
  return { id: rows[0]!.id, paperIds };
}

export async function pendingBatches(db: Db): Promise<PendingBatch[]> {
  return db.$queryRaw(sql`
    select id, paper_ids as "paperIds" from pending_batch order by id limit 1000`);
}

export async function removePendingBatch(db: Db, id: number): Promise<void> {
  await db.$executeRaw(sql`delete from pending_batch where id = ${id}`);
}
