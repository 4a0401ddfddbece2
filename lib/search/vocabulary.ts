import { type Db, sql, transaction } from '@/lib/db/sql';
import type { Vocabulary } from '@/lib/search/engine';

/** How the vocabulary changes through one batch of papers. */
export class WordChanges {
  private readonly counts = new Map<string, { word: string; n: number }>();

  /** A paper with these stems, each with a form to show. */
  add(words: Map<string, string>): void {
    for (const [stem, word] of words) this.change(stem, word, 1);
  }

  /** A paper no longer has the words of this `ranked` text. */
  remove(ranked: string): void {
    for (const stem of new Set(ranked.split(/\s/))) if (stem) this.change(stem, stem, -1);
  }

  rows(): { s: string; w: string; n: number }[] {
    return [...this.counts]
      .filter(([, { n }]) => n !== 0)
      .map(([s, { word, n }]) => ({ s, w: word, n }));
  }

  private change(stem: string, word: string, by: number): void {
    const entry = this.counts.get(stem);
    if (!entry) this.counts.set(stem, { word, n: by });
    else {
      entry.n += by;
      if (by > 0) entry.word = word;
    }
  }
}

export async function recordWords(tx: Db, changes: WordChanges, papers: number): Promise<void> {
  await tx.$executeRaw(sql`
    insert into search_word_change (papers, changes)
    values (${papers}, ${JSON.stringify(changes.rows())}::jsonb)`);
}

/**
 * Folds what batches recorded into the vocabulary. A fold rewrites a large part of it, so during an
 * import it is due only when the catalogue has doubled since the last one (at once while it is small):
 * the counts lag by that much at most, which moves the weight of no word much against the others'. The
 * end of the import, or the hourly job, folds the rest.
 */
export async function foldWords(
  db: Db,
  { onlyWhenDue }: { onlyWhenDue: boolean },
): Promise<{ folded: number }> {
  return transaction(db, (tx) => fold(tx, onlyWhenDue));
}

/**
 * Sorts what the GIN index has only noted down into it: until then every search reads it all. Measured
 * on 100,000 papers, embedded: papers of an author 0.9 ms in place of 2.1.
 */
export async function settleIndex(db: Db): Promise<void> {
  await db.$queryRaw(sql`select gin_clean_pending_list('paper_search_terms_idx')`);
}

/** Counted anew with each batch. */
const SMALL_CATALOGUE = 1_000;

async function fold(tx: Db, onlyWhenDue: boolean): Promise<{ folded: number }> {
  if (onlyWhenDue) {
    const [state] = await tx.$queryRaw<{ due: boolean }[]>(sql`
      select coalesce(sum(papers), 0) >= coalesce(
        (select papers from search_total where papers >= ${SMALL_CATALOGUE}::int), 0) as due
      from search_word_change`);
    if (!state?.due) return { folded: 0 };
  }
  const folded = await tx.$executeRaw(sql`
    with taken as (
      delete from search_word_change where id in (
        select id from search_word_change order by id for update skip locked
      ) returning changes
    )
    insert into search_word as kept (stem, word, papers)
    select s, (array_agg(w order by n desc))[1], sum(n)
    from taken, jsonb_to_recordset(changes) as c(s text, w text, n int)
    group by s
    order by s
    on conflict (stem) do update set papers = kept.papers + excluded.papers`);
  await tx.$executeRaw(sql`
    insert into search_total (id, papers, length)
    select 1, count(*), coalesce(sum(length), 0) from paper_search
    on conflict (id) do update set papers = excluded.papers, length = excluded.length`);
  return { folded };
}

/** Words that a start of a word stands for, the most frequent ones. */
const WORDS_A_PREFIX = 12;

/** In a catalogue this large, what is added within `KEPT_MS` moves no weight of a word noticeably. */
const LARGE_CATALOGUE = 10_000;
const KEPT_MS = 60_000;
const MOST_KEPT = 50_000;

/** What was read of a large catalogue's vocabulary, by this process and its one database. */
const kept = { until: 0, total: { papers: 0, length: 0 }, counts: new Map<string, number>() };

/** What the vocabulary knows of these stems; unknown ones count as in one paper. */
export async function readVocabulary(db: Db, stems: readonly string[]): Promise<Vocabulary> {
  const now = performance.now();
  if (now > kept.until || kept.counts.size > MOST_KEPT) {
    kept.counts.clear();
    kept.until = 0;
  }
  let { total } = kept;
  const unread = stems.filter((stem) => !kept.counts.has(stem));
  const counts = new Map(stems.map((stem) => [stem, kept.counts.get(stem) ?? 0]));
  if (unread.length > 0 || kept.until === 0) {
    const rows = await db.$queryRaw<{ stem: string | null; papers: number; length: number }[]>(sql`
      select stem, papers, 0::float8 as length from search_word where stem = any(${unread}::text[])
      union all
      select null, papers, length::float8 from search_total`);
    for (const { stem, papers, length } of rows) {
      if (stem === null) total = { papers, length };
      else counts.set(stem, papers);
    }
    if (total.papers >= LARGE_CATALOGUE) {
      if (kept.until === 0) Object.assign(kept, { until: now + KEPT_MS, total });
      for (const stem of unread) kept.counts.set(stem, counts.get(stem) ?? 0);
    }
  }
  const papers = Math.max(total.papers, 1);
  return {
    size: { papers, meanLength: Math.max(total.length / papers, 1) },
    papers: (stem) => Math.max(counts.get(stem) ?? 1, 1),
  };
}

/** The most frequent stems of words that start so. */
export async function stemsWithPrefix(db: Db, prefix: string): Promise<string[]> {
  const end = afterPrefix(prefix);
  const rows = await db.$queryRaw<{ stem: string }[]>(sql`
    select stem from search_word
    where (stem >= ${prefix} and stem < ${end}) or (word >= ${prefix} and word < ${end})
    order by papers desc, stem limit ${WORDS_A_PREFIX}::int`);
  return rows.map((row) => row.stem);
}

/** The end of the range of words that start with `prefix`, in collation C. */
export function afterPrefix(prefix: string): string {
  return `${prefix}\u{10ffff}`;
}
