import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { signedIn, signInPath } from '@/app/signed-in';
import { Button } from '@/components/ui/Button';
import { SelectField, TextArea } from '@/components/ui/Field';
import { Notice } from '@/components/ui/Notice';
import { Column, PageHead } from '@/components/ui/PageHead';
import { getDb } from '@/lib/db/client';
import { first, type SearchParams } from '@/lib/http/search-params';
import { shelvesOf } from '@/lib/readers/library-store';
import { FIRST_SHELF } from '@/lib/readers/shelf-name';

export const metadata: Metadata = { title: 'Import papers', robots: { index: false } };

/** Puts papers on a shelf that somebody has elsewhere: ids, addresses, a .bib file. */
export default async function ImportPage({ searchParams }: { searchParams: SearchParams }) {
  const search = await searchParams;
  const session = await signedIn(new Date());
  if (!session) redirect(signInPath('/library/import'));
  const shelves = await shelvesOf(getDb(), session.actor);
  const wanted = first(search.shelf);
  const [added, missing] = [first(search.added), first(search.missing)].map((n) =>
    /^\d{1,5}$/.test(n) ? Number(n) : null,
  );
  return (
    <Column>
      <PageHead title="Import papers">
        Paste arXiv ids, DOIs or addresses, or a BibTeX file from Zotero, Mendeley or a LaTeX
        project. Papers that are in this catalogue go on your shelf.
      </PageHead>
      {added != null && (
        <div className="mb-4">
          <Notice>
            {added} {added === 1 ? 'paper is' : 'papers are'} on the shelf
            {missing
              ? `, and ${missing} ${missing === 1 ? 'is' : 'are'} not in this catalogue`
              : ''}
            .{' '}
            <a className="link" href="/library">
              Library
            </a>
          </Notice>
        </div>
      )}
      <form
        method="post"
        action="/library/import/submit"
        encType="multipart/form-data"
        className="grid gap-4"
      >
        <SelectField id="shelf" name="shelf" label="Shelf" defaultValue={wanted}>
          {shelves.length === 0 && <option value={FIRST_SHELF}>{FIRST_SHELF}</option>}
          {shelves.map(({ slug, name }) => (
            <option key={slug} value={slug}>
              {name}
            </option>
          ))}
        </SelectField>
        <TextArea
          id="papers"
          name="papers"
          label="Papers"
          rows={10}
          placeholder={'2106.09685\n10.18653/v1/2020.acl-main.1\n@article{…}'}
        />
        <div className="grid gap-1">
          <label htmlFor="file" className="font-semibold">
            or a file
          </label>
          <input id="file" name="file" type="file" accept=".bib,.txt" />
        </div>
        <div>
          <Button>Import</Button>
        </div>
      </form>
    </Column>
  );
}
