import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { ListFrame } from '@/components/feed/ListFrame';
import { SearchAside } from '@/components/search/SearchAside';
import { SearchBar } from '@/components/search/SearchBar';
import { SearchHead } from '@/components/search/SearchHead';
import { SearchHelp } from '@/components/search/SearchHelp';
import { SearchNotes } from '@/components/search/SearchNotes';
import { searchResults } from '@/components/search/SearchResults';
import { subscribePath } from '@/components/site/SubscribeBox';
import { SubscribeFoot } from '@/components/site/SubscribeFoot';
import { EmptyState } from '@/components/ui/EmptyState';
import { getDb } from '@/lib/db/client';
import { feedPapers } from '@/lib/feed/query';
import { listTags } from '@/lib/feed/tag-query';
import { first, type SearchParams } from '@/lib/http/search-params';
import { paperPath } from '@/lib/papers/paper-address';
import { readLibraryQuery } from '@/lib/readers/library-query';
import { searchExamples } from '@/lib/search/examples';
import { searchChips } from '@/lib/search/narrow';
import { formatQuery, searchPath } from '@/lib/search/query/clause';
import { tagsNamed } from '@/lib/search/query/topics';
import { type Search, search } from '@/lib/search/search';
import { syndicationLinks } from '@/lib/syndication/formats';

type Props = { searchParams: SearchParams };

const PAPERS = 30;

export async function generateMetadata({ searchParams }: Props): Promise<Metadata> {
  const text = first((await searchParams).q)
    .trim()
    .slice(0, 200);
  return {
    title: text ? `${text}: search` : 'Search',
    robots: { index: false },
    ...(text && {
      alternates: { types: syndicationLinks(searchPath(text), `Broadsheet: ${text}`) },
    }),
  };
}

export default async function Page({ searchParams }: Props) {
  const { q, after } = await searchParams;
  const text = first(q);
  if (text.trim() === '') return <Tips />;
  if (readLibraryQuery(text).inLibrary) redirect(`/library?q=${encodeURIComponent(text)}`);
  const cursor = first(after) || null;
  const asked = search(getDb(), text, { limit: PAPERS, after: cursor, count: true });
  const named = await asked.paperNamed();
  if (named !== null) redirect(paperPath(named));
  return <Results asked={asked} isFirst={cursor === null} />;
}

async function Tips() {
  return (
    <>
      <h1 className="my-3 text-2xl">Search</h1>
      <SearchHelp examples={await searchExamples(getDb())} />
      <SubscribeFoot />
    </>
  );
}

async function Results({ asked, isFirst }: { asked: Search; isFirst: boolean }) {
  const db = getDb();
  const now = new Date();
  const { query } = asked;
  const found = await asked.page();
  const [papers, facets, suggestion, author, tags] = await Promise.all([
    feedPapers(db, found.ids, now),
    asked.facets(),
    isFirst ? asked.suggestion() : null,
    isFirst ? asked.author() : null,
    isFirst ? tagsMeant(asked) : [],
  ]);
  const searched = formatQuery({ ...query, sort: null });
  const mail = { tag: null, search: searched };
  const here = searchPath(formatQuery(query));
  const { start, rest } = searchResults({ query, found, papers, now });
  return (
    <ListFrame
      head={
        <>
          <SearchHead
            query={query}
            total={found.total}
            links={{
              mail: subscribePath(mail),
              feed: `/feeds/atom${searchPath(formatQuery(query))}`,
            }}
          />
          <SearchBar
            query={query}
            sort={found.sort}
            chips={searchChips(query, facets)}
            counted={found.total?.whole.more ? facets.papers : null}
          />
          <SearchNotes
            messages={found.messages}
            correction={found.correction}
            suggestion={suggestion}
            tags={tags}
            author={author}
          />
        </>
      }
      hasPapers={papers.length > 0}
      start={
        papers.length > 0 ? (
          start
        ) : (
          <EmptyState title="No papers match">Try fewer words or remove a filter.</EmptyState>
        )
      }
      aside={<SearchAside query={query} facets={facets} mail={mail} />}
      rest={papers.length > 0 ? rest : <SearchHelp examples={await searchExamples(db)} />}
      first={isFirst ? null : here}
      next={found.next && `${here}&after=${encodeURIComponent(found.next)}`}
      size={papers.length}
    />
  );
}

const MOST_TAGS = 3;

/** The tags that words of the search name, with papers here. */
async function tagsMeant({ query }: Search) {
  const slugs = tagsNamed(query.clauses).slice(0, MOST_TAGS);
  if (slugs.length === 0) return [];
  const tags = await listTags(getDb());
  return tags.filter(({ tag, papers }) => papers > 0 && slugs.includes(tag.slug));
}
