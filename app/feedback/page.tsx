import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import type { ReactNode } from 'react';
import { LinkProblem } from '@/components/subscribers/LinkProblem';
import { Button } from '@/components/ui/Button';
import { Choice } from '@/components/ui/Field';
import { Notice } from '@/components/ui/Notice';
import { Column, PageHead } from '@/components/ui/PageHead';
import { getDb } from '@/lib/db/client';
import { first, type SearchParams } from '@/lib/http/search-params';
import { getPaper } from '@/lib/papers/store';
import { env } from '@/lib/runtime/env';
import { holderOf } from '@/lib/subscribers/link-holder';
import type { Wish } from '@/lib/subscribers/reader-links';
import { namedTags } from '@/lib/tags/taxonomy';

export const metadata: Metadata = {
  title: 'Your digest',
  robots: { index: false },
  referrer: 'same-origin',
};

const DONE: Record<string, string> = {
  more: 'Thanks. Papers like this will rank higher in your digests.',
  less: 'Thanks. Papers like this will rank lower in your digests.',
  save: 'Saved. It’s in your library.',
  unsave: 'Undone. It’s no longer in your library.',
  undo: 'Undone. This paper no longer changes your digests.',
  mute: 'Muted. Papers with this tag won’t appear in your digests.',
  pause: 'Paused for two weeks. Your digest resumes automatically.',
};

const TITLES = { more: 'More like this', less: 'Not for me', save: 'Save', mute: 'Mute a tag' };

const isVote = (action: string) => action === 'more' || action === 'less';
const isWish = (action: string): action is Wish => isVote(action) || action === 'save';

/** Where the small links of a digest lead: says what would happen, and a button does it. */
export default async function Feedback({ searchParams }: { searchParams: SearchParams }) {
  const search = await searchParams;
  const token = first(search.token);
  const keys = { secret: env().secret, now: new Date() };
  const holder = await holderOf(getDb(), 'feedback', token, keys);
  if (!holder.ok) return <LinkProblem problem={holder.problem} />;
  const { email } = holder.reader;
  const more = (
    <p className="mt-5 text-base">
      To change anything else, use the settings link in your email, or{' '}
      <a className="link" href="/preferences">
        request a new one
      </a>
      .
    </p>
  );
  const done = DONE[first(search.done)];
  if (done) {
    return (
      <Column>
        <PageHead title="Your digest">{email}</PageHead>
        <Notice>{done}</Notice>
        {isWish(first(search.done)) && (
          <Ask
            token={token}
            action={first(search.done) === 'save' ? 'unsave' : 'undo'}
            button="Undo"
          >
            <input type="hidden" name="paper" value={first(search.paper)} />
          </Ask>
        )}
        {more}
      </Column>
    );
  }
  const action = first(search.do);
  if (action === 'pause') {
    return (
      <Column>
        <PageHead title="Pause for two weeks">
          Stop sending digests to {email} for two weeks?
        </PageHead>
        <Ask token={token} action="pause" button="Pause" />
        {more}
      </Column>
    );
  }
  const paper = await getPaper(getDb(), Number(first(search.paper)) || 0);
  if (!paper || !(isWish(action) || action === 'mute')) notFound();
  const tags = namedTags(paper.tags);
  const names = tags.length > 0 ? `: ${tags.map(({ name }) => name).join(', ')}` : '';
  return (
    <Column>
      <PageHead title={TITLES[action]}>{paper.title}</PageHead>
      {isWish(action) && (
        <Ask token={token} action={action} button={TITLES[action]}>
          <input type="hidden" name="paper" value={paper.id} />
          <p className="text-base">
            {action === 'save' && 'It goes into your library on this site.'}
            {action === 'more' &&
              `Papers with the same tags will rank higher in your digests${names}.`}
            {action === 'less' &&
              `Papers with the same tags will rank lower in your digests${names}.`}
          </p>
        </Ask>
      )}
      {(action === 'less' || action === 'mute') && (
        <Ask token={token} action="mute" button="Mute">
          <fieldset>
            <legend className="text-base">
              {action === 'less' && 'Or stop'}
              {action === 'mute' && 'Stop'} sending papers with this tag:
            </legend>
            {tags.map(({ slug, name }, index) => (
              <div key={slug}>
                <Choice
                  type="radio"
                  name="tag"
                  value={slug}
                  label={name}
                  defaultChecked={index === 0}
                />
              </div>
            ))}
            {tags.length === 0 && <p className="text-base">This paper has no tags.</p>}
          </fieldset>
        </Ask>
      )}
      {more}
    </Column>
  );
}

function Ask(props: { token: string; action: string; button: string; children?: ReactNode }) {
  return (
    <form method="post" action="/feedback/submit" className="mt-5 grid gap-4">
      <input type="hidden" name="token" value={props.token} />
      <input type="hidden" name="do" value={props.action} />
      {props.children}
      <div>
        <Button>{props.button}</Button>
      </div>
    </form>
  );
}
