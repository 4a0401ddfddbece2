import { describe, expect, it } from 'vitest';
import { cited } from '@/lib/citations/cited';
import { CITATION_FORMATS } from '@/lib/citations/formats';
import { draftOf } from '@/lib/papers/draft';
import type { Paper } from '@/lib/papers/paper';
import { plainMaths } from '@/lib/papers/tex/plain-text';
import papers from '@/prisma/sample/papers.json';
import { judged, type Reading } from '@/tests/fixtures/bibtex-judge';
import { hostilePapers } from '@/tests/fixtures/hostile-papers';
import { aPaper } from '@/tests/fixtures/paper';
import { NOW, read } from '@/tests/unit/sources/reading';

const SAMPLE = papers.map(({ title, arxivId, authors, publishedAt }, id) =>
  aPaper({ id, title, arxivId, authors, publishedAt: new Date(publishedAt) }),
);
const HOSTILE = hostilePapers(400);
const WRITTEN = ['bib', 'ris', 'csl.json'] as const;

function written(paper: Paper, extension: (typeof WRITTEN)[number]): string {
  const format = CITATION_FORMATS.find((each) => each.extension === extension);
  return format!.write(cited(paper, 'https://papers.example.org/papers/12'));
}

/** As a reader sees it. */
function saidOf({
  title,
  authors,
  publishedAt,
}: Pick<Paper, 'title' | 'authors' | 'publishedAt'>): Reading {
  return { title: plainMaths(title), authors, year: publishedAt?.getUTCFullYear() };
}

async function imported(text: string): Promise<Reading[]> {
  const items = await read(text);
  return items.map((item) => {
    if (item.kind !== 'record') throw new Error(`${JSON.stringify(item)} of ${text}`);
    const draft = draftOf(item.record, NOW);
    if ('problem' in draft) throw new Error(draft.problem);
    return saidOf(draft);
  });
}

/** The parser has no spaces in formulas, does not know \\log, and `<b>` is markup in what it answers. */
function comparable(readings: Reading[]): string {
  return JSON.stringify(
    readings.map(({ title, ...rest }) => [title.replace(/\s|<b>|\\(?=log)/g, ''), rest]),
  );
}

describe.each([
  ['the sample', SAMPLE],
  ['hostile papers', HOSTILE],
])('of %s', (_, all) => {
  it.each(WRITTEN)(
    'each export as .%s is imported as the same title, authors and year',
    async (extension) => {
      const wrong: unknown[] = [];
      for (const paper of all) {
        const text = written(paper, extension);
        const found = await imported(text);
        if (JSON.stringify(found) !== JSON.stringify([saidOf(paper)]))
          wrong.push({ found, expected: saidOf(paper), text });
      }
      expect(wrong).toEqual([]);
    },
  );

  it('each BibTeX entry says the same to a kept parser', () => {
    const wrong: unknown[] = [];
    for (const paper of all) {
      const text = written(paper, 'bib');
      const found = judged(text).map(({ title, authors, year }) => ({ title, authors, year }));
      if (comparable(found) !== comparable([saidOf(paper)])) {
        wrong.push({ found, expected: saidOf(paper), text });
      }
    }
    expect(wrong).toEqual([]);
  });
});
