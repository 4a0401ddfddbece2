import { LIBRARY } from '@/app/library/library-form';
import { sessionForm } from '@/app/session-form';
import { getDb } from '@/lib/db/client';
import { field, seeOther } from '@/lib/http/form';
import { problem } from '@/lib/http/problem';
import { LONGEST_SHELF_NAME } from '@/lib/readers/shelf-name';
import { changeShelf, makeShelf, type ShelfChange } from '@/lib/readers/shelf-store';
import { oneLine } from '@/lib/runtime/one-line';

const DONE: Record<string, string> = {
  share: 'shared',
  unshare: 'unshared',
  renew: 'renewed',
  rename: 'changed',
};

/** Makes a shelf, names it, shares it, and renews its secret addresses. */
export async function POST(request: Request): Promise<Response> {
  const now = new Date();
  const posted = await sessionForm(request, LIBRARY, now);
  if (posted instanceof Response) return posted;
  const { form, actor } = posted;
  const db = getDb();
  const verb = field(form, 'do');
  const slug = field(form, 'shelf');
  const name = oneLine(field(form, 'name'));
  const isNamed = name !== '' && name.length <= LONGEST_SHELF_NAME;
  const here = slug ? `/library/${encodeURIComponent(slug)}` : '/library';
  if ((verb === 'make' || verb === 'rename') && !isNamed) return seeOther(`${here}?done=name`);
  if (verb === 'make') {
    const made = await makeShelf(db, actor, name, now);
    return seeOther(made ? `/library/${made}?done=shelf` : '/library?done=full');
  }
  const changes: Record<string, ShelfChange> = {
    rename: { name },
    share: { shared: true },
    unshare: { shared: false },
    renew: { renew: true },
  };
  const change = Object.hasOwn(changes, verb) ? changes[verb] : null;
  if (!change || !(await changeShelf(db, actor, slug, change, now))) {
    return problem(404, 'Not found', 'You have no such shelf.');
  }
  return seeOther(`${here}?done=${DONE[verb]}`);
}
