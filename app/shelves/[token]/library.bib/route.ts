import { cited } from '@/lib/citations/cited';
import { CITATION_FORMATS, citationFile } from '@/lib/citations/formats';
import { getDb } from '@/lib/db/client';
import { PRIVATE } from '@/lib/http/private-headers';
import { problem } from '@/lib/http/problem';
import { paperPath } from '@/lib/papers/paper-address';
import { getPapers } from '@/lib/papers/store';
import { papersOnShelf, shelfByToken } from '@/lib/readers/shelf-link';
import { env } from '@/lib/runtime/env';

const MOST_PAPERS = 5_000;
const BIBTEX = CITATION_FORMATS.find(({ extension }) => extension === 'bib')!;

/** A shelf as a BibTeX file that stays up to date, for whoever has its secret address. */
export async function GET(
  _request: Request,
  { params }: { params: Promise<{ token: string }> },
): Promise<Response> {
  const { secret, siteUrl } = env();
  const db = getDb();
  const shelf = await shelfByToken(db, 'shelf-file', (await params).token, secret, new Date());
  if (!shelf) {
    return problem(404, 'Not found', 'This shelf has another address now: see its page.', {
      headers: PRIVATE,
    });
  }
  const papers = await getPapers(db, await papersOnShelf(db, shelf, MOST_PAPERS));
  const cites = papers.map((paper) => cited(paper, siteUrl + paperPath(paper.id)));
  return new Response(citationFile('bib', cites), {
    headers: { ...PRIVATE, 'content-type': `${BIBTEX.mediaType}; charset=utf-8` },
  });
}
