import { type Db, sql } from '@/lib/db/sql';

/** Size of the catalogue, for BM25. */
interface CatalogueSize {
  papers: number;
  /** Mean of `search_document.length`. */
  meanLength: number;
}

/** What is known of a query's stems. */
export interface Lexicon {
  size: CatalogueSize;
  /** Papers with each stem; unknown ones count as rare, since the lexicon may lag behind. */
  papers(stem: string): number;
}

/** In a catalogue this large, what is added within `KEPT_MS` changes no weight noticeably. */
const LARGE_CATALOGUE = 10_000;
const KEPT_MS = 60_000;
const MOST_KEPT = 50_000;

/** What this process has read of the lexicon of its one database, where the catalogue is large. */
const kept = { until: 0, total: { papers: 0, length: 0 }, counts: new Map<string, number>() };

/** What the lexicon knows of these stems; unknown ones count as in one paper. */
export async function readLexicon(db: Db, stems: readonly string[]): Promise<Lexicon> {
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
      select stem, papers, 0::float8 as length from lexicon_entry where stem = any(${unread}::text[])
      union all
      select null, papers, length::float8 from lexicon_total`);
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

/** The stems that a prefix, a word of which only the beginning is typed, stands for. */
interface PrefixStems {
  /** The most frequent stems of words that begin so. */
  frequent: readonly string[];
  /** All such stems that do not begin so themselves: a prefix may be longer than the stem. */
  shorter: readonly string[];
}

/** Stems that a prefix is ranked by, at most. */
const FREQUENT = 10;
/** Only a bound: no prefix has so many. */
const MOST_SHORTER = 50;

export async function stemsWithPrefix(db: Db, prefix: string): Promise<PrefixStems> {
  const end = afterPrefix(prefix);
  const rows = await db.$queryRaw<{ stem: string; place: number; shorter: boolean }[]>(sql`
    select * from (
      select stem, row_number() over (order by papers desc, stem)::int as place,
        not starts_with(stem, ${prefix}) as shorter
      from lexicon_entry where papers > 0 and stem in (
        select stem from lexicon_entry where stem >= ${prefix} and stem < ${end}
        union all
        select stem from lexicon_form where word >= ${prefix} and word < ${end}
      )
    ) found
    where place <= ${FREQUENT}::int or shorter order by place
    limit ${FREQUENT + MOST_SHORTER}::int`);
  return {
    frequent: rows.filter((row) => row.place <= FREQUENT).map((row) => row.stem),
    shorter: rows.filter((row) => row.shorter).map((row) => row.stem),
  };
}

/** What each prefix of a query stands for. */
export type Prefixes = ReadonlyMap<string, PrefixStems>;

export async function readPrefixes(db: Db, prefixes: readonly string[]): Promise<Prefixes> {
  const read = new Map<string, PrefixStems>();
  for (const prefix of new Set(prefixes)) read.set(prefix, await stemsWithPrefix(db, prefix));
  return read;
}

/** The end of the range of words that begin with `prefix`, in collation C. */
export function afterPrefix(prefix: string): string {
  return `${prefix}\u{10ffff}`;
}
