import type { Metadata } from 'next';
import { notFound, permanentRedirect, redirect } from 'next/navigation';
import { FeedLayout } from '@/components/feed/FeedLayout';
import { NoPapers } from '@/components/feed/NoPapers';
import { PeriodLinks } from '@/components/feed/PeriodLinks';
import { SinceLastVisit } from '@/components/feed/SinceLastVisit';
import { Why } from '@/components/feed/Why';
import { PaperList } from '@/components/paper/PaperList';
import { PaperRow } from '@/components/paper/PaperRow';
import { SampleNotice } from '@/components/site/SampleNotice';
import { TagHead } from '@/components/tags/TagHead';
import { getDb } from '@/lib/db/client';
import {
  type Feed,
  type FeedAddress,
  feedPath,
  isOneOfFew,
  makeFeed,
  parseFeedPath,
  VIEWS,
} from '@/lib/feed/filters';
import {
  feedTitle,
  laggingNotice,
  signalLabels,
  WINDOW_NAMES,
  widenedNotice,
} from '@/lib/feed/labels';
import type { LaggingSource } from '@/lib/feed/lag-query';
import { WINDOWS } from '@/lib/feed/periods';
import { BadCursor, openFeed } from '@/lib/feed/query';
import { catalogueSpan, isArchive, isOfCatalogue } from '@/lib/feed/span-query';
import { tagPage } from '@/lib/feed/tag-query';
import { decodeSegment } from '@/lib/http/segment';
import { doNotKeepPage } from '@/lib/http/web-process.mjs';
import { env } from '@/lib/runtime/env';
import { tagBySlug } from '@/lib/tags/taxonomy';

type Props = { params: Promise<{ view?: string[] }> };

/** Seconds. A change of the catalogue shows sooner, see lib/server/page-cache.mjs; this is for windows, which move with time. */
export const revalidate = 60;

const PAPERS = 30;
const VIEW_NAMES = { trending: 'Trending', new: 'New', top: 'Top' };
const WINDOW_TABS = { day: 'Day', week: 'Week', month: 'Month', year: 'Year', all: 'All time' };

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
  const tail = path === '/' ? '' : path;
  const title = path === '/' ? { absolute: 'Broadsheet: trending research papers' } : titleOf(feed);
  return {
    title,
    alternates: {
      canonical: `${env().siteUrl}${feedPath(feed, after)}`,
      types: {
        'application/atom+xml': `/feeds/atom${tail}`,
        'application/feed+json': `/feeds/json${tail}`,
      },
    },
    openGraph: {
      title: titleOf(feed),
      siteName: 'Broadsheet',
      images: feed.tags.slice(0, 1).map((slug) => `${env().siteUrl}/cards/tags/${slug}`),
    },
    ...(after && { robots: { index: false } }),
  };
}

export default async function Page({ params }: Props) {
  const now = new Date();
  const address = await addressOf(await params, now);
  if (!isOneOfFew(address)) doNotKeepPage();
  const { feed, after } = address;
  const { papers, next, shown, lagging } = await openFeed(getDb(), feed, {
    limit: PAPERS,
    after,
    now,
  }).catch((error) => {
    if (error instanceof BadCursor) notFound();
    throw error;
  });
  const [onlyTag] = feed.tags.length === 1 && !after ? feed.tags : [];
  const about = onlyTag ? await tagPage(getDb(), onlyTag, now) : null;
  const { period } = feed;
  const span = period && (await catalogueSpan(getDb(), now));
  const tags = feed.tags.map((slug) => ({ slug, name: nameOf(slug) }));
  const tail = feedPath(feed) === '/' ? '' : feedPath(feed);
  return (
    <FeedLayout
      title={titleOf(shown)}
      lede={ledeOf(feed, shown, lagging, now)}
      views={VIEWS.map((view) => ({
        href: feedPath(makeFeed({ ...feed, view, window: undefined })),
        label: VIEW_NAMES[view],
        current: feed.view === view,
      }))}
      windows={WINDOWS.map((window) => ({
        href: feedPath({ ...feed, window, period: null }),
        label: WINDOW_TABS[window],
        current: !feed.period && shown.window === window,
      }))}
      tags={tags}
      header={
        <>
          {about && <TagHead {...about} />}
          {period && span && <PeriodLinks feed={feed} period={period} span={span} />}
          <SampleNotice />
          <SinceLastVisit />
        </>
      }
      feeds={{ atom: `/feeds/atom${tail}`, json: `/feeds/json${tail}` }}
      first={after ? feedPath(feed) : null}
      next={next && feedPath(shown, next)}
    >
      {papers.length === 0 ? (
        <NoPapers feed={feed} lagging={lagging} now={now} />
      ) : (
        <PaperList label={titleOf(feed)}>
          {papers.map((paper, i) => (
            <PaperRow
              key={paper.id}
              paper={paper}
              place={after ? undefined : i + 1}
              signals={signalLabels(paper.signals)}
              why={<Why why={paper.why} />}
            />
          ))}
        </PaperList>
      )}
    </FeedLayout>
  );
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

/** The time that the papers are from, and that it is not the one asked for where that has none. */
function ledeOf(feed: Feed, shown: Feed, lagging: LaggingSource[], now: Date) {
  if (shown.window !== feed.window) {
    return [widenedNotice(feed.window, shown.window, now), ...lagging.map(laggingNotice)].join(' ');
  }
  return feed.period ? undefined : `Of ${WINDOW_NAMES[shown.window]}.`;
}

function titleOf(feed: Feed): string {
  return feedTitle(feed, nameOf);
}

function nameOf(slug: string): string {
  return tagBySlug(slug)?.name ?? slug;
}
