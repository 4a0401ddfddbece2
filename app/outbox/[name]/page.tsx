import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { Fragment } from 'react';
import { PageHead } from '@/components/ui/PageHead';
import { first, type SearchParams } from '@/lib/http/search-params';
import { readOutboxMail } from '@/lib/mail/send/outbox-reader';
import { env } from '@/lib/runtime/env';
import { mayReadOutbox } from '../access';

export const metadata: Metadata = {
  title: 'Mail',
  robots: { index: false },
  referrer: 'same-origin',
};

/** One kept mail: its text with working links, its headers, and the way to its HTML. */
export default async function OutboxMailPage(props: {
  params: Promise<{ name: string }>;
  searchParams: SearchParams;
}) {
  const key = first((await props.searchParams).key);
  if (!mayReadOutbox(key)) notFound();
  const { name } = await props.params;
  const mail = await readOutboxMail(env().dataDir, name);
  if (!mail) notFound();
  return (
    <>
      <PageHead title={mail.subject || '(no subject)'}>
        {mail.html && (
          <a className="link" href={`/outbox/${name}/html?key=${key}`}>
            Show as HTML
          </a>
        )}
      </PageHead>
      <pre className="whitespace-pre-wrap break-words">
        <LinkedText text={mail.text} />
      </pre>
      <details className="mt-6">
        <summary>Headers</summary>
        <dl className="mt-2">
          {mail.headers.map(({ name, value }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a header may occur twice and they never move
            <div key={index} className="break-words">
              <dt className="inline font-semibold">{name}: </dt>
              <dd className="inline">{value}</dd>
            </div>
          ))}
        </dl>
      </details>
    </>
  );
}

/** The text with its web addresses as links. */
function LinkedText({ text }: { text: string }) {
  return text.split(/(https?:\/\/[^\s<>"]+)/).map((part, index) =>
    index % 2 === 0 ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: parts of a fixed text have no other identity
      <Fragment key={index}>{part}</Fragment>
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: parts of a fixed text have no other identity
      <a key={index} className="link" href={part}>
        {part}
      </a>
    ),
  );
}
