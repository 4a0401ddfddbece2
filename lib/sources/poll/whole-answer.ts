import type { Format } from '@/lib/sources/formats/input/types';

/** The root of an answer in XML. Readers look for records only, whatever stands around them. */
const ROOT: Partial<Record<Format, string>> = {
  'arxiv-atom': 'feed',
  'arxiv-oai': 'OAI-PMH',
  'arxiv-rss': '(?:rss|RDF|feed)',
};

const SHOWN = 80;

/**
 * What is wrong with a service's answer as a whole, or null. An error page has no records and a cut
 * answer too few, but neither means that there are no more.
 */
export function problemOfAnswer(text: string, format: Format): string | null {
  const root = ROOT[format];
  if (root === undefined) {
    if (isJson(text)) return null;
    return /^\s*[[{]/.test(text) ? 'an answer that is cut off' : otherThing(text);
  }
  if (new RegExp(`</(?:\\w+:)?${root}\\s*>`).test(text)) return null;
  const begins = new RegExp(`<(?:\\w+:)?${root}[\\s>]`).test(text);
  return begins ? 'an answer that is cut off' : otherThing(text);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function otherThing(text: string): string {
  const beginning = text.trim().replace(/\s+/g, ' ').slice(0, SHOWN);
  return beginning === '' ? 'nothing' : `something else: ${JSON.stringify(beginning)}`;
}
