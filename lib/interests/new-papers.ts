import type { ModelDb } from '@/lib/db/sql';
import { isOf } from '@/lib/interests/archive';
import { knownWith, lastGrown, wishOf } from '@/lib/interests/for-reader';
import { interestsOf } from '@/lib/interests/interest-store';
import { inTurn, type Recommendation, recommend } from '@/lib/interests/recommend';
import { readAsCandidates } from '@/lib/interests/store';
import { wordIndex } from '@/lib/interests/word-index';
import type { Actor } from '@/lib/readers/actor';
import { readLexicon } from '@/lib/search/index/lexicon';

/** Of what the middle one of an interest's papers has of its words' weight. */
const LEAST_PART = 0.5;
/** Papers for one interest. */
const MOST = 30;

/**
 * A function that finds what is like a reader's interests among some thousand papers, the same for many readers.
 * They are given in the feed's order; `isNew` tells which of them the reader may get.
 */
export async function newPaperFinder(db: ModelDb, ids: readonly number[]) {
  const place = new Map(ids.map((id, i) => [id, i]));
  const papers = (await readAsCandidates(db, ids)).map((paper) => ({
    ...paper,
    trending: -place.get(paper.id)!,
  }));
  const { meanLength } = (await readLexicon(db, [])).size;
  const find = wordIndex(papers, meanLength);
  return async (actor: Actor, isNew: (id: number) => boolean): Promise<Recommendation[]> => {
    const interests = lastGrown(await interestsOf(db, actor));
    const known = await knownWith(db, actor, interests);
    const lists: Recommendation[][] = [];
    for (const interest of interests) {
      const { wish, typical } = await wishOf(db, interest);
      const { words, archive } = wish;
      const weight = words.reduce((sum, word) => sum + word.weight, 0);
      const found = find(words, {
        accepts: ({ id, categories, copies }) =>
          isNew(id) &&
          !copies.some((copy) => known.has(copy)) &&
          (archive === null || isOf(archive, categories)),
        least: LEAST_PART * typical * weight,
        most: MOST,
      });
      lists.push(recommend(found, wish, meanLength));
    }
    return inTurn(lists);
  };
}
