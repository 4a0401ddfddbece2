import { notFound, redirect } from 'next/navigation';
import { signedIn, signInPath } from '@/app/signed-in';
import { ListFrame } from '@/components/feed/ListFrame';
import { LibraryAside } from '@/components/library/LibraryAside';
import { LibraryBar } from '@/components/library/LibraryBar';
import { SavedRow } from '@/components/library/SavedRow';
import { PaperList } from '@/components/paper/PaperList';
import { EmptyState } from '@/components/ui/EmptyState';
import { Notice } from '@/components/ui/Notice';
import { findSaved } from '@/lib/api/library';
import { getDb } from '@/lib/db/client';
import { BadCursor, feedPapers } from '@/lib/feed/query';
import { type ShelfRow, STATES, savedAmong, shelvesOf } from '@/lib/readers/library-store';
import { libraryPath, readLibraryView, STATE_NAMES } from '@/lib/readers/library-view';
import { shelfToken } from '@/lib/readers/shelf-link';
import {
  findShelf,
  type LibraryCounts,
  libraryCounts,
  type Shelf,
} from '@/lib/readers/shelf-store';
import { env } from '@/lib/runtime/env';

const PAPERS = 50;

const DONE: Record<string, string> = {
  changed: 'Changed.',
  removed: 'Removed.',
  shelf: 'The shelf is there.',
  shared: 'Anyone with the address can see this shelf now.',
  unshared: 'Nobody else sees this shelf any more.',
  renewed: 'The shelf has new addresses. The ones before open nothing.',
  none: 'Select papers first.',
  name: 'A shelf needs a name of at most 80 characters.',
  full: 'That’s as many shelves as a library can have.',
};

/** A reader's library, or one of its shelves. */
export async function LibraryPage({
  slug,
  params,
}: {
  slug: string | null;
  params: URLSearchParams;
}) {
  const now = new Date();
  const view = readLibraryView(slug, params);
  const session = await signedIn(now);
  if (!session) redirect(signInPath(libraryPath(view)));
  const { actor } = session;
  const db = getDb();
  const after = params.get('after') ?? undefined;
  const { shelf: shelfSlug, state, label, noted, q } = view;
  const shelf = shelfSlug === null ? null : await findShelf(db, actor, shelfSlug);
  if (shelfSlug !== null && !shelf) notFound();
  const [shelves, counts, found] = await Promise.all([
    shelvesOf(db, actor),
    libraryCounts(db, actor, shelfSlug, now),
    findSaved(db, actor, {
      q,
      limit: PAPERS,
      after,
      ...(shelf && { shelf: shelf.slug }),
      ...(state && { state }),
      ...(label !== null && { label }),
      ...(noted && { noted }),
    }).catch((error) => {
      if (error instanceof BadCursor) notFound();
      throw error;
    }),
  ]);
  const [papers, saved] = await Promise.all([
    feedPapers(db, found.ids, now),
    savedAmong(db, actor, found.ids),
  ]);
  const title = shelf?.name ?? 'Library';
  const done = DONE[params.get('done') ?? ''];
  return (
    <ListFrame
      head={
        <>
          <Head title={title} counts={counts} shelves={shelves} shelf={shelf} />
          <LibraryBar view={view} shelves={shelves} counts={counts} />
          {[...(done ? [done] : []), ...(found.messages ?? [])].map((message) => (
            <div key={message} className="my-3">
              <Notice>{message}</Notice>
            </div>
          ))}
        </>
      }
      hasPapers={false}
      start={
        papers.length === 0 ? (
          <Empty isEmpty={counts.papers === 0} q={q} />
        ) : (
          <form method="post" action="/library/submit">
            <input type="hidden" name="back" value={libraryPath(view)} />
            {shelf && <input type="hidden" name="shelf" value={shelf.slug} />}
            <Bulk shelves={shelves} isShelf={shelf !== null} />
            <PaperList label={title}>
              {papers.map((paper) => (
                <SavedRow key={paper.id} paper={paper} saved={saved.get(paper.id)!} now={now} />
              ))}
            </PaperList>
          </form>
        )
      }
      aside={<LibraryAside shelves={shelves} shelf={shelf && withUrls(shelf)} />}
      rest={null}
      first={after ? libraryPath(view) : null}
      next={found.next && libraryPath(view, found.next)}
      size={papers.length}
    />
  );
}

/** The secret addresses of a shelf: as a file, and as a page for others. */
function withUrls(shelf: Shelf) {
  const { siteUrl, secret } = env();
  return {
    ...shelf,
    fileUrl: `${siteUrl}/shelves/${shelfToken('shelf-file', shelf, secret)}/library.bib`,
    pageUrl: `${siteUrl}/shelves/${shelfToken('shelf', shelf, secret)}`,
  };
}

function Head({
  title,
  counts,
  shelves,
  shelf,
}: {
  title: string;
  counts: LibraryCounts;
  shelves: readonly ShelfRow[];
  shelf: Shelf | null;
}) {
  return (
    <div className="date">
      <h1>{title}</h1>{' '}
      <div className="said">
        <p>
          <b>
            {counts.papers.toLocaleString('en')} {counts.papers === 1 ? 'paper' : 'papers'}
          </b>
          {!shelf && ` on ${shelves.length} ${shelves.length === 1 ? 'shelf' : 'shelves'}`}
          {shelf?.sharedAt && ', shared'}
        </p>{' '}
        {counts.fresh > 0 && <p>{counts.fresh.toLocaleString('en')} saved this week</p>}{' '}
        <p className="follow">
          <a href="/for-you">For you</a>
        </p>
      </div>
    </div>
  );
}

/** What is done with the papers that are selected. */
function Bulk({ shelves, isShelf }: { shelves: readonly ShelfRow[]; isShelf: boolean }) {
  return (
    <fieldset className="bulk">
      <legend className="sr-only">With the selected papers</legend>
      {STATES.map((state) => (
        <button key={state} type="submit" name="do" value={state}>
          Mark as {STATE_NAMES[state].toLowerCase()}
        </button>
      ))}
      <details className="menu">
        <summary>{isShelf ? 'Move to' : 'Put on'}</summary>
        <ul className="drop">
          {shelves.map(({ slug, name }) => (
            <li key={slug}>
              <button type="submit" name="do" value={`to:${slug}`}>
                {name}
              </button>
            </li>
          ))}
        </ul>
      </details>
      <details className="menu">
        <summary>Label</summary>
        <div className="drop one-line">
          <label htmlFor="label" className="sr-only">
            Label
          </label>
          <input id="label" name="label" maxLength={60} placeholder="Label" />
          <button type="submit" name="do" value="label">
            Add
          </button>
          <button type="submit" name="do" value="unlabel">
            Take off
          </button>
        </div>
      </details>
      <button type="submit" name="do" value="remove">
        Remove
      </button>
    </fieldset>
  );
}

function Empty({ isEmpty, q }: { isEmpty: boolean; q: string }) {
  if (isEmpty) {
    return (
      <EmptyState title="Nothing here yet">
        “Save” on any paper puts it here. Or{' '}
        <a className="link" href="/library/import">
          import what you have
        </a>
        : ids, or a .bib file.
      </EmptyState>
    );
  }
  return (
    <EmptyState title="No papers match">
      Try fewer words or remove a filter.
      {q && (
        <>
          {' '}
          <a className="link" href={`/search?q=${encodeURIComponent(q)}`}>
            Search all papers for “{q}”
          </a>
        </>
      )}
    </EmptyState>
  );
}
