import { searchPath } from '@/lib/search/query/clause';

/** The query language, each line with an example that works. */
const EXAMPLES: readonly (readonly [string, string])[] = [
  ['language model reasoning', 'papers with all these words first, then those with some of them'],
  ['"language models" reasoning', 'papers with this phrase and the word first'],
  ['+"language models" reasoning', 'only papers with this phrase; also +word'],
  ['fine-tuning -survey', 'without a word'],
  ['generaliz*', 'words that start like this'],
  ['title:learning', 'a word or phrase in the title'],
  ['author:Chen', 'papers by an author: a surname, or a name with initials in quotes'],
  ['tag:large-language-models', 'papers with a tag'],
  ['cat:cs.CL', 'an arXiv category, or an archive such as stat'],
  ['learning after:2024-01 before:2025', 'published from January 2024, and before 2025'],
  ['has:code', 'papers with code'],
  ['2411.15124', 'one paper: by its arXiv id, DOI, address, whole title or BibTeX entry'],
  ['language models sort:new', 'newest first; also trending, top, relevance'],
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
        parameter-efficient fine-tuning). By relevance, papers with all words and phrases stand
        first, and those with some of them after; in any other order, in feeds and in saved searches
        only papers with all of them are found.
      </p>
    </>
  );
}
