import { dayName, isoDay } from '@/lib/calendar/day-names';
import { arxivVersionUrl } from '@/lib/papers/display';
import type { Paper } from '@/lib/papers/paper';

interface Moment {
  at: Date;
  what: string;
  href: string | null;
}

/** What happened to a paper, the oldest first. Of versions between the first and the last no date is known. */
export function PaperHistory({ paper }: { paper: Paper }) {
  const { arxivId, version, publishedAt, revisedAt, firstSeenAt, withdrawnAt } = paper;
  const versionUrl = (number: number) => arxivId && arxivVersionUrl(arxivId, number);
  const moments: Moment[] = [
    ...moment(publishedAt, 'First version', versionUrl(1)),
    ...moment(
      revisedAt,
      version && version > 1 ? `Version ${version}` : 'Revised',
      version && version > 1 ? versionUrl(version) : null,
    ),
    ...moment(firstSeenAt, 'Listed here', null),
    ...moment(withdrawnAt, 'Withdrawn', null),
  ].sort((a, b) => +a.at - +b.at);
  return (
    <section aria-labelledby="history">
      <h2 id="history">History</h2>
      <ul className="hist">
        {moments.map(({ at, what, href }) => (
          <li key={what}>
            <time dateTime={isoDay(at)}>{dayName(at)}</time>{' '}
            {href ? (
              <a className="quiet-link" href={href}>
                {what}
              </a>
            ) : (
              <span>{what}</span>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

const moment = (at: Date | null, what: string, href: string | null): Moment[] =>
  at ? [{ at, what, href }] : [];
