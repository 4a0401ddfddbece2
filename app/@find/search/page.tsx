import { SearchForm } from '@/components/site/SearchForm';
import { first, type SearchParams } from '@/lib/http/search-params';

/** The one search box, with the search that is shown. */
export default async function Page({ searchParams }: { searchParams: SearchParams }) {
  return <SearchForm text={first((await searchParams).q)} isOpen />;
}
