import { PaperList } from '@/components/paper/PaperList';
import { PaperRow } from '@/components/paper/PaperRow';
import { reported, rowSignal } from '@/components/paper/row-signal';
import { Marked } from '@/components/search/Marked';
import { SearchFacets } from '@/components/search/SearchFacets';
import { Snippet } from '@/components/search/Snippet';
import { Pager } from '@/components/ui/Pager';
import { TabLinks } from '@/components/ui/Tabs';
import type { FeedPaper } from '@/lib/feed/query';
import { authorLine } from '@/lib/papers/display';
import type { Facets } from '@/lib/search/facets';
import { markedAuthors, markedTitle, snippet } from '@/lib/search/highlight';
import {
  formatQuery,
  type SearchQuery,
  SORTS,
  type Sort,
  searchPath,
} from '@/lib/search/query/clause';
import type { Marks } from '@/lib/search/query/plan';
import type { Count } from '@/lib/search/rank/page';
import type { SearchPage } from '@/lib/search/search';

const SORT_NAMES: Record<Sort, string> = {
  relevance: 'Relevance',
  new: 'Newest',
  trending: 'Trending',
  top: 'Top',
};

/** A page of papers found, with the orders, the further pages, and ways to narrow the search down. */
export function SearchResults({
  query,
  found: { next, total, whole, sort, marks },
  papers,
  facets,
  isFirst,
}: {
  query: SearchQuery;
  found: SearchPage;
  papers: readonly FeedPaper[];
  facets: Facets;
  /** Whether this is the first page. */
  isFirst: boolean;
}) {
  const here = searchPath(formatQuery(query));
  return (
    <div className="mt-4 grid grid-cols-1 gap-x-10 lg:grid-cols-[minmax(0,1fr)_13rem]">
      <div>
        <div className="mb-1 flex flex-wrap items-baseline justify-between gap-x-8">
          <p className="text-base text-muted">{total && countsOf(total)}</p>
          <TabLinks
            label="Order"
            links={SORTS.map((each) => ({
              href: searchPath(formatQuery({ ...query, sort: each })),
              label: SORT_NAMES[each],
              current: sort === each,
            }))}
          />
        </div>
        {whole > 0 && (
          <PaperList label="Papers found">
            {papers.slice(0, whole).map((paper) => (
              <FoundPaper key={paper.id} paper={paper} marks={marks} />
            ))}
          </PaperList>
        )}
        {whole < papers.length && (
          <>
            <h2 className="mt-6 mb-1 text-base font-semibold">{looserLine(query, total)}</h2>
            <PaperList label="Looser matches">
              {papers.slice(whole).map((paper) => (
                <FoundPaper key={paper.id} paper={paper} marks={marks} />
              ))}
            </PaperList>
          </>
        )}
        <Pager
          first={isFirst ? null : here}
          next={next && `${here}&after=${encodeURIComponent(next)}`}
        />
      </div>
      <div className="print:hidden">
        <SearchFacets facets={facets} query={query} hasMore={total?.whole.more ?? false} />
      </div>
    </div>
  );
}

function FoundPaper({ paper, marks }: { paper: FeedPaper; marks: Marks }) {
  const { title, authors, abstract } = paper;
  return (
    <PaperRow
      paper={paper}
      now={new Date()}
      signal={{ ...rowSignal(paper), listed: null }}
      comments={reported(paper, 'comments')}
      title={<Marked pieces={markedTitle(title, marks)} />}
      authors={
        <span className="by">
          <span className="nm">
            <Marked pieces={markedAuthors(authorLine(authors), marks, authors)} />
          </span>
        </span>
      }
      snippet={
        marks.snippets && abstract ? <Snippet pieces={snippet(abstract, marks)} /> : undefined
      }
    />
  );
}

const number = ({ count, more }: Count) => `${count.toLocaleString('en')}${more ? '+' : ''}`;
const isOne = ({ count, more }: Count) => count === 1 && !more;
const isNone = ({ count, more }: Count) => count === 0 && !more;

function countsOf({ whole, looser }: NonNullable<SearchPage['total']>): string {
  const papers = `${number(whole)} ${isOne(whole) ? 'paper' : 'papers'}`;
  if (isNone(looser)) return papers;
  return `${papers}, and ${number(looser)} looser ${isOne(looser) ? 'match' : 'matches'}`;
}

/** What stands above papers that have only a part of the query. */
function looserLine({ clauses }: SearchQuery, total: SearchPage['total']): string {
  const words = clauses.filter(({ kind }) => kind === 'word' || kind === 'prefix');
  const phrases = clauses.filter(({ kind, exclude }) => kind === 'phrase' && !exclude);
  const isPhrase = phrases.length === 1 && words.length === 0;
  const wanted = isPhrase ? 'this phrase' : phrases.length > 0 ? 'all of this' : 'all these words';
  const some = isPhrase ? 'Papers with some of its words' : 'Papers with some of it';
  return total && isNone(total.whole) ? `No paper has ${wanted}. ${some}:` : `${some}:`;
}
