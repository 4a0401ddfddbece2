import type { Metadata } from 'next';
import { notFound, redirect } from 'next/navigation';
import { signedIn, signInPath } from '@/app/signed-in';
import { Button } from '@/components/ui/Button';
import { Column, PageHead } from '@/components/ui/PageHead';
import { getDb } from '@/lib/db/client';
import { first, type SearchParams } from '@/lib/http/search-params';
import { getPaper } from '@/lib/papers/store';
import { ownPath } from '@/lib/readers/cookies';
import { readMark } from '@/lib/readers/mark';

export const metadata: Metadata = { title: 'Done', robots: { index: false } };

const WORDS = {
  vote: ['Voted', 'Vote taken back'],
  save: ['Saved', 'No longer saved'],
  dismiss: ['Not for you', 'Back again'],
} as const;

/** What a button did, where no script says it, and the way back. */
export default async function Marked({ searchParams }: { searchParams: SearchParams }) {
  const search = await searchParams;
  const back = ownPath(first(search.back) || '/');
  const mark = readMark(first(search.done));
  if (!(await signedIn(new Date()))) redirect(signInPath(back));
  const paper = mark && (await getPaper(getDb(), mark.paperId));
  if (!paper) notFound();
  const { undo } = mark;
  return (
    <Column>
      <PageHead title={WORDS[mark.mark][undo ? 1 : 0]}>{paper.title}</PageHead>
      <div className="flex flex-wrap items-center gap-x-5 gap-y-2">
        <form method="post" action="/marks/submit">
          <input type="hidden" name="mark" value={`${undo ? '' : 'un'}${mark.mark}:${paper.id}`} />
          <input type="hidden" name="back" value={back} />
          <Button look="plain">{undo ? 'Do it again' : 'Undo'}</Button>
        </form>
        <a className="link" href={`${back}#paper-${paper.id}`}>
          Back
        </a>
      </div>
    </Column>
  );
}
