import { SPANS } from '@/lib/rising/spans';
import type { KeptRising } from '@/lib/rising/store';
import { searchPath } from '@/lib/search/query/clause';
import { TopicLine } from './TopicLine';

/** The first topics that rise, beside a list. */
export function RisingTopics({ rising, most }: { rising: KeptRising; most: number }) {
  return (
    <section aria-labelledby="rising">
      <h2 id="rising">Rising topics</h2>
      <p className="small">
        Phrases whose share of new papers grew most in the last {SPANS[rising.span].words}
      </p>
      <ul>
        {rising.topics.slice(0, most).map(({ phrase, query, weeks, shares, growth }) => (
          <li key={phrase}>
            <a className="topic" href={searchPath(`${query} sort:new`)}>
              <span className="name">{phrase}</span>
              <TopicLine weeks={weeks} shares={shares} />
              <span className="n">×{growth.toFixed(1)}</span>
            </a>
          </li>
        ))}
      </ul>
      <p className="small">
        <a className="link alone" href="/rising">
          All rising topics
        </a>
      </p>
    </section>
  );
}
