import { cited } from '@/lib/citations/cited';
import { CITATION_FORMATS } from '@/lib/citations/formats';
import { paperMarkdown } from '@/lib/citations/markdown';
import { getDb } from '@/lib/db/client';
import { conditional } from '@/lib/http/conditional';
import { problem } from '@/lib/http/problem';
import { paperPath, parsePaperAddress } from '@/lib/papers/paper-address';
import { getPaper, mergedInto } from '@/lib/papers/store';
import { env } from '@/lib/runtime/env';

/** `/papers/12.md`, `.bib`, `.ris`, `.csl.json`, `.txt`: next.config.mjs rewrites them to here. */
export async function GET(
  request: Request,
  { params }: { params: Promise<{ id: string; format: string }> },
): Promise<Response> {
  const { id, format } = await params;
  const address = parsePaperAddress(id);
  const citation = CITATION_FORMATS.find(({ extension }) => extension === format);
  if (!citation && format !== 'md') return problem(404, 'No such format');
  const known = address && 'id' in address ? address.id : null;
  const paper = known && (await getPaper(getDb(), known));
  if (!paper) {
    const into = known && (await mergedInto(getDb(), known));
    if (!into) return problem(404, 'No such paper', `No paper here has the number ${id}.`);
    return new Response(null, {
      status: 308,
      headers: { location: `${paperPath(into)}.${format}` },
    });
  }
  const url = `${env().siteUrl}${paperPath(paper.id)}`;
  return conditional(request, {
    body: citation ? citation.write(cited(paper, url)) : paperMarkdown(paper, url),
    type: `${citation?.mediaType ?? 'text/markdown'}; charset=utf-8`,
    // A title that a source corrects is no revision of the authors'.
    changedAt: null,
    maxAge: 3600,
  });
}
