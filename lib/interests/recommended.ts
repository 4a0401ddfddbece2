import { hash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { DAY_MS } from '@/lib/calendar/days';
import type { Db } from '@/lib/db/sql';
import { sharedArchive } from '@/lib/interests/archive';
import { type ProfileWord, profileOf, savedWords } from '@/lib/interests/profile';
import { inTurn, type Recommendation, recommend, type Wish } from '@/lib/interests/recommend';
import { readCandidates, readSaved } from '@/lib/interests/store';
import { INDEX_VERSION } from '@/lib/search/index/document';
import { readLexicon } from '@/lib/search/index/lexicon';
import { type Direction, readNearness, readVectors } from '@/lib/search/vectors/store';
import { meanOf } from '@/lib/search/vectors/vector';

/** What the saved papers of an interest come to. */
export interface Profile {
  words: ProfileWord[];
  /** See `sharedArchive`. */
  archive: string | null;
  /** Where their vectors point to; null where none has one. */
  direction: Direction | null;
}

/** Reads what papers come to as an interest. */
export async function readProfile(db: Db, papers: readonly number[]): Promise<Profile> {
  const rows = await readSaved(db, papers);
  const saved = rows.map(({ id, text }) => savedWords(id, text));
  const stems = new Set(saved.flatMap(({ counts }) => [...counts.keys()]));
  const lexicon = await readLexicon(db, [...stems]);
  const { model, vectors } = await readVectors(db, papers);
  const vector = meanOf([...vectors.values()]);
  return {
    words: profileOf(saved, lexicon),
    direction: vector && { model, vector },
    archive: sharedArchive(rows.map(({ categories }) => categories)),
  };
}

/** What this process has read of papers lately: the words of 500 take longer than all that follows. */
const profiles = new LRUCache<string, Profile>({ max: 1_000, ttl: DAY_MS });

/** The same, remembered for a day. New papers of the catalogue hardly change it. */
export async function rememberedProfile(db: Db, papers: readonly number[]): Promise<Profile> {
  const key = hash('sha256', `${INDEX_VERSION} ${papers.join(' ')}`, 'base64');
  const known = profiles.get(key);
  if (known) return known;
  const profile = await readProfile(db, papers);
  // Papers that were added just now are not yet indexed.
  if (profile.words.length > 0) profiles.set(key, profile);
  return profile;
}

/** Papers that an interest looks at: with 300 the first 20 are better by .001 of nDCG, and take a quarter longer. */
const CANDIDATES = 200;
/** Where fewer of them are new to the reader, it looks deeper. */
const FEWEST_NEW = 100;
const DEEPER = 1_000;

/** The papers of one interest in its order, those that the reader knows left in. */
async function listOf(
  db: Db,
  wish: Wish,
  isNew: (paper: { copies: readonly number[] }) => boolean,
): Promise<Recommendation[]> {
  const { words } = wish;
  const lexicon = await readLexicon(
    db,
    words.map(({ stem }) => stem),
  );
  let candidates = await readCandidates(db, words, lexicon, CANDIDATES);
  if (candidates.length >= CANDIDATES && candidates.filter(isNew).length < FEWEST_NEW) {
    candidates = await readCandidates(db, words, lexicon, DEEPER);
  }
  const near = await readNearness(
    db,
    wish.direction,
    candidates.map(({ id }) => id),
  );
  return recommend(candidates, wish, lexicon.size.meanLength, near);
}

export interface ForYouPage {
  papers: Recommendation[];
  /** For the next page; null on the last one. */
  next: string | null;
}

/**
 * Papers for a reader by several interests in turn. Those that they know, saved or dismissed, and their
 * copies are left out where they would stand, so that a page goes on where the one before ended.
 */
export async function forYou(
  db: Db,
  wishes: readonly Wish[],
  known: ReadonlySet<number>,
  { limit, after }: { limit: number; after: string | null },
): Promise<ForYouPage> {
  const isNew = ({ copies }: { copies: readonly number[] }) => !copies.some((id) => known.has(id));
  // At once: the database looks for one while another is scored here.
  const lists = await Promise.all(wishes.map((wish) => listOf(db, wish, isNew)));
  const all = inTurn(lists);
  const papers: Recommendation[] = [];
  for (let place = isPlace(after) ? Number(after) : 0; place < all.length; place++) {
    const paper = all[place]!;
    if (!isNew(paper)) continue;
    if (papers.length === limit) return { papers, next: String(place) };
    papers.push(paper);
  }
  return { papers, next: null };
}

/** Whether `after` is the `next` of a page. */
export const isPlace = (after: string | null): after is string =>
  after !== null && /^\d{1,4}$/.test(after);
