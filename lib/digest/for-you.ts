import type { ModelDb } from '@/lib/db/sql';
import { becauseWords, savedTitles } from '@/lib/interests/because-words';
import { withReasons } from '@/lib/interests/for-reader';
import { readersWithInterests } from '@/lib/interests/interest-store';
import { newPaperFinder } from '@/lib/interests/new-papers';
import type { Recommendation } from '@/lib/interests/recommend';
import { withNarrower } from '@/lib/tags/tag-tree';
import type { EditionRow } from './edition-store';
import { mailedAmong, type Recipient } from './recipient-store';
import {
  type ContentSection,
  type DigestRequest,
  type Source,
  selectPapers,
  type TagNames,
} from './select';

/** Papers like those of a reader's interests: which new ones go into a digest, and why. */

/** A paper that may go in. */
export interface Offered {
  id: number;
  /** Its own id, and those of revisions and copies. */
  copies: readonly number[];
  /** In words. */
  why: string;
}

/** For each digest, by the id of its subscription, what its reader was not mailed; the best first. */
export function createOffers(db: ModelDb) {
  const finders = new Map<EditionRow, ReturnType<typeof newPaperFinder>>();

  function finder(edition: EditionRow) {
    let made = finders.get(edition);
    if (!made) {
      made = newPaperFinder(
        db,
        edition.ranked.map(({ id }) => id),
      );
      finders.set(edition, made);
    }
    return made;
  }

  return async (
    wanted: readonly { recipient: Recipient; edition: EditionRow }[],
  ): Promise<Map<number, Offered[]>> => {
    const readerIds = wanted.map(({ recipient }) => recipient.reader.id);
    const asking = await readersWithInterests(db, readerIds);
    const found = new Map<Recipient, Recommendation[]>();
    for (const { recipient, edition } of wanted) {
      const { reader, coveredUntil, mutedTags, forYou } = recipient;
      if (forYou === 0 || !asking.has(reader.id)) continue;
      const since = coveredUntil?.getTime() ?? 0;
      const muted = new Set(withNarrower(mutedTags));
      const isNew = new Set<number>();
      for (const { id, newAt, tags } of edition.ranked) {
        if (newAt > since && !tags.some((slug) => muted.has(slug))) isNew.add(id);
      }
      const find = await finder(edition);
      const actor = { kind: 'operator', readerId: reader.id } as const;
      found.set(recipient, await find(actor, (id) => isNew.has(id)));
    }
    const copies = [...found.values()].flat().flatMap(({ copies }) => copies);
    const mailed = await mailedAmong(db, [...asking], [...new Set(copies)]);
    const offers = [...found].map(([{ subscriptionId, reader }, papers]) => ({
      subscriptionId,
      papers: papers.filter(({ copies }) => isUnseen(copies, mailed.get(reader.id)!)),
    }));
    const reasons = await readReasons(
      db,
      offers.flatMap(({ papers }) => papers),
    );
    return new Map(
      offers.map(({ subscriptionId, papers }) => [
        subscriptionId,
        papers.map((paper) => ({
          id: paper.id,
          copies: paper.copies,
          why: reasons.get(paper)!,
        })),
      ]),
    );
  };
}

const isUnseen = (copies: readonly number[], seen: ReadonlySet<number>) =>
  !copies.some((id) => seen.has(id));

async function readReasons(db: ModelDb, papers: readonly Recommendation[]) {
  const reasons = (await withReasons(db, papers)).map(({ because }) => because);
  const titles = await savedTitles(db, reasons);
  return new Map(papers.map((paper, i) => [paper, becauseWords(reasons[i]!, titles)]));
}

/**
 * Chooses a digest's papers: of what is offered as many as the reader wants, half of the digest at most, and
 * none that another section has. What stays free goes to the other sections.
 */
export function selectWithOffers(
  sources: readonly Source[],
  request: DigestRequest & Pick<Recipient, 'forYou'>,
  nameOf: TagNames,
  offered: readonly Offered[],
): ContentSection[] {
  const room = Math.min(request.forYou, Math.floor(request.maxPapers / 2), offered.length);
  if (room === 0) return selectPapers(sources, request, nameOf);
  const select = (chosen: readonly Offered[], count: number) =>
    selectPapers(
      sources,
      {
        ...request,
        maxPapers: request.maxPapers - count,
        mailed: new Set([...request.mailed, ...chosen.flatMap(({ copies }) => copies)]),
      },
      nameOf,
    );
  const taken = new Set(
    select([], room).flatMap(({ items }) => items.map(({ paperId }) => paperId)),
  );
  const chosen = offered.filter(({ copies }) => isUnseen(copies, taken)).slice(0, room);
  const sections = select(chosen, chosen.length);
  if (chosen.length === 0) return sections;
  const items = chosen.map(({ id, why }) => ({ paperId: id, why }));
  return [...sections, { kind: 'for-you', heading: 'For you', items }];
}
