import { LIBRARY } from '@/app/library/library-form';
import { sessionForm } from '@/app/session-form';
import { getDb } from '@/lib/db/client';
import { field, fields, seeOther } from '@/lib/http/form';
import { problem } from '@/lib/http/problem';
import { ownPath } from '@/lib/readers/cookies';
import { STATES } from '@/lib/readers/library-store';
import { readPaperIds } from '@/lib/readers/library-view';
import { type BulkChange, changeSaved } from '@/lib/readers/shelf-store';
import { oneLine } from '@/lib/runtime/one-line';

const LONGEST_LABEL = 60;

/** Changes of papers in a library: of those that are selected, or of the one whose button was pressed. */
export async function POST(request: Request): Promise<Response> {
  const now = new Date();
  const posted = await sessionForm(request, LIBRARY, now);
  if (posted instanceof Response) return posted;
  const { form, actor } = posted;
  const back = ownPath(field(form, 'back') || '/library');
  const shelf = field(form, 'shelf') || null;
  const [verb = '', subject = ''] = field(form, 'do').split(/:(.*)/s);
  const isState = STATES.some((state) => state === verb);
  const ids = readPaperIds(isState && subject !== '' ? [subject] : fields(form, 'paper'));
  if (ids.length === 0) return seeOther(withDone(back, 'none'));
  if (verb === 'remove') {
    const params = new URLSearchParams(ids.map((id) => ['paper', String(id)]));
    if (shelf) params.set('shelf', shelf);
    return seeOther(`/library/remove?${params}`);
  }
  const change = readChange(verb, subject, oneLine(field(form, 'label')), shelf);
  if (!change) return problem(400, 'Bad request', 'This form asks for nothing that can be done.');
  await changeSaved(getDb(), actor, ids, change, now);
  return seeOther(subject && isState ? `${back}#paper-${ids[0]}` : withDone(back, 'changed'));
}

function readChange(
  verb: string,
  subject: string,
  label: string,
  from: string | null,
): BulkChange | null {
  const state = STATES.find((each) => each === verb);
  if (state) return { state };
  if (verb === 'to' && subject) return { to: subject, from };
  if (label === '' || label.length > LONGEST_LABEL) return null;
  if (verb === 'label') return { addLabel: label };
  return verb === 'unlabel' ? { removeLabel: label } : null;
}

function withDone(path: string, done: string): string {
  return `${path}${path.includes('?') ? '&' : '?'}done=${done}`;
}
