import { SearchBox } from '@/components/site/SearchBox';

/** Longer texts are no searches. */
const LONGEST = 4_000;

/** The search box in the masthead; on narrow screens it shows only where it `isOpen`. */
export function SearchForm({ text = '', isOpen = false }: { text?: string; isOpen?: boolean }) {
  return (
    <search className={isOpen ? 'find open print:hidden' : 'find print:hidden'}>
      <form action="/search">
        <label htmlFor="site-search" className="sr-only">
          Search papers
        </label>
        <SearchBox id="site-search" key={text} defaultValue={text.slice(0, LONGEST)} />
        <button type="submit">Search</button>
      </form>
    </search>
  );
}
