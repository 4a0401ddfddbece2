import type { Db } from '@/lib/db/sql';
import { readLexicon } from '@/lib/search/index/lexicon';
import { rankedTexts } from '@/lib/search/index/store';
import { NO_FILTER } from '@/lib/search/query/filter';
import { byImportance } from '@/lib/search/rank/bm25';
import { engineFor } from '@/lib/search/rank/engines';
import { readNearness, readVectors } from '@/lib/search/vectors/store';
import { withNearness } from '@/lib/search/vectors/vector';

/** The words that tell a paper from others. */
const DISTINCTIVE_WORDS = 16;
/** Papers that have them, at least, which vectors then bring into order. */
const CANDIDATES = 100;

/**
 * Ids of papers most like this one: those that the search finds for its own distinctive words, by how
 * often they stand in it and how rare they are, and by what subject their texts are about as a whole.
 * Deterministic. Empty for a paper that is not indexed.
 */
export async function similarPapers(db: Db, id: number, limit: number): Promise<number[]> {
  const ranked = (await rankedTexts(db, [id])).get(id);
  if (!ranked) return [];
  const counts = new Map<string, number>();
  for (const stem of ranked.split(/\s+/)) {
    // Numbers and single letters say nothing about the subject.
    if (/\p{L}{2}/u.test(stem)) counts.set(stem, (counts.get(stem) ?? 0) + 1);
  }
  const lexicon = await readLexicon(db, [...counts.keys()]);
  // A stem of this paper alone finds nothing else.
  const shared = new Map([...counts].filter(([stem]) => lexicon.papers(stem) > 1));
  const distinctive = byImportance(shared, lexicon)
    .sort((a, b) => b.importance - a.importance || (a.stem < b.stem ? -1 : 1))
    .slice(0, DISTINCTIVE_WORDS);
  if (distinctive.length === 0) return [];
  const engine = await engineFor(db, undefined);
  const { papers } = await engine.rank(db, {
    weights: new Map(distinctive.map(({ stem, weight }) => [stem, Math.min(weight, 3)])),
    lexicon: async () => lexicon,
    filter: NO_FILTER,
    want: Math.max(CANDIDATES, limit + 1),
    texts: false,
    partial: false,
  });
  const others = papers.filter((paper) => paper.id !== id);
  const most = Math.max(...others.map(({ score }) => score));
  const near = await nearnessTo(
    db,
    id,
    others.map((paper) => paper.id),
  );
  return withNearness(
    others.map((paper) => ({ id: paper.id, like: paper.score / most })),
    near,
  )
    .sort((a, b) => b.like - a.like || a.id - b.id)
    .slice(0, limit)
    .map((paper) => paper.id);
}

async function nearnessTo(db: Db, id: number, ids: readonly number[]) {
  const { model, vectors } = await readVectors(db, [id]);
  const vector = vectors.get(id);
  return readNearness(db, vector ? { model, vector } : null, ids);
}
