interface PastIssue {
  id: number;
  issue: string;
  status: string;
  reason: string | null;
  papers: number;
  href: string | null;
}

const WORDS: Record<string, string> = {
  planned: 'being prepared',
  leased: 'being prepared',
  transmitting: 'on its way',
  sent: 'sent',
  deferred: 'not delivered yet',
  failed: 'could not be delivered',
  uncertain: 'may not have arrived',
  suppressed: 'not sent',
  skipped: 'not sent',
};

/** What was sent, and why nothing was. */
export function PastIssues({ past }: { past: readonly PastIssue[] }) {
  return (
    <section className="mt-8" aria-labelledby="past">
      <h2 id="past" className="mb-2 text-lg">
        Past issues
      </h2>
      {past.length === 0 && <p className="text-muted">None yet.</p>}
      <ul className="grid gap-1.5 text-base">
        {past.map(({ id, issue, status, reason, papers, href }) => (
          <li key={id}>
            {href ? (
              <a className="link" href={href}>
                {issue}
              </a>
            ) : (
              issue
            )}
            : {WORDS[status] ?? status}
            {status === 'sent' && `, ${papers === 1 ? 'one paper' : `${papers} papers`}`}
            {status !== 'sent' && reason && <span className="text-muted">. {reason}</span>}
          </li>
        ))}
      </ul>
    </section>
  );
}
