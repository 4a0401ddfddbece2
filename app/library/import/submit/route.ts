import { after } from 'next/server';
import { sessionForm } from '@/app/session-form';
import { getDb } from '@/lib/db/client';
import { clientAddress } from '@/lib/http/client-address.mjs';
import { field, seeOther } from '@/lib/http/form';
import { papersPasted } from '@/lib/interests/references';
import { countSoon } from '@/lib/readers/interest-signals';
import { savePapers } from '@/lib/readers/library-store';
import { networkKey } from '@/lib/readers/network-key';
import { FIRST_SHELF, LONGEST_SHELF_NAME } from '@/lib/readers/shelf-name';
import { env } from '@/lib/runtime/env';
import { oneLine } from '@/lib/runtime/one-line';

const IMPORT = {
  page: '/library/import',
  name: 'library-import',
  most: 20,
  // A .bib file of 2,000 entries with abstracts.
  mostBytes: 4 * 1024 * 1024,
};

/** Papers of the catalogue that a pasted text or a file names go on a shelf. */
export async function POST(request: Request): Promise<Response> {
  const now = new Date();
  const posted = await sessionForm(request, IMPORT, now);
  if (posted instanceof Response) return posted;
  const { form, actor } = posted;
  const { secret, trustProxy } = env();
  const db = getDb();
  const file = form.get('file');
  const text = [field(form, 'papers'), file instanceof File ? await file.text() : ''].join('\n');
  const shelf = oneLine(field(form, 'shelf')).slice(0, LONGEST_SHELF_NAME) || FIRST_SHELF;
  const { papers: paperIds, missing } = await papersPasted(db, text, now);
  const network = networkKey(clientAddress(request.headers, trustProxy), secret);
  const added = await savePapers(db, actor, { paperIds, shelf, network }, now);
  if (added === 'full') return seeOther('/library?done=full');
  after(() => countSoon(...paperIds));
  return seeOther(`/library/import?added=${added}&missing=${missing}`);
}
