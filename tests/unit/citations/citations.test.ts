import { describe, expect, test } from 'vitest';
import { bibtex, citationKey } from '@/lib/citations/bibtex';
import { cited } from '@/lib/citations/cited';
import { cslJson } from '@/lib/citations/csl';
import { paperMarkdown } from '@/lib/citations/markdown';
import { citationMeta, jsonLd } from '@/lib/citations/metadata';
import { partName } from '@/lib/citations/names';
import { plainCitation } from '@/lib/citations/plain';
import { ris } from '@/lib/citations/ris';
import type { Paper } from '@/lib/papers/paper';
import { aPaper } from '@/tests/fixtures/paper';

const HERE = 'https://papers.example.org/papers/12';
const cite = (fields: Partial<Paper> = {}) => cited(aPaper(fields), HERE);

describe('names', () => {
  test.each([
    ['Ada Lindqvist', 'Lindqvist', 'Ada'],
    ['Bo van der Meer', 'van der Meer', 'Bo'],
    ['Max Sobol Mark', 'Mark', 'Max Sobol'],
    ['Leonardo da Vinci', 'da Vinci', 'Leonardo'],
  ])('%s', (display, family, given) => {
    expect(partName(display)).toEqual({ family, given });
  });

  test('a suffix is a part of its own', () => {
    expect(partName('Carl Berg Jr.')).toEqual({ family: 'Berg', given: 'Carl', suffix: 'Jr.' });
  });

  test.each(['The Scales Collaboration', 'Barnes, Inc.', 'Plato', ''])(
    '%s is not parted',
    (display) => {
      expect(partName(display)).toBeNull();
    },
  );
});

describe('BibTeX', () => {
  test('a preprint', () => {
    expect(bibtex(cite())).toBe(`@misc{lindqvist2025learning,
  title = {Learning to Weigh: {LoRA} Adapters for {$O(n)$} Scales},
  author = {Ada Lindqvist and Bo van der Meer and {The Scales Collaboration}},
  year = {2025},
  month = jan,
  eprint = {2501.01234},
  archiveprefix = {arXiv},
  primaryclass = {cs.LG},
  doi = {10.48550/arXiv.2501.01234},
  url = {https://arxiv.org/abs/2501.01234},
}
`);
  });

  test('a paper in a journal is an article and keeps its own DOI', () => {
    const entry = bibtex(cite({ journalRef: 'J. Scales 4 (2025) 1-9', doi: '10.1000/x_1' }));
    expect(entry).toMatch(/^@article\{/);
    expect(entry).toContain('journal = {J. Scales 4 (2025) 1-9}');
    expect(entry).toContain('doi = {10.1000/x_1}');
  });

  test('what TeX would read as a command is escaped, and braces always balance', () => {
    const title = '50% off & #1 } \\input{/etc/passwd} $ a_b ~ ^';
    const entry = bibtex(cite({ title }));
    expect(entry).not.toContain('\\input');
    expect(entry).toContain('50\\% off \\& \\#1 \\textbraceright{}');
    // Escaped or not: BibTeX counts both.
    const depth = [...entry].reduce((at, c) => at + (c === '{' ? 1 : c === '}' ? -1 : 0), 0);
    expect(depth).toBe(0);
  });

  test('a line break in a title adds no field', () => {
    const entry = bibtex(cite({ title: 'A\n},\n  note = {x}' }));
    expect(entry.split('\n').filter((line) => /^\s*note/.test(line))).toEqual([]);
  });

  test('a category adds no entry', () => {
    const entry = bibtex(cite({ categories: ['cs.AI},\n}\n@misc{second, title = {x'] }));
    expect(entry.split('\n').filter((line) => line.startsWith('@'))).toHaveLength(1);
    expect(entry).toContain('primaryclass = {cs.AI\\textbraceright{},');
  });

  test('what only looks like formulas is escaped, and the formulas of a title are not', () => {
    expect(bibtex(cite({ title: 'For $5 & 1% of $6 and $x_1$ with 100%' }))).toContain(
      'title = {For \\$5 \\& 1\\% of \\$6 and {$x_1$} with 100\\%}',
    );
    expect(bibtex(cite({ title: 'At most $50%$ of $\\{ x$ and \\(Y\\)2' }))).toContain(
      'title = {At most {$50\\%$} of {$\\lbrace{} x$} and {$Y$}2}',
    );
  });

  test('a suffix stands between family and given name, a group in braces', () => {
    const authors = ['John Smith Jr.', 'Barnes, Inc.', 'Google and DeepMind', 'Ann Other'];
    expect(bibtex(cite({ authors }))).toContain(
      'author = {Smith, Jr., John and {Barnes, Inc.} and {Google and DeepMind} and Ann Other}',
    );
    expect(ris(cite({ authors }))).toContain('AU  - Smith, John, Jr.\r\nAU  - Barnes, Inc.,\r\n');
  });

  test('keys have forty characters at most, also without authors', () => {
    const title = `${'Supercalifragilistic'.repeat(5)} and more`;
    const authors = ['The Very Long Name of an Invented Collaboration'];
    expect(citationKey(cite({ title, authors })).length).toBe(40);
    expect(citationKey(cite({ authors: [] }))).toBe('paper2025learning');
    expect(citationKey(cite({ authors: ['张伟'] }))).toBe('paper2025learning');
  });

  test('keys are ASCII, and never empty', () => {
    expect(citationKey(cite({ authors: ['Ö. Şałhin'] }))).toBe('salhin2025learning');
    expect(citationKey(cite({ authors: [], title: '学习', publishedAt: null }))).toBe('paper');
  });
});

describe('RIS', () => {
  test('begins with its type, ends with ER, one field a line', () => {
    const lines = ris(cite({ abstract: 'One.\nER  - \nTY  - BOOK' })).split('\r\n');
    expect(lines[0]).toBe('TY  - GEN');
    expect(lines.at(-2)).toBe('ER  - ');
    expect(lines.slice(0, -1).every((line) => /^[A-Z][A-Z0-9] {2}- /.test(line))).toBe(true);
    expect(lines.filter((line) => line.startsWith('TY') || line.startsWith('ER'))).toHaveLength(2);
    expect(lines).toContain('AU  - van der Meer, Bo');
    expect(lines).toContain('AU  - The Scales Collaboration');
    expect(lines).toContain('DA  - 2025/01/02');
  });
});

describe('Markdown', () => {
  const markdown = (fields: Partial<Paper>) => paperMarkdown(aPaper(fields), HERE);

  test('prices are no formulas, and formulas stay', () => {
    expect(markdown({ title: 'For $5 *and* [x](y) $6, $x_1$ and \\(y*z\\)' })).toContain(
      '# For \\$5 \\*and\\* \\[x\\](y) \\$6, $x_1$ and $y*z$\n',
    );
  });

  test('nothing becomes a link, an element or a line of its own', () => {
    const text = markdown({
      title: '$[x](javascript:alert(1))$ <b> $a<b$\n# two',
      categories: ['cs.AI\n\n# three'],
      authors: ['[x](y)\n# four'],
    });
    expect(text).not.toMatch(/(?<!\\)\]\(|<b/);
    expect(text.split('\n').filter((line) => line.startsWith('#'))).toEqual([
      '# $[x]{}(javascript:alert(1))$ &lt;b> $a&lt;b$ \\# two',
      '## Abstract',
    ]);
  });
});

test('CSL-JSON names people, groups and the date in parts', () => {
  const [item] = JSON.parse(cslJson(cite()));
  expect(item).toMatchObject({
    type: 'article',
    author: [
      { family: 'Lindqvist', given: 'Ada' },
      { family: 'van der Meer', given: 'Bo' },
      { literal: 'The Scales Collaboration' },
    ],
    issued: { 'date-parts': [[2025, 1, 2]] },
    DOI: '10.48550/arXiv.2501.01234',
  });
});

describe('plain', () => {
  test('one line', () => {
    expect(plainCitation(cite({ title: 'Why Weigh?' }))).toBe(
      'Ada Lindqvist, Bo van der Meer, The Scales Collaboration (2025). Why Weigh? arXiv:2501.01234. https://doi.org/10.48550/arXiv.2501.01234',
    );
  });

  test('four hundred authors are cut, the last is kept', () => {
    const authors = Array.from({ length: 400 }, (_, index) => `A${index} B${index}`);
    const line = plainCitation(cite({ authors }));
    expect(line).toContain('A18 B18, … A399 B399 (2025)');
  });

  test('nobody and no date', () => {
    const line = plainCitation(cite({ authors: [], publishedAt: null, arxivId: null, title: 'T' }));
    expect(line).toBe(`T. ${HERE}`);
  });
});

test('a summary by somebody else is in no citation as the abstract', () => {
  const summary = cite({ abstractKind: 'summary' });
  expect(ris(summary)).not.toContain('AB  - ');
  expect(cslJson(summary)).not.toContain('"abstract"');
  expect(
    citationMeta(aPaper({ abstractKind: 'summary' }), summary).map(([name]) => name),
  ).not.toContain('citation_abstract');
});

test('a page names every author in order, with the date as Scholar wants it', () => {
  const meta = citationMeta(aPaper(), cite());
  expect(meta.filter(([name]) => name === 'citation_author').map(([, value]) => value)).toEqual(
    aPaper().authors,
  );
  expect(meta).toContainEqual(['citation_publication_date', '2025/01/02']);
  expect(meta).toContainEqual(['citation_pdf_url', 'https://arxiv.org/pdf/2501.01234']);
});

test('JSON-LD cannot end the script that it stands in, and says the same after parsing', () => {
  const title = '</script><script>alert(1)</script>';
  const json = jsonLd(aPaper({ title }), cite({ title }), HERE);
  expect(json).not.toContain('<');
  expect(JSON.parse(json)).toMatchObject({ '@type': 'ScholarlyArticle', name: title });
});
