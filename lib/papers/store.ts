import { type Db, sql } from '@/lib/db/sql';
import { titleKey } from '@/lib/papers/identity';
import type { Paper } from '@/lib/papers/paper';

/** The papers in the order asked for. Hidden and unknown ones are left out. */
export async function getPapers(db: Db, ids: readonly number[]): Promise<Paper[]> {
  if (ids.length === 0) return [];
  const rows = await db.$queryRaw<Paper[]>(sql`
    select p.id, p.arxiv_id as "arxivId", p.version, p.doi, p.title, p.abstract,
      p.abstract_kind as "abstractKind", p.tldr, p.authors, p.categories, p.keywords,
      p.published_at as "publishedAt", p.revised_at as "revisedAt",
      p.withdrawn_at as "withdrawnAt", p.first_seen_at as "firstSeenAt", p.comment,
      p.journal_ref as "journalRef", p.license, p.code_url as "codeUrl",
      p.project_url as "projectUrl",
      array(select t.slug from paper_tag t where t.paper_id = p.id and not t.removed
        order by t.weight desc, t.slug) as tags
    from paper p
    where p.id = any(${[...ids]}::int[]) and p.hidden_at is null`);
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

/** Null for a paper that is unknown or hidden. */
export async function getPaper(db: Db, id: number): Promise<Paper | null> {
  return (await getPapers(db, [id]))[0] ?? null;
}

/** Of a paper that was merged into another: that one, where it is shown. */
export async function mergedInto(db: Db, id: number): Promise<number | null> {
  const rows = await db.$queryRaw<{ id: number }[]>(sql`
    select m.id from paper p join paper m on m.id = p.merged_into
    where p.id = ${id} and m.hidden_at is null`);
  return rows[0]?.id ?? null;
}

/** What is shown of a paper `p`: itself, or what it was merged into. */
const SHOWN = sql`coalesce(m.id, p.id) as id
  from paper p left join paper m on m.id = p.merged_into and m.hidden_at is null`;
const IS_SHOWN = sql`(p.hidden_at is null or m.id is not null)`;

/** The papers with any of these arXiv ids (without version) or DOIs (in lower case). */
export async function findByIdentifiers(db: Db, identifiers: readonly string[]): Promise<number[]> {
  const rows = await db.$queryRaw<{ id: number }[]>(sql`
    select distinct ${SHOWN}
    where (p.arxiv_id = any(${[...identifiers]}) or p.doi = any(${[...identifiers]})) and ${IS_SHOWN}
    order by id`);
  return rows.map((row) => row.id);
}

/** Papers with this title, however it is spelt. */
export async function findByTitle(db: Db, title: string): Promise<number[]> {
  const key = titleKey(title);
  if (key === '') return [];
  const rows = await db.$queryRaw<{ id: number }[]>(sql`
    select id from paper where title_key = ${key} and hidden_at is null order by id limit 20`);
  return rows.map((row) => row.id);
}

/** The paper with this arXiv id (without version). */
export async function findByArxivId(db: Db, arxivId: string): Promise<number | null> {
  const rows = await db.$queryRaw<{ id: number }[]>(sql`
    select ${SHOWN} where p.arxiv_id = ${arxivId} and ${IS_SHOWN}`);
  return rows[0]?.id ?? null;
}
