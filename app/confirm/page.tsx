import type { Metadata } from 'next';
import { LinkProblem } from '@/components/subscribers/LinkProblem';
import { Button } from '@/components/ui/Button';
import { Column, PageHead } from '@/components/ui/PageHead';
import { getDb } from '@/lib/db/client';
import { first, type SearchParams } from '@/lib/http/search-params';
import { env } from '@/lib/runtime/env';
import { pendingConfirmation } from '@/lib/subscribers/link-holder';
import { CONSENT_WORDING } from '@/lib/subscribers/sign-up';
import { timetableWords } from '@/lib/subscribers/timetable';
import { namedTags } from '@/lib/tags/taxonomy';

export const metadata: Metadata = {
  title: 'Confirm your subscription',
  robots: { index: false },
  referrer: 'same-origin',
};

/** Looked at by mail scanners too: only the button changes anything. */
export default async function Confirm({ searchParams }: { searchParams: SearchParams }) {
  const token = first((await searchParams).token);
  const keys = { secret: env().secret, now: new Date() };
  const pending = await pendingConfirmation(getDb(), 'confirm', token, keys);
  if (!pending.ok) return <LinkProblem problem={pending.problem} />;
  const { mail, subscription } = pending;
  const choices = mail.choices ?? subscription;
  const topics = [...namedTags(choices.tags).map(({ name }) => name), ...choices.searches];
  return (
    <Column>
      <PageHead title="One click, and the digest begins">
        Trending papers for {mail.email}, {timetableWords(choices)}
        {topics.length > 0 && `, about ${topics.join(', ')}`}.
      </PageHead>
      <form method="post" action="/confirm/submit">
        <input type="hidden" name="token" value={token} />
        <p className="mb-4 text-base">{CONSENT_WORDING}</p>
        <Button>Yes, send me the digest</Button>
      </form>
      <p className="mt-4 text-muted">
        It was not you? Close this page: without the button nothing is sent.
      </p>
    </Column>
  );
}
