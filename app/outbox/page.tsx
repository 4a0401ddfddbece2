import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { EmptyState } from '@/components/ui/EmptyState';
import { PageHead } from '@/components/ui/PageHead';
import { first, type SearchParams } from '@/lib/http/search-params';
import { listOutbox } from '@/lib/mail/send/outbox-reader';
import { env } from '@/lib/runtime/env';
import { mayReadOutbox } from './access';

export const metadata: Metadata = {
  title: 'Outbox',
  robots: { index: false },
  referrer: 'same-origin',
};

/** The mails that would have been sent if a mail server were set. */
export default async function Outbox({ searchParams }: { searchParams: SearchParams }) {
  const key = first((await searchParams).key);
  if (!mayReadOutbox(key)) notFound();
  const { entries, total } = await listOutbox(env().dataDir);
  return (
    <>
      <PageHead title="Outbox">
        No mail server is set (<code>SMTP_URL</code>), so emails are kept here instead of being
        sent. This page opens only by its secret link.
      </PageHead>
      {entries.length === 0 ? (
        <EmptyState title="No emails yet">
          <a className="link" href="/subscribe">
            Subscribe
          </a>{' '}
          with any address, and the confirmation appears here.
        </EmptyState>
      ) : (
        <>
          {total > entries.length && (
            <p className="mb-3 text-muted">
              The newest {entries.length} of {total} emails; all are in the folder{' '}
              <code>outbox</code> of the data folder.
            </p>
          )}
          <ul className="divide-y divide-rule border-y border-rule">
            {entries.map(({ name, at, to, subject }) => (
              <li key={name} className="py-2">
                <a className="link" href={`/outbox/${name}?key=${key}`}>
                  {subject || '(no subject)'}
                </a>
                <p className="facts text-muted">
                  <span>to {to}</span>
                  {at && <time dateTime={at.toISOString()}>{at.toISOString().slice(0, 19)}Z</time>}
                </p>
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}
