import { LIBRARY } from '@/app/library/library-form';
import { sessionForm } from '@/app/session-form';
import { saveBody } from '@/lib/api/library';
import { getDb } from '@/lib/db/client';
import { field, fields, seeOther } from '@/lib/http/form';
import { problem } from '@/lib/http/problem';
import { STATES, savedAmong, savePaper } from '@/lib/readers/library-store';
import { changeSaved, removeSaved } from '@/lib/readers/shelf-store';

/** Keeps what the page of a saved paper says. */
export async function POST(
  request: Request,
  { params }: { params: Promise<{ id: string }> },
): Promise<Response> {
  const now = new Date();
  const posted = await sessionForm(request, LIBRARY, now);
  if (posted instanceof Response) return posted;
  const { form, actor } = posted;
  const { id } = await params;
  const db = getDb();
  const paperId = /^\d{1,9}$/.test(id) ? Number(id) : 0;
  const saved = (await savedAmong(db, actor, [paperId])).get(paperId);
  if (!saved) return problem(404, 'Not found', 'This paper is not in your library.');
  const read = saveBody.safeParse({
    note: field(form, 'note').replaceAll('\r\n', '\n'),
    labels: field(form, 'labels')
      .split(',')
      .map((label) => label.trim())
      .filter(Boolean),
    state: STATES.find((state) => state === field(form, 'state')),
  });
  if (!read.success) {
    return problem(400, 'Bad request', `This can't be kept: ${read.error.issues[0]!.message}.`);
  }
  await savePaper(db, actor, { paperId, ...read.data, network: null }, now);
  const wanted = fields(form, 'shelf');
  for (const shelf of wanted) {
    if (!saved.shelves.includes(shelf)) {
      await changeSaved(db, actor, [paperId], { to: shelf, from: null }, now);
    }
  }
  // Off every shelf would be out of the library, which has a question of its own.
  if (wanted.length > 0) {
    for (const shelf of saved.shelves) {
      if (!wanted.includes(shelf)) await removeSaved(db, actor, [paperId], shelf);
    }
  }
  return seeOther(`/library?done=changed#paper-${paperId}`);
}
