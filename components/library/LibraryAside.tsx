import { Button } from '@/components/ui/Button';
import type { LibraryFormat } from '@/lib/api/library';
import type { ShelfRow } from '@/lib/readers/library-store';
import { LONGEST_SHELF_NAME } from '@/lib/readers/shelf-name';
import type { Shelf } from '@/lib/readers/shelf-store';

const FORMATS: readonly (readonly [LibraryFormat, string])[] = [
  ['bib', 'BibTeX'],
  ['ris', 'RIS'],
  ['csl.json', 'CSL-JSON'],
  ['jsonl', 'JSONL'],
  ['md', 'Markdown'],
];

interface LibraryAsideProps {
  shelves: readonly ShelfRow[];
  /** The one that is shown, with its secret addresses. */
  shelf: (Shelf & { fileUrl: string; pageUrl: string }) | null;
}

/** Beside a library: its shelves, ways to take it along, and what a shelf is shared by. */
export function LibraryAside({ shelves, shelf }: LibraryAsideProps) {
  const of = shelf ? `&shelf=${shelf.slug}` : '';
  return (
    <>
      <section aria-labelledby="shelves">
        <h2 id="shelves">Shelves</h2>
        <ul className="shelf-list">
          {shelves.map(({ slug, name, papers }) => (
            <li key={slug}>
              <a href={`/library/${slug}`} aria-current={slug === shelf?.slug ? 'page' : undefined}>
                <span>{name}</span> <span className="n">{papers}</span>
              </a>
            </li>
          ))}
        </ul>
        <form method="post" action="/library/shelves/submit" className="one-line">
          <label htmlFor="new-shelf" className="sr-only">
            Name of a new shelf
          </label>
          <input
            id="new-shelf"
            name="name"
            placeholder="New shelf"
            maxLength={LONGEST_SHELF_NAME}
            required
          />
          <Button look="plain" name="do" value="make">
            Make
          </Button>
        </form>
        <p className="small">
          <a className="link" href={`/library/import${shelf ? `?shelf=${shelf.slug}` : ''}`}>
            Import papers
          </a>
        </p>
      </section>
      <section aria-labelledby="take-along">
        <h2 id="take-along">Take it with you</h2>
        <p className="small">
          Export {shelf ? 'this shelf' : 'all'}:{' '}
          {FORMATS.map(([format, name], i) => (
            <span key={format}>
              {i > 0 && ', '}
              <a className="link" href={`/library/export?format=${format}${of}`}>
                {name}
              </a>
            </span>
          ))}
        </p>
        {shelf ? (
          <>
            <p className="small">
              Live BibTeX for a LaTeX project, by a secret address:{' '}
              <a className="link" href={shelf.fileUrl} data-share>
                library.bib
              </a>
            </p>
            <form method="post" action="/library/shelves/submit">
              <input type="hidden" name="shelf" value={shelf.slug} />
              <p className="small">
                {shelf.sharedAt ? (
                  <>
                    Anyone with{' '}
                    <a className="link" href={shelf.pageUrl}>
                      this address
                    </a>{' '}
                    can see its papers, but not your notes.{' '}
                  </>
                ) : (
                  'Nobody else sees this shelf. '
                )}
              </p>
              <p className="btns">
                <Button look="plain" name="do" value={shelf.sharedAt ? 'unshare' : 'share'}>
                  {shelf.sharedAt ? 'Stop sharing' : 'Share by a link'}
                </Button>
                <Button look="plain" name="do" value="renew">
                  Renew its addresses
                </Button>
              </p>
            </form>
            <form method="post" action="/library/shelves/submit" className="one-line">
              <input type="hidden" name="shelf" value={shelf.slug} />
              <label htmlFor="shelf-name" className="sr-only">
                Name of this shelf
              </label>
              <input
                id="shelf-name"
                name="name"
                defaultValue={shelf.name}
                maxLength={LONGEST_SHELF_NAME}
                required
              />
              <Button look="plain" name="do" value="rename">
                Rename
              </Button>
            </form>
            <p className="small">
              <a className="link" href={`/library/remove?shelf=${shelf.slug}`}>
                Remove this shelf
              </a>
            </p>
          </>
        ) : (
          <p className="small">A shelf has a live BibTeX address, and can be shared by a link.</p>
        )}
      </section>
    </>
  );
}
