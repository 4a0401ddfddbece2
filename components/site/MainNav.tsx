const LINKS = [
  ['/', 'Trending'],
  ['/new', 'New'],
  ['/top/week', 'Top'],
  ['/rising', 'Rising'],
  ['/tags', 'Tags'],
  ['/digests', 'Digests'],
] as const;

/** The ways into the catalogue. The one that the page belongs to is marked. */
export function MainNav({ path }: { path: string }) {
  const current = LINKS.findLast(([href]) => belongs(path, href))?.[0];
  return (
    <nav className="nav print:hidden" aria-label="Main">
      <ul>
        {LINKS.map(([href, name]) => (
          <li key={href}>
            <a href={href} aria-current={href === current ? 'page' : undefined}>
              <span>{name}</span>
            </a>{' '}
          </li>
        ))}
      </ul>
    </nav>
  );
}

function belongs(path: string, href: string): boolean {
  const section = href.split('/')[1];
  return section === '' ? path === '/' : path.split('/')[1] === section;
}
