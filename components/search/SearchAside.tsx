import { YearBars } from '@/components/search/YearBars';
import { SubscribeBox, type SubscribeTo } from '@/components/site/SubscribeBox';
import type { Facets } from '@/lib/search/facets';
import { yearPath } from '@/lib/search/narrow';
import type { SearchQuery } from '@/lib/search/query/clause';

/** Beside the papers found: their years, how to search, the search by mail. */
export function SearchAside({
  query,
  facets,
  mail,
}: {
  query: SearchQuery;
  facets: Facets;
  mail: SubscribeTo | null;
}) {
  return (
    <>
      {facets.years.length > 1 && (
        <section>
          <YearBars title="By year" years={facets.years} hrefOf={(year) => yearPath(query, year)} />
        </section>
      )}
      {facets.papers > 0 && (
        <section aria-labelledby="tips">
          <h2 id="tips">Search tips</h2>
          <p className="small">
            <b>“low-rank adaptation”</b> puts papers with the phrase first. <b>+memory</b> requires
            a word, <b>-vision</b> leaves it out. <b>author:</b>, <b>tag:</b>, <b>cat:</b> and{' '}
            <b>after:</b>2024 narrow the search.
          </p>
          <p className="small">
            <a className="link" href="/search">
              All search tips
            </a>
          </p>
        </section>
      )}
      <SubscribeBox to={mail} />
    </>
  );
}
