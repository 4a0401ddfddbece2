import type { Metadata } from 'next';
import { notFound, permanentRedirect, redirect } from 'next/navigation';
import { Dateline } from '@/components/feed/Dateline';
import { FeedAside } from '@/components/feed/FeedAside';
import { FeedPage } from '@/components/feed/FeedPage';
import { FilterBar } from '@/components/feed/FilterBar';
import { NoPapers } from '@/components/feed/NoPapers';
import { PeriodLinks } from '@/components/feed/PeriodLinks';
import { SampleNotice } from '@/components/site/SampleNotice';
import { type SubscribeTo, subscribePath } from '@/components/site/SubscribeBox';
import { TagHead } from '@/components/tags/TagHead';
import { getDb } from '@/lib/db/client';
import { latestIssue } from '@/lib/digest/issues';
import { filterChips } from '@/lib/feed/chips';
import { filterDrops } from '@/lib/feed/drop-query';
import { feedFacets } from '@/lib/feed/facet-query';
import {
  type Feed,
  type FeedAddress,
  feedPath,
  isFiltered,
  isIndexed,
  isOneOfFew,
  makeFeed,
  parseFeedPath,
} from '@/lib/feed/filters';
import { feedTitle } from '@/lib/feed/labels';
import { feedQuery } from '@/lib/feed/list-terms';
import { monthCounts } from '@/lib/feed/month-query';
import { BadCursor, openFeed } from '@/lib/feed/query';
import { catalogueSpan, isArchive, isOfCatalogue } from '@/lib/feed/span-query';
import { tagPage } from '@/lib/feed/tag-query';
import { decodeSegment } from '@/lib/http/segment';
import { doNotKeepPage } from '@/lib/http/web-process.mjs';
import { topicsInTag } from '@/lib/rising/in-tags';
import { SPANS } from '@/lib/rising/spans';
import { readRising } from '@/lib/rising/store';
import { env } from '@/lib/runtime/env';
import { syndicationLinks } from '@/lib/syndication/formats';
import { tagBySlug } from '@/lib/tags/taxonomy';

type Props = { params: Promise<{ view?: string[] }> };

/** Seconds. A change of the catalogue shows sooner, see lib/server/page-cache.mjs; this is for windows, which move with time. */
export const revalidate = 60;

const PAPERS = 30;
/** Rising topics of a tag. */
const TAG_TOPICS = 5;
/** None at build time: a build needs no database. Each page is made when first asked for, and kept. */
export function generateStaticParams() {
  return [];
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { address } = readAddress(await params);
  // What is no feed, or has another address, is for the page to answer.
  if (!address || !(await isOfCatalogue(getDb(), address.feed, new Date()))) return {};
  const { feed, after } = address;
  const path = feedPath(feed);
  const title = path === '/' ? { absolute: 'Broadsheet: trending research papers' } : titleOf(feed);
  return {
    title,
    alternates: {
      canonical: `${env().siteUrl}${feedPath(feed, after)}`,
      types: syndicationLinks(path, `Broadsheet: ${titleOf(feed)}`),
    },
    openGraph: {
      title: titleOf(feed),
      siteName: 'Broadsheet',
      images: feed.tags.slice(0, 1).map((slug) => `${env().siteUrl}/cards/tags/${slug}`),
    },
    ...((after || !isIndexed(feed)) && { robots: { index: false } }),
  };
}

export default async function Page({ params }: Props) {
  const now = new Date();
  const address = await addressOf(await params, now);
  if (!isOneOfFew(address)) doNotKeepPage();
  const { feed, after } = address;
  const db = getDb();
  const [page, facets, issue] = await Promise.all([
    openFeed(db, feed, { limit: PAPERS, after, now }),
    feedFacets(db, feed, now),
    latestIssue(db, now),
  ]).catch((error) => {
    if (error instanceof BadCursor) notFound();
    throw error;
  });
  const { papers, pinned, next, earlier, lagging } = page;
  const { period } = feed;
  const [onlyTag] = feed.tags.length === 1 && isOnly(feed) && !after ? feed.tags : [];
  const about = onlyTag ? await tagPage(db, onlyTag, facets) : null;
  const months = about && (await monthCounts(db, about.tag.slug, now));
  const span = period && (await catalogueSpan(db, now));
  const drops = papers.length === 0 ? await filterDrops(db, feed, now) : [];
  const mail = mailOf(feed);
  const path = feedPath(feed);
  const isFront = path === '/' && !after;
  const kept = isFront || about ? await readRising(db) : [];
  const rising = isFront && kept[0]?.topics.length ? kept[0] : null;
  const links = {
    mail: mail ? subscribePath(mail) : '/subscribe',
    feed: `/feeds/atom${tailOf(feed)}`,
  };
  return (
    <FeedPage
      feed={feed}
      label={titleOf(feed)}
      papers={papers}
      earlier={earlier}
      pinned={pinned}
      lead={isFront}
      empty={
        <NoPapers
          feed={feed}
          lagging={lagging}
          drops={drops}
          isCatalogueEmpty={facets.windows.all === 0 && !isFiltered(feed)}
          sourcesAreOn={page.sourcesAreOn}
          now={now}
        />
      }
      head={
        <>
          {about && months ? (
            <TagHead
              {...about}
              {...{ months, feed, facets, links, now }}
              rising={topicsInTag(kept[0]?.topics ?? [], about.tag.slug).slice(0, TAG_TOPICS)}
              span={SPANS[kept[0]?.span ?? 'month'].words}
            />
          ) : (
            <Dateline
              feed={feed}
              facets={facets}
              lagging={lagging}
              links={links}
              nameOf={nameOf}
              isFront={isFront}
              now={now}
            />
          )}
          {period && span && <PeriodLinks feed={feed} period={period} span={span} />}
          <FilterBar feed={feed} facets={facets} chips={filterChips(feed, facets)} />
        </>
      }
      aside={<FeedAside notice={<SampleNotice />} issue={issue} mail={mail} rising={rising} />}
      first={after ? path : null}
      next={next && feedPath(feed, next)}
      now={now}
    />
  );
}

/** Whether a feed is about its tags and nothing else. */
function isOnly({ without, category, hasCode, period, view }: Feed): boolean {
  return !without.length && !category && !hasCode && !period && view === 'trending';
}

/** What a digest from this page starts with: the tag, or the exact filter as a saved search. */
function mailOf(feed: Feed): SubscribeTo | null {
  if (!isFiltered(feed)) return null;
  const [tag] = feed.tags;
  const isOneTag = feedQuery(feed) === `tag:${tag}`;
  return {
    tag: isOneTag ? tag! : null,
    search: isOneTag ? null : feedQuery(feed),
  };
}

function tailOf(feed: Feed): string {
  const path = feedPath(feed);
  return path === '/' ? '' : path;
}

/** The address asked for; redirects where the same feed has another one. */
async function addressOf(params: { view?: string[] }, now: Date): Promise<FeedAddress> {
  const { address, path } = readAddress(params);
  if (!address) notFound();
  if (!(await isOfCatalogue(getDb(), address.feed, now))) {
    // Feeds are by category; a search knows archives too.
    const { category } = address.feed;
    const only = category && address.canonical === feedPath(makeFeed({ category }));
    if (only && (await isArchive(getDb(), category))) redirect(`/search?q=cat:${category}`);
    notFound();
  }
  if (address.canonical !== path) permanentRedirect(address.canonical);
  return address;
}

function readAddress({ view = [] }: { view?: string[] }) {
  const segments = view.map(decodeSegment);
  return { address: parseFeedPath(segments), path: `/${segments.join('/')}` };
}

function titleOf(feed: Feed): string {
  return feedTitle(feed, nameOf);
}

function nameOf(slug: string): string {
  return tagBySlug(slug)?.name ?? slug;
}
