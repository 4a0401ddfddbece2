import type { Db } from '@/lib/db/sql';
import { type Lexicon, readLexicon } from '@/lib/search/index/lexicon';
import { rankedTexts } from '@/lib/search/index/store';
import { filterOf } from '@/lib/search/query/filter';
import type { SearchPlan } from '@/lib/search/query/plan';
import { inverseFrequency } from '@/lib/search/rank/bm25';
import { byScore } from '@/lib/search/rank/candidates';
import { type EngineName, engineFor } from '@/lib/search/rank/engines';
import { counted, type Found, MOST_RESULTS, type PageRequest } from '@/lib/search/rank/page';
import { rescorer } from '@/lib/search/rank/proximity';
import type { RankAnswer, RankRequest, ScoredPaper } from '@/lib/search/rank/types';

interface RelevanceRequest extends PageRequest {
  engine?: EngineName;
  /** Papers that stand first where the query finds them. */
  first: readonly number[];
}

/** The first papers by BM25 are put in order by what stands together in them as well. */
const REORDERED = 50;

/** Whether `after` is the `next` of a page by relevance. */
export function isRank(after: string): boolean {
  return /^\d{1,4}$/.test(after) && Number(after) <= MOST_RESULTS;
}

/** Papers that have some of the query's words and fulfil the rest of it, the best match first. */
export async function byRelevance(
  db: Db,
  plan: SearchPlan,
  { limit, after, count, window, engine, first }: RelevanceRequest,
): Promise<Found> {
  const start = after && isRank(after) ? Number(after) : 0;
  const end = Math.min(start + limit, MOST_RESULTS);
  let lexicon: Promise<Lexicon> | undefined;
  const reorders = plan.order.length > 1 && start < REORDERED;
  const request: RankRequest = {
    weights: plan.weights,
    lexicon: () => (lexicon ??= readLexicon(db, [...plan.weights.keys()])),
    filter: filterOf(plan, window),
    want: count ? MOST_RESULTS + 1 : Math.max(end + 1, REORDERED),
    texts: reorders,
    partial: true,
  };
  // Needed later: read along with the ranking it takes no time of its own.
  if (reorders) request.lexicon().catch(() => {});
  const found: RankAnswer =
    plan.weights.size > 0
      ? await (await engineFor(db, engine)).rank(db, request)
      : { papers: [], cut: false, unscored: new Map() };
  const papers = reorders ? await reordered(db, plan, request, found) : found.papers;
  const best = papers.map((paper) => paper.id);
  const ids = [...new Set([...first.filter((id) => best.includes(id)), ...best])];
  return {
    ids: ids.slice(start, end),
    next: ids.length > end && end < MOST_RESULTS ? String(end) : null,
    counted: count ? counted(ids, found.cut) : null,
    messages: found.cut
      ? ['So many papers fit that not all could be looked at: some may be missing.']
      : [],
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
  return [...head.sort(byScore), ...found.papers.slice(REORDERED)];
}
