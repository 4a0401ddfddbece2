import type { Metadata } from 'next';
import { TopicLine } from '@/components/rising/TopicLine';
import { SubscribeFoot } from '@/components/site/SubscribeFoot';
import { PageHead } from '@/components/ui/PageHead';
import { dayName } from '@/lib/calendar/day-names';
import { DAY_MS } from '@/lib/calendar/days';
import { getDb } from '@/lib/db/client';
import { first, type SearchParams } from '@/lib/http/search-params';
import { paperPath } from '@/lib/papers/paper-address';
import { getPapers } from '@/lib/papers/store';
import { plainMaths } from '@/lib/papers/tex/plain-text';
import { figuresOf } from '@/lib/rising/figures';
import { SPANS } from '@/lib/rising/spans';
import { type KeptRising, type KeptTopic, readRising } from '@/lib/rising/store';
import { env } from '@/lib/runtime/env';
import { searchPath } from '@/lib/search/query/clause';
import { search } from '@/lib/search/search';
import { syndicationLinks, syndicationPath } from '@/lib/syndication/formats';
import { tagBySlug } from '@/lib/tags/taxonomy';

export const dynamic = 'force-dynamic';

const SHOWN_PAPERS = 3;

export function generateMetadata(): Metadata {
  return {
    title: 'Rising topics',
    description: 'Phrases with a larger share of new papers than before, and their papers.',
    alternates: {
      canonical: `${env().siteUrl}/rising`,
      types: syndicationLinks('/rising', 'Broadsheet: Rising topics'),
    },
  };
}

export default async function Page({ searchParams }: { searchParams: SearchParams }) {
  const asked = first((await searchParams).window);
  const kept = await readRising(getDb());
  const rising = kept.find(({ span }) => span === asked) ?? kept[0];
  if (!rising || rising.topics.length === 0) return <Nothing rising={rising} />;
  const { span, asOf, recent, topics } = rising;
  const { words } = SPANS[span];
  return (
    <>
      <PageHead title="Rising topics">
        Phrases with a larger share of new papers than before: the {words} to {dayName(asOf)},{' '}
        {recent.toLocaleString('en')} papers.{' '}
        <a className="link" href="/subscribe">
          By mail
        </a>
        {' · '}
        <a className="link" href={syndicationPath('atom', '/rising')}>
          Feed
        </a>
      </PageHead>
      {kept.length > 1 && (
        <nav className="mb-5 flex gap-x-4" aria-label="Window">
          {kept.map((each) => (
            <a
              key={each.span}
              className="link target"
              href={each === kept[0] ? '/rising' : `/rising?window=${each.span}`}
              aria-current={each === rising ? 'page' : undefined}
            >
              Last {SPANS[each.span].words}
            </a>
          ))}
        </nav>
      )}
      <ol className="topics">
        {
          await Promise.all(
            topics.map(async (topic) => (
              <li key={topic.phrase}>
                <TopicEntry topic={topic} rising={rising} />
              </li>
            )),
          )
        }
      </ol>
      <p className="mt-6 max-w-measure text-muted">
        A phrase rises when more papers are about it than its past share of each field predicts, so
        a field that merely grows lifts nothing by itself. Chance alone rarely gets this far.
      </p>
      <SubscribeFoot />
    </>
  );
}

async function TopicEntry({ topic, rising }: { topic: KeptTopic; rising: KeptRising }) {
  const { phrase, query, weeks, shares, tags } = topic;
  const { days } = SPANS[rising.span];
  const db = getDb();
  const to = rising.asOf;
  const from = new Date(to.getTime() - days * DAY_MS);
  const { ids } = await search(db, query, {
    limit: SHOWN_PAPERS,
    sort: 'trending',
    window: { from, to },
  }).page();
  const shown = await getPapers(db, ids);
  return (
    <section>
      <h2 className="text-lg">
        <a href={searchPath(query)}>{phrase}</a> <TopicLine weeks={weeks} shares={shares} />
      </h2>
      <p className="text-muted">
        {figuresOf(topic, SPANS[rising.span])}
        {tags.length > 0 && '. Mostly in '}
        {tags.slice(0, 3).map(({ slug }, i) => (
          <span key={slug}>
            {i > 0 && ', '}
            <a className="link" href={`/tags/${slug}`}>
              {tagBySlug(slug)?.name ?? slug}
            </a>
          </span>
        ))}
      </p>
      <ul className="mt-1">
        {shown.map(({ id, title }) => (
          <li key={id}>
            <a className="link" href={paperPath(id)}>
              {plainMaths(title)}
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Nothing({ rising }: { rising: KeptRising | undefined }) {
  return (
    <PageHead title="Rising topics">
      {rising
        ? `No topic stands out from chance among the ${rising.recent.toLocaleString('en')} papers of the last ${SPANS[rising.span].words}.`
        : 'There are too few papers here to tell what is rising: it takes 2,000 from the last 12 weeks, and earlier ones to compare them with.'}
    </PageHead>
  );
}
