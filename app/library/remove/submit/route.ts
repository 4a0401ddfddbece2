import { LIBRARY } from '@/app/library/library-form';
import { sessionForm } from '@/app/session-form';
import { getDb } from '@/lib/db/client';
import { field, fields, seeOther } from '@/lib/http/form';
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
  const ids = fields(form, 'paper').filter((id) => /^\d{1,9}$/.test(id));
  await removeSaved(getDb(), actor, ids.map(Number), slug);
  return seeOther(`${slug ? `/library/${encodeURIComponent(slug)}` : '/library'}?done=removed`);
}
