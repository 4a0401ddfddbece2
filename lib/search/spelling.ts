import { type Db, type Sql, sql } from '@/lib/db/sql';
import { quoted } from '@/lib/search/index/lexemes';
import { afterPrefix } from '@/lib/search/index/lexicon';
import type { SearchQuery } from '@/lib/search/query/clause';
import { terms } from '@/lib/search/text/terms';

/** Words that are looked up, at most. */
const MOST_WORDS = 4;
/** A word in no more papers may be a misspelling, if another one is near that is in this many times more. */
const FEW_PAPERS = 2;
const MUCH_MORE = 50;
/** A word in fewer papers, beside one that is one edit farther, is taken for a misspelling itself. */
const PER_EDIT = 50;
const MOST_NEIGHBOURS = 400;

/** A query in another spelling. */
export interface Correction {
  query: SearchQuery;
  /** Every word that was replaced is in no paper: nothing is lost by searching for the others. */
  isSafe: boolean;
}

/**
 * The query with its misspelt words replaced by known ones that are spelt alike; null where none is, or
 * nothing known is near. A word that somebody asks for with a plus is meant as it stands.
 */
export async function corrected(db: Db, query: SearchQuery): Promise<Correction | null> {
  const single = query.clauses.flatMap((clause) => {
    if (clause.kind !== 'word' || clause.exclude || clause.require) return [];
    const [term, ...more] = terms(clause.value);
    const spelt = term && more.length === 0 && /^[a-z]{4,30}$/.test(term.word);
    return spelt ? [{ clause, term }] : [];
  });
  if (single.length === 0) return null;
  const stems = single.map(({ term }) => term.stem);
  const rows = await db.$queryRaw<{ stem: string; papers: number }[]>(sql`
    select stem, papers from lexicon_entry where stem = any(${stems}::text[])`);
  const papers = new Map(rows.map((row) => [row.stem, row.papers]));
  // The lexicon may lag behind what is indexed.
  for (const stem of stems.filter((stem) => !papers.get(stem))) {
    // Materialised, so that the planner does not read the table for the first row, which most often is none.
    const [found] = await db.$queryRaw<{ one: number }[]>(sql`
      with found as materialized (
        select 1 as one from search_document where terms @@ ${quoted(stem)}::tsquery
      )
      select one from found limit 1`);
    if (found) papers.set(stem, 1);
  }
  const rare = single
    .map(({ clause, term }) => ({ clause, term, papers: papers.get(term.stem) ?? 0 }))
    .filter((word) => word.papers <= FEW_PAPERS)
    .slice(0, MOST_WORDS);
  const replacements = new Map<unknown, string>();
  let isSafe = true;
  for (const { clause, term, papers } of rare) {
    const better = await nearest(db, term.word);
    if (!better || better.papers < papers * MUCH_MORE) continue;
    replacements.set(clause, better.word);
    isSafe &&= papers === 0;
  }
  if (replacements.size === 0) return null;
  const clauses = query.clauses.map((clause) => ({
    ...clause,
    value: replacements.get(clause) ?? clause.value,
  }));
  return { query: { ...query, clauses }, isSafe };
}

/** The query as it was typed, each of its misspelt words wanted as it stands. */
export function asTyped(query: SearchQuery, correction: SearchQuery): SearchQuery {
  const clauses = query.clauses.map((clause, i) =>
    clause.value === correction.clauses[i]?.value ? clause : { ...clause, require: true as const },
  );
  return { ...query, clauses };
}

/**
 * The known word nearest to a misspelt one, by its edits and the papers that have it. Candidates are words
 * one edit away, and those with the same first two letters up to two edits away.
 */
async function nearest(db: Db, typed: string): Promise<{ word: string; papers: number } | null> {
  const start = typed.slice(0, 2);
  const alike = (column: Sql) => sql`
    ${column} >= ${start} and ${column} < ${afterPrefix(start)} and papers > ${FEW_PAPERS}
    and length(${column}) between ${typed.length - 2}::int and ${typed.length + 2}::int
    order by papers desc limit ${MOST_NEIGHBOURS}::int`;
  const forms = sql`lexicon_form f join lexicon_entry w using (stem)`;
  const oneAway = oneEditAway(typed);
  const rows = await db.$queryRaw<{ word: string; papers: number }[]>(sql`
    (select w.word, papers from lexicon_entry w
     where w.word = any(${oneAway}::text[]) and papers > 0 order by papers desc limit 20)
    union
    (select f.word, papers from ${forms}
     where f.word = any(${oneAway}::text[]) and papers > 0 order by papers desc limit 20)
    union
    (select w.word, papers from lexicon_entry w where ${alike(sql`w.word`)})
    union
    (select f.word, papers from ${forms} where ${alike(sql`f.word`)})`);
  const farthest = typed.length < 6 ? 1 : 2;
  const weight = (row: { papers: number; edits: number }) => row.papers / PER_EDIT ** row.edits;
  const near = rows
    .map(({ word, papers }) => ({ word, papers, edits: edits(typed, word, farthest) }))
    .filter((row) => row.edits > 0 && row.edits <= farthest)
    .sort((a, b) => weight(b) - weight(a) || (a.word < b.word ? -1 : 1));
  return near[0] ?? null;
}

const LETTERS = [...'abcdefghijklmnopqrstuvwxyz'];

/** Every string that is one insertion, deletion, replacement or swap of neighbours away. */
function oneEditAway(word: string): string[] {
  const found = new Set<string>();
  for (let i = 0; i <= word.length; i++) {
    const [head, tail] = [word.slice(0, i), word.slice(i)];
    if (tail) found.add(head + tail.slice(1));
    if (tail.length > 1) found.add(head + tail[1] + tail[0] + tail.slice(2));
    for (const letter of LETTERS) {
      found.add(head + letter + tail);
      if (tail) found.add(head + letter + tail.slice(1));
    }
  }
  found.delete(word);
  return [...found];
}

/** Edits between two words, a swap of neighbours being one; above `limit`, some number above it. */
function edits(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = a[i - 1] === b[j - 1] ? 0 : 1;
      let cost = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + change);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        cost = Math.min(cost, before[j - 2]! + 1);
      }
      row.push(cost);
    }
    before = last;
    last = row;
  }
  return last[b.length]!;
}
