import type { Metadata } from 'next';
import { LinkProblem } from '@/components/subscribers/LinkProblem';
import { Button } from '@/components/ui/Button';
import { Column, PageHead } from '@/components/ui/PageHead';
import { getDb } from '@/lib/db/client';
import { first, type SearchParams } from '@/lib/http/search-params';
import { env } from '@/lib/runtime/env';
import { pendingAddress } from '@/lib/subscribers/link-holder';

export const metadata: Metadata = {
  title: 'Confirm your new address',
  robots: { index: false },
  referrer: 'same-origin',
};

export default async function ConfirmAddress({ searchParams }: { searchParams: SearchParams }) {
  const token = first((await searchParams).token);
  const keys = { secret: env().secret, now: new Date() };
  const pending = await pendingAddress(getDb(), token, keys);
  if (!pending.ok) return <LinkProblem problem={pending.problem} />;
  return (
    <Column>
      <PageHead title="Confirm your new email address">
        One click, and everything sent to {pending.reader.email} goes to {pending.mail.email}{' '}
        instead. Links in emails to the old address stop working.
      </PageHead>
      <form method="post" action="/confirm/address/submit">
        <input type="hidden" name="token" value={token} />
        <Button>Confirm address</Button>
      </form>
    </Column>
  );
}
