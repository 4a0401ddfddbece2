import type { Db } from '@/lib/db/sql';
import { sharedArchive } from '@/lib/interests/archive';
import {
  editedProfile,
  type ProfileWord,
  profileOf,
  type WordEdits,
} from '@/lib/interests/profile';
import { inTurn, type Recommendation, recommend } from '@/lib/interests/recommend';
import { readCandidates, readCopyKeys, readKnown } from '@/lib/interests/store';
import { readLexicon } from '@/lib/search/index/lexicon';

/** What recommendations are made from. */
export interface InterestSource extends WordEdits {
  papers: readonly number[];
  /** From 0, popular, to 1, like the saved papers. */
  balance: number;
  /** Whether papers outside the archive that most saved papers share are wanted too. */
  everywhere: boolean;
}

/** Papers that an interest looks at. Of 300 and of 500 the first 20 are the same within .002 of nDCG. */
const CANDIDATES = 300;
/** Where so many of them are the reader's own, it looks deeper. */
const FEWEST_NEW = 100;
const DEEPER = 1_000;
/** The papers of one interest in its order, those that the reader knows left in. */
async function listOf(
  db: Db,
  source: InterestSource,
  known: ReadonlySet<string>,
): Promise<Recommendation[]> {
  const { words, archive, meanLength, lexicon } = await readProfile(db, source);
  const look = (want: number) => readCandidates(db, words, lexicon, want);
  let candidates = await look(CANDIDATES);
  const isNew = ({ copyKey }: { copyKey: string }) => !known.has(copyKey);
  if (candidates.length >= CANDIDATES && candidates.filter(isNew).length < FEWEST_NEW) {
    candidates = await look(DEEPER);
  }
  return recommend(candidates, { words, archive, meanLength, balance: source.balance });
}

/** What an interest looks for. */
export async function readProfile(db: Db, source: InterestSource) {
  const saved = await readKnown(db, source.papers);
  const stems = new Set(saved.flatMap(({ text }) => text.split(/\s+/)));
  const lexicon = await readLexicon(db, [...stems, ...source.added]);
  const words: ProfileWord[] = editedProfile(profileOf(saved, lexicon), source);
  const archive = source.everywhere ? null : sharedArchive(saved.map((paper) => paper.categories));
  return { words, archive, meanLength: lexicon.size.meanLength, lexicon };
}

export interface ForYouPage {
  papers: Recommendation[];
  /** For the next page; null on the last one. */
  next: string | null;
}

/**
 * Papers for a reader by several interests in turn. What they saved or dismissed, and its copies, are left
 * out where they would stand, so that a page goes on where the one before ended.
 */
export async function forYou(
  db: Db,
  sources: readonly InterestSource[],
  dismissed: readonly number[],
  { limit, after }: { limit: number; after: string | null },
): Promise<ForYouPage> {
  const saved = sources.flatMap(({ papers }) => papers);
  const known = await readCopyKeys(db, [...saved, ...dismissed]);
  const lists: Recommendation[][] = [];
  for (const source of sources) lists.push(await listOf(db, source, known));
  const all = inTurn(lists);
  const start = after && /^\d{1,4}$/.test(after) ? Number(after) : 0;
  const papers: Recommendation[] = [];
  for (let place = start; place < all.length; place++) {
    const paper = all[place]!;
    if (known.has(paper.copyKey)) continue;
    if (papers.length === limit) return { papers, next: String(place) };
    papers.push(paper);
  }
  return { papers, next: null };
}
