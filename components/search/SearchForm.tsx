import { SearchBox } from '@/components/site/SearchBox';

/** The search page's own form, with the search that is shown. */
export function SearchForm({ text }: { text: string }) {
  return (
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
  );
}
