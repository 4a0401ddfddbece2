import type { Metadata } from 'next';
import { cookies } from 'next/headers';
import { PreferenceFields } from '@/components/subscribers/PreferenceFields';
import { Button } from '@/components/ui/Button';
import { TextField } from '@/components/ui/Field';
import { Notice } from '@/components/ui/Notice';
import { Column, PageHead } from '@/components/ui/PageHead';
import { DRAFT_COOKIE, readDraft } from '@/lib/subscribers/form-draft';
import { DEFAULT_PREFERENCES } from '@/lib/subscribers/preferences';
import { CONSENT_WORDING } from '@/lib/subscribers/sign-up';
import { TAGS, tagBySlug } from '@/lib/tags/taxonomy';

export const metadata: Metadata = {
  title: 'Get trending papers in your email inbox',
  description: 'A digest of trending research papers: daily, weekly or monthly, on your tags.',
};

type Search = Promise<Record<string, string | string[] | undefined>>;

export default async function Subscribe({ searchParams }: { searchParams: Search }) {
  const { again, tags: wanted, search } = await searchParams;
  const draft = again ? readDraft((await cookies()).get(DRAFT_COOKIE)?.value) : null;
  const slugs = [wanted ?? []].flat().flatMap((text) => text.split('+'));
  const tags = slugs.filter((slug) => tagBySlug(slug) !== undefined);
  const values = draft?.typed ?? { ...DEFAULT_PREFERENCES, tags, searches: [search ?? []].flat() };
  const problems = draft?.problems ?? {};
  return (
    <Column>
      <PageHead title="Get trending papers in your email inbox">
        Choose what comes and when, now or later. No account, no tracking.
      </PageHead>
      {draft && <Notice kind="alert">{Object.values(problems).join(' ')}</Notice>}
      <form method="post" action="/subscribe/submit" className="mt-5">
        <TextField
          id="email"
          name="email"
          type="email"
          required
          autoComplete="email"
          label="Email address"
          defaultValue={draft?.email ?? ''}
          error={problems.email}
        />
        <div className="mt-6">
          <PreferenceFields
            values={values}
            tags={TAGS.map(({ slug, name, group }) => ({ slug, name, group }))}
            problems={problems}
            detectTimezone={!draft}
          />
        </div>
        <p className="my-5 text-muted">{CONSENT_WORDING}</p>
        <Button>Subscribe</Button>
      </form>
    </Column>
  );
}
