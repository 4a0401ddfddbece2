import type { ContentTopic } from '@/lib/digest/rising-choice';
import { searchPath } from '@/lib/search/query/clause';

/** What began to rise, below the papers of a digest on the web. */
export function IssueTopics({ topics }: { topics: readonly ContentTopic[] }) {
  if (topics.length === 0) return null;
  return (
    <section className="mt-6" aria-labelledby="rising">
      <h2 id="rising" className="mb-2 text-lg">
        Rising topics
      </h2>
      <ul>
        {topics.map(({ phrase, figures, query }) => (
          <li key={phrase} className="mb-2">
            <a className="link target" href={searchPath(`${query} sort:new`)}>
              {phrase}
            </a>
            <p className="text-muted">{figures}</p>
          </li>
        ))}
      </ul>
      <p className="mt-2">
        <a className="link target" href="/rising">
          All rising topics
        </a>
      </p>
    </section>
  );
}
