import type { Metadata } from 'next';
import { AdminFrame } from '@/app/admin/AdminFrame';
import { adminSession } from '@/app/admin/admin-session';
import { Button } from '@/components/ui/Button';
import { TextField } from '@/components/ui/Field';
import { findPapers } from '@/lib/admin/papers';
import { getDb } from '@/lib/db/client';
import { first, type SearchParams } from '@/lib/http/search-params';

export const metadata: Metadata = { title: 'Papers', robots: { index: false } };

/** Finds a paper, hidden ones too. */
export default async function Papers({ searchParams }: { searchParams: SearchParams }) {
  const now = new Date();
  const actor = await adminSession(now);
  const search = await searchParams;
  const q = first(search.q).trim();
  const found = q === '' ? null : await findPapers(getDb(), actor, q);
  return (
    <AdminFrame page="/admin/papers" title="Papers" problem={first(search.problem)}>
      <form action="/admin/papers" className="my-4 grid max-w-96 gap-3">
        <TextField
          id="q"
          name="q"
          type="search"
          label="Number, arXiv id, DOI or whole title"
          hint="The number is the one in /papers/123."
          defaultValue={q}
        />
        <div>
          <Button>Find</Button>
        </div>
      </form>
      {found && (
        <section aria-label="Papers found" className="prose wrap-anywhere">
          {found.length === 0 ? (
            <p>No paper has the number, arXiv id, DOI or title “{q}”.</p>
          ) : (
            <ul>
              {found.map(({ id, title, hiddenAt }) => (
                <li key={id}>
                  <a href={`/admin/papers/${id}`}>{title}</a>
                  {hiddenAt && ', hidden'}
                </li>
              ))}
            </ul>
          )}
        </section>
      )}
    </AdminFrame>
  );
}
