import type { ModelDb } from '@/lib/db/sql';
import { isOf } from '@/lib/interests/archive';
import { knownWith, lastGrown, wishOf } from '@/lib/interests/for-reader';
import { interestsOf } from '@/lib/interests/interest-store';
import { inTurn, type Recommendation, recommend } from '@/lib/interests/recommend';
import { readAsCandidates, readSample } from '@/lib/interests/store';
import { wordIndex } from '@/lib/interests/word-index';
import type { Actor } from '@/lib/readers/actor';
import { readLexicon } from '@/lib/search/index/lexicon';

/** Papers for one interest. */
const MOST = 30;
/** A new paper is as like an interest as one in a hundred of the catalogue, which these stand for. */
const SAMPLE = 2_000;
const LIKE_ONE_IN = 100;
/** In a small catalogue, as so many are. */
const LIKE_THE_FIRST = 10;

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
  const sample = await readSample(db, SAMPLE);
  const { meanLength } = (await readLexicon(db, [])).size;
  const find = await wordIndex(papers, meanLength);
  const findInCatalogue = await wordIndex(sample, meanLength);
  const fewest = Math.max(LIKE_THE_FIRST, Math.round(sample.length / LIKE_ONE_IN));
  return async (actor: Actor, isNew: (id: number) => boolean): Promise<Recommendation[]> => {
    const interests = lastGrown(await interestsOf(db, actor));
    const known = await knownWith(db, actor, interests);
    const lists: Recommendation[][] = [];
    for (const interest of interests) {
      const wish = await wishOf(db, interest);
      const { words, archive } = wish;
      const usual = findInCatalogue(words, {
        accepts: ({ id }) => !known.has(id),
        most: fewest,
      });
      const least = usual.length === fewest ? usual.at(-1)!.like : 0;
      const found = find(words, {
        accepts: ({ id, categories, copies }) =>
          isNew(id) &&
          !copies.some((copy) => known.has(copy)) &&
          (archive === null || isOf(archive, categories)),
        most: MOST,
      }).filter(({ like }) => like >= least);
      const candidates = found.map(({ paper }) => paper);
      lists.push(recommend(candidates, wish, meanLength));
    }
    return inTurn(lists);
  };
}
