import type { Metadata } from 'next';
import { notFound, redirect } from 'next/navigation';
import { signedIn, signInPath } from '@/app/signed-in';
import { Button } from '@/components/ui/Button';
import { Column, PageHead } from '@/components/ui/PageHead';
import { getDb } from '@/lib/db/client';
import { type SearchParams, toParams } from '@/lib/http/search-params';
import { getPapers } from '@/lib/papers/store';
import { savedAmong } from '@/lib/readers/library-store';
import { readPaperIds } from '@/lib/readers/library-view';
import { findShelf } from '@/lib/readers/shelf-store';

export const metadata: Metadata = { title: 'Remove', robots: { index: false } };

/** Asks before papers or a shelf are removed, since notes go too. */
export default async function Remove({ searchParams }: { searchParams: SearchParams }) {
  const params = toParams(await searchParams);
  const session = await signedIn(new Date());
  if (!session) redirect(signInPath('/library'));
  const db = getDb();
  const slug = params.get('shelf');
  const shelf = slug ? await findShelf(db, session.actor, slug) : null;
  const asked = readPaperIds(params.getAll('paper'));
  const saved = await savedAmong(db, session.actor, asked);
  const papers = await getPapers(db, [...saved.keys()]);
  if (papers.length === 0 && !shelf) notFound();
  const isShelf = papers.length === 0;
  const count = `${papers.length} ${papers.length === 1 ? 'paper' : 'papers'}`;
  return (
    <Column>
      <PageHead title={isShelf ? `Remove the shelf “${shelf!.name}”?` : `Remove ${count}?`}>
        A paper that is on no other shelf leaves your library, and its note, labels and reading
        state with it.
      </PageHead>
      <form method="post" action="/library/remove/submit">
        {shelf && <input type="hidden" name="shelf" value={shelf.slug} />}
        {isShelf && <input type="hidden" name="whole" value="1" />}
        {papers.length > 0 && (
          <ul className="mb-4 list-disc ps-5">
            {papers.map(({ id, title }) => (
              <li key={id}>
                <input type="hidden" name="paper" value={id} />
                {title}
              </li>
            ))}
          </ul>
        )}
        <div className="flex flex-wrap items-center gap-x-5 gap-y-2">
          <Button>
            {isShelf
              ? 'Remove the shelf'
              : shelf
                ? `Take ${count} off “${shelf.name}”`
                : `Remove ${count}`}
          </Button>
          <a className="link" href={shelf ? `/library/${shelf.slug}` : '/library'}>
            Keep everything
          </a>
        </div>
      </form>
    </Column>
  );
}
