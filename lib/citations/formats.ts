import { bibtex, citationKey } from './bibtex';
import type { Cited } from './cited';
import { cslJson } from './csl';
import { plainCitation } from './plain';
import { ris } from './ris';

export interface CitationFormat {
  /** What follows the paper's path: `/papers/12.bib`. */
  extension: string;
  name: string;
  mediaType: string;
  write(paper: Cited): string;
}

export const CITATION_FORMATS: readonly CitationFormat[] = [
  { extension: 'bib', name: 'BibTeX', mediaType: 'application/x-bibtex', write: bibtex },
  { extension: 'ris', name: 'RIS', mediaType: 'application/x-research-info-systems', write: ris },
  {
    extension: 'csl.json',
    name: 'CSL-JSON',
    mediaType: 'application/vnd.citationstyles.csl+json',
    write: cslJson,
  },
  {
    extension: 'txt',
    name: 'Plain',
    mediaType: 'text/plain',
    write: (p) => `${plainCitation(p)}\n`,
  },
];

/** Papers in one file. Of papers with the same key, those after the first get a letter behind it. */
export function citationFile(format: 'bib' | 'ris' | 'csl.json', papers: readonly Cited[]): string {
  const keys = uniqueKeys(papers.map(citationKey));
  if (format === 'ris') return papers.map(ris).join('\n');
  if (format === 'bib') {
    return papers
      .map((paper, index) => bibtex(paper).replace(/(?<=^@\w+\{)[^,]*/, keys[index]!))
      .join('\n');
  }
  const items = papers.map((paper, index) => ({
    ...JSON.parse(cslJson(paper))[0],
    id: keys[index]!,
  }));
  return `${JSON.stringify(items, null, 2)}\n`;
}

function uniqueKeys(keys: readonly string[]): string[] {
  const used = new Set<string>();
  return keys.map((key) => {
    let unique = key;
    for (let number = 1; used.has(unique); number++) unique = key + letters(number);
    used.add(unique);
    return unique;
  });
}

/** 1 is `b`, 25 is `z`, 26 is `ba`. */
function letters(number: number): string {
  const last = String.fromCharCode(97 + (number % 26));
  return number < 26 ? last : letters(Math.floor(number / 26)) + last;
}
