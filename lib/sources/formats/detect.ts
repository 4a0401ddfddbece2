import { idsInProse, isListOfIds } from '@/lib/sources/formats/arxiv/arxiv-ids';
import type { Piece } from '@/lib/sources/formats/input/text-input';
import { FORMATS, type Format } from '@/lib/sources/formats/input/types';
import { listingProblem } from '@/lib/sources/formats/listing/listing-check';

/** Characters of the input that are looked at. */
export const HEAD_LENGTH = 64 * 1024;

/** The format of an input by its beginning, or why it has none that we read. */
export async function detectFormat(
  pieces: readonly Piece[],
  context: { now: Date; unwrapped: boolean },
): Promise<{ format: Format } | { problem: string }> {
  const head = pieces.map((piece) => piece.text + (piece.ends ? '\n' : '')).join('');
  const text = head.trimStart();
  if (text === '') {
    const kind = context.unwrapped ? 'a web page without text' : 'empty';
    return { problem: `the input is ${kind}` };
  }
  const binary = binaryKind(head);
  if (binary) return { problem: `the input is ${binary}, not text` };
  if (text[0] === '<') return xmlFormat(text);
  // A page may begin with a link, `[Title](…)`, or a number, `[1]`.
  if (/^(?:\{|\[\s*(?:[{"\]]|$))/.test(text)) return jsonFormat(text);
  if (/^\s?TY {1,2}- ?[A-Z]/m.test(text) && /^\s?(?:TI|T1|AU|A1|ER) {1,2}-/m.test(text))
    return { format: 'ris' };
  if (/^[ \t]*@[ \t]*\w+\s*[{(]/m.test(text) && /^(?:[%@]|\s)/.test(text))
    return { format: 'bibtex' };
  if (
    /^[ \t]*@(?:article|in(?:proceedings|book|collection)|misc|online|book|conference|techreport|phdthesis)\s*\{/im.test(
      text,
    )
  ) {
    return { format: 'bibtex' };
  }
  if (isListOfIds(text.slice(0, 5_000))) return { format: 'arxiv-ids' };
  if (isTable(text)) {
    const told = 'give its ids or addresses alone, or its records as JSON, one a line';
    return { problem: `the input is a table (CSV), no page of papers: ${told}` };
  }
  const problem = await listingProblem(pieces, context);
  if (problem === null) return { format: 'listing' };
  const kind = context.unwrapped
    ? 'a web page'
    : /^#{1,6} .*\n[\s\S]*^(?:#{1,6} |```)/m.test(text)
      ? 'Markdown'
      : 'text';
  const ids = new Set(idsInProse(text).map(({ id }) => id)).size;
  const known = ids > 0 ? `; for the ${ids} arXiv ids in it say --format arxiv-ids` : '';
  const names = `; what it is, --format says: ${FORMATS.join(', ')}`;
  return { problem: `the input is ${kind}, but no page of papers: ${problem}${known}${names}` };
}

/** Whether the first line names columns. */
function isTable(text: string): boolean {
  const [first = '', second = ''] = text.split('\n', 2);
  const columns = first.split(/[,;\t|]/).map((name) => name.trim().replace(/^"|"$/g, ''));
  const named = columns.some((name) =>
    /^(?:title|abstract|authors?|id|doi|url|arxiv_?id)$/i.test(name),
  );
  return columns.length > 1 && named && /[,;\t|]/.test(second);
}

function xmlFormat(text: string): { format: Format } | { problem: string } {
  const root = /<(?![?!])(?:\w+:)?([\w-]+)/.exec(text)?.[1]?.toLowerCase();
  if (root === 'oai-pmh' || root === 'listrecords' || root === 'record')
    return { format: 'arxiv-oai' };
  if (root === 'rss' || root === 'rdf') {
    if (/arxiv\.org/i.test(text.replace(/\w+arxiv\.org/gi, ''))) return { format: 'arxiv-rss' };
    const site = /<(?:\w+:)?title\b[^<>]{0,200}>\s*(?:<!\[CDATA\[)?\s*([^<\]]{1,80})/.exec(
      text,
    )?.[1];
    const named = site === undefined ? '' : ` of ${JSON.stringify(site.trim())}`;
    return { problem: `the input is a feed${named}; of feeds only arXiv’s are read` };
  }
  if (root === 'feed' || root === 'entry') {
    const announced = /rss\.arxiv\.org|<id>\s*oai:arXiv\.org:|announce_type/i.test(text);
    return { format: announced ? 'arxiv-rss' : 'arxiv-atom' };
  }
  return { problem: `XML with <${root ?? '?'}> at its root is no format that is read here` };
}

/** Fields and types that CSL-JSON alone has. */
const CSL =
  /"(?:issued|container-title|citation-key|DOI)"\s*:|"type"\s*:\s*"(?:article(?:-[a-z]+)?|paper-conference|chapter|thesis|report|manuscript|book|webpage|software)"/;
/** Fields that only one of the two others has. */
const SNAPSHOT = /"(?:abstract|authors_parsed|categories|update_date|code_url)"\s*:/;
const DAILY_PAPERS = /"(?:paper|summary|upvotes|error)"\s*:/;

function jsonFormat(text: string): { format: Format } {
  // Of one record a line the first says enough; a record printed over several lines needs more.
  const line = text.split('\n', 1)[0]!.trim();
  const beginning = (/^\{.*\}$/.test(line) ? line : text).slice(0, 20_000);
  if (CSL.test(beginning)) return { format: 'csl-json' };
  const snapshot = SNAPSHOT.test(beginning);
  const daily = DAILY_PAPERS.test(beginning);
  if (snapshot !== daily) return { format: snapshot ? 'snapshot' : 'daily-papers' };
  return { format: text[0] === '[' || daily || line.length <= 2 ? 'daily-papers' : 'snapshot' };
}

function binaryKind(head: string): string | null {
  if (head.startsWith('%PDF')) return 'a PDF';
  if (head.startsWith('PK\u0003\u0004')) return 'a ZIP archive';
  if (head.startsWith('\uFFFDPNG') || head.startsWith('‰PNG')) return 'a picture';
  return head.slice(0, 4_096).includes('\u0000') ? 'binary' : null;
}
