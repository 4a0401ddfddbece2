import { existsSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { compared } from '@/tests/fixtures/bibtex-judge';

/**
 * Our reader of BibTeX beside a kept parser, entry by entry. Where they differ, the entry is named here
 * with the reason, and a difference that is gone must go from the list: it may only become shorter.
 */

/** Where our reader is right, or as good. */
const JUDGE_ERRS = [
  // It writes LaTeX as its logo looks.
  '01a-symbols.bib ex1: title',
  // It writes a dotless i with a diaeresis for i with one.
  'library.bib accents: title',
  // It does not know \\mathcal.
  '14-search.bib s1: title',
  '41-bib-misc.bib brst: title',
  // An escaped quotation mark in a quoted value: neither is what was meant.
  '41-bib-misc.bib parens2020: title',
  // It takes % for a comment, which it is not within an entry.
  '41-bib-misc.bib percent: title',
  '41-bib-misc.bib percent: authors',
  // Of a field that is there twice it takes the first.
  '41-bib-misc.bib dup: title',
  '41-bib-misc.bib dup: authors',
];

const file = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const FIXTURES = [file('../../fixtures/bibtex/library.bib')];
const CASES = ['01a-symbols', '02-extended-names', '03a-field-plus', '04-two-on-a-line']
  .concat('14-search', '41-bib-misc', '43-escaped-dollar')
  .map((name) => file(`../../../../shared/cases/${name}.bib`));

async function differences(path: string): Promise<string[]> {
  const found = await compared(readFileSync(path, 'utf8'));
  return found.flatMap(({ entry, ours, theirs }) => {
    const place = `${basename(path)} ${entry}`;
    if (theirs === undefined) return [`${place}: not seen by the judge`];
    if (ours === undefined) return [`${place}: lost`];
    return (['title', 'authors', 'year'] as const)
      .filter((field) => JSON.stringify(ours?.[field]) !== JSON.stringify(theirs[field]))
      .map((field) => `${place}: ${field}`);
  });
}

async function differOnlyWhereKnown(paths: readonly string[]): Promise<void> {
  const names = paths.map((path) => basename(path));
  const known = JUDGE_ERRS.filter((each) => names.includes(each.split(' ')[0]!));
  const found = (await Promise.all(paths.map(differences))).flat();
  expect(found.sort()).toEqual(known.sort());
}

describe('our reader of BibTeX and a kept parser differ only where it is known', () => {
  it('over the fixtures', () => differOnlyWhereKnown(FIXTURES));

  it.skipIf(!CASES.every((path) => existsSync(path)))('over the cases beside the project', () =>
    differOnlyWhereKnown(CASES),
  );
});
