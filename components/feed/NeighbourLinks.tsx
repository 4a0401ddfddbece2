import { feedPath } from '@/lib/feed/filters';
import { feedTitle } from '@/lib/feed/labels';
import type { Neighbour, Neighbours } from '@/lib/feed/neighbour-query';
import { shorten } from '@/lib/papers/display';
import { paperPath } from '@/lib/papers/paper-address';
import { plainMaths } from '@/lib/papers/tex/plain-text';
import { tagBySlug } from '@/lib/tags/taxonomy';

/** So much of a title tells it from others. */
const TITLE = 70;

/** The papers before and after this one in the lists that readers come from. */
export function NeighbourLinks({ lists }: { lists: readonly Neighbours[] }) {
  if (lists.length === 0) return null;
  return (
    <nav aria-labelledby="beside" className="sec beside print:hidden">
      <h2 id="beside">Read on</h2>
      {lists.map(({ feed, before, after }) => {
        const name = feedTitle(feed, (slug) => tagBySlug(slug)?.name ?? slug);
        return (
          <div key={name}>
            <p>
              <a className="quiet-link target" href={feedPath(feed)}>
                {name}
              </a>
            </p>
            <ul>
              {before && <Beside paper={before} where="Previous" list={name} />}
              {after && <Beside paper={after} where="Next" list={name} />}
            </ul>
          </div>
        );
      })}
    </nav>
  );
}

function Beside({ paper, where, list }: { paper: Neighbour; where: string; list: string }) {
  const title = shorten(plainMaths(paper.title), TITLE);
  return (
    <li>
      <span className="small" aria-hidden="true">
        {where}
      </span>{' '}
      <a href={paperPath(paper.id)} aria-label={`${where} in ${list}: ${title}`}>
        {title}
      </a>
    </li>
  );
}
