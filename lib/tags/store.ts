import { JsonRows } from '@/lib/db/json-rows';
import { type Db, type ModelDb, sql, transaction } from '@/lib/db/sql';
import { type PaperText, readTexts } from '@/lib/papers/text-store';
import { forEachYielding } from '@/lib/runtime/yielding';
import { tagPaper } from '@/lib/tags/tagger';
import { TAXONOMY_VERSION } from '@/lib/tags/tagging-version';

/** Tags papers anew by their stored text. Returns how many of the ids exist. */
export async function retagPapers(db: Db, ids: readonly number[]): Promise<number> {
  const papers = await readTexts(db, ids);
  await tagTexts(db, papers);
  return papers.length;
}

/** Tags papers anew, in one set-based write. What an operator added or removed by hand stays. */
export async function tagTexts(db: Db, papers: readonly PaperText[]): Promise<void> {
  if (papers.length === 0) return;
  const found = papers.map(({ id }) => id);
  const rows = new JsonRows();
  await forEachYielding(papers, (paper) => {
    for (const assignment of tagPaper(paper)) rows.add({ paper_id: paper.id, ...assignment });
  });
  await transaction(db, async (tx) => {
    await tx.$executeRaw(sql`
      with assigned as materialized (
        select * from json_to_recordset(${rows.parameter()}::json)
          as r(paper_id int, slug text, weight real, evidence jsonb)
      ), gone as (
        delete from paper_tag t
        where t.paper_id = any(${found}::int[]) and not t.by_hand
          and not exists (select from assigned a where a.paper_id = t.paper_id and a.slug = t.slug)
      )
      insert into paper_tag as t (paper_id, slug, weight, evidence)
      select paper_id, slug, weight, evidence from assigned
      on conflict (paper_id, slug) do update set weight = excluded.weight, evidence = excluded.evidence
      where not t.by_hand
        and (t.weight, t.evidence) is distinct from (excluded.weight, excluded.evidence)`);
    await tx.$executeRaw(sql`
      insert into tagging as t (paper_id, taxonomy_version)
      select id, ${TAXONOMY_VERSION} from unnest(${found}::int[]) as id
      on conflict (paper_id) do update set taxonomy_version = excluded.taxonomy_version
      where t.taxonomy_version <> excluded.taxonomy_version`);
  });
}

/** How many papers were tagged with other rules or wording than the present ones. */
export async function countStale(db: Db): Promise<number> {
  const [row] = await db.$queryRaw<{ count: number }[]>(sql`
    select count(*)::int as count from paper p left join tagging t on t.paper_id = p.id
    where t.taxonomy_version is distinct from ${TAXONOMY_VERSION}`);
  return row?.count ?? 0;
}

/** The next of these papers above an id, in the order of ids. */
export async function staleIds(db: Db, above: number, limit: number): Promise<number[]> {
  const rows = await db.$queryRaw<{ id: number }[]>(sql`
    select p.id from paper p left join tagging t on t.paper_id = p.id
    where p.id > ${above} and t.taxonomy_version is distinct from ${TAXONOMY_VERSION}
    order by p.id limit ${limit}`);
  return rows.map(({ id }) => id);
}

/** An operator's tag on a paper: it outlives re-tagging until `clearTag`. */
export async function addTag(db: ModelDb, paperId: number, slug: string): Promise<void> {
  await decide(db, paperId, slug, false);
}

/** Takes a tag off a paper, and keeps the tagger from assigning it again. */
export async function removeTag(db: ModelDb, paperId: number, slug: string): Promise<void> {
  await decide(db, paperId, slug, true);
}

async function decide(db: ModelDb, paperId: number, slug: string, removed: boolean): Promise<void> {
  await db.paperTag.upsert({
    where: { paperId_slug: { paperId, slug } },
    create: { paperId, slug, weight: 1, evidence: [], byHand: true, removed },
    update: { weight: 1, evidence: [], byHand: true, removed },
  });
}

/** Forgets what was decided by hand about a tag on a paper: the tagger decides again. */
export async function clearTag(db: ModelDb, paperId: number, slug: string): Promise<boolean> {
  const { count } = await db.paperTag.deleteMany({ where: { paperId, slug, byHand: true } });
  if (count > 0) await retagPapers(db, [paperId]);
  return count > 0;
}
