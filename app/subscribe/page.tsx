import type { Metadata } from 'next';
import { cookies } from 'next/headers';
import { PreferenceFields } from '@/components/subscribers/PreferenceFields';
import { Button } from '@/components/ui/Button';
import { EmailField } from '@/components/ui/Field';
import { Notice } from '@/components/ui/Notice';
import { Column, PageHead } from '@/components/ui/PageHead';
import { searchWords, topicWords } from '@/lib/subscribers/choice-words';
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
  const searches = [search ?? []].flat();
  const values = draft?.typed ?? { ...DEFAULT_PREFERENCES, tags, searches };
  const problems = draft?.problems ?? {};
  const { email: _, ...inOptions } = problems;
  return (
    <Column>
      <PageHead title="Get trending papers in your email inbox">
        Your address is enough. No account, no tracking.
      </PageHead>
      {draft && <Notice kind="alert">{Object.values(problems).join(' ')}</Notice>}
      <form method="post" action="/subscribe/submit" className="mt-5">
        <EmailField
          id="email"
          label="Email address"
          defaultValue={draft?.email ?? ''}
          error={problems.email}
        />
        {!draft && <Beginning tags={tags} searches={searches} />}
        <details
          className="mt-4 border-y border-rule py-2"
          open={Object.keys(inOptions).length > 0}
        >
          <summary className="cursor-pointer font-semibold">
            Choose topics, schedule and number of papers
          </summary>
          <div className="mt-4 mb-3">
            <PreferenceFields
              values={values}
              tags={TAGS.map(({ slug, name, group }) => ({ slug, name, group }))}
              problems={problems}
              detectTimezone={!draft}
            />
          </div>
        </details>
        <p className="my-5 text-muted">{CONSENT_WORDING}</p>
        <Button>Subscribe</Button>
      </form>
    </Column>
  );
}

/** What comes without another choice; how a page's filter, of which all counts, became part of it. */
function Beginning({ tags, searches }: { tags: string[]; searches: string[] }) {
  const { maxPapers } = DEFAULT_PREFERENCES;
  return (
    <p className="mt-3 text-base">
      Up to {maxPapers} papers every Monday at 08:00: what is trending on {topicWords({ tags })}
      {searches.length > 0 && `, with a section of ${searches.map(searchWords).join('; ')}`}.
      {searches.length > 0 && ' Papers in that section meet all of its conditions.'} You can change
      this now or later.
    </p>
  );
}
