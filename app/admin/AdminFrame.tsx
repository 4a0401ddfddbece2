import type { ReactNode } from 'react';
import { Notice } from '@/components/ui/Notice';
import { PageHead } from '@/components/ui/PageHead';
import { LONGEST_REASON } from '@/lib/admin/acts';

const PAGES = {
  '/admin': 'Overview',
  '/admin/readers': 'Readers',
  '/admin/papers': 'Papers',
  '/admin/rejected': 'Rejected records',
  '/admin/log': 'Log',
} as const;

const PROBLEMS: Record<string, string> = {
  reason: `Nothing was done: say why, in 3 to ${LONGEST_REASON} characters.`,
  sure: 'Nothing was done: tick the box if you are sure.',
  file: 'This is no CSV file of readers: its first line names the columns, as below.',
  tag: 'Nothing was done: choose a tag.',
  long: 'There are too many to try in one go here: npm run cli -- rejected retry.',
  correction:
    'Nothing was corrected: a paper needs a title, a day like 2026-11-23, and links that are web addresses.',
  gone: 'Nothing was done: it is gone, or was done already.',
};

/** Every page for admins: where one is, what was done just now, the page. */
export function AdminFrame({
  page,
  title,
  lead,
  done,
  problem = '',
  children,
}: {
  page: keyof typeof PAGES;
  title: ReactNode;
  lead?: ReactNode;
  done?: ReactNode;
  /** A key of PROBLEMS. */
  problem?: string;
  children: ReactNode;
}) {
  return (
    <>
      <nav aria-label="Admin" className="mb-4">
        <ul className="flex flex-wrap gap-x-5 gap-y-1 text-base">
          {Object.entries(PAGES).map(([href, name]) => (
            <li key={href}>
              <a
                className="link target aria-[current=page]:font-semibold"
                href={href}
                aria-current={href === page ? 'page' : undefined}
              >
                {name}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <PageHead title={title}>{lead}</PageHead>
      {done && <Notice>{done}</Notice>}
      {PROBLEMS[problem] && <Notice kind="alert">{PROBLEMS[problem]}</Notice>}
      {children}
    </>
  );
}
