/** In a library the search box searches it. */
export function LibrarySearch({ text }: { text: string }) {
  return (
    <search className="find open print:hidden">
      <form action="/library">
        <label htmlFor="site-search" className="sr-only">
          Search your library
        </label>
        <input
          id="site-search"
          name="q"
          type="search"
          className="search-input"
          defaultValue={text.slice(0, 4_000)}
          placeholder="Search your library"
          autoComplete="off"
        />
        <button type="submit">Search</button>
      </form>
    </search>
  );
}
