import { type Db, transaction } from '@/lib/db/sql';
import {
  addPendingBatch,
  addSignals,
  findCandidates,
  insertPapers,
  lockIngest,
  markWithdrawn,
  type PaperSignal,
  reserveIds,
  type StoredPaper,
  updatePapers,
} from '@/lib/ingest/store';
import type { Draft } from '@/lib/papers/draft';
import { KnownPapers } from '@/lib/papers/match';
import { mergeDraft } from '@/lib/papers/merge';

/** What became of each draft of a batch, in its order. */
export type Outcome = 'new' | 'updated' | 'unchanged' | { problem: string };

export interface BatchResult {
  outcomes: Outcome[];
  withdrawn: number;
  /** Papers that were written, to be tagged, indexed and ranked. */
  changedIds: number[];
  /** Row that remembers `changedIds` until that is done. */
  pendingId: number | null;
}

interface PlannedPaper extends StoredPaper {
  fate: 'new' | 'updated' | 'unchanged';
}

/** What storing `drafts` over `stored` means, without storing it. New papers have the id 0, ambiguous drafts no paper. */
export function planBatch(
  stored: readonly StoredPaper[],
  drafts: readonly Draft[],
  now: Date,
): { papers: (PlannedPaper | null)[]; fates: Outcome[] } {
  const known = new KnownPapers<PlannedPaper>();
  for (const paper of stored) known.add({ ...paper, fate: 'unchanged' });
  const papers: (PlannedPaper | null)[] = [];
  const fates: Outcome[] = [];

  for (const original of drafts) {
    const match = known.match(original);
    if (match && 'problem' in match) {
      papers.push(null);
      fates.push(match);
      continue;
    }
    // A DOI that another paper has already cannot be this one's too.
    const owner = known.byDoi(original.doi);
    const draft = owner && owner !== match ? { ...original, doi: null } : original;
    const merged = mergeDraft(match?.state ?? null, draft, now);
    const paper = match ?? { id: 0, state: merged!, fate: 'new' as const };
    if (match && merged) {
      paper.state = merged;
      if (paper.fate === 'unchanged') paper.fate = 'updated';
    }
    if (!match || merged) known.add(paper);
    papers.push(paper);
    fates.push(match ? (merged ? 'updated' : 'unchanged') : 'new');
  }
  return { papers, fates };
}

/** Stores a batch in one transaction: one lock, one read, one write a table. */
export async function storeBatch(
  db: Db,
  drafts: readonly Draft[],
  deletedArxivIds: readonly string[],
  now: Date,
): Promise<BatchResult> {
  return transaction(db, async (tx) => {
    await lockIngest(tx);
    const { papers, fates } = planBatch(await findCandidates(tx, drafts), drafts, now);
    const planned = [...new Set(papers)].filter((paper) => paper !== null);
    const added = planned.filter((paper) => paper.fate === 'new');
    const changed = planned.filter((paper) => paper.fate === 'updated');
    const ids = await reserveIds(tx, added.length);
    for (const [i, paper] of added.entries()) paper.id = ids[i]!;
    await insertPapers(tx, added, now);
    await updatePapers(tx, changed, now);

    const signals = papers.flatMap((paper, i): PaperSignal[] => {
      if (paper === null) return [];
      const { source, signals } = drafts[i]!;
      return signals.map((reading) => ({ ...reading, paperId: paper.id, source }));
    });
    const withNews = new Set(await addSignals(tx, signals));
    const withdrawnIds = await markWithdrawn(tx, deletedArxivIds, now);
    const outcomes = fates.map((fate, i): Outcome => {
      const paper = papers[i];
      return fate === 'unchanged' && paper && withNews.has(paper.id) ? 'updated' : fate;
    });
    const changedIds = [
      ...new Set([...added, ...changed].map(({ id }) => id).concat(...withNews, withdrawnIds)),
    ];
    const pendingId = await addPendingBatch(tx, changedIds);
    return { outcomes, withdrawn: withdrawnIds.length, changedIds, pendingId };
  });
}
