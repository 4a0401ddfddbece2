import { parseArxivId } from '@/lib/papers/identity';
import { wordsOf } from '@/lib/sources/formats/arxiv/arxiv-ids';
import type { Piece } from '@/lib/sources/formats/input/text-input';
import { FORMATS, type Format } from '@/lib/sources/formats/input/types';
import { looksLikeListing } from '@/lib/sources/formats/listing/listing-blocks';

/** Characters of the input that are looked at. */
export const HEAD_LENGTH = 64 * 1024;

/** The format of an input by its beginning, or why it has none that we read. */
export async function detectFormat(
  pieces: readonly Piece[],
): Promise<{ format: Format } | { problem: string }> {
  const head = pieces.map((piece) => piece.text + (piece.ends ? '\n' : '')).join('');
  const text = head.trimStart();
  if (text === '') return { problem: 'the input is empty' };
  const binary = binaryKind(head);
  if (binary) return { problem: `the input is ${binary}, not text` };
  if (text[0] === '<') return xmlFormat(text);
  if (text[0] === '{' || text[0] === '[') return jsonFormat(text);
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
  const words = text.slice(0, 5_000).split('\n').flatMap(wordsOf);
  const ids = words.filter((word) => parseArxivId(word) !== null);
  if (ids.length > 0 && ids.length >= words.length * 0.8) return { format: 'arxiv-ids' };
  const kind = /^#{1,6} .*\n[\s\S]*^(?:#{1,6} |```)/m.test(text) ? 'Markdown' : 'text';
  if (kind === 'text' && (await looksLikeListing(pieces))) return { format: 'listing' };
  const problem = `the input is ${kind}, but no page of papers, each a title with its abstract under it`;
  return { problem: `${problem}; what it is, --format says: ${FORMATS.join(', ')}` };
}

function xmlFormat(text: string): { format: Format } | { problem: string } {
  const root = /<(?![?!])(?:\w+:)?([\w-]+)/.exec(text)?.[1]?.toLowerCase();
  if (root === 'oai-pmh' || root === 'listrecords' || root === 'record')
    return { format: 'arxiv-oai' };
  if (root === 'rss' || root === 'rdf') return { format: 'arxiv-rss' };
  if (root === 'feed' || root === 'entry') {
    const announced = /rss\.arxiv\.org|<id>\s*oai:arXiv\.org:|announce_type/i.test(text);
    return { format: announced ? 'arxiv-rss' : 'arxiv-atom' };
  }
  if (root === 'html' || /^<!doctype html/i.test(text)) {
    return {
      problem: 'the input is a web page (HTML), not data: save it as text, or give the feed',
    };
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
