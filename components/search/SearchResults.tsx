import { FeedRow } from '@/components/feed/FeedRow';
import { ABOVE } from '@/components/feed/ListFrame';
import { PaperList } from '@/components/paper/PaperList';
import { Marked } from '@/components/search/Marked';
import { isNone } from '@/components/search/SearchHead';
import type { FeedPaper } from '@/lib/feed/query';
import { authorLine } from '@/lib/papers/display';
import { markedAuthors, markedTitle, snippet } from '@/lib/search/highlight';
import type { SearchQuery } from '@/lib/search/query/clause';
import type { Marks } from '@/lib/search/query/plan';
import type { SearchPage } from '@/lib/search/search';

interface SearchResultsProps {
  query: SearchQuery;
  found: SearchPage;
  papers: readonly FeedPaper[];
  now: Date;
}

/**
 * The papers found, with what matched marked: whole matches, then under a line of their own looser ones. The
 * first few of them apart, for what stands beside the list.
 */
export function searchResults({ query, found, papers, now }: SearchResultsProps) {
  const { whole, total, marks } = found;
  const row = (paper: FeedPaper) => <FoundPaper key={paper.id} {...{ paper, marks, now }} />;
  const looser = papers.slice(whole);
  const isLooseAtOnce = whole === 0 && looser.length > 0;
  return {
    start: isLooseAtOnce ? (
      <Looser line={looserLine(query, total)}>{looser.map(row)}</Looser>
    ) : (
      <PaperList label="Papers found">{papers.slice(0, Math.min(whole, ABOVE)).map(row)}</PaperList>
    ),
    rest: (
      <>
        {whole > ABOVE && (
          <PaperList label="Papers found, continued" start={ABOVE + 1}>
            {papers.slice(ABOVE, whole).map(row)}
          </PaperList>
        )}
        {!isLooseAtOnce && looser.length > 0 && (
          <Looser line={looserLine(query, total)}>{looser.map(row)}</Looser>
        )}
      </>
    ),
  };
}

function Looser({ line, children }: { line: string; children: React.ReactNode }) {
  return (
    <section aria-labelledby="looser">
      <div className="divide">
        <h2 id="looser">Looser matches</h2>
        <p>{line}</p>
      </div>
      <PaperList label="Looser matches">{children}</PaperList>
    </section>
  );
}

function FoundPaper({ paper, marks, now }: { paper: FeedPaper; marks: Marks; now: Date }) {
  const { title, authors, abstract } = paper;
  return (
    <FeedRow
      paper={paper}
      now={now}
      title={<Marked pieces={markedTitle(title, marks)} />}
      authors={
        marks.authors.length > 0 ? (
          <span className="by">
            <span className="nm">
              <Marked pieces={markedAuthors(authorLine(authors), marks, authors)} />
            </span>
          </span>
        ) : undefined
      }
      snippet={
        marks.snippets && abstract ? (
          <p className="gist">
            <Marked pieces={snippet(abstract, marks)} />
          </p>
        ) : undefined
      }
    />
  );
}

/** What stands above papers that have only a part of the query. */
function looserLine({ clauses }: SearchQuery, total: SearchPage['total']): string {
  const words = clauses.filter(({ kind }) => kind === 'word' || kind === 'prefix');
  const phrases = clauses.filter(({ kind, exclude }) => kind === 'phrase' && !exclude);
  const isPhrase = phrases.length === 1 && words.length === 0;
  const wanted = isPhrase ? 'this phrase' : phrases.length > 0 ? 'all of this' : 'all these words';
  const some = isPhrase ? 'These papers have some of its words' : 'These papers have some of it';
  return total && isNone(total.whole) ? `No paper has ${wanted}. ${some}.` : `${some}.`;
}
