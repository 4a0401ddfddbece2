import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { FeedRow } from '@/components/feed/FeedRow';
import { PaperList } from '@/components/paper/PaperList';
import { getDb } from '@/lib/db/client';
import { feedPapers } from '@/lib/feed/query';
import { papersOnShelf, shelfByToken } from '@/lib/readers/shelf-link';
import { env } from '@/lib/runtime/env';

type Props = { params: Promise<{ token: string }> };

export const dynamic = 'force-dynamic';

const MOST_PAPERS = 200;

const shelfOf = cache((token: string) =>
  shelfByToken(getDb(), 'shelf', token, env().secret, new Date()),
);

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { token } = await params;
  const shelf = await shelfOf(token);
  return {
    title: shelf?.name ?? 'Shelf',
    robots: { index: false },
    referrer: 'no-referrer',
    ...(shelf && {
      alternates: {
        types: {
          'application/atom+xml': [
            { url: `/shelves/${token}/atom`, title: `Broadsheet: ${shelf.name}` },
          ],
        },
      },
    }),
  };
}

/** A shelf that its reader shares: its papers, and nothing of what stands beside them. */
export default async function SharedShelf({ params }: Props) {
  const { token } = await params;
  const shelf = await shelfOf(token);
  if (!shelf) notFound();
  const db = getDb();
  const now = new Date();
  const papers = await feedPapers(db, await papersOnShelf(db, shelf, MOST_PAPERS), now);
  return (
    <>
      <div className="date">
        <h1>{shelf.name}</h1>{' '}
        <div className="said">
          <p>
            <b>
              {papers.length} {papers.length === 1 ? 'paper' : 'papers'}
            </b>{' '}
            on a shared shelf
          </p>{' '}
          <p className="follow">
            <a href={`/shelves/${token}/atom`}>Feed of this</a>
          </p>
        </div>
      </div>
      <PaperList label={shelf.name}>
        {papers.map((paper) => (
          <FeedRow key={paper.id} paper={paper} now={now} />
        ))}
      </PaperList>
    </>
  );
}
