import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { TagIndex } from '@/components/feed/TagIndex';
import { SubscribeFoot } from '@/components/site/SubscribeFoot';
import { PageHead } from '@/components/ui/PageHead';
import { getDb } from '@/lib/db/client';
import { feedFacets } from '@/lib/feed/facet-query';
import { feedPath } from '@/lib/feed/filters';
import { feedTitle } from '@/lib/feed/labels';
import { isOfCatalogue } from '@/lib/feed/span-query';
import { readTagIndex } from '@/lib/feed/tag-index';
import { type CountedTag, listTags } from '@/lib/feed/tag-query';
import { first, type SearchParams } from '@/lib/http/search-params';
import { env } from '@/lib/runtime/env';
import { FRONT_FEED } from '@/lib/syndication/formats';
import { type Tag, tagBySlug } from '@/lib/tags/taxonomy';

export const dynamic = 'force-dynamic';

export async function generateMetadata({
  searchParams,
}: {
  searchParams: SearchParams;
}): Promise<Metadata> {
  return {
    title: 'Tags',
    ...((await searchParams).of && { robots: { index: false } }),
    description: 'All tags of the catalogue, each with its definition and its papers.',
    alternates: {
      canonical: `${env().siteUrl}/tags`,
      types: FRONT_FEED,
    },
  };
}

export default async function Tags({ searchParams }: { searchParams: SearchParams }) {
  const of = first((await searchParams).of);
  if (of) return <FilteredTags of={of} />;
  const tags = await listTags(getDb());
  const groups = [...new Set(tags.map(({ tag }) => tag.group))];
  return (
    <>
      <PageHead title="Tags">
        What the papers here are about. A paper has every tag whose definition fits it, and its page
        shows the words behind each tag.
      </PageHead>
      <nav aria-label="Groups of tags" className="mb-6 flex flex-wrap gap-x-4">
        {groups.map((group) => (
          <a key={group} className="link target" href={`#${groupId(group)}`}>
            {group}
          </a>
        ))}
      </nav>
      <div className="gap-x-12 lg:columns-2">
        {groups.map((group) => (
          <Group key={group} name={group} tags={tags.filter(({ tag }) => tag.group === group)} />
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

const groupId = (name: string) => name.toLowerCase().replaceAll(/\W+/g, '-');

function Group({ name, tags }: { name: string; tags: CountedTag[] }) {
  const id = groupId(name);
  const isNarrower = ({ broader }: Tag) => tags.some(({ tag }) => tag.slug === broader);
  return (
    <section aria-labelledby={id} className="mb-8">
      <h2 id={id} className="break-after-avoid border-b border-ink pb-1 text-lg">
        {name}
      </h2>
      <dl>
        {tags.map(({ tag, papers }) => (
          <div
            key={tag.slug}
            className={`break-inside-avoid border-t border-rule py-2 first:border-t-0 ${isNarrower(tag) ? 'ps-4' : ''}`}
          >
            <dt className="flex items-baseline justify-between gap-4">
              <a
                className="quiet-link target font-serif text-base font-semibold"
                href={`/tags/${tag.slug}`}
              >
                {tag.name}
              </a>
              <span className="text-muted tabular-nums">
                {papers.toLocaleString('en')} {papers === 1 ? 'paper' : 'papers'}
              </span>
            </dt>
            <dd className="max-w-measure text-muted">{tag.definition}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
