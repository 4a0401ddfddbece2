import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { QueryChips } from '@/components/search/QueryChips';
import { SearchForm } from '@/components/search/SearchForm';
import { SearchHelp } from '@/components/search/SearchHelp';
import { SearchNotes } from '@/components/search/SearchNotes';
import { SearchResults } from '@/components/search/SearchResults';
import { SubscribeFoot } from '@/components/site/SubscribeFoot';
import { EmptyState } from '@/components/ui/EmptyState';
import { getDb } from '@/lib/db/client';
import { feedPapers } from '@/lib/feed/query';
import { first, type SearchParams } from '@/lib/http/search-params';
import { paperPath } from '@/lib/papers/paper-address';
import { searchPath } from '@/lib/search/query/clause';
import { tagNamed } from '@/lib/search/query/topics';
import { type Search, search } from '@/lib/search/search';
import { syndicationLinks } from '@/lib/syndication/formats';
import { namedTags } from '@/lib/tags/taxonomy';

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
  const cursor = first(after) || null;
  const asked = search(getDb(), text, { limit: PAPERS, after: cursor, count: true });
  const named = await asked.paperNamed();
  if (named !== null) redirect(paperPath(named));
  return (
    <>
      <h1 className="text-2xl">Search</h1>
      <SearchForm text={text} />
      <QueryChips query={asked.query} />
      {text.trim() === '' ? (
        <div className="mt-6">
          <h2 className="mb-2 text-lg">Search tips</h2>
          <SearchHelp />
        </div>
      ) : (
        <Results asked={asked} isFirst={cursor === null} />
      )}
      <SubscribeFoot />
    </>
  );
}

async function Results({ asked, isFirst }: { asked: Search; isFirst: boolean }) {
  const found = await asked.page();
  const [papers, facets, suggestion, author] = await Promise.all([
    feedPapers(getDb(), found.ids, new Date()),
    asked.facets(),
    isFirst ? asked.suggestion() : null,
    isFirst ? asked.author() : null,
  ]);
  return (
    <>
      <SearchNotes
        messages={found.messages}
        correction={found.correction}
        suggestion={suggestion}
        tag={isFirst ? (namedTags([tagNamed(asked.query.clauses) ?? ''])[0] ?? null) : null}
        author={author}
      />
      {papers.length === 0 ? (
        <div className="mt-5">
          <EmptyState title="No papers match">Try fewer words or remove a filter.</EmptyState>
          <h2 className="mt-6 mb-2 text-lg">Search tips</h2>
          <SearchHelp />
        </div>
      ) : (
        <SearchResults {...{ query: asked.query, found, papers, facets, isFirst }} />
      )}
    </>
  );
}
