import type { Cited } from './cited';
import { partName } from './names';

/** One RIS record, CRLF as the format wants. */
export function ris(paper: Cited): string {
  const { date } = paper;
  const lines: [string, string | null | undefined][] = [
    ['TY', paper.journal ? 'JOUR' : 'GEN'],
    ['TI', paper.title],
    ...paper.authors.map((name): [string, string] => ['AU', author(name)]),
    ['JO', paper.journal],
    ['PY', date && String(date.year)],
    ['DA', date && [date.year, pad(date.month), pad(date.day)].join('/')],
    ['PB', paper.arxivId && !paper.journal ? 'arXiv' : null],
    ['M1', paper.arxivId && `arXiv:${paper.arxivId}`],
    ['DO', paper.doi],
    ['UR', paper.url],
    ['AB', paper.abstract],
  ];
  const filled = lines.filter(([, value]) => value);
  return [...filled.map(([tag, value]) => `${tag}  - ${value}`), 'ER  - ', ''].join('\r\n');
}

function author(name: string): string {
  const parted = partName(name);
  if (parted) return [parted.family, parted.given, parted.suffix].filter(Boolean).join(', ');
  // A comma at the end says that those before it part no name.
  return name.includes(',') ? `${name},` : name;
}

function pad(value: number): string {
  return String(value).padStart(2, '0');
}
