import { SearchForm } from '@/components/site/SearchForm';

/** The search box of every page but the search's own. */
export default function Default() {
  return <SearchForm />;
}
