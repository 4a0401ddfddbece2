import type { ReactNode } from 'react';
import { AccountLink } from '@/components/site/AccountLink';

/** The masthead: name, the ways into the catalogue, search. The same on every page. */
export function Header({ nav, find }: { nav: ReactNode; find: ReactNode }) {
  return (
    <header className="wrap">
      <a href="#content" className="skip-link">
        Skip to content
      </a>
      <div className="head">
        <a href="/" className="logo">
          Broadsheet
        </a>{' '}
        {nav} {find}{' '}
        <p className="me print:hidden">
          <a className="find-link" href="/search">
            Search
          </a>{' '}
          <a className="lib" href="/subscribe">
            By mail
          </a>{' '}
          <a className="lib" href="/library">
            Library
          </a>{' '}
          <AccountLink />
        </p>
      </div>
    </header>
  );
}
