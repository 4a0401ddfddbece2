import type { Metadata } from 'next';
import { Choices } from '@/components/subscribers/Choices';
import { LinkProblem } from '@/components/subscribers/LinkProblem';
import { Button } from '@/components/ui/Button';
import { Column, PageHead } from '@/components/ui/PageHead';
import { getDb } from '@/lib/db/client';
import { first, type SearchParams } from '@/lib/http/search-params';
import { env } from '@/lib/runtime/env';
import { choicesInWords } from '@/lib/subscribers/choice-words';
import { pendingConfirmation } from '@/lib/subscribers/link-holder';
import { CONSENT_WORDING } from '@/lib/subscribers/sign-up';

export const metadata: Metadata = {
  title: 'Confirm your subscription',
  robots: { index: false },
  referrer: 'same-origin',
};

/** Looked at by mail scanners too: only the button changes anything. */
export default async function Confirm({ searchParams }: { searchParams: SearchParams }) {
  const token = first((await searchParams).token);
  const keys = { secret: env().secret, now: new Date() };
  const pending = await pendingConfirmation(getDb(), token, keys);
  if (!pending.ok) return <LinkProblem problem={pending.problem} />;
  const { mail, subscription } = pending;
  const choices = mail.choices ?? subscription;
  return (
    <Column>
      <PageHead title="Confirm your subscription">
        {subscription.coveredUntil === null
          ? `One click, and your first digest is on its way to ${mail.email}.`
          : `One click, and ${mail.email} is subscribed again.`}
      </PageHead>
      <Choices choices={choicesInWords(choices)} />
      <form method="post" action="/confirm/submit" className="mt-5">
        <input type="hidden" name="token" value={token} />
        <p className="mb-4 text-base">{CONSENT_WORDING}</p>
        <Button>Confirm subscription</Button>
      </form>
      <p className="mt-4 text-muted">
        You can change all of this later. Not you? Close this page, and nothing is sent.
      </p>
    </Column>
  );
}
