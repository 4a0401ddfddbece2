import { longDayName } from '@/lib/calendar/day-names';
import { DAY_MS } from '@/lib/calendar/days';
import type { ModelDb } from '@/lib/db/sql';
import { WINDOW_SPANS } from '@/lib/feed/labels';
import type { Window } from '@/lib/feed/periods';
import { type KeptRising, readRising } from '@/lib/rising/store';
import { authorSearch } from '@/lib/search/author';
import type { Cadence } from '@/lib/subscribers/preferences';
import { localDay } from '@/lib/subscribers/timetable';
import { tagName, withBroader, withNarrower } from '@/lib/tags/tag-tree';
import {
  candidatesOf,
  currentEdition,
  type EditionRow,
  frozenEdition,
  standingList,
} from './edition-store';
import { createOffers, selectWithOffers } from './for-you';
import { mailedAmong, type Recipient, revisedAmong } from './recipient-store';
import { chooseRising } from './rising-choice';
import {
  type Candidate,
  type ContentItem,
  type ContentSection,
  countWanted,
  type DigestContent,
  type Source,
  whyNothing,
  whyWaits,
} from './select';
import { issueWords } from './words';

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
/** Lists kept between calls; readers mostly share them. */
const KEPT_LISTS = 500;

/**
 * Composes digests: the one way, for sending and for previews. Lists that many readers share are
 * asked for once for the life of the composer.
 */
export function createComposer(db: ModelDb, { now, freeze, search }: ComposeOptions) {
  const kept = new Map<string, Promise<List>>();
  const counts = new Map<string, number>();
  const editions = new Map<Cadence, Promise<EditionRow>>();
  let rising: Promise<KeptRising[]> | undefined;
  const offersOf = createOffers(db);

  function once(key: string, make: () => Promise<List>): Promise<List> {
    let list = kept.get(key);
    if (!list) {
      if (kept.size >= KEPT_LISTS) kept.delete(kept.keys().next().value!);
      list = make().then(({ window, candidates }) => ({
        window,
        candidates: candidates.map((each) => ({ ...each, tags: withBroader(each.tags) })),
      }));
      kept.set(key, list);
    }
    return list;
  }

  /** How many new papers there were for a reader; counted once for all with the same wishes. */
  function amongNew(source: Source, recipient: Recipient): number {
    const { cadence, coveredUntil, tags, categories, mutedTags } = recipient;
    const wanted = JSON.stringify([tags, categories, mutedTags]);
    const key = `${cadence} ${coveredUntil?.getTime()} ${wanted}`;
    const known = counts.get(key);
    if (known !== undefined) return known;
    if (counts.size >= KEPT_LISTS) counts.clear();
    const count = countWanted(source, { tags, categories, mutedTags });
    counts.set(key, count);
    return count;
  }

  function edition(cadence: Cadence): Promise<EditionRow> {
    let row = editions.get(cadence);
    if (!row) {
      row = (freeze ? frozenEdition : currentEdition)(db, cadence, now);
      editions.set(cadence, row);
    }
    return row;
  }

  async function sourcesOf(recipient: Recipient): Promise<{ window: Window; sources: Source[] }> {
    const { cadence, coveredUntil, tags, categories, mutedTags, maxPapers: wanted } = recipient;
    const since = coveredUntil?.getTime() ?? null;
    const trending =
      since === null
        ? once(`standing ${JSON.stringify([tags, categories, mutedTags, wanted])}`, () =>
            standingList(
              db,
              { tags: withNarrower(tags), categories, muted: withNarrower(mutedTags) },
              { wanted, now },
            ),
          )
        : once(`new ${cadence} ${since}`, async () => ({
            window: 'all',
            candidates: (await edition(cadence)).ranked.filter(({ newAt }) => newAt > since),
          }));
    const searched = [
      ...recipient.authors.map((name) => ({
        query: authorSearch(name),
        why: `By ${name}, whom you follow`,
      })),
      ...recipient.searches.map((query) => ({ query, why: 'Matches your saved search' })),
    ];
    const hits = searched.map(async ({ query, why }) => ({
      kind: 'search' as const,
      heading: query,
      why,
      ranked: 'the hits',
      candidates: (
        await once(`search ${since} ${query}`, async () => {
          const found = await candidatesOf(db, await search(query, coveredUntil));
          return {
            window: 'all',
            candidates: since === null ? found : found.filter(({ newAt }) => newAt > since),
          };
        })
      ).candidates,
    }));
    const topics = topicsOf(recipient);
    const heading =
      topics.length === 0 || topics.length > 3 ? 'Trending' : `Trending in ${topics.join(', ')}`;
    const { window, candidates } = await trending;
    const ranked = since === null ? 'the papers trending now' : 'the new papers';
    return {
      window,
      sources: [{ kind: 'trending', heading, ranked, candidates }, ...(await Promise.all(hits))],
    };
  }

  return async function compose(
    wanted: { recipient: Recipient; issue: string }[],
  ): Promise<Composition[]> {
    const readerIds = wanted.map(({ recipient }) => recipient.reader.id);
    const offers = await Promise.all(wanted.map(({ recipient }) => sourcesOf(recipient)));
    const lists = offers.flatMap(({ sources }) => sources.map(({ candidates }) => candidates));
    const candidateIds = new Set<number>();
    for (const list of new Set(lists)) {
      for (const { id } of list) candidateIds.add(id);
    }
    const mailed = await mailedAmong(db, readerIds, [...candidateIds]);
    const revised = await revisedAmong(
      db,
      readerIds,
      new Date(now.getTime() - REVISED_DAYS * DAY_MS),
    );
    rising ??= readRising(db);
    const [shownRising] = await rising;
    const ends = new Map<Cadence, EditionRow>();
    for (const { recipient } of wanted) {
      const { cadence } = recipient;
      if (!ends.has(cadence)) ends.set(cadence, await edition(cadence));
    }
    const forYou = await offersOf(
      wanted.map(({ recipient }) => ({ recipient, edition: ends.get(recipient.cadence)! })),
    );
    return wanted.map(({ recipient, issue }, index) => {
      const { reader, cadence, coveredUntil, timezone, subscriptionId } = recipient;
      const { sources, window } = offers[index]!;
      const request = { ...recipient, mailed: mailed.get(reader.id)! };
      const offered = forYou.get(subscriptionId) ?? [];
      const sections = selectWithOffers(sources, request, tagName, offered);
      const since = coveredUntil && longDayName(localDay(coveredUntil, timezone));
      if (sections.length === 0) return { nothing: whyNothing(sources, request, since) };
      const waits = whyWaits(sections, recipient, now);
      if (waits) return { nothing: waits };
      const { id, endsAt } = ends.get(cadence)!;
      // A first digest is made of the front page as it stands now, not at the last full hour.
      const until = coveredUntil === null ? now : endsAt;
      const { authors, searches } = recipient;
      const hasHits = authors.length + searches.length > 0;
      const words = issueWords({
        cadence,
        timezone,
        since: coveredUntil,
        until,
        count: countOf(sections.filter(({ kind }) => kind !== 'for-you')),
        forYou: countOf(sections.filter(({ kind }) => kind === 'for-you')),
        among: hasHits ? null : amongNew(sources[0]!, recipient),
        topics: topicsOf(recipient),
        authors,
        hasSearches: searches.length > 0,
        window: WINDOW_SPANS[window],
      });
      return {
        editionId: id,
        content: {
          issue,
          words,
          until: until.toISOString(),
          sections,
          revised: revised
            .filter((each) => each.readerId === reader.id)
            .slice(0, 5)
            .map(revisionItem),
          rising: chooseRising(shownRising, recipient, until),
        },
      };
    });
  };
}

/** What narrows what trends for the reader, as mails name it. */
const topicsOf = ({ tags, categories }: Recipient) => [...tags.map(tagName), ...categories];

const countOf = (sections: readonly ContentSection[]) =>
  sections.reduce((sum, { items }) => sum + items.length, 0);

/** A list to choose from, and of a reader's first one how far back it reaches. */
interface List {
  window: Window;
  candidates: Candidate[];
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
