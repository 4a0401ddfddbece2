import type { Metadata } from 'next';
import { notFound, permanentRedirect } from 'next/navigation';
import { cache } from 'react';
import { NeighbourLinks } from '@/components/feed/NeighbourLinks';
import { WhySection } from '@/components/feed/WhySection';
import { PaperPage } from '@/components/paper/PaperPage';
import { reported, rowSignal } from '@/components/paper/row-signal';
import { SimilarPapers } from '@/components/paper/SimilarPapers';
import { SubscribeBox } from '@/components/site/SubscribeBox';
import { TagEvidence } from '@/components/tags/TagEvidence';
import { cited } from '@/lib/citations/cited';
import { citationMeta, jsonLd } from '@/lib/citations/metadata';
import { getDb } from '@/lib/db/client';
import { signalLabels } from '@/lib/feed/labels';
import { paperNeighbours } from '@/lib/feed/neighbour-query';
import { feedPapers } from '@/lib/feed/query';
import { paperTags } from '@/lib/feed/tag-query';
import { decodeSegment } from '@/lib/http/segment';
import type { Paper } from '@/lib/papers/paper';
import { paperPath, parsePaperAddress } from '@/lib/papers/paper-address';
import { findByArxivId, getPaper, mergedInto } from '@/lib/papers/store';
import { plainMaths } from '@/lib/papers/tex/plain-text';
import { env } from '@/lib/runtime/env';
import { similarPapers } from '@/lib/search/similar';
import { FRONT_FEED } from '@/lib/syndication/formats';
import { bySpecificity } from '@/lib/tags/taxonomy';

type Props = { params: Promise<{ id: string }> };

export const revalidate = 900;

const SIMILAR = 6;

/** None at build time: a build needs no database. Each page is made when first asked for, and kept. */
export function generateStaticParams() {
  return [];
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const paper = await findPaper(await params);
  const url = `${env().siteUrl}${paperPath(paper.id)}`;
  const title = plainMaths(paper.title);
  const description = plainMaths(paper.tldr ?? paper.abstract).slice(0, 200);
  const images = [
    { url: `${env().siteUrl}/cards${paperPath(paper.id)}`, width: 1200, height: 630 },
  ];
  return {
    title,
    description,
    alternates: {
      canonical: url,
      types: {
        ...FRONT_FEED,
        'text/markdown': `${url}.md`,
        'application/x-bibtex': `${url}.bib`,
      },
    },
    openGraph: { type: 'article', url, title, description, siteName: 'Broadsheet', images },
    twitter: { card: 'summary_large_image' },
  };
}

export default async function Page({ params }: Props) {
  const paper = await findPaper(await params);
  const [db, now] = [getDb(), new Date()];
  const url = `${env().siteUrl}${paperPath(paper.id)}`;
  const citation = cited(paper, url);
  const similar = await similarPapers(db, paper.id, SIMILAR);
  const [tags, beside, found] = await Promise.all([
    paperTags(db, paper.id),
    paperNeighbours(db, paper, now),
    feedPapers(db, [paper.id, ...similar], now),
  ]);
  const ranked = found.find(({ id }) => id === paper.id);
  const [topic] = bySpecificity(paper.tags);
  return (
    <>
      {citationMeta(paper, citation).map(([name, content]) => (
        <meta key={`${name} ${content}`} name={name} content={content} />
      ))}
      <script
        type="application/ld+json"
        // biome-ignore lint/security/noDangerouslySetInnerHtml: JSON with its markup escaped
        dangerouslySetInnerHTML={{ __html: jsonLd(paper, citation, url) }}
      />
      <PaperPage
        paper={paper}
        citation={citation}
        signal={ranked ? rowSignal(ranked) : NO_SIGNAL}
        comments={(ranked && reported(ranked, 'comments')) ?? 0}
        now={now}
        why={
          ranked && (
            <WhySection
              reason={ranked.reason}
              why={ranked.why}
              signals={signalLabels(ranked.signals)}
            />
          )
        }
        tags={<TagEvidence tags={tags} />}
        beside={<NeighbourLinks lists={beside} />}
        aside={
          <>
            <SimilarPapers papers={found.filter(({ id }) => id !== paper.id)} />
            <SubscribeBox to={topic ? { tag: topic, search: null } : null} />
          </>
        }
      />
    </>
  );
}

/** Of a paper that is stored and not yet ranked. */
const NO_SIGNAL = { upvotes: null, gains: null, listed: null };

const findPaper = async ({ id }: { id: string }): Promise<Paper> => readPaper(decodeSegment(id));

/** Once for a page, which needs it for its head, too. */
const readPaper = cache(async (segment: string): Promise<Paper> => {
  const address = parsePaperAddress(segment);
  if (!address) notFound();
  const db = getDb();
  if ('arxivId' in address) {
    const known = await findByArxivId(db, address.arxivId);
    if (known === null) notFound();
    permanentRedirect(paperPath(known));
  }
  const paper = await getPaper(db, address.id);
  if (paper) return paper;
  const into = await mergedInto(db, address.id);
  if (into === null) notFound();
  permanentRedirect(paperPath(into));
});
