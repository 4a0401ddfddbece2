import type { Metadata } from 'next';
import { SubscribeFoot } from '@/components/site/SubscribeFoot';
import { PageHead } from '@/components/ui/PageHead';
import { getDb } from '@/lib/db/client';
import { type CountedTag, listTags } from '@/lib/feed/tag-query';
import { env } from '@/lib/runtime/env';

export const dynamic = 'force-dynamic';

export function generateMetadata(): Metadata {
  return {
    title: 'Tags',
    description: 'All tags of the catalogue, each with its definition and its papers.',
    alternates: { canonical: `${env().siteUrl}/tags` },
  };
}

export default async function Tags() {
  const tags = await listTags(getDb());
  const groups = [...new Set(tags.map(({ tag }) => tag.group))];
  return (
    <>
      <PageHead title="Tags">
        What papers here are about. A paper has every tag whose definition fits it, and its page
        shows the words that say so.
      </PageHead>
      <div className="gap-x-12 lg:columns-2">
        {groups.map((group) => (
          <Group key={group} name={group} tags={tags.filter(({ tag }) => tag.group === group)} />
        ))}
      </div>
      <SubscribeFoot />
    </>
  );
}

function Group({ name, tags }: { name: string; tags: CountedTag[] }) {
  const id = name.toLowerCase().replaceAll(/\W+/g, '-');
  return (
    <section aria-labelledby={id} className="mb-8">
      <h2 id={id} className="break-after-avoid border-b border-ink pb-1 text-lg">
        {name}
      </h2>
      <dl>
        {tags.map(({ tag, papers }) => (
          <div
            key={tag.slug}
            className="break-inside-avoid border-t border-rule py-2 first:border-t-0"
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
