import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { read, records, rejections } from './reading';

const fixture = (name: string) =>
  readFileSync(
    fileURLToPath(new URL(`../../fixtures/references/${name}`, import.meta.url)),
    'utf8',
  );

describe('RIS', () => {
  it('gives papers, ids alone where there is no title, and says what is none', async () => {
    const items = await read(fixture('library.ris'));
    expect(records(items)).toMatchObject([
      {
        source: 'ris',
        title: 'An Invented Paper of a Reference Manager: H₂O &amp; 5 % of $x^2$',
        authors: [
          'Anna van der Meer',
          'John Smith Jr.',
          'The Invented Collaboration',
          'Barnes, Inc.',
        ],
        publishedAt: new Date('2021-06-17'),
        journalRef: 'J. Inv. Sci.',
        doi: '10.5555/ref.0001',
        keywords: ['weighing', 'scales', ' balances'],
        abstract: 'The abstract goes on\nover a second line.',
      },
      {
        title: 'A Report Whose End Is Missing',
        authors: ['Jane Doe'],
        publishedAt: new Date('1999-12-01'),
        abstract: 'An abstract.',
      },
      { arxivId: 'hep-th/9901001', authors: ['Edgar Poe'] },
    ]);
    expect(items).toContainEqual({ kind: 'wanted', arxivId: '2401.00002', at: 'line 41' });
    expect(rejections(items).map(({ at, reason }) => [at, reason])).toEqual([
      ['line 18', 'a reference of the type COMP is no paper'],
      ['line 23', 'no title'],
      ['line 45', 'the input ends inside this reference'],
    ]);
  });

  it('is the same with other line ends, with text before it, and in small chunks', async () => {
    const text = fixture('library.ris');
    const expected = records(await read(text));
    expect(records(await read(text.replaceAll('\n', '\r\n')))).toEqual(expected);
    expect(records(await read(`Provider: An Invented Service\n\n${text}`))).toEqual(expected);
    expect(records(await read(text, { size: 7 }))).toEqual(expected);
  });

  it('says where a line stands outside of references', async () => {
    const items = await read('TI  - Lost\n\nTY  - JOUR\nTI  - Found\nER  - \n', { format: 'ris' });
    expect(records(items)).toMatchObject([{ title: 'Found' }]);
    expect(rejections(items)).toMatchObject([{ at: 'line 1' }]);
  });
});

describe('CSL-JSON', () => {
  it('gives papers and says what is none', async () => {
    const items = await read(fixture('library.json'));
    expect(records(items)).toMatchObject([
      {
        source: 'csl-json',
        title: 'Invented Papers of a Reference Manager: H2O',
        authors: ['Anna van der Meer', 'John Smith Jr.', 'The Invented Collaboration'],
        publishedAt: new Date('2021-06-17'),
        journalRef: 'J. Inv. Sci.',
        doi: '10.5555/ref.0001',
        abstract: 'One.\n\nTwo.\n\n',
      },
      { arxivId: '2401.00001', publishedAt: new Date('2024-01-02') },
      { arxivId: '2401.00003', title: 'A Preprint Known by its Number' },
    ]);
    expect(rejections(items).map(({ reason }) => reason)).toEqual([
      'a reference of the type software is no paper',
      'no title',
      'not a JSON object',
    ]);
  });

  it('is recognised on one line, as one item, and cut', async () => {
    const rows = JSON.parse(fixture('library.json'));
    expect(records(await read(JSON.stringify(rows)))).toHaveLength(3);
    expect(records(await read(JSON.stringify(rows[0])))).toHaveLength(1);
    const cut = await read(JSON.stringify(rows).slice(0, -20));
    expect(records(cut)).toHaveLength(2);
    expect(rejections(cut).at(-1)?.reason).toBe('the input ends inside this paper');
  });
});
