import type { ModelDb } from '@/lib/db/sql';
import type { Cadence } from '@/lib/subscribers/preferences';
import {
  candidatesOf,
  currentEdition,
  type EditionRow,
  frozenEdition,
  standingList,
} from './edition-store';
import { mailedAmong, type Recipient, revisedAmong } from './recipient-store';
import {
  type Candidate,
  type ContentItem,
  type DigestContent,
  type Source,
  selectPapers,
  whyNothing,
} from './select';
import { tagName, withBroader, withNarrower } from './tag-tree';

/** Ids of the best hits of a saved search, first ones first; `since` limits them to newer papers. */
export type SearchPapers = (query: string, since: Date | null) => Promise<number[]>;

export type Composition =
  | { editionId: number | null; content: DigestContent }
  /** Nothing to send, and why, for the reader. */
  | { nothing: string };

export interface ComposeOptions {
  now: Date;
  /** Freezes the hour's edition, for sending; a preview looks at this very moment. */
  freeze: boolean;
  search: SearchPapers;
}

/** Papers that changed longer ago than this are not told any more. */
const REVISED_DAYS = 35;
const DAY = 86_400_000;
/** Lists kept between calls; readers mostly share them. */
const KEPT_LISTS = 500;

/**
 * Composes digests: the one way, for sending and for previews. Lists that many readers share are
 * asked for once for the life of the composer.
 */
export function createComposer(db: ModelDb, { now, freeze, search }: ComposeOptions) {
  const kept = new Map<string, Promise<Candidate[]>>();
  const editions = new Map<Cadence, Promise<EditionRow>>();

  function once(key: string, make: () => Promise<Candidate[]>): Promise<Candidate[]> {
    let list = kept.get(key);
    if (!list) {
      if (kept.size >= KEPT_LISTS) kept.delete(kept.keys().next().value!);
      list = make().then((candidates) =>
        candidates.map((each) => ({ ...each, tags: withBroader(each.tags) })),
      );
      kept.set(key, list);
    }
    return list;
  }

  function edition(cadence: Cadence): Promise<EditionRow> {
    let row = editions.get(cadence);
    if (!row) {
      row = (freeze ? frozenEdition : currentEdition)(db, cadence, now);
      editions.set(cadence, row);
    }
    return row;
  }

  async function sourcesOf(recipient: Recipient): Promise<Source[]> {
    const { cadence, coveredUntil, tags, mutedTags } = recipient;
    const since = coveredUntil?.getTime() ?? null;
    const trending =
      since === null
        ? once(`standing ${JSON.stringify([tags, mutedTags])}`, () =>
            standingList(db, withNarrower(tags), withNarrower(mutedTags), now),
          )
        : once(`new ${cadence} ${since}`, async () =>
            (await edition(cadence)).ranked.filter((candidate) => candidate.newAt > since),
          );
    const searches = recipient.searches.map(async (query) => ({
      kind: 'search' as const,
      heading: query,
      ranked: 'the hits',
      candidates: await once(`search ${since} ${query}`, async () => {
        const hits = await candidatesOf(db, await search(query, coveredUntil));
        return since === null ? hits : hits.filter((candidate) => candidate.newAt > since);
      }),
    }));
    const heading =
      tags.length === 0 || tags.length > 3
        ? 'Trending'
        : `Trending in ${tags.map(tagName).join(', ')}`;
    return [
      {
        kind: 'trending',
        heading,
        ranked: since === null ? 'the papers that are trending now' : 'the new papers',
        candidates: await trending,
      },
      ...(await Promise.all(searches)),
    ];
  }

  return async function compose(
    wanted: { recipient: Recipient; issue: string }[],
  ): Promise<Composition[]> {
    const readerIds = wanted.map(({ recipient }) => recipient.reader.id);
    const sources = await Promise.all(wanted.map(({ recipient }) => sourcesOf(recipient)));
    const candidateIds = new Set<number>();
    for (const list of new Set(sources.flat().map(({ candidates }) => candidates))) {
      for (const { id } of list) candidateIds.add(id);
    }
    const mailed = await mailedAmong(db, readerIds, [...candidateIds]);
    const revised = await revisedAmong(db, readerIds, new Date(now.getTime() - REVISED_DAYS * DAY));
    const ends = new Map<Cadence, EditionRow>();
    for (const { recipient } of wanted) {
      const { cadence } = recipient;
      if (!ends.has(cadence)) ends.set(cadence, await edition(cadence));
    }
    return wanted.map(({ recipient, issue }, index) => {
      const { reader, cadence, coveredUntil, timezone } = recipient;
      const request = { ...recipient, mailed: mailed.get(reader.id)! };
      const sections = selectPapers(sources[index]!, request, tagName);
      if (sections.length === 0) {
        const since = coveredUntil && dayIn(coveredUntil, timezone);
        return { nothing: whyNothing(sources[index]!, request, since) };
      }
      const { id, endsAt } = ends.get(cadence)!;
      // A first digest is made of the front page as it stands now, not at the last full hour.
      const until = coveredUntil === null ? now : endsAt;
      return {
        editionId: id,
        content: {
          issue,
          until: until.toISOString(),
          sections,
          revised: revised
            .filter((each) => each.readerId === reader.id)
            .slice(0, 5)
            .map(revisionItem),
        },
      };
    });
  };
}

function revisionItem({
  paperId,
  version,
  withdrawn,
}: {
  paperId: number;
  version: number | null;
  withdrawn: boolean;
}): ContentItem {
  if (withdrawn) return { paperId, why: 'Withdrawn since we mailed it to you' };
  return { paperId, why: `Revised since we mailed it to you: now version ${version}` };
}

function dayIn(moment: Date, timezone: string): string {
  return new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: timezone }).format(moment);
}
