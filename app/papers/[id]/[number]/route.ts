import { getDb } from '@/lib/db/client';
import { problem } from '@/lib/http/problem';
import { paperPath, parsePaperAddress } from '@/lib/papers/paper-address';
import { findByArxivId } from '@/lib/papers/store';

/** Old arXiv ids have a slash: `/papers/cs/0112017` leads to the paper. */
export async function GET(
  _request: Request,
  { params }: { params: Promise<{ id: string; number: string }> },
): Promise<Response> {
  const { id, number } = await params;
  const address = parsePaperAddress(`${id}/${number}`);
  const known = address && 'arxivId' in address && (await findByArxivId(getDb(), address.arxivId));
  if (!known)
    return problem(404, 'No such paper', `No paper here has the arXiv id ${id}/${number}.`);
  return new Response(null, { status: 308, headers: { location: paperPath(known) } });
}
