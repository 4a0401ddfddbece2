import type { ReactNode } from 'react';
import { ChipLink } from '@/components/feed/ChipLink';
import { addLink, countOf, excludeLink, isInFilter, linkTo } from '@/lib/feed/chips';
import type { FeedFacets } from '@/lib/feed/facet-query';
import { type Feed, MAX_TAGS } from '@/lib/feed/filters';
import { categoryTerm, tagTerm } from '@/lib/feed/list-terms';
import { TAGS, type Tag } from '@/lib/tags/taxonomy';

/** Every tag that would leave papers of a feed, by group, to add or to leave out; and categories. */
export function TagIndex({ feed, facets }: { feed: Feed; facets: FeedFacets }) {
  const groups = [...new Set(TAGS.map(({ group }) => group))];
  const count = (tag: Tag) => facets.papers.get(tagTerm(tag.slug)) ?? 0;
  const shown = TAGS.filter((tag) => count(tag) > 0 || isInFilter(feed, tag.slug));
  const categories = [...facets.papers]
    .filter(([term]) => term.startsWith(categoryTerm('')))
    .map(([term, papers]) => ({ category: term.slice(categoryTerm('').length), papers }))
    .sort((a, b) => b.papers - a.papers)
    .slice(0, CATEGORIES);
  const empty = TAGS.length - shown.length;
  return (
    <div className="tag-index">
      <div className="groups">
        {groups.map((group) => (
          <Group key={group} name={group}>
            {ofGroup(shown, group).map(({ tag, isNarrower }) => (
              <TagLine key={tag.slug} feed={feed} tag={tag} papers={count(tag)} sub={isNarrower} />
            ))}
          </Group>
        ))}
        <Group name="Field">
          {categories.map(({ category, papers }) => (
            <li
              key={category}
              data-name={category.toLowerCase()}
              className={category === feed.category ? 'is' : undefined}
            >
              <ChipLink className="add" link={linkTo(feed, { category })}>
                <span>{category}</span> <span className="n">{countOf(papers, feed)}</span>
              </ChipLink>{' '}
            </li>
          ))}
        </Group>
      </div>
      <p className="fold">
        {empty > 0 && `${empty} more ${empty === 1 ? 'tag has' : 'tags have'} no papers here. `}
        <a className="link" href="/tags">
          All tags
        </a>
      </p>
    </div>
  );
}

const CATEGORIES = 8;

/** Narrower tags after the one that they belong to. */
function ofGroup(tags: readonly Tag[], group: string) {
  const own = tags.filter((tag) => tag.group === group);
  const isNarrower = (tag: Tag) => own.some(({ slug }) => slug === tag.broader);
  const below = (tag: Tag): { tag: Tag; isNarrower: boolean }[] => [
    { tag, isNarrower: isNarrower(tag) },
    ...own.filter(({ broader }) => broader === tag.slug).flatMap(below),
  ];
  return own.filter((tag) => !isNarrower(tag)).flatMap(below);
}

function Group({ name, children }: { name: string; children: ReactNode[] }) {
  if (children.length === 0) return null;
  return (
    <section className="group" aria-label={name}>
      <h2>{name}</h2>
      <ul>{children}</ul>
    </section>
  );
}

function TagLine({
  feed,
  tag,
  papers,
  sub,
}: {
  feed: Feed;
  tag: Tag;
  papers: number;
  sub: boolean;
}) {
  const isOn = feed.tags.includes(tag.slug);
  const isOut = feed.without.includes(tag.slug);
  const state = isOn ? 'is' : isOut ? 'out' : '';
  const without = (list: readonly string[]) => list.filter((slug) => slug !== tag.slug);
  return (
    <li
      className={`${state}${sub ? ' sub' : ''}`}
      data-name={`${tag.name} ${tag.short ?? ''} ${tag.slug}`.toLowerCase()}
    >
      {isOn || isOut ? (
        <ChipLink
          className="add"
          link={linkTo(feed, { tags: without(feed.tags), without: without(feed.without) })}
          label={isOut ? `${tag.name} left out: remove` : `Remove ${tag.name}`}
        >
          <span>{tag.name}</span> {isOut && <span className="n">left out</span>}
        </ChipLink>
      ) : feed.tags.length < MAX_TAGS ? (
        <ChipLink className="add" link={addLink(feed, tag.slug)}>
          <span>{tag.name}</span> <span className="n">{countOf(papers, feed)}</span>
        </ChipLink>
      ) : (
        <span className="add">{tag.name}</span>
      )}{' '}
      {!isOut && (
        <ChipLink className="ex" link={excludeLink(feed, tag.slug)} label={`Leave out ${tag.name}`}>
          –
        </ChipLink>
      )}{' '}
    </li>
  );
}
