import type { Metadata } from 'next';
import { notFound, permanentRedirect } from 'next/navigation';
import { WhySection } from '@/components/feed/WhySection';
import { PaperPage } from '@/components/paper/PaperPage';
import { paperPath } from '@/components/paper/PaperRow';
import { SimilarPapers } from '@/components/paper/SimilarPapers';
import { TagEvidence } from '@/components/tags/TagEvidence';
import { cited } from '@/lib/citations/cited';
import { citationMeta, jsonLd } from '@/lib/citations/metadata';
import { getDb } from '@/lib/db/client';
import { signalLabels } from '@/lib/feed/labels';
import { feedPapers } from '@/lib/feed/query';
import { paperTags } from '@/lib/feed/tag-query';
import { decodeSegment } from '@/lib/http/segment';
import type { Paper } from '@/lib/papers/paper';
import { parsePaperAddress } from '@/lib/papers/paper-address';
import { findByArxivId, getPaper, getPapers } from '@/lib/papers/store';
import { plainMaths } from '@/lib/papers/tex/plain-text';
import { env } from '@/lib/runtime/env';
import { similarPapers } from '@/lib/search/similar';

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
      types: { 'text/markdown': `${url}.md`, 'application/x-bibtex': `${url}.bib` },
    },
    openGraph: { type: 'article', url, title, description, siteName: 'Broadsheet', images },
    twitter: { card: 'summary_large_image' },
  };
}

export default async function Page({ params }: Props) {
  const paper = await findPaper(await params);
  const url = `${env().siteUrl}${paperPath(paper.id)}`;
  const citation = cited(paper, url);
  const [ranked] = await feedPapers(getDb(), [paper.id], new Date());
  const similar = await getPapers(getDb(), await similarPapers(getDb(), paper.id, SIMILAR));
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
        tags={<TagEvidence tags={await paperTags(getDb(), paper.id)} />}
        why={ranked && <WhySection why={ranked.why} signals={signalLabels(ranked.signals)} />}
        similar={<SimilarPapers papers={similar} />}
      />
    </>
  );
}

async function findPaper({ id }: { id: string }): Promise<Paper> {
  const address = parsePaperAddress(decodeSegment(id));
  if (!address) notFound();
  const db = getDb();
  if ('arxivId' in address) {
    const known = await findByArxivId(db, address.arxivId);
    if (known === null) notFound();
    permanentRedirect(paperPath(known));
  }
  return (await getPaper(db, address.id)) ?? notFound();
}
