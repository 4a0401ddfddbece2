import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { signedIn, signInPath } from '@/app/signed-in';
import { Button } from '@/components/ui/Button';
import { EmptyState } from '@/components/ui/EmptyState';
import { Notice } from '@/components/ui/Notice';
import { Column, PageHead } from '@/components/ui/PageHead';
import { followPath } from '@/lib/api/follows';
import { getDb } from '@/lib/db/client';
import { first, type SearchParams } from '@/lib/http/search-params';
import { ownPath } from '@/lib/readers/cookies';
import { listFollows, readTarget } from '@/lib/readers/reader-follows';
import { env } from '@/lib/runtime/env';
import { followWords } from '@/lib/subscribers/choice-words';
import { type Follow, type FollowKind, readFollow } from '@/lib/subscribers/follow';
import { readerLinks } from '@/lib/subscribers/reader-links';
import { findReader } from '@/lib/subscribers/reader-store';

export const metadata: Metadata = {
  title: 'What you follow',
  robots: { index: false },
  referrer: 'same-origin',
};

const KINDS: { kind: FollowKind; title: string }[] = [
  { kind: 'tag', title: 'Tags' },
  { kind: 'category', title: 'Categories' },
  { kind: 'author', title: 'Authors' },
  { kind: 'search', title: 'Searches' },
];

/** What the reader follows, and what a button "Follow" did where no script says it. */
export default async function Follows({ searchParams }: { searchParams: SearchParams }) {
  const search = await searchParams;
  const session = await signedIn(new Date());
  if (!session) redirect(signInPath('/follows'));
  const { actor, reader } = session;
  const db = getDb();
  const [follows, subscriber] = await Promise.all([
    listFollows(db, actor),
    findReader(db, reader.id),
  ]);
  const isSubscribed = reader.status === 'active' && subscriber !== null;
  const links = readerLinks(reader, '', env().secret, new Date());
  return (
    <Column>
      <PageHead title="What you follow">
        {isSubscribed ? (
          <>
            Your{' '}
            <a className="link" href={links.preferences}>
              digest
            </a>{' '}
            is about this: what trends in your tags and categories, or anywhere without them, and
            what’s new by your authors and from your searches.
          </>
        ) : (
          <>
            You get no digest.{' '}
            <a className="link" href="/subscribe">
              Subscribe
            </a>{' '}
            to get what is new here by mail.
          </>
        )}
      </PageHead>
      {first(search.problem) && (
        <Notice kind="alert">
          You follow as many of these as one may. Unfollow one, then try again.
        </Notice>
      )}
      <Done done={first(search.done)} undone={first(search.undone)} back={first(search.back)} />
      {follows.length === 0 && (
        <EmptyState title="Nothing yet">
          Tags, authors, categories and searches have a button “Follow”.{' '}
          <a className="link" href="/tags">
            Find a tag
          </a>
        </EmptyState>
      )}
      {KINDS.map(({ kind, title }) => {
        const own = follows.filter((each) => each.kind === kind);
        return own.length > 0 && <Part key={kind} id={kind} title={title} follows={own} />;
      })}
    </Column>
  );
}

function Part({ id, title, follows }: { id: string; title: string; follows: readonly Follow[] }) {
  return (
    <section className="mt-8" aria-labelledby={id}>
      <h2 id={id} className="mb-2 text-lg">
        {title}
      </h2>
      <ul className="divide-y divide-rule border-y border-rule">
        {follows.map((follow) => {
          const name = followWords(follow);
          return (
            <li
              key={follow.value}
              className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 py-2"
            >
              <a className="link min-w-0 wrap-anywhere" href={followPath(follow)}>
                {name}
              </a>
              <form method="post" action="/follows/submit">
                <input
                  type="hidden"
                  name="unfollow"
                  value={`${follow.kind}:${follow.name ?? follow.value}`}
                />
                <input type="hidden" name="back" value="/follows" />
                <Button look="plain" aria-label={`Unfollow ${name}`}>
                  Unfollow
                </Button>
              </form>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

/** What was done, with the way to undo it and back to where the button was. */
function Done({ done, undone, back }: { done: string; undone: string; back: string }) {
  const target = readTarget(done || undone);
  const read = target && readFollow(target.kind, target.text);
  if (!read?.ok) return null;
  return (
    <Notice>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <span>
          {done ? 'You follow ' : 'You no longer follow '}
          {followWords(read.follow)}.
        </span>
        <form method="post" action="/follows/submit">
          <input type="hidden" name={done ? 'unfollow' : 'follow'} value={done || undone} />
          <input type="hidden" name="back" value={back} />
          <Button look="plain">Undo</Button>
        </form>
        {back && back !== '/follows' && (
          <a className="link" href={ownPath(back)}>
            Back
          </a>
        )}
      </div>
    </Notice>
  );
}
