import type { Example } from '@/lib/search/examples';
import { searchPath } from '@/lib/search/query/clause';

/** The query language, each line with an example that finds something here. */
export function SearchHelp({ examples }: { examples: readonly Example[] }) {
  return (
    <section aria-labelledby="search-tips">
      <h2 id="search-tips" className="mb-2 text-lg">
        Search tips
      </h2>
      <dl className="grid grid-cols-1 gap-x-6 gap-y-1 text-base sm:grid-cols-[auto_minmax(0,1fr)]">
        {examples.map(({ query, meaning }) => (
          <div key={query} className="contents">
            <dt>
              <a className="link target font-mono text-sm" href={searchPath(query)} rel="nofollow">
                {query}
              </a>
            </dt>
            <dd className="text-muted">{meaning}</dd>
          </div>
        ))}
      </dl>
      <p className="mt-4 max-w-measure text-base text-muted">
        Spelling variants find the same papers: hyphens (pre-training, pretraining, pre training),
        accents and TeX (Poincaré, poincare), Greek letters (α, alpha), plurals and endings, British
        and American spelling, and common acronyms with what they stand for (PEFT,
        parameter-efficient fine-tuning). Sorted by best match, papers with all words and phrases
        come first, then those with some of them; any other order, feeds and saved searches have
        only papers with all of them.
      </p>
    </section>
  );
}
