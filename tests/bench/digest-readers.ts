import { type Db, sql } from '../../lib/db/sql';

/** Papers and readers in numbers, for the digest's benchmark: made set by set. */

const ABSTRACT =
  'We study how adapters that are trained on one distribution behave on another, and why. ';

/** Papers of the week before `now`, with tags as common and rare as real ones. */
export async function addPapers(db: Db, count: number, now: Date): Promise<void> {
  await db.$executeRaw(sql`
    insert into paper (title, title_key, first_author_key, abstract, authors, categories, keywords,
      published_at, first_seen_at)
    select 'Paper number ' || i || ' about adapters, scales and their measure', 'paper ' || i, 'doe',
      repeat(${ABSTRACT}, 9), array['Jane Doe', 'Ada Lindqvist', 'Bo van der Meer'], '{cs.LG}', '{}',
      ${now}::timestamptz - (i % 150) * interval '1 hour' - interval '1 hour',
      ${now}::timestamptz - (i % 150) * interval '1 hour' - interval '1 hour'
    from generate_series(1, ${count}::int) as i`);
  await db.$executeRaw(sql`
    insert into paper_score (paper_id, score, signal, feed_at)
    select id, 1000 + (id * 7919) % 1000, 0, published_at from paper`);
  await db.$executeRaw(sql`
    insert into paper_tag (paper_id, slug, weight)
    select p.id, t.slug, 1 from paper p
    cross join (values ('peft', 5), ('lora', 11), ('fine-tuning', 3), ('pre-training', 4),
      ('continual-pre-training', 29), ('self-supervised-learning', 7)) as t(slug, every)
    where p.id % t.every = 0`);
}

/** Readers of the weekly digest with choices of their own, all due at `now`. */
export async function addReaders(db: Db, count: number, now: Date): Promise<void> {
  const lastWeek = new Date(now.getTime() - 7 * 86_400_000);
  await db.$executeRaw(sql`
    insert into reader (id, email, email_key, address_hash, status, confirmed_at)
    select i, 'reader' || i || '@d' || i % 500 || '.example', 'reader' || i || '@d' || i % 500 || '.example',
      md5(i::text), 'active', ${lastWeek}
    from generate_series(1, ${count}::int) as i`);
  await db.$executeRaw(sql`
    insert into subscription (reader_id, cadence, weekday, monthday, hour, timezone, max_papers,
      muted_tags, next_run_at, covered_until)
    select i, 'weekly', 1, 1, 8, (array['UTC', 'Europe/Berlin', 'Asia/Tokyo'])[1 + i % 3],
      10, case i % 5 when 0 then '{self-supervised-learning}' else '{}' end::text[],
      ${now}, ${lastWeek}
    from generate_series(1, ${count}::int) as i`);
  await db.$executeRaw(sql`
    insert into follow (reader_id, kind, value, created_at)
    select i, 'tag', t.slug, ${lastWeek}
    from generate_series(1, ${count}::int) as i,
      unnest(case i % 4 when 0 then '{}' when 1 then '{peft}' when 2 then '{pre-training,lora}'
        else '{fine-tuning}' end::text[]) as t(slug)`);
}
