import { SearchBox } from '@/components/site/SearchBox';

/** The masthead: name, search, and the ways into the catalogue. The same on every page. */
export function Header() {
  return (
    <header className="mx-auto max-w-site px-4 pt-3 sm:px-6">
      <a href="#content" className="skip-link bg-page px-2 py-1 font-semibold text-accent">
        Skip to content
      </a>
      <div className="flex flex-wrap items-end justify-between gap-x-8 gap-y-2">
        <a href="/" className="font-serif text-2xl font-bold tracking-tight">
          Broadsheet
        </a>
        <search className="print:hidden w-full sm:w-80">
          <form action="/search" className="flex">
            <label htmlFor="site-search" className="sr-only">
              Search papers
            </label>
            <SearchBox
              id="site-search"
              className="min-h-9 w-full min-w-0 border border-edge bg-page px-2.5 text-base placeholder:text-muted"
            />
            <button
              type="submit"
              className="min-h-9 cursor-pointer border border-s-0 border-edge px-3 font-semibold hover:text-accent"
            >
              Search
            </button>
          </form>
        </search>
      </div>
      <nav
        aria-label="Main"
        className="print:hidden mt-2.5 border-t-3 border-b border-ink border-double py-1"
      >
        <ul className="flex flex-wrap gap-x-5">
          {LINKS.map(([href, name]) => (
            <li key={href}>
              <a href={href} className="target quiet-link font-semibold">
                {name}
              </a>
            </li>
          ))}
        </ul>
      </nav>
    </header>
  );
}

const LINKS = [
  ['/', 'Trending'],
  ['/new', 'New'],
  ['/top/week', 'Top'],
  ['/tags', 'Tags'],
  ['/subscribe', 'By email'],
] as const;
