import type { ModelDb } from '@/lib/db/sql';
import { type Interest, interestsOf, knownPapers } from '@/lib/interests/interest-store';
import { editedProfile, importance, type ProfileWord } from '@/lib/interests/profile';
import { type Because, because, type Recommendation, type Wish } from '@/lib/interests/recommend';
import { forYou, rememberedProfile } from '@/lib/interests/recommended';
import { readShownWords } from '@/lib/interests/store';
import type { Actor } from '@/lib/readers/actor';

export interface ForReaderRequest {
  /** Key of an interest; null: all of the reader's in turn, of many the ten that grew last. */
  interest: string | null;
  limit: number;
  after: string | null;
}

export interface ForReader {
  /** All interests of the reader. */
  interests: Interest[];
  papers: { id: number; because: Because[] }[];
  next: string | null;
}

/**
 * Papers for a reader, with the saved papers and the words that brought each; words as texts write them.
 * Null where the reader has no interest of that key.
 */
export async function forReader(
  db: ModelDb,
  actor: Actor,
  { interest, limit, after }: ForReaderRequest,
): Promise<ForReader | null> {
  const interests = await interestsOf(db, actor);
  const chosen =
    interest === null ? lastGrown(interests) : interests.filter(({ key }) => key === interest);
  if (interest !== null && chosen.length === 0) return null;
  const known = await knownWith(db, actor, chosen);
  const wishes: Wish[] = [];
  for (const each of chosen) wishes.push(await wishOf(db, each));
  const page = await forYou(db, wishes, known, { limit, after });
  return { interests, papers: await withReasons(db, page.papers), next: page.next };
}

/** What the reader needs no recommendation of: what they saved or voted on, and what these interests are made of. */
export async function knownWith(
  db: ModelDb,
  actor: Actor,
  interests: readonly Interest[],
): Promise<Set<number>> {
  return new Set([...(await knownPapers(db, actor)), ...interests.flatMap(({ papers }) => papers)]);
}

/** What an interest asks for, as its reader edited it. */
export async function wishOf(db: ModelDb, interest: Interest): Promise<Wish> {
  const { words, archive, direction } = await rememberedProfile(db, interest.papers);
  return {
    words: editedProfile(words, interest),
    archive: interest.everywhere ? null : archive,
    direction,
    balance: interest.balance,
  };
}

/** Each with what brought it, words as texts write them. */
export async function withReasons(
  db: ModelDb,
  papers: readonly Recommendation[],
): Promise<{ id: number; because: Because[] }[]> {
  const reasons = papers.map(because);
  const stems = reasons.flat().flatMap(({ word }) => word ?? []);
  const shown = await readShownWords(db, stems);
  return papers.map(({ id }, i) => ({
    id,
    because: reasons[i]!.map((each) =>
      each.word === undefined ? each : { ...each, word: shown.get(each.word) ?? each.word },
    ),
  }));
}

/** Each takes some 30 ms. */
const MOST_AT_ONCE = 10;

/** The interests with something to look for; of many, those that papers were added to last. */
export function lastGrown(interests: readonly Interest[]): Interest[] {
  return interests
    .filter(({ papers, added }) => papers.length + added.length > 0)
    .sort((a, b) => b.grownAt.getTime() - a.grownAt.getTime())
    .slice(0, MOST_AT_ONCE);
}

/** An interest laid open: its words with their weights, and what the reader changed. */
export interface OpenInterest {
  /** The most important first; `part` compares each with that. */
  words: { stem: string; word: string; part: number; added: boolean }[];
  dropped: { stem: string; word: string }[];
  archive: string | null;
}

export async function openInterest(db: ModelDb, interest: Interest): Promise<OpenInterest> {
  const { words, archive } = await rememberedProfile(db, interest.papers);
  const edited: ProfileWord[] = editedProfile(words, interest);
  const stems = [...edited.map(({ stem }) => stem), ...interest.dropped];
  const shown = await readShownWords(db, stems);
  const wordOf = (stem: string) => shown.get(stem) ?? stem;
  const most = edited[0] ? importance(edited[0]) : 1;
  return {
    words: edited.map((each) => ({
      stem: each.stem,
      word: wordOf(each.stem),
      part: importance(each) / most,
      added: interest.added.includes(each.stem),
    })),
    dropped: interest.dropped.map((stem) => ({ stem, word: wordOf(stem) })),
    archive,
  };
}
