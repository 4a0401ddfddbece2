import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { PaperList } from '@/components/paper/PaperList';
import { PaperRow, paperPath } from '@/components/paper/PaperRow';
import { Marked } from '@/components/search/Marked';
import { QueryChips } from '@/components/search/QueryChips';
import { SearchBox } from '@/components/search/SearchBox';
import { SearchFacets } from '@/components/search/SearchFacets';
import { SearchHelp } from '@/components/search/SearchHelp';
import { Snippet } from '@/components/search/Snippet';
import { SubscribeFoot } from '@/components/site/SubscribeFoot';
import { EmptyState } from '@/components/ui/EmptyState';
import { Notice } from '@/components/ui/Notice';
import { Pager } from '@/components/ui/Pager';
import { TabLinks } from '@/components/ui/Tabs';
import { getDb } from '@/lib/db/client';
import { signalWords } from '@/lib/feed/labels';
import { feedPapers } from '@/lib/feed/query';
import { first, type SearchParams } from '@/lib/http/search-params';
import { authorLine } from '@/lib/papers/display';
import { findByArxivId } from '@/lib/papers/store';
import { facetsOf } from '@/lib/search/facets';
import { markedAuthors, markedTitle, snippet } from '@/lib/search/highlight';
import {
  formatQuery,
  parseQuery,
  type SearchQuery,
  SORTS,
  type Sort,
} from '@/lib/search/query/parse';
import { planSearch } from '@/lib/search/query/plan';
import { MOST_RESULTS, searchPapers } from '@/lib/search/search';
import { authorMeant, didYouMean } from '@/lib/search/suggest';

type Props = { searchParams: SearchParams };

const PAPERS = 30;
const SORT_NAMES: Record<Sort, string> = {
  relevance: 'Relevance',
  new: 'Newest',
  trending: 'Trending',
  top: 'Top',
};

export async function generateMetadata({ searchParams }: Props): Promise<Metadata> {
  const text = first((await searchParams).q)
    .trim()
    .slice(0, 200);
  const query = encodeURIComponent(text);
  return {
    title: text ? `${text}: search` : 'Search',
    robots: { index: false },
    ...(text && {
      alternates: {
        types: {
          'application/atom+xml': `/feeds/atom/search?q=${query}`,
          'application/feed+json': `/feeds/json/search?q=${query}`,
        },
      },
    }),
  };
}

export default async function Page({ searchParams }: Props) {
  const { q, after } = await searchParams;
  const text = first(q);
  const { query, messages } = parseQuery(text);
  const only = query.clauses.length === 1 ? query.clauses[0] : undefined;
  if (only?.kind === 'id' && !only.exclude) {
    const id = await findByArxivId(getDb(), only.value);
    if (id !== null) redirect(paperPath(id));
  }
  return (
    <div className="max-w-4xl">
      <h1 className="text-2xl">Search</h1>
      <search>
        <form action="/search" className="mt-3 flex max-w-measure">
          <label htmlFor="search" className="sr-only">
            Search papers
          </label>
          <SearchBox
            id="search"
            key={text}
            defaultValue={text.slice(0, 4_000)}
            className="min-h-10 w-full min-w-0 border border-edge bg-page px-2.5 text-base placeholder:text-muted"
          />
          <button
            type="submit"
            className="min-h-10 cursor-pointer border border-s-0 border-edge px-4 font-semibold hover:text-accent"
          >
            Search
          </button>
        </form>
      </search>
      <QueryChips query={query} />
      {text.trim() === '' ? (
        <div className="mt-6">
          <h2 className="mb-2 text-lg">What can be asked</h2>
          <SearchHelp />
        </div>
      ) : (
        <Results query={query} said={messages} after={first(after) || null} />
      )}
      <SubscribeFoot />
    </div>
  );
}

async function Results({
  query,
  said,
  after,
}: {
  query: SearchQuery;
  said: string[];
  after: string | null;
}) {
  const db = getDb();
  const found = await searchPapers(db, query, { limit: PAPERS, after, count: true });
  const [papers, facets, meant, author] = await Promise.all([
    feedPapers(db, found.ids, new Date()),
    facetsOf(db, found.counted),
    after ? null : didYouMean(db, query),
    after ? null : authorMeant(db, query),
  ]);
  const plan = planSearch(query);
  const messages = [...new Set([...said, ...found.messages])];
  const here = searchHref(query);
  return (
    <>
      {messages.length > 0 && (
        <div className="mt-4 grid gap-1">
          <Notice>
            {messages.map((message) => (
              <p key={message}>{message}</p>
            ))}
          </Notice>
        </div>
      )}
      {meant && (
        <p className="mt-3 text-base">
          Did you mean{' '}
          <a className="link font-semibold" href={`/search?q=${encodeURIComponent(meant)}`}>
            {meant}
          </a>
          ?
        </p>
      )}
      {author && (
        <p className="mt-3 text-base">
          There are papers by{' '}
          <a className="link" href={`/search?q=${encodeURIComponent(author)}`}>
            {author}
          </a>
          .
        </p>
      )}
      {papers.length === 0 ? (
        <div className="mt-5">
          <EmptyState title="No paper fits this search">
            Other words, or fewer words and filters, find more.
          </EmptyState>
          <h2 className="mt-6 mb-2 text-lg">What can be asked</h2>
          <SearchHelp />
        </div>
      ) : (
        <div className="mt-4 grid grid-cols-1 gap-x-10 lg:grid-cols-[minmax(0,1fr)_13rem]">
          <div>
            <div className="mb-1 flex flex-wrap items-baseline justify-between gap-x-8">
              <p className="text-base text-muted">{counted(found.total)}</p>
              <TabLinks
                label="Order"
                links={SORTS.map((sort) => ({
                  href: searchHref({ ...query, sort }),
                  label: SORT_NAMES[sort],
                  current: found.sort === sort,
                }))}
              />
            </div>
            <PaperList label="Papers found">
              {papers.map((paper) => (
                <PaperRow
                  key={paper.id}
                  paper={paper}
                  signals={signalWords(paper.signals)}
                  title={<Marked pieces={markedTitle(paper.title, plan)} />}
                  authors={
                    <Marked
                      pieces={markedAuthors(authorLine(paper.authors), plan, paper.authors)}
                    />
                  }
                  snippet={
                    plan.ranks && paper.abstract ? (
                      <Snippet pieces={snippet(paper.abstract, plan)} />
                    ) : undefined
                  }
                />
              ))}
            </PaperList>
            <Pager
              first={after ? here : null}
              next={found.next && `${here}&after=${encodeURIComponent(found.next)}`}
            />
          </div>
          <div className="print:hidden">
            <SearchFacets
              facets={facets}
              query={query}
              among={found.total.more ? found.counted.length : null}
            />
          </div>
        </div>
      )}
    </>
  );
}

const searchHref = (query: SearchQuery) => `/search?q=${encodeURIComponent(formatQuery(query))}`;

function counted({ count, more }: { count: number; more: boolean }): string {
  if (more) return `${Math.min(count, MOST_RESULTS).toLocaleString('en')}+ papers`;
  return count === 1 ? '1 paper' : `${count.toLocaleString('en')} papers`;
}
