import type { Metadata } from 'next';
import { cookies } from 'next/headers';
import { LinkProblem } from '@/components/subscribers/LinkProblem';
import { PastIssues } from '@/components/subscribers/PastIssues';
import { PreferenceFields } from '@/components/subscribers/PreferenceFields';
import { Button } from '@/components/ui/Button';
import { Notice } from '@/components/ui/Notice';
import { Column, PageHead } from '@/components/ui/PageHead';
import { getDb } from '@/lib/db/client';
import { first, type SearchParams } from '@/lib/http/search-params';
import { env } from '@/lib/runtime/env';
import { DRAFT_COOKIE, readDraft } from '@/lib/subscribers/form-draft';
import { holderOf } from '@/lib/subscribers/link-holder';
import { readerLinks } from '@/lib/subscribers/reader-links';
import { pastDeliveries } from '@/lib/subscribers/subscription-store';
import { issueName, timetableWords } from '@/lib/subscribers/timetable';
import type { Subscriber } from '@/lib/subscribers/types';
import { TAGS } from '@/lib/tags/taxonomy';

export const metadata: Metadata = {
  title: 'Your digest',
  robots: { index: false },
  referrer: 'same-origin',
};

const DONE: Record<string, string> = {
  confirmed: 'Confirmed: your first digest is on its way with the next run, within minutes.',
  saved: 'Saved.',
  paused: 'Paused for two weeks. It begins again by itself.',
  resumed: 'The digest begins again.',
  address: 'From now on the digest comes to this address.',
  asked: 'A link for that is on its way to your address. It works for an hour.',
};

const PROBLEMS: Record<string, string> = {
  often: 'Too many changes came at once. Please try again in an hour.',
};

const PAST_ISSUES = 12;

export default async function PreferencesPage({ searchParams }: { searchParams: SearchParams }) {
  const search = await searchParams;
  const token = first(search.token);
  if (search.token === undefined) return <LinkProblem problem="missing" />;
  const now = new Date();
  const { secret } = env();
  const holder = await holderOf(getDb(), 'preferences', token, { secret, now });
  if (!holder.ok) return <LinkProblem problem={holder.problem} />;
  const { reader, subscription } = holder;
  const links = readerLinks(reader, '', secret, now);
  const past = (await pastDeliveries(getDb(), reader.id, PAST_ISSUES)).map((each) => ({
    id: each.id,
    issue: issueName(each.cadence, each.localPeriod),
    status: each.status,
    reason: each.reason,
    papers: each.paperIds.length,
    href: each.paperIds.length > 0 ? links.issue(each.key) : null,
  }));
  const done = DONE[first(search.done)];
  const draft = search.again ? readDraft((await cookies()).get(DRAFT_COOKIE)?.value) : null;
  const problems = draft?.problems ?? {};
  const problem = draft
    ? `Not saved: ${Object.values(problems).join('; ')}.`
    : PROBLEMS[first(search.problem)];
  const nothing = first(search.nothing).slice(0, 200);
  const paused = subscription.pausedUntil !== null;
  return (
    <Column>
      <PageHead title="Your digest">
        {reader.email} · {standing(holder)}
      </PageHead>
      {done && <Notice>{done}</Notice>}
      {nothing && <Notice>Nothing would be sent now. {nothing}</Notice>}
      {problem && <Notice kind="alert">{problem}</Notice>}

      <form method="post" action="/preferences/save" className="mt-5">
        <input type="hidden" name="token" value={token} />
        <PreferenceFields
          key={JSON.stringify(draft ?? subscription)}
          values={draft?.typed ?? subscription}
          problems={problems}
          tags={TAGS.map(({ slug, name, group }) => ({ slug, name, group }))}
        />
        <div className="mt-5 flex flex-wrap items-center gap-x-5 gap-y-2">
          <Button>Save</Button>
          <a className="link" href={`/preferences/preview?token=${encodeURIComponent(token)}`}>
            See what you would get now
          </a>
        </div>
      </form>

      {reader.status === 'active' && (
        <section className="mt-8" aria-labelledby="pause">
          <h2 id="pause" className="mb-2 text-lg">
            Pause
          </h2>
          <TokenForm
            token={token}
            action={paused ? 'resume' : 'pause'}
            label={paused ? 'Resume now' : 'Pause for two weeks'}
          />
        </section>
      )}

      <PastIssues past={past} />

      <section className="mt-8" aria-labelledby="end">
        <h2 id="end" className="mb-2 text-lg">
          Unsubscribe
        </h2>
        <p className="text-base">
          <a className="link" href={links.unsubscribe}>
            Unsubscribe
          </a>{' '}
          keeps your choices in case you come back.
        </p>
      </section>

      <section className="mt-8" aria-labelledby="own">
        <h2 id="own" className="mb-2 text-lg">
          Address and data
        </h2>
        <p className="mb-3 text-base">
          Digests are passed on, and this page with them. So for each of these a link is mailed to{' '}
          {reader.email} first.
        </p>
        <div className="flex flex-wrap gap-3">
          <TokenForm token={token} action="move" label="Change the address" />
          <TokenForm token={token} action="export" label="Download what is kept" />
          <TokenForm token={token} action="erase" label="Erase everything" />
        </div>
      </section>
    </Column>
  );
}

function TokenForm({ token, action, label }: { token: string; action: string; label: string }) {
  return (
    <form method="post" action={`/preferences/${action}`}>
      <input type="hidden" name="token" value={token} />
      <Button look="plain">{label}</Button>
    </form>
  );
}

function standing({ reader: { status }, subscription }: Subscriber): string {
  const { pausedUntil, nextRunAt, timezone } = subscription;
  const words = (moment: Date) =>
    new Intl.DateTimeFormat('en-GB', {
      dateStyle: 'full',
      timeStyle: 'short',
      timeZone: timezone,
    }).format(moment);
  if (status === 'pending') return 'waits for your confirmation';
  if (status === 'unsubscribed') return 'unsubscribed: nothing is sent';
  if (status === 'suppressed') return 'nothing is sent: mail to this address came back';
  if (pausedUntil) return `paused until ${words(pausedUntil)}`;
  const next = nextRunAt ? `; the next one is due ${words(nextRunAt)}` : '';
  return `${timetableWords(subscription)}${next}`;
}
