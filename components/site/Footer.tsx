import { ReaderSettings } from '@/components/site/ReaderSettings';

/** Where things are explained, and the reader's choice of look. */
export function Footer() {
  return (
    <footer id="site-foot" className="print:hidden wrap mt-10 pb-8">
      <div className="grid gap-y-4 border-t border-ink pt-3 text-muted">
        <nav aria-label="About this site">
          <ul className="flex flex-wrap gap-x-5">
            {LINKS.map(([href, name]) => (
              <li key={href}>
                <a href={href} className="target quiet-link">
                  {name}
                </a>
              </li>
            ))}
          </ul>
        </nav>
        <ReaderSettings />
      </div>
    </footer>
  );
}

const LINKS = [
  ['/about', 'About'],
  ['/about/ranking', 'How papers are ranked'],
  ['/digests', 'Past digests'],
  ['/about/feeds', 'Feeds'],
  ['/about/api', 'API'],
  ['/about/privacy', 'Privacy'],
  ['/status', 'Status'],
] as const;
