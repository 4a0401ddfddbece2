import type { Metadata } from 'next';
import { cookies } from 'next/headers';
import { LinkProblem } from '@/components/subscribers/LinkProblem';
import { MailKept } from '@/components/subscribers/MailKept';
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
  saved: 'Saved.',
  paused: 'Paused for two weeks. Your digest resumes automatically.',
  resumed: 'Your digest has resumed.',
  address: 'Your digest now goes to this address.',
  asked: 'We’ve sent a link for that to your address. It works for an hour.',
};

/** After these a mail is on its way. */
const MAILS = new Set(['confirmed', 'asked']);

const PROBLEMS: Record<string, string> = {
  often: 'Too many changes at once. Please try again in an hour.',
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
  const step = first(search.done);
  const done = step === 'confirmed' ? welcome(holder) : DONE[step];
  const [latest] = past;
  const draft = search.again ? readDraft((await cookies()).get(DRAFT_COOKIE)?.value) : null;
  const problems = draft?.problems ?? {};
  const problem = draft
    ? `Not saved: ${Object.values(problems).join('; ')}.`
    : PROBLEMS[first(search.problem)];
  const paused = subscription.pausedUntil !== null;
  return (
    <Column>
      <PageHead title="Your digest">
        {reader.email} · {standing(holder, now)}
      </PageHead>
      {done && <Notice>{done}</Notice>}
      {MAILS.has(step) && <MailKept />}
      {latest?.status === 'skipped' && !done && (
        <Notice>
          Your last digest ({latest.issue}) wasn’t sent. {latest.reason}
        </Notice>
      )}
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
            Preview your next digest
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
          </a>
          . We’ll keep your preferences in case you come back.
        </p>
      </section>

      <section className="mt-8" aria-labelledby="own">
        <h2 id="own" className="mb-2 text-lg">
          Your account
        </h2>
        <p className="mb-3 text-base">
          People forward digests, and the links in them lead here. So for each of these, we first
          send a link to {reader.email}.
        </p>
        <div className="flex flex-wrap gap-3">
          <TokenForm token={token} action="move" label="Change email" />
          <TokenForm token={token} action="export" label="Download your data" />
          <TokenForm token={token} action="erase" label="Delete your data" />
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

/** Greets a reader after the confirmation. One who came back has had a first digest already. */
function welcome({ subscription: { coveredUntil } }: Subscriber): string {
  if (coveredUntil !== null) return 'Welcome back: you’re subscribed again.';
  return 'You’re subscribed. Your first digest is on its way and arrives within minutes.';
}

function standing({ reader: { status }, subscription }: Subscriber, now: Date): string {
  const { pausedUntil, nextRunAt, timezone } = subscription;
  const words = (moment: Date) =>
    new Intl.DateTimeFormat('en-GB', {
      dateStyle: 'full',
      timeStyle: 'short',
      timeZone: timezone,
    }).format(moment);
  if (status === 'pending') return 'not confirmed yet';
  if (status === 'unsubscribed') return 'unsubscribed';
  if (status === 'suppressed') return 'stopped, because email to this address bounced';
  if (pausedUntil) return `paused until ${words(pausedUntil)}`;
  const due = nextRunAt && (nextRunAt > now ? words(nextRunAt) : 'on its way');
  const next = due ? `; next one: ${due}` : '';
  return `${timetableWords(subscription)}${next}`;
}
