import { type Db, empty, sql } from '@/lib/db/sql';
import type { Asked, Enricher } from '@/lib/sources/enrich/types';

/** Papers younger than a month are asked about every three days, others every two months. */
export async function papersToAsk(
  db: Db,
  name: string,
  {
    atOnce,
    codeHost,
    onlyWithoutCategories,
  }: Pick<Enricher, 'atOnce' | 'codeHost' | 'onlyWithoutCategories'>,
  now: Date,
): Promise<Asked[]> {
  const host =
    codeHost === undefined ? empty : sql`and p.code_url ilike ${`http%://${codeHost}/%`}`;
  const bare = onlyWithoutCategories ? sql`and coalesce(cardinality(p.categories), 0) = 0` : empty;
  return db.$queryRaw<Asked[]>(sql`
    select p.id, p.arxiv_id as "arxivId", p.title, p.code_url as "codeUrl"
    from paper p left join enrichment e on e.enricher = ${name} and e.paper_id = p.id
    where p.arxiv_id is not null and p.hidden_at is null ${host} ${bare}
      and (e.asked_at is null or e.asked_at < ${now}::timestamptz - case
        when coalesce(p.published_at, p.first_seen_at) > ${now}::timestamptz - interval '30 days'
        then interval '3 days' else interval '60 days' end)
    order by e.asked_at is null desc, coalesce(p.published_at, p.first_seen_at) desc
    limit ${atOnce}`);
}

export async function noteAsked(
  db: Db,
  name: string,
  ids: readonly number[],
  now: Date,
): Promise<void> {
  await db.$executeRaw(sql`
    insert into enrichment (paper_id, enricher, asked_at)
    select p.id, ${name}, ${now} from paper p where p.id = any(${[...ids]}::int[])
    on conflict (enricher, paper_id) do update set asked_at = excluded.asked_at`);
}
