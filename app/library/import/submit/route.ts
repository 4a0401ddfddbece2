import { after } from 'next/server';
import { signInPath } from '@/app/signed-in';
import { getDb } from '@/lib/db/client';
import { field, readUpTo, seeOther } from '@/lib/http/form';
import { problem } from '@/lib/http/problem';
import { allow } from '@/lib/http/rate-limit';
import { sameOrigin } from '@/lib/http/same-origin';
import { papersPasted } from '@/lib/interests/references';
import { countSoon } from '@/lib/readers/interest-signals';
import { savePaper } from '@/lib/readers/library-store';
import { sessionActor } from '@/lib/readers/request-actor';
import { FIRST_SHELF, LONGEST_SHELF_NAME } from '@/lib/readers/shelf-name';
import { env } from '@/lib/runtime/env';
import { oneLine } from '@/lib/runtime/one-line';

const IMPORTS = { limit: 20, windowSeconds: 3600 };
/** A .bib file of 2,000 entries with abstracts. */
const MOST_BYTES = 4 * 1024 * 1024;

/** Papers of the catalogue that a pasted text or a file names go on a shelf. */
export async function POST(request: Request): Promise<Response> {
  const { siteUrl } = env();
  if (!sameOrigin(request, siteUrl)) {
    return problem(403, 'Forbidden', 'This form can only be sent from this site’s own pages.');
  }
  const now = new Date();
  const db = getDb();
  const actor = await sessionActor(db, request.headers, now);
  if (actor.kind !== 'session') return seeOther(signInPath('/library/import'));
  if (!(await allow(db, `library-import:${actor.readerId}`, IMPORTS, now))) {
    return problem(429, 'Too many requests', 'Too many imports at once. Try again in an hour.', {
      headers: { 'retry-after': '3600' },
    });
  }
  const bytes = await readUpTo(request, MOST_BYTES);
  if (!bytes) return problem(413, 'Too large', 'An import may have at most 4 MB.');
  const type = request.headers.get('content-type') ?? '';
  const form = await new Response(bytes, { headers: { 'content-type': type } })
    .formData()
    .catch(() => null);
  if (!form) return problem(415, 'Not a form', 'Send the form as multipart/form-data.');
  const file = form.get('file');
  const text = [field(form, 'papers'), file instanceof File ? await file.text() : ''].join('\n');
  const shelf = oneLine(field(form, 'shelf')).slice(0, LONGEST_SHELF_NAME) || FIRST_SHELF;
  const { papers, missing } = await papersPasted(db, text, now);
  let added = 0;
  for (const paperId of papers) {
    const saved = await savePaper(db, actor, { paperId, shelf, network: null }, now);
    if (saved === 'full') return seeOther('/library?done=full');
    if (saved) added += 1;
    after(() => countSoon(paperId));
  }
  return seeOther(`/library/import?added=${added}&missing=${missing}`);
}
