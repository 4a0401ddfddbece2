import type { Metadata } from 'next';
import { AdminFrame } from '@/app/admin/AdminFrame';
import { ReasonField } from '@/app/admin/act-fields';
import { adminSession } from '@/app/admin/admin-session';
import { LiftForm } from '@/app/admin/readers/LiftForm';
import { Button } from '@/components/ui/Button';
import { TextField } from '@/components/ui/Field';
import { Table } from '@/components/ui/Table';
import { findReaders, MOST_FOUND } from '@/lib/admin/readers';
import { importInWords, NO_READERS } from '@/lib/admin/readers-file';
import { isoDay } from '@/lib/calendar/day-names';
import { getDb } from '@/lib/db/client';
import { first, type SearchParams } from '@/lib/http/search-params';
import { env } from '@/lib/runtime/env';
import { IMPORT_COLUMNS } from '@/lib/subscribers/import-row';

export const metadata: Metadata = { title: 'Readers', robots: { index: false } };

const DONE: Record<string, string> = {
  removed:
    'The reader is erased. Nothing is ever sent to the address again, unless that is lifted.',
  active: 'The suppression is lifted: the reader gets the digest again.',
  lifted: 'The suppression is lifted. No digest goes there until the address is signed up.',
};

/** Finds readers; takes lists of them in and gives them out. */
export default async function Readers({ searchParams }: { searchParams: SearchParams }) {
  const now = new Date();
  const actor = await adminSession(now);
  const search = await searchParams;
  const q = first(search.q).trim();
  const { suppressionKey } = env();
  const result = q === '' ? null : await findReaders(getDb(), actor, q, suppressionKey);
  return (
    <AdminFrame
      page="/admin/readers"
      title="Readers"
      done={DONE[first(search.done)] ?? importedWords(first(search.imported), first(search.lines))}
      problem={first(search.problem)}
    >
      <form action="/admin/readers" className="my-4 grid max-w-96 gap-3">
        <TextField
          id="q"
          name="q"
          type="search"
          label="Address, or a part of it"
          defaultValue={q}
        />
        <div>
          <Button>Find</Button>
        </div>
      </form>
      {result && (
        <section aria-label="Readers found" className="prose wrap-anywhere">
          {result.found.length === 0 ? (
            <p>No reader’s address has “{q}”.</p>
          ) : (
            <Table columns={['Address', 'State', 'Since']}>
              {result.found.map(({ id, email, status, createdAt }) => (
                <tr key={id}>
                  <th scope="row">
                    <a href={`/admin/readers/${id}`}>{email}</a>
                  </th>
                  <td>{status}</td>
                  <td>{isoDay(createdAt)}</td>
                </tr>
              ))}
            </Table>
          )}
          {result.found.length === MOST_FOUND && (
            <p>These are the first {MOST_FOUND}. A longer text finds fewer.</p>
          )}
        </section>
      )}
      {result?.suppressed && <LiftForm address={q} />}

      <h2 className="mt-8 mb-2 text-lg">Import</h2>
      <p className="max-w-measure text-base">
        A CSV file whose first line names the columns: <code>{IMPORT_COLUMNS.join(',')}</code>. Rows
        that say when and where somebody agreed are active; others are asked by mail first.
      </p>
      <form
        method="post"
        action="/admin/readers/submit"
        encType="multipart/form-data"
        className="mt-3 grid max-w-96 gap-3"
      >
        <div className="grid gap-1">
          <label htmlFor="file" className="font-semibold">
            File
          </label>
          <input id="file" name="file" type="file" accept=".csv,text/csv" required />
        </div>
        <ReasonField id="import-reason" />
        <div>
          <Button look="plain" name="do" value="import">
            Import
          </Button>
        </div>
      </form>

      <h2 className="mt-8 mb-2 text-lg">Export</h2>
      <p className="max-w-measure text-base">Everyone who gets the digest, in the same columns.</p>
      <form method="post" action="/admin/readers/submit" className="mt-3 grid max-w-96 gap-3">
        <ReasonField id="export-reason" />
        <div>
          <Button look="plain" name="do" value="export">
            Export
          </Button>
        </div>
      </form>
    </AdminFrame>
  );
}

/** What an import did, from the counts in the address that its form led to. */
function importedWords(counts: string, lines: string): string | null {
  if (!/^\d+(?:\.\d+){4}$/.test(counts)) return null;
  const [active, asked, known, suppressed, rejected] = counts.split('.').map(Number) as number[];
  const words = importInWords({
    ...NO_READERS,
    ...{ active: active!, asked: asked!, known: known!, suppressed: suppressed! },
    rejected: rejected!,
  });
  return /^\d+(?:\.\d+)*$/.test(lines) ? `${words} Lines: ${lines.split('.').join(', ')}.` : words;
}
