import { bibtex } from './bibtex';
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
