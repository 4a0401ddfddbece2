import { FollowButton } from '@/components/site/FollowButton';
import { formatQuery, type SearchQuery } from '@/lib/search/query/clause';
import type { Count } from '@/lib/search/rank/page';
import type { SearchPage } from '@/lib/search/search';

interface SearchHeadProps {
  query: SearchQuery;
  total: SearchPage['total'];
  /** Of what the search finds: by mail, and as a feed. */
  links: { mail: string; feed: string };
}

/** One line under the masthead: what is searched for, how many papers there are, how to follow the search. */
export function SearchHead({ query, total, links }: SearchHeadProps) {
  const text = formatQuery({ ...query, sort: null });
  const isQuoted = query.clauses.every(({ kind }) => kind === 'word');
  return (
    <div className="date">
      <h1 className="asked">
        <span className="sr-only">Search: </span>
        {isQuoted ? `“${text}”` : text}
      </h1>{' '}
      <div className="said">
        {total && <p>{countsOf(query, total)}</p>}{' '}
        <p className="follow">
          <FollowButton
            target={{ kind: 'search', value: text }}
            label="Follow this search"
            className="link"
          >
            <a href={links.mail}>Get this by mail</a>
          </FollowButton>{' '}
          <a href={links.feed}>Feed of this</a>
        </p>
      </div>
    </div>
  );
}

export const numberOf = ({ count, more }: Count) =>
  `${count.toLocaleString('en')}${more ? '+' : ''}`;
const isOne = ({ count, more }: Count) => count === 1 && !more;
export const isNone = ({ count, more }: Count) => count === 0 && !more;

function countsOf({ clauses }: SearchQuery, { whole, looser }: NonNullable<SearchPage['total']>) {
  const papers = `${numberOf(whole)} ${isOne(whole) ? 'paper' : 'papers'}`;
  const loose = `${numberOf(looser)} looser ${isOne(looser) ? 'match' : 'matches'}`;
  const asked = clauses.filter(({ exclude }) => !exclude);
  const words = asked.filter(({ kind }) => kind === 'word' || kind === 'prefix').length;
  const have = isOne(whole) ? ' has' : ' have';
  return (
    <>
      <b>{papers}</b>
      {words > 1 && `${have} ${words === 2 ? 'both words' : 'all words'}`}
      {!isNone(looser) && `, and ${loose}`}
    </>
  );
}
