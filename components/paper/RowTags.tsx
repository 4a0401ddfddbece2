import { bySpecificity, shortTagName } from '@/lib/tags/taxonomy';

/** So many letters of tags fit the line of facts: fewer where the filter's own stand there too. */
const ROOM = 22;
const ROOM_FILTERED = 16;

/** Up to two tags, the filter's and the most specific first; the rest opens in place. */
export function RowTags({
  tags,
  chosen = [],
}: {
  tags: readonly string[];
  chosen?: readonly string[];
}) {
  const sorted = bySpecificity(tags, chosen);
  if (sorted.length === 0) return null;
  const [first, second] = sorted;
  const isFiltered = chosen.length > 0;
  const length = shortTagName(first!).length + (second ? shortTagName(second).length : 0);
  const fits = second !== undefined && length <= (isFiltered ? ROOM_FILTERED : ROOM);
  const rest = sorted.slice(fits ? 2 : 1);
  const tag = (slug: string) => (
    <a className={chosen.includes(slug) ? 'tag hit' : 'tag'} href={`/tags/${slug}`}>
      {shortTagName(slug)}
    </a>
  );
  // Where there is little room one tag is shown: the second then counts among the rest (`t2n`).
  return (
    <ul className="tags">
      <li>{tag(first!)} </li>
      {fits && <li className="t2">{tag(second)} </li>}
      {(rest.length > 0 || fits) && (
        <li className={rest.length === 0 ? 't2n' : undefined}>
          <details className="rest">
            <summary>
              {rest.length > 0 && <span className="t1n">{`+${rest.length}`}</span>}
              <span className="t2n">{`+${rest.length + (fits ? 1 : 0)}`}</span>
              <span className="sr-only"> more tags</span>
            </summary>
            <ul className="tags">
              {rest.map((slug) => (
                <li key={slug}>{tag(slug)} </li>
              ))}
            </ul>
          </details>
        </li>
      )}
    </ul>
  );
}
