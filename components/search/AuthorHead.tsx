import { YearBars } from '@/components/search/YearBars';
import { FollowButton } from '@/components/site/FollowButton';
import { TitleLinks } from '@/components/ui/TitleLinks';
import { authorPath } from '@/lib/search/author';
import type { AuthorPapers } from '@/lib/search/author-papers';
import { searchPath } from '@/lib/search/query/clause';

/** Above an author's papers: how the name is written, what the papers are about, how many by year. */
export function AuthorHead({
  author: { name, written, search, total, facets },
  links,
}: {
  author: AuthorPapers;
  /** By mail, and as a feed. */
  links: { mail: string; feed: string };
}) {
  const others = written.filter((each) => each.name !== name);
  return (
    <section aria-label={`About the name ${name}`} className="tag-head">
      <div>
        <TitleLinks title={name} feed={links.feed}>
          <FollowButton target={{ kind: 'author', value: name }} className="btn">
            <a className="btn" href={links.mail}>
              By mail
            </a>
          </FollowButton>
        </TitleLinks>
        <p className="def">
          Papers by people with this name. Sources give nothing but names, so several people may
          share one.
        </p>
        <dl className="rel">
          <dt>Papers</dt>
          <dd>
            {total.count.toLocaleString('en')}
            {total.more && ' or more'}
          </dd>
          {others.length > 0 && (
            <>
              <dt>Also written</dt>
              <dd>
                <Counted
                  items={others.map((other) => ({
                    text: other.name,
                    href: authorPath(other.name) ?? searchPath(search),
                    count: other.papers,
                  }))}
                />
              </dd>
            </>
          )}
          {facets.tags.length > 0 && (
            <>
              <dt>Tags</dt>
              <dd>
                <Counted
                  items={facets.tags.map(({ slug, name: text, count }) => ({
                    text,
                    href: searchPath(`${search} tag:${slug}`),
                    count,
                  }))}
                />
              </dd>
            </>
          )}
        </dl>
      </div>
      <YearBars
        title="Papers by year"
        years={facets.years}
        hrefOf={(year) => searchPath(`${search} after:${year} before:${year + 1}`)}
      />
    </section>
  );
}

function Counted({ items }: { items: readonly { text: string; href: string; count: number }[] }) {
  return (
    <ul>
      {items.map(({ text, href, count }) => (
        <li key={text}>
          <a href={href} rel="nofollow">
            {text} <span className="n">{count.toLocaleString('en')}</span>
          </a>{' '}
        </li>
      ))}
    </ul>
  );
}
