import type { Metadata } from 'next';
import { notFound, permanentRedirect } from 'next/navigation';
import { cache } from 'react';
import { FeedRow } from '@/components/feed/FeedRow';
import { PaperList } from '@/components/paper/PaperList';
import { AuthorHead } from '@/components/search/AuthorHead';
import { SubscribeBox, subscribePath } from '@/components/site/SubscribeBox';
import { Pager } from '@/components/ui/Pager';
import { getDb } from '@/lib/db/client';
import { feedPapers } from '@/lib/feed/query';
import { decodeSegment } from '@/lib/http/segment';
import { env } from '@/lib/runtime/env';
import { authorKey, authorPath } from '@/lib/search/author';
import { type AuthorPapers, authorPapers } from '@/lib/search/author-papers';
import { searchPath } from '@/lib/search/query/clause';
import { syndicationLinks } from '@/lib/syndication/formats';

const PAPERS = 30;
/** A name that fewer papers have is in no index: there are too many of them, and they say too little. */
const FEWEST_INDEXED = 3;

const readAuthor = cache((key: string, after: string | null) =>
  authorPapers(getDb(), key, { limit: PAPERS, after }),
);

/** The author of an address; redirects to the one spelling of it. */
async function authorOf(segment: string, after: string | null): Promise<AuthorPapers> {
  const name = decodeSegment(segment);
  const key = authorKey(name);
  const path = authorPath(name);
  if (path === null) notFound();
  const author = await readAuthor(key, after);
  if (!author) notFound();
  if (name !== key) permanentRedirect(path);
  return author;
}

export async function authorMetadata(segment: string, after: string | null): Promise<Metadata> {
  const author = await authorOf(segment, after);
  const { name, total } = author;
  const path = authorPath(name);
  const title = `Papers by ${name}`;
  const description = `${total.count}${total.more ? '+' : ''} ${total.count === 1 ? 'paper' : 'papers'} by people of this name, the newest first.`;
  return {
    title,
    description,
    alternates: {
      canonical: `${env().siteUrl}${path}${after ? `/after/${encodeURIComponent(after)}` : ''}`,
      types: syndicationLinks(searchPath(author.search), title),
    },
    openGraph: {
      type: 'profile',
      url: `${env().siteUrl}${path}`,
      title,
      description,
      siteName: 'Broadsheet',
      images: [{ url: `${env().siteUrl}/cards${path}`, width: 1200, height: 630 }],
    },
    twitter: { card: 'summary_large_image' },
    ...((after || total.count < FEWEST_INDEXED) && { robots: { index: false } }),
  };
}

/** A page of the papers by people of one name. */
export async function AuthorPage({ segment, after }: { segment: string; after: string | null }) {
  const author = await authorOf(segment, after);
  const now = new Date();
  const papers = await feedPapers(getDb(), author.ids, now);
  const mail = { tag: null, search: author.search };
  const path = authorPath(author.name)!;
  return (
    <>
      <AuthorHead
        author={author}
        links={{
          mail: subscribePath(mail),
          feed: `/feeds/atom${searchPath(author.search)}`,
        }}
      />
      <div className="feed">
        <div className="list first">
          <PaperList label={`Papers by ${author.name}`}>
            {papers.map((paper) => (
              <FeedRow key={paper.id} paper={paper} now={now} />
            ))}
          </PaperList>
          <Pager
            first={after && path}
            next={author.next && `${path}/after/${encodeURIComponent(author.next)}`}
          />
        </div>
        <div className="aside">
          <SubscribeBox to={mail} />
        </div>
      </div>
    </>
  );
}
