import type { ReactNode } from 'react';
import { MonthChart } from '@/components/tags/MonthChart';
import type { MonthCount } from '@/lib/tags/months';
import { narrowerTags, type Tag, tagBySlug } from '@/lib/tags/taxonomy';

interface TagHeadProps {
  tag: Tag;
  papers: number;
  related: readonly { slug: string; name: string; lift: number }[];
  months: readonly MonthCount[];
}

/** Above a tag's papers: what the tag means, its neighbours, how much is written. */
export function TagHead({ tag, papers, related, months }: TagHeadProps) {
  const broader = tag.broader === null ? undefined : tagBySlug(tag.broader);
  const narrower = narrowerTags(tag.slug);
  return (
    <section aria-label={`About the tag ${tag.name}`} className="mt-3 border-t border-rule pt-3">
      <p className="max-w-measure font-serif text-base">{tag.definition}</p>
      <div className="mt-2 flex flex-wrap items-end justify-between gap-x-8 gap-y-3">
        <dl className="grid min-w-0 grid-cols-[auto_minmax(0,1fr)] gap-x-3">
          <Row name="Papers">{papers.toLocaleString('en')}</Row>
          {broader && (
            <Row name="Broader">
              <TagLinks tags={[broader]} />
            </Row>
          )}
          {narrower.length > 0 && (
            <Row name="Narrower">
              <TagLinks tags={narrower} />
            </Row>
          )}
          {related.length > 0 && (
            <Row name="Often with">
              <TagLinks tags={related} />
            </Row>
          )}
        </dl>
        <MonthChart name={tag.name} months={months} />
      </div>
    </section>
  );
}

function Row({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="flex min-h-6 items-center text-muted">{name}</dt>
      <dd className="flex min-h-6 items-center">{children}</dd>
    </>
  );
}

function TagLinks({ tags }: { tags: readonly { slug: string; name: string }[] }) {
  return (
    <ul className="flex flex-wrap gap-x-3">
      {tags.map(({ slug, name }) => (
        <li key={slug}>
          <a className="quiet-link target" href={`/tags/${slug}`}>
            {name}
          </a>
        </li>
      ))}
    </ul>
  );
}
