import { parseArxivId } from '@/lib/papers/identity';
import { wordsOf } from '@/lib/sources/arxiv-ids';
import type { Format } from '@/lib/sources/reader';

/** Characters of the input that are looked at. */
export const HEAD_LENGTH = 64 * 1024;

/** The format of an input by its beginning, or why it has none that we read. */
export function detectFormat(head: string): { format: Format } | { problem: string } {
  const text = head.trimStart();
  if (text === '') return { problem: 'the input is empty' };
  const binary = binaryKind(head);
  if (binary) return { problem: `the input is ${binary}, not text` };
  if (text[0] === '<') return xmlFormat(text);
  if (text[0] === '{' || text[0] === '[') return jsonFormat(text);
  if (/^[ \t]*@[ \t]*\w+\s*[{(]/m.test(text) && /^(?:[%@]|\s)/.test(text))
    return { format: 'bibtex' };
  if (
    /^[ \t]*@(?:article|inproceedings|misc|book|conference|techreport|phdthesis)\s*\{/im.test(text)
  ) {
    return { format: 'bibtex' };
  }
  const words = text.slice(0, 5_000).split('\n').flatMap(wordsOf);
  const ids = words.filter((word) => parseArxivId(word) !== null);
  if (ids.length > 0 && ids.length >= words.length * 0.8) return { format: 'arxiv-ids' };
  return { format: 'listing' };
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

function jsonFormat(text: string): { format: Format } {
  const line = text.split('\n', 1)[0]!;
  if (text[0] === '[' || /"paper"\s*:|"upvotes"\s*:|"error"\s*:/.test(line.slice(0, 20_000))) {
    return { format: 'daily-papers' };
  }
  // A daily paper printed over several lines; a snapshot has one object a line.
  const wholeLine = line.trim().length > 2;
  return { format: wholeLine ? 'snapshot' : 'daily-papers' };
}

function binaryKind(head: string): string | null {
  if (head.startsWith('%PDF')) return 'a PDF';
  if (head.startsWith('PK\u0003\u0004')) return 'a ZIP archive';
  if (head.startsWith('\uFFFDPNG') || head.startsWith('‰PNG')) return 'a picture';
  return head.slice(0, 4_096).includes('\u0000') ? 'binary' : null;
}
