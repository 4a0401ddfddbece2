import type { ReactNode } from 'react';
import { AccountLink } from '@/components/site/AccountLink';
import { SearchBox } from '@/components/site/SearchBox';

/** The masthead: name, the ways into the catalogue, search. The same on every page. */
export function Header({ nav }: { nav: ReactNode }) {
  return (
    <header className="wrap">
      <a href="#content" className="skip-link">
        Skip to content
      </a>
      <div className="head">
        <a href="/" className="logo">
          Broadsheet
        </a>{' '}
        {nav}{' '}
        <search className="find print:hidden">
          <form action="/search">
            <label htmlFor="site-search" className="sr-only">
              Search papers
            </label>
            <SearchBox id="site-search" />
            <button type="submit">Search</button>
          </form>
        </search>{' '}
        <p className="me print:hidden">
          <a className="find-link" href="/search">
            Search
          </a>{' '}
          <a className="lib" href="/subscribe">
            By mail
          </a>{' '}
          <AccountLink />
        </p>
      </div>
    </header>
  );
}
