import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { TagIndex } from '@/components/feed/TagIndex';
import { SubscribeFoot } from '@/components/site/SubscribeFoot';
import { FindTag } from '@/components/tags/FindTag';
import { EmptyState } from '@/components/ui/EmptyState';
import { PageHead } from '@/components/ui/PageHead';
import { SparkLine } from '@/components/ui/SparkLine';
import { getDb } from '@/lib/db/client';
import { feedFacets } from '@/lib/feed/facet-query';
import { feedPath } from '@/lib/feed/filters';
import { feedTitle } from '@/lib/feed/labels';
import { isOfCatalogue } from '@/lib/feed/span-query';
import { readTagIndex } from '@/lib/feed/tag-index';
import { type CountedTag, listTags } from '@/lib/feed/tag-query';
import { tagTrends } from '@/lib/feed/trend-query';
import { first, type SearchParams } from '@/lib/http/search-params';
import { env } from '@/lib/runtime/env';
import { searchPath } from '@/lib/search/query/clause';
import { FRONT_FEED } from '@/lib/syndication/formats';
import { percent } from '@/lib/tags/months';
import { type Tag, tagBySlug } from '@/lib/tags/taxonomy';

export const dynamic = 'force-dynamic';

export async function generateMetadata({
  searchParams,
}: {
  searchParams: SearchParams;
}): Promise<Metadata> {
  return {
    title: 'Tags',
    ...(((await searchParams).of || (await searchParams).find) && { robots: { index: false } }),
    description: 'All tags, each with its definition and its papers.',
    alternates: {
      canonical: `${env().siteUrl}/tags`,
      types: FRONT_FEED,
    },
  };
}

export default async function Tags({ searchParams }: { searchParams: SearchParams }) {
  const { of, find } = await searchParams;
  if (first(of)) return <FilteredTags of={first(of)} />;
  const text = first(find).trim();
  const now = new Date();
  const [tags, trends] = await Promise.all([listTags(getDb()), tagTrends(getDb(), now)]);
  const found = tags.filter(({ tag }) => nameOfLine(tag).includes(text.toLowerCase()));
  const groups = [...new Set(found.map(({ tag }) => tag.group))];
  return (
    <>
      <PageHead title="Tags">
        What the papers here are about. A paper has every tag whose definition fits it, and its page
        shows the words behind each tag. A line shows the tag’s share of the papers published each
        month of the last year.
      </PageHead>
      <FindTag list="all-tags" text={text} />
      {groups.length === 0 && (
        <EmptyState title="No tag has this name">
          <a className="link" href={searchPath(text)}>
            Search papers for “{text}”
          </a>{' '}
          or{' '}
          <a className="link" href="/tags">
            see all tags
          </a>
          .
        </EmptyState>
      )}
      <div id="all-tags" className="gap-x-12 lg:columns-2">
        {groups.map((group) => (
          <Group
            key={group}
            name={group}
            tags={found.filter(({ tag }) => tag.group === group)}
            trends={trends}
          />
        ))}
      </div>
      <SubscribeFoot />
    </>
  );
}

/** What each tag would leave of a feed: where "+ tag" leads. */
async function FilteredTags({ of }: { of: string }) {
  const feed = readTagIndex(of);
  if (!feed || !(await isOfCatalogue(getDb(), feed, new Date()))) notFound();
  const facets = await feedFacets(getDb(), feed, new Date());
  const title = feedTitle(feed, (slug) => tagBySlug(slug)?.name ?? slug);
  return (
    <>
      <PageHead title="Add a tag">
        To{' '}
        <a className="link" href={feedPath(feed)}>
          {title}
        </a>
        . Choose a tag to add it, or – to leave its papers out. Counts show what would remain.
      </PageHead>
      <TagIndex feed={feed} facets={facets} />
    </>
  );
}

const nameOfLine = ({ name, short, slug }: Tag) => `${name} ${short ?? ''} ${slug}`.toLowerCase();

type Trends = ReadonlyMap<string, readonly (number | null)[]>;

/** The tags of a group that have papers, and folded those that have none. */
function Group({ name, tags, trends }: { name: string; tags: CountedTag[]; trends: Trends }) {
  const id = name.toLowerCase().replaceAll(/\W+/g, '-');
  const isNarrower = ({ broader }: Tag) => tags.some(({ tag }) => tag.slug === broader);
  const line = ({ tag, papers }: CountedTag) => (
    <li key={tag.slug} data-name={nameOfLine(tag)} className={isNarrower(tag) ? 'sub' : undefined}>
      <p className="name">
        <a href={`/tags/${tag.slug}`}>{tag.name}</a> <Trend shares={trends.get(tag.slug) ?? []} />
        <span className="n">
          {papers.toLocaleString('en')}
          <span className="sr-only">{papers === 1 ? ' paper' : ' papers'}</span>
        </span>
      </p>
      <p className="means">{tag.definition}</p>
    </li>
  );
  const used = tags.filter(({ papers }) => papers > 0);
  const unused = tags.filter(({ papers }) => papers === 0);
  return (
    <section className="group tag-group" aria-labelledby={id}>
      <h2 id={id}>{name}</h2>
      {used.length > 0 && <ul>{used.map(line)}</ul>}
      {unused.length > 0 && (
        <details>
          <summary className="quiet-link target">
            {unused.length} {unused.length === 1 ? 'tag' : 'tags'} without papers
          </summary>
          <ul>{unused.map(line)}</ul>
        </details>
      )}
    </section>
  );
}

const FEWEST_MONTHS = 3;

/** Too few months show no course. */
function Trend({ shares }: { shares: readonly (number | null)[] }) {
  const known = shares.filter((share) => share !== null);
  if (known.length < FEWEST_MONTHS) return null;
  return (
    <SparkLine
      shares={shares}
      label={`Share of the papers of each month: ${known.map(percent).join(', ')}`}
    />
  );
}
