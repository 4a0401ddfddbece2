import type { ReactNode } from 'react';
import { FollowButton } from '@/components/site/FollowButton';
import { MonthChart } from '@/components/tags/MonthChart';
import { TitleLinks } from '@/components/ui/TitleLinks';
import { addLink, countOf } from '@/lib/feed/chips';
import type { FeedFacets } from '@/lib/feed/facet-query';
import type { Feed } from '@/lib/feed/filters';
import { tagTerm } from '@/lib/feed/list-terms';
import type { TagPage } from '@/lib/feed/tag-query';
import type { KeptTopic } from '@/lib/rising/store';
import { searchPath } from '@/lib/search/query/clause';
import type { MonthCount } from '@/lib/tags/months';
import { namedTags, narrowerTags, type TagName } from '@/lib/tags/taxonomy';

interface TagHeadProps extends TagPage {
  months: readonly MonthCount[];
  /** What rises among its papers. */
  rising: readonly Pick<KeptTopic, 'phrase' | 'query' | 'papers' | 'growth'>[];
  /** The days that it is found in, such as "28 days". */
  span: string;
  feed: Feed;
  /** Of the feed: they say how many of its papers a neighbour would leave. */
  facets: FeedFacets;
  /** By mail, and as a feed. */
  links: { mail: string; feed: string };
  now: Date;
}

/** Above a tag's papers: what the tag means, its neighbours, its share of what is published. */
export function TagHead(props: TagHeadProps) {
  const { feed, facets, tag, related, months, rising, span, links, now } = props;
  const rows = [
    { name: 'Broader', tags: namedTags(tag.broader === null ? [] : [tag.broader]) },
    { name: 'Narrower', tags: narrowerTags(tag.slug) },
    { name: 'Often with', tags: namedTags(related.map(({ slug }) => slug)) },
  ];
  return (
    <section aria-label={`About the tag ${tag.name}`} className="tag-head">
      <div>
        <TitleLinks title={tag.name} feed={links.feed}>
          <FollowButton target={{ kind: 'tag', value: tag.slug }} className="btn">
            <a className="btn" href={links.mail}>
              By mail
            </a>
          </FollowButton>
        </TitleLinks>
        <p className="def">{tag.definition}</p>
        <dl className="rel">
          <Row name="Papers">{facets.total.toLocaleString('en')}</Row>
          {rows.map(
            ({ name, tags }) =>
              tags.length > 0 && (
                <Row key={name} name={name}>
                  <TagLinks of={tag} {...{ tags, feed, facets }} />
                </Row>
              ),
          )}
          {rising.length > 0 && (
            <Row name="Rising">
              <RisingPhrases topics={rising} span={span} />
            </Row>
          )}
        </dl>
      </div>
      <MonthChart name={tag.name} months={months} now={now} />
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

/** Each goes to its search within the tag. */
function RisingPhrases({ topics, span }: { topics: TagHeadProps['rising']; span: string }) {
  return (
    <ul className="grown">
      {topics.map(({ phrase, query, papers, growth }) => (
        <li key={phrase}>
          <a href={searchPath(`${query} sort:new`)}>
            {phrase}{' '}
            <span className="n">
              {papers} papers, ×{growth.toFixed(1)}
            </span>
          </a>
        </li>
      ))}
      <li className="n">share of this tag’s papers, last {span}</li>
    </ul>
  );
}

/** The name goes to that tag in place of this one; the plus asks for both, and the count is of both. */
function TagLinks({
  of,
  tags,
  feed,
  facets,
}: Pick<TagHeadProps, 'feed' | 'facets'> & { of: TagName; tags: readonly TagName[] }) {
  return (
    <ul>
      {tags.map(({ slug, name }) => {
        const both = facets.papers.get(tagTerm(slug)) ?? 0;
        return (
          <li key={slug}>
            <a href={`/tags/${slug}`}>{name}</a>{' '}
            {both > 0 && (
              <a
                className="plus-a"
                href={addLink(feed, slug).href}
                aria-label={`Add ${name} to ${of.name}: ${countOf(both, feed)} papers`}
              >
                <span className="n">{countOf(both, feed)}</span> +
              </a>
            )}{' '}
          </li>
        );
      })}
    </ul>
  );
}
