import type { ReactNode } from 'react';
import { MonthChart } from '@/components/tags/MonthChart';
import { addLink } from '@/lib/feed/chips';
import type { Feed } from '@/lib/feed/filters';
import type { MonthCount } from '@/lib/tags/months';
import { narrowerTags, type Tag, tagBySlug } from '@/lib/tags/taxonomy';

interface TagHeadProps {
  feed: Feed;
  tag: Tag;
  papers: number;
  related: readonly { slug: string; name: string; lift: number }[];
  months: readonly MonthCount[];
  /** By mail, and as a feed. */
  links: { mail: string; feed: string };
}

/** Above a tag's papers: what the tag means, its neighbours, how much is written. */
export function TagHead({ feed, tag, papers, related, months, links }: TagHeadProps) {
  const broader = tag.broader === null ? undefined : tagBySlug(tag.broader);
  const narrower = narrowerTags(tag.slug);
  return (
    <section aria-label={`About the tag ${tag.name}`} className="tag-head">
      <div>
        <div className="tag-title">
          <h1>{tag.name}</h1>{' '}
          <p className="btns print:hidden">
            <a className="btn" href={links.mail}>
              Get by mail
            </a>{' '}
            <a className="btn" href={links.feed}>
              Feed
            </a>
          </p>
        </div>
        <p className="def">{tag.definition}</p>
        <dl className="rel">
          <Row name="Papers">{papers.toLocaleString('en')}</Row>
          {broader && (
            <Row name="Broader">
              <TagLinks tags={[broader]} feed={feed} />
            </Row>
          )}
          {narrower.length > 0 && (
            <Row name="Narrower">
              <TagLinks tags={narrower} feed={feed} />
            </Row>
          )}
          {related.length > 0 && (
            <Row name="Often with">
              <TagLinks tags={related} feed={feed} />
            </Row>
          )}
        </dl>
      </div>
      <MonthChart name={tag.name} months={months} />
    </section>
  );
}

function Row({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}

/** The name goes to that tag in place of this one; the plus asks for both. */
function TagLinks({ tags, feed }: { tags: readonly { slug: string; name: string }[]; feed: Feed }) {
  return (
    <ul>
      {tags.map(({ slug, name }) => (
        <li key={slug}>
          <a href={`/tags/${slug}`}>{name}</a>{' '}
          <a className="plus-a" href={addLink(feed, slug).href} aria-label={`Add ${name}`}>
            +
          </a>{' '}
        </li>
      ))}
    </ul>
  );
}
