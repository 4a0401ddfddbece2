import { DAY_MS } from '@/lib/calendar/days';
import { type ModelDb, sql } from '@/lib/db/sql';
import { bumpCatalogueVersion } from '@/lib/feed/catalogue-version';
import { rankPapers } from '@/lib/feed/rank';
import { storedPaper } from '@/lib/ingest/store';
import { parseArxivId, parseDoi, titleKey } from '@/lib/papers/identity';
import type { PaperState } from '@/lib/papers/merge';
import { type Actor, authoriseAdmin } from '@/lib/readers/actor';
import { addTag, clearTag, removeTag } from '@/lib/tags/store';
import { tagBySlug } from '@/lib/tags/taxonomy';
import type { Act } from './acts';
import { perform } from './log-store';

/** What an admin sees of papers, hidden ones too, and does to them. */

const MOST_FOUND = 20;
const PIN_MS = DAY_MS;

export interface FoundPaper {
  id: number;
  title: string;
  hiddenAt: Date | null;
  pinnedUntil: Date | null;
  mergedInto: number | null;
}

const FOUND = sql`select id, title, hidden_at as "hiddenAt", pinned_until as "pinnedUntil",
  merged_into as "mergedInto" from paper`;

/** Papers with this number here, arXiv id, DOI or title. */
export async function findPapers(db: ModelDb, actor: Actor, text: string): Promise<FoundPaper[]> {
  authoriseAdmin(actor, 'admin:read');
  const typed = text.trim();
  const id = /^[1-9]\d{0,8}$/.test(typed) ? Number(typed) : null;
  const key = titleKey(typed);
  return db.$queryRaw(sql`
    ${FOUND} where id = ${id}::int or arxiv_id = ${parseArxivId(typed)?.id ?? null}
      or doi = ${parseDoi(typed)} or (${key} <> '' and title_key = ${key})
    order by id limit ${MOST_FOUND}`);
}

export interface PaperTagRow {
  slug: string;
  byHand: boolean;
  /** Taken off by hand: the tagger does not put it back. */
  removed: boolean;
}

/** A paper with its tags; null where there is none. */
export async function paperDetails(
  db: ModelDb,
  actor: Actor,
  id: number,
): Promise<(FoundPaper & { tags: PaperTagRow[]; state: PaperState }) | null> {
  authoriseAdmin(actor, 'admin:read');
  const [paper] = await db.$queryRaw<FoundPaper[]>(sql`${FOUND} where id = ${id}`);
  const stored = await storedPaper(db, id);
  if (!paper || !stored) return null;
  const tags = await db.paperTag.findMany({
    where: { paperId: id },
    select: { slug: true, byHand: true, removed: true },
    orderBy: [{ weight: 'desc' }, { slug: 'asc' }],
  });
  return { ...paper, tags, state: stored.state };
}

/** What is done to which paper, and why. */
export interface PaperDeed {
  paperId: number;
  reason: string;
}

/** Takes a paper out of every page, feed, search and digest. Null where it is not shown. */
export function hidePaper(db: ModelDb, actor: Actor, deed: PaperDeed, now: Date) {
  return change(db, actor, { ...deed, act: 'hide' }, now, (tx) =>
    tx.$executeRaw(sql`
      update paper set hidden_at = ${now}, pinned_until = null
      where id = ${deed.paperId} and hidden_at is null`),
  );
}

/** Null where it is not hidden, or was merged into another. */
export function unhidePaper(db: ModelDb, actor: Actor, deed: PaperDeed, now: Date) {
  return change(db, actor, { ...deed, act: 'unhide' }, now, (tx) =>
    tx.$executeRaw(sql`
      update paper set hidden_at = null
      where id = ${deed.paperId} and hidden_at is not null and merged_into is null`),
  );
}

/** Puts a paper first on the front page for a day. Null where it is not shown. */
export function pinPaper(db: ModelDb, actor: Actor, deed: PaperDeed, now: Date) {
  const until = new Date(now.getTime() + PIN_MS);
  return change(db, actor, { ...deed, act: 'pin' }, now, (tx) =>
    tx.$executeRaw(sql`
      update paper set pinned_until = ${until} where id = ${deed.paperId} and hidden_at is null`),
  );
}

/** Null where it is not pinned. */
export function unpinPaper(db: ModelDb, actor: Actor, deed: PaperDeed, now: Date) {
  return change(db, actor, { ...deed, act: 'unpin' }, now, (tx) =>
    tx.$executeRaw(sql`
      update paper set pinned_until = null where id = ${deed.paperId} and pinned_until > ${now}`),
  );
}

const TAG_ACTS = { add: addTag, remove: removeTag, clear: clearTag };
export type TagAct = keyof typeof TAG_ACTS;

/** There is no such tag. */
export class UnknownTag extends Error {
  override name = 'UnknownTag';
}

/**
 * Sets a tag of a paper by hand, which outlives re-tagging, or leaves it to the tagger again. Null where there
 * is no such paper, or nothing was set by hand.
 */
export function tagPaper(
  db: ModelDb,
  actor: Actor,
  { paperId, slug, how, reason }: PaperDeed & { slug: string; how: TagAct },
  now: Date,
) {
  const tag = tagBySlug(slug);
  if (!tag) throw new UnknownTag(`There is no tag "${slug}".`);
  const deed = { paperId, reason, act: `tag-${how}` as const, detail: tag.name };
  return change(db, actor, deed, now, async (tx) => {
    if ((await tx.paper.count({ where: { id: paperId } })) === 0) return 0;
    return (await TAG_ACTS[how](tx, paperId, slug)) === false ? 0 : 1;
  });
}

/** Changes one paper, ranks it anew and tells the web processes; `work` gives how many rows it changed. */
async function change(
  db: ModelDb,
  actor: Actor,
  { detail, ...deed }: PaperDeed & { act: Act; detail?: string },
  now: Date,
  work: (tx: ModelDb) => Promise<number>,
): Promise<{ paperId: number } | null> {
  const { paperId } = deed;
  const done = await perform(db, actor, deed, now, async (tx) => {
    if ((await work(tx)) === 0) return null;
    await rankPapers(tx, [paperId], now);
    return { value: { paperId }, ...(detail && { detail }) };
  });
  if (done) await bumpCatalogueVersion(db);
  return done;
}
