import { LIBRARY } from '@/app/library/library-form';
import { sessionForm } from '@/app/session-form';
import { getDb } from '@/lib/db/client';
import { field, fields, seeOther } from '@/lib/http/form';
import { readPaperIds } from '@/lib/readers/library-view';
import { removeSaved, removeShelf } from '@/lib/readers/shelf-store';

/** Removes what the page before asked about. */
export async function POST(request: Request): Promise<Response> {
  const posted = await sessionForm(request, LIBRARY, new Date());
  if (posted instanceof Response) return posted;
  const { form, actor } = posted;
  const slug = field(form, 'shelf') || null;
  if (slug && form.has('whole')) {
    await removeShelf(getDb(), actor, slug);
    return seeOther('/library?done=removed');
  }
  await removeSaved(getDb(), actor, readPaperIds(fields(form, 'paper')), slug);
  return seeOther(`${slug ? `/library/${encodeURIComponent(slug)}` : '/library'}?done=removed`);
}
