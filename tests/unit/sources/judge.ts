import { type Creator, type Entry, parse } from '@retorquere/bibtex-parser';

/** What a reader says of an entry, so that two of them can be compared. */
export interface Reading {
  title: string;
  authors: string[];
  year: number | undefined;
}

/** What a kept parser of BibTeX reads, entry by entry. */
export function judged(text: string): (Reading & { key: string; input: string })[] {
  const options = { english: false, sentenceCase: false, caseProtection: false } as const;
  return parse(text, options).entries.map((entry) => ({
    ...readingOf(entry),
    key: entry.key,
    input: entry.input,
  }));
}

function readingOf({ fields }: Entry): Reading {
  const year = /^\d{4}/.exec(fields.date ?? fields.year ?? '')?.[0];
  return {
    title: withoutTags(fields.title ?? ''),
    authors: (fields.author ?? []).map(nameOf).filter((name) => name !== 'others'),
    year: year === undefined ? undefined : Number(year),
  };
}

function nameOf({ name, firstName, prefix, lastName, suffix }: Creator): string {
  const parts = [firstName, prefix, lastName, suffix].filter(Boolean);
  return withoutTags(name ?? parts.join(' '));
}

function withoutTags(text: string): string {
  return text.replace(/<\/?(?:i|b|sub|sup|span)\b[^>]*>/g, '').normalize('NFC');
}
