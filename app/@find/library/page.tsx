import { LibrarySearch } from '@/components/library/LibrarySearch';
import { first, type SearchParams } from '@/lib/http/search-params';

export default async function Page({ searchParams }: { searchParams: SearchParams }) {
  return <LibrarySearch text={first((await searchParams).q)} />;
}
