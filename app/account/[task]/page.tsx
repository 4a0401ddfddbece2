import type { Metadata } from 'next';
import { notFound, redirect } from 'next/navigation';
import type { ReactNode } from 'react';
import { signedIn, signInPath } from '@/app/signed-in';
import { LinkProblem } from '@/components/subscribers/LinkProblem';
import { Button } from '@/components/ui/Button';
import { EmailField } from '@/components/ui/Field';
import { Notice } from '@/components/ui/Notice';
import { Column, PageHead } from '@/components/ui/PageHead';
import { getDb } from '@/lib/db/client';
import { first, type SearchParams } from '@/lib/http/search-params';
import { env } from '@/lib/runtime/env';
import { personOf } from '@/lib/subscribers/link-holder';
import { isOwnerTask, type OwnerTask } from '@/lib/subscribers/own-data';

export const metadata: Metadata = {
  title: 'Your data',
  robots: { index: false },
  referrer: 'same-origin',
};

const PROBLEMS: Record<string, string> = {
  address: 'That doesn’t look like an email address. Please check it.',
  domain: 'Addresses at this domain can’t be used on this site.',
  often: 'Too many requests at once. Please try again in an hour.',
};

const TASKS: Record<OwnerTask, { title: string; words: string; button: string; form: ReactNode }> =
  {
    move: {
      title: 'Change email',
      words: 'We’ll send a link to the new address. Nothing changes until you confirm there.',
      button: 'Change email',
      form: <EmailField id="email" label="New email address" />,
    },
    export: {
      title: 'Download your data',
      words:
        'A zip file with your address, your preferences, what you agreed to and when, what we sent you, and your votes and library.',
      button: 'Download',
      form: null,
    },
    erase: {
      title: 'Delete your data',
      words:
        'We’ll delete your address, preferences, history, votes and library. We keep only a fingerprint of the address, so that nobody can sign it up again.',
      button: 'Delete my data',
      form: (
        <label className="target gap-2">
          <input type="checkbox" name="sure" value="yes" required className="size-4.5 shrink-0" />
          <span>Delete everything of mine</span>
        </label>
      ),
    },
  };

/** A task on a reader's own data, for anyone with the mailed link or a session. Only its button does it. */
export default async function Account(props: {
  params: Promise<{ task: string }>;
  searchParams: SearchParams;
}) {
  const { task } = await props.params;
  if (!isOwnerTask(task)) notFound();
  const search = await props.searchParams;
  const token = first(search.token);
  const now = new Date();
  const session = search.token === undefined ? await signedIn(now) : null;
  if (search.token === undefined && !session) redirect(signInPath(`/account/${task}`));
  // The account page sends the link that it takes.
  if (session && task === 'move') redirect('/account');
  const holder = session ?? (await personOf(getDb(), task, token, { secret: env().secret, now }));
  if ('problem' in holder) return <LinkProblem problem={holder.problem} />;
  const { title, words, button, form } = TASKS[task];
  const problem = PROBLEMS[first(search.problem)];
  if (task === 'move' && first(search.done) !== '') {
    return (
      <Column>
        <PageHead title={title}>{holder.reader.email}</PageHead>
        <Notice>
          Check the inbox of the new address: if it can receive email, we’ve sent it a link. Nothing
          changes until you confirm there.
        </Notice>
      </Column>
    );
  }
  return (
    <Column>
      <PageHead title={title}>{holder.reader.email}</PageHead>
      {problem && <Notice kind="alert">{problem}</Notice>}
      <p className="my-4 text-base">{words}</p>
      <form method="post" action={`/account/${task}/submit`} className="grid max-w-96 gap-3">
        {!session && <input type="hidden" name="token" value={token} />}
        {form}
        <div>
          <Button>{button}</Button>
        </div>
      </form>
    </Column>
  );
}
