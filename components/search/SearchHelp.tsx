import { searchPath } from '@/lib/search/query/clause';

/** The query language, each line with an example that works. */
const EXAMPLES: readonly (readonly [string, string])[] = [
  ['lora forgetting', 'papers about these words, the best match first'],
  ['"catastrophic forgetting"', 'these words side by side'],
  ['adapters -survey', 'without a word'],
  ['quantiz*', 'words that start so'],
  ['title:adapter', 'a word or phrase of the title'],
  ['author:"Edward Hu"', 'papers of an author, initials allowed'],
  ['tag:peft', 'papers with a tag'],
  ['cat:cs.CL', 'an arXiv category, or an archive such as stat'],
  ['after:2024-01 before:2025', 'published from January 2024, and before 2025'],
  ['has:code', 'papers with code'],
  ['2106.09685', 'one paper: by its arXiv id, DOI, address, whole title or BibTeX entry'],
  ['lora sort:new', 'newest first; also trending, top, relevance'],
];

export function SearchHelp() {
  return (
    <>
      <dl className="grid grid-cols-1 gap-x-6 gap-y-1 text-base sm:grid-cols-[auto_minmax(0,1fr)]">
        {EXAMPLES.map(([query, meaning]) => (
          <div key={query} className="contents">
            <dt>
              <a className="link target font-mono text-sm" href={searchPath(query)}>
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
        parameter-efficient fine-tuning). By relevance, papers with some of the words are found; in
        any other order, papers with all of them.
      </p>
    </>
  );
}
