import { Byline } from '@/components/paper/Byline';
import { RichText } from '@/components/paper/RichText';
import { shortDayName } from '@/lib/calendar/day-names';
import { arxivPdfUrl, shorten } from '@/lib/papers/display';
import type { Paper } from '@/lib/papers/paper';
import { paperPath } from '@/lib/papers/paper-address';
import { plainMaths } from '@/lib/papers/tex/plain-text';
import { type Saved, STATES } from '@/lib/readers/library-store';
import { STATE_NAMES } from '@/lib/readers/library-view';

/** A paper of a library, with what its reader wrote beside it. Stands in the form of the list. */
export function SavedRow({ paper, saved, now }: { paper: Paper; saved: Saved; now: Date }) {
  const name = shorten(plainMaths(paper.title), 60);
  return (
    <li className="paper saved" data-paper={paper.id} data-state={saved.state}>
      <input type="checkbox" name="paper" value={paper.id} aria-label={`Select ${name}`} />
      <h2>
        <a className="paper-title" href={paperPath(paper.id)}>
          <RichText text={paper.title} />
        </a>
      </h2>
      {saved.note && <p className="own-note">{saved.note}</p>}
      <div className="line">
        <Byline authors={paper.authors} /> <span>saved {shortDayName(saved.savedAt, now)}</span>{' '}
        {saved.labels.map((label) => (
          <span key={label} className="label">
            {label}
          </span>
        ))}
        <span className="acts">
          {paper.arxivId && (
            <a href={arxivPdfUrl(paper.arxivId)} aria-label={`PDF: ${name}`}>
              PDF
            </a>
          )}{' '}
          <a
            href={`/library/papers/${paper.id}`}
            aria-label={`${saved.note ? 'Edit' : 'Add'} note: ${name}`}
          >
            {saved.note ? 'Edit note' : 'Add note'}
          </a>{' '}
          <details className="menu state">
            <summary aria-label={`${STATE_NAMES[saved.state]}: ${name}`}>
              {STATE_NAMES[saved.state]}
            </summary>
            <ul className="drop">
              {STATES.map((state) => (
                <li key={state}>
                  <button
                    type="submit"
                    name="do"
                    value={`${state}:${paper.id}`}
                    aria-pressed={state === saved.state}
                  >
                    {STATE_NAMES[state]}
                  </button>
                </li>
              ))}
            </ul>
          </details>
        </span>
      </div>
    </li>
  );
}
