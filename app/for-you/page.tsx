import type { Metadata } from 'next';
import { notFound, redirect } from 'next/navigation';
import { signedIn, signInPath } from '@/app/signed-in';
import { BecauseLine } from '@/components/interests/BecauseLine';
import { InterestPanel } from '@/components/interests/InterestPanel';
import { NewInterest } from '@/components/interests/NewInterest';
import { PaperList } from '@/components/paper/PaperList';
import { PaperRow } from '@/components/paper/PaperRow';
import { reported, rowSignal } from '@/components/paper/row-signal';
import { Button } from '@/components/ui/Button';
import { EmptyState } from '@/components/ui/EmptyState';
import { Notice } from '@/components/ui/Notice';
import { PageHead } from '@/components/ui/PageHead';
import { Pager } from '@/components/ui/Pager';
import { getDb } from '@/lib/db/client';
import { feedPapers } from '@/lib/feed/query';
import { first, type SearchParams } from '@/lib/http/search-params';
import { savedTitles } from '@/lib/interests/because-words';
import { feedUrl } from '@/lib/interests/feed-link';
import { followedIn } from '@/lib/interests/followed';
import { forReader, openInterest } from '@/lib/interests/for-reader';
import { MOST_INTERESTS } from '@/lib/interests/interest-store';
import { isPlace } from '@/lib/interests/recommended';
import { shorten } from '@/lib/papers/display';
import { plainMaths } from '@/lib/papers/tex/plain-text';
import { env } from '@/lib/runtime/env';

export const metadata: Metadata = {
  title: 'For you',
  robots: { index: false },
  referrer: 'same-origin',
};

const PAPERS = 30;

const DONE: Record<string, string> = {
  made: 'Created. These papers are like yours.',
  changed: 'Changed.',
  reset: 'Reset. Its words are those of its papers again.',
  deleted: 'Deleted.',
  feed: 'The feed has a new address. The old one no longer works.',
};

const PROBLEMS: Record<string, string> = {
  papers:
    'We found no paper of this catalogue in that. Paste arXiv ids, DOIs, addresses or BibTeX.',
  many: `You have ${MOST_INTERESTS} interests, the most there can be. Delete one first.`,
  word: 'The search doesn’t know that word. Try another.',
  interest:
    'You have no such interest, or have changed as many of its words as you can. Reset it first.',
  often: 'Too many changes at once. Please try again in an hour.',
};

/** Papers like those that a reader saved, by one interest or all in turn. */
export default async function ForYou({ searchParams }: { searchParams: SearchParams }) {
  const search = await searchParams;
  const now = new Date();
  const session = await signedIn(now);
  if (!session) redirect(signInPath('/for-you'));
  const { actor } = session;
  const db = getDb();
  const key = first(search.interest) || null;
  const place = first(search.after);
  const after = isPlace(place) ? place : null;
  const found = await forReader(db, actor, { interest: key, limit: PAPERS, after });
  if (found === null) notFound();
  const chosen = found.interests.find((interest) => interest.key === key);
  const because = new Map(found.papers.map((paper) => [paper.id, paper.because]));
  const [papers, titles, open, feed] = await Promise.all([
    feedPapers(db, [...because.keys()], now),
    savedTitles(db, because.values()),
    chosen && openInterest(db, chosen),
    feedUrl(db, actor, env()),
  ]);
  const followed = await followedIn(db, actor, papers);
  const done = DONE[first(search.done)];
  const problem = PROBLEMS[first(search.problem)];
  const missing = Number(first(search.missing)) || 0;
  const address = (parameters: Record<string, string>) =>
    `/for-you?${new URLSearchParams({ ...(key && { interest: key }), ...parameters })}`;
  return (
    <>
      <PageHead title="For you">
        Papers like those you saved. Each says which paper and which words brought it here.
      </PageHead>
      {done && (
        <Notice>
          {done}
          {missing > 0 &&
            ` ${missing} of those you named ${missing === 1 ? 'is' : 'are'} not in this catalogue.`}
        </Notice>
      )}
      {problem && <Notice kind="alert">{problem}</Notice>}
      {found.interests.length > 0 && (
        <nav className="mb-5 flex flex-wrap gap-x-4" aria-label="Interests">
          <a className="link target" href="/for-you" aria-current={chosen ? undefined : 'page'}>
            All
          </a>
          {found.interests.map((interest) => (
            <a
              key={interest.key}
              className="link target wrap-anywhere"
              href={`/for-you?${new URLSearchParams({ interest: interest.key })}`}
              aria-current={interest === chosen ? 'page' : undefined}
            >
              {interest.name}
            </a>
          ))}
        </nav>
      )}
      {chosen && open && <InterestPanel interest={chosen} open={open} />}
      {papers.length === 0 ? (
        <EmptyState title="Nothing here yet">
          Save five papers you like, or paste their ids below.
        </EmptyState>
      ) : (
        <PaperList label="For you">
          {papers.map((paper) => (
            <PaperRow
              key={paper.id}
              paper={paper}
              now={now}
              filedAt={paper.feedAt}
              comments={reported(paper, 'comments')}
              signal={rowSignal(paper)}
              because={
                <BecauseLine
                  because={because.get(paper.id)!}
                  follows={followed.get(paper.id) ?? []}
                  titles={titles}
                  paperId={paper.id}
                  name={shorten(plainMaths(paper.title), 60)}
                />
              }
            />
          ))}
        </PaperList>
      )}
      <Pager first={after && address({})} next={found.next && address({ after: found.next })} />
      <NewInterest />
      <section aria-labelledby="feed" className="mt-8">
        <h2 id="feed" className="mb-2 text-lg">
          As a feed
        </h2>
        <form method="post" action="/for-you/submit" className="flex flex-wrap items-center gap-3">
          <p>
            <a className="link" href={feed}>
              Your Atom feed
            </a>
            . Anyone with its address can read it.
          </p>
          <Button look="plain" name="do" value="feed">
            Renew the address
          </Button>
        </form>
      </section>
    </>
  );
}
