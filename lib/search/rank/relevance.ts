import type { Db } from '@/lib/db/sql';
import { type Lexicon, readLexicon } from '@/lib/search/index/lexicon';
import { rankedTexts } from '@/lib/search/index/store';
import { type Filter, filterOf } from '@/lib/search/query/filter';
import { type SearchPlan, wholeOf } from '@/lib/search/query/plan';
import { inverseFrequency } from '@/lib/search/rank/bm25';
import { byScore, rankAmong } from '@/lib/search/rank/candidates';
import { type EngineName, engineFor } from '@/lib/search/rank/engines';
import { findLooser, findWhole } from '@/lib/search/rank/matches';
import {
  type Count,
  countOf,
  type Found,
  MOST_RESULTS,
  NONE,
  type PageRequest,
} from '@/lib/search/rank/page';
import { addPrior, LONGEST_HEAD_QUERY } from '@/lib/search/rank/prior';
import { rescorer } from '@/lib/search/rank/proximity';
import type { RankAnswer, RankRequest, ScoredPaper, SearchEngine } from '@/lib/search/rank/types';

interface RelevanceRequest extends PageRequest {
  engine?: EngineName;
  /** Papers that stand first where the query finds them. */
  first: readonly number[];
  /** Whether only whole matches are wanted. */
  exact?: boolean;
}

/** The first papers by BM25 are put in order by what stands together in them as well. */
const REORDERED = 50;
/** Where more match than can be counted, the best ones of which tags and years are counted. */
const SAMPLE = 300;
/** So few whole matches are ranked one by one. */
const FEW = 100;

/** Whether `after` is the `next` of a page by relevance. */
export function isRank(after: string): boolean {
  return /^\d{1,4}$/.test(after) && Number(after) <= MOST_RESULTS;
}

/**
 * Papers that have some of the query's words and fulfil the rest of it. Whole matches, with all words and
 * phrases, stand first; within them, and within the looser ones, the best match does.
 */
export async function byRelevance(
  db: Db,
  plan: SearchPlan,
  { limit, after, count, window, engine, first, exact }: RelevanceRequest,
): Promise<Found> {
  const start = after && isRank(after) ? Number(after) : 0;
  const end = Math.min(start + limit, MOST_RESULTS);
  const stems = [...new Set([...plan.weights.keys(), ...plan.order])];
  let read: Promise<Lexicon> | undefined;
  const ranking: Ranking = {
    db,
    plan,
    engine: await engineFor(db, engine),
    lexicon: () => (read ??= readLexicon(db, stems)),
    first,
  };
  // Needed later: read along with the whole matches it takes no time of its own.
  ranking.lexicon().catch(() => {});
  const all = filterOf(plan, window);
  // Of one word or prefix every paper found is a whole match.
  const isOne = plan.whole.length <= 1 && (plan.weights.size <= 1 || plan.order.length === 0);
  const strict = filterOf(wholeOf(plan), window);
  const uncounted = isOne && (!count || (await isFrequent(plan, all, ranking.lexicon)));
  const matching = uncounted ? UNCOUNTED : await findWhole(db, strict, count ? MOST_RESULTS : end);
  const whole = uncounted ? MOST : countOf(matching.ids.length, matching.cut);
  const sample = count && whole.more ? SAMPLE : 0;
  const best =
    matching.ids.length === 0 && !matching.cut
      ? NOTHING
      : await ranked(ranking, {
          filter: uncounted ? all : strict,
          among: matching.ids.length <= FEW && !matching.cut ? matching.ids : null,
          start,
          want: Math.max(end + 1, sample),
        });
  const hasLooser = !exact && !isOne;
  const isWhole = new Set(whole.more ? best.ids : matching.ids);
  const looser =
    hasLooser && best.ids.length <= end
      ? await ranked(ranking, { filter: all, start: start - best.ids.length, want: end + 1 })
      : NOTHING;
  const ids = [...best.ids, ...looser.ids.filter((id) => !isWhole.has(id))];
  const loose = { filter: all, stems: [...plan.weights.keys()], whole };
  return {
    ids: ids.slice(start, end),
    whole: Math.max(0, Math.min(best.ids.length, end) - start),
    next: ids.length > end && end < MOST_RESULTS ? String(end) : null,
    counted: count
      ? {
          ids: whole.more ? best.ids.slice(0, SAMPLE) : matching.ids,
          whole,
          looser: hasLooser
            ? await findLooser(db, { ...loose, lexicon: await ranking.lexicon() })
            : NONE,
        }
      : null,
    messages:
      best.cut || looser.cut
        ? ['Too many papers match to look at them all, so some may be missing.']
        : [],
  };
}

/** What the rankings of one search have in common. */
interface Ranking {
  db: Db;
  plan: SearchPlan;
  engine: SearchEngine;
  lexicon: () => Promise<Lexicon>;
  first: readonly number[];
}

const NOTHING: { ids: readonly number[]; cut: boolean } = { ids: [], cut: false };

const UNCOUNTED = { ids: [], cut: true };
const MOST: Count = { count: MOST_RESULTS, more: true };

/** Whether more papers have the one stem than can be counted: the lexicon knows it well enough. */
async function isFrequent(
  plan: SearchPlan,
  filter: Filter,
  lexicon: () => Promise<Lexicon>,
): Promise<boolean> {
  const [stem, ...others] = plan.weights.keys();
  if (stem === undefined || others.length > 0 || !filter.isEmpty) return false;
  return (await lexicon()).papers(stem) > 2 * MOST_RESULTS;
}

interface RankedPart {
  filter: Filter;
  /** The papers of the filter, where they are few and known. */
  among?: readonly number[] | null;
  /** Where the page starts in this part. */
  start: number;
  want: number;
}

/** The first papers of a filter by relevance. */
async function ranked(
  { db, plan, engine, lexicon, first }: Ranking,
  { filter, among, start, want }: RankedPart,
): Promise<typeof NOTHING> {
  if (plan.weights.size === 0) return NOTHING;
  const reorders = plan.order.length > 0 && start < REORDERED;
  const request: RankRequest = {
    weights: plan.weights,
    lexicon,
    filter,
    want: Math.max(want, REORDERED),
    texts: reorders,
    partial: true,
  };
  const found = await (among ? rankAmong(db, request, among) : engine.rank(db, request));
  const papers = reorders ? await reordered(db, plan, request, found) : found.papers;
  const best = papers.map((paper) => paper.id);
  return {
    ids: [...new Set([...first.filter((id) => best.includes(id)), ...best])],
    cut: found.cut,
  };
}

/** Adds to the scores of the first papers what BM25 leaves out, and sorts these papers by it. */
async function reordered(
  db: Db,
  plan: SearchPlan,
  request: RankRequest,
  found: RankAnswer,
): Promise<ScoredPaper[]> {
  const head = found.papers.slice(0, REORDERED);
  if (head.length < 2) return found.papers;
  const unread = head.filter((paper) => paper.text === null).map((paper) => paper.id);
  const texts = unread.length > 0 ? await rankedTexts(db, unread) : new Map<number, string>();
  const lexicon = await request.lexicon();
  const rescore = rescorer(plan.order, (stem) => inverseFrequency(stem, lexicon), {
    weights: found.unscored,
    meanLength: lexicon.size.meanLength,
  });
  for (const paper of head) {
    paper.score = rescore(paper.score, paper.text ?? texts.get(paper.id) ?? '');
  }
  if (plan.order.length <= LONGEST_HEAD_QUERY) await addPrior(db, head, plan.topics);
  return [...head.sort(byScore), ...found.papers.slice(REORDERED)];
}
