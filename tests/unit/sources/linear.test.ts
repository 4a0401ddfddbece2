import { expect, it } from 'vitest';
import { authorNames } from '@/lib/papers/author-names';
import { parseArxivId, parseDoi } from '@/lib/papers/identity';
import { normaliseAbstract, normaliseName, normaliseTitle } from '@/lib/papers/normalise';
import { splitAuthors } from '@/lib/sources/formats/arxiv/author-line';
import { readInput } from '@/lib/sources/formats/read';
import { cost, filled as filledTo, hostileUnits } from '../../fixtures/hostile-lines';
import { READINGS } from '../../fixtures/hostile-places';
import { NOW, read, rejections } from './reading';

const MB = 1 << 20;
const filled = (unit: string, length = MB) => unit.repeat(Math.ceil(length / unit.length));

/** In quadratic time each of these would take from ten seconds to hours. */
it.each<[string, () => unknown]>([
  ['an author line of spaces', () => splitAuthors(`A${filled(' ')}B`)],
  ['an author line of commas', () => splitAuthors(`A${filled(' ,')}B`)],
  ['nested brackets in an author line', () => splitAuthors(`${filled('(a')}${filled(')')}`)],
  ['open brackets in an author line', () => splitAuthors(filled('( '))],
  ['a name of commas', () => normaliseName(`A${filled(',')}B`)],
  ['a title of tildes', () => normaliseTitle(`'${filled('A~')}`)],
  ['formulas that do not end', () => normaliseTitle(filled('\\(', MB / 4))],
  ['nested marks', () => normaliseTitle(filled('\\emph{a '))],
  ['indented empty lines in an abstract', () => normaliseAbstract(`a${filled('\n  ')}b`)],
  ['an id of slashes', () => parseArxivId(`${filled('/')}x`)],
  ['an id of spaces', () => parseArxivId(`x${filled(' ')}x`)],
  ['a DOI of commas', () => parseDoi(`10.1234/${filled(',')}x`)],
  ['an element that does not end', () => read(`<feed><entry>\n${filled('short line\n')}`)],
  ['an opening tag that does not end', () => read(`<feed><entry\n${filled('a\n')}`)],
  ['a document without elements', () => read(`<feed>\n${filled('a < b\n')}</feed>`)],
  [
    'a paragraph without an empty line',
    () => read(filled('a short line of words\n'), { format: 'listing' }),
  ],
  ['empty lines', () => read(`Mar 12\n${filled('\n')}x`, { format: 'listing' })],
  ...['[', '[a](', '[a][', '<', '· ', '12 ', 'Aa, ', 'Title: '].map(
    (unit): [string, () => unknown] => [
      `a page of lines of ${JSON.stringify(unit)}`,
      () => read(filled(`${filled(unit, 19_000)}\n`), { format: 'listing' }),
    ],
  ),
  ['a list of labels', () => read(filled('Title: a\nArXiv ID: 2401.00001\nAbstract: b\n'))],
  ['blocks of arXiv’s mail', () => read(filled('\\\\\narXiv:2401.00001\nTitle: a\n'))],
  [
    'markup that nothing closes',
    () => read(`<html><body>${filled('<b>', MB / 2)}${filled('</i>', MB / 2)}x`).catch(() => {}),
  ],
  [
    'a title of spaces in arXiv’s old feed',
    () =>
      read(
        `<rdf:RDF><item rdf:about="http://arxiv.org/abs/2311.99991"><title>a${filled(' ')}b</title></item></rdf:RDF>`,
      ),
  ],
  ['ids without an end', () => read(filled('arxiv.org/abs/ab-'), { format: 'arxiv-ids' })],
  [
    'a mail of one header field',
    () => read(`From: a@b.org\nTo: ${filled('a, ')}\n\nbody`).catch(() => {}),
  ],
  ['a BibTeX entry in round brackets', () => read(`@article(a, title={T},\n${filled('x}\n')}`)],
  [
    'BibTeX entries on one line',
    () => read(`@article{a, title={T}} ${filled('@a{b,title={c}}', MB / 4)}`),
  ],
  ['BibTeX entries of one volume', () => read(filled('@a{b,title={c},crossref={d}}\n', MB / 4))],
  ['signs that open no BibTeX entry', () => read(filled('@a '), { format: 'bibtex' })],
  ['stray braces in a BibTeX entry', () => read(`@article{a, title={T}},${filled('},{')}`)],
  ['no fields in a BibTeX entry', () => read(`@article{a,${filled('a, ')}}`)],
  ['authors of a BibTeX entry', () => read(`@article{a,title={T},author={${filled(' and ')}}}`)],
  ['commands in a BibTeX title', () => read(`@article{a,title={${filled('\\enquote{', 90_000)}}}`)],
  ['RIS references without an end', () => read(filled('TY  - JOUR\nTI  - T\n', MB / 4))],
  ['a RIS value of many lines', () => read(`TY  - JOUR\nTI  - T\n${filled('a\n', MB / 4)}`)],
  ['marks in CSL-JSON', () => read(JSON.stringify([{ type: 'article', title: filled('<b>') }]))],
  ['a name of brackets', () => authorNames(`A${filled(' (')}B`)],
  ['a BibTeX field of spaces', () => read(`@article{a, title={T},${filled(' ')}?}`)],
])('%s is read in linear time', async (_, run) => {
  // Of the processor, not of the clock: a busy machine makes nothing quadratic.
  const begin = process.cpuUsage();
  await run();
  const { user, system } = process.cpuUsage(begin);
  expect((user + system) / 1_000).toBeLessThan(5_000);
});

/** Each fragment in some of the readers; `npm run bench -- hostile` has all of them in each. */
const EVERY = 5;

/** In quadratic time 100 KB take seconds: 10^10 steps. */
it.each(READINGS)('%s takes no time for short fragments again and again', async (name, reading) => {
  const from = READINGS.findIndex(([other]) => other === name) % EVERY;
  const units = hostileUnits(30).filter((_, i) => i % EVERY === from);
  for (const unit of units) {
    const milliseconds = await cost(() => reading(filledTo(unit, 100_000)));
    expect(milliseconds, JSON.stringify(unit)).toBeLessThan(2_000);
  }
});

it.each(['snapshot', 'listing', 'bibtex', 'daily-papers'] as const)(
  '%s: a line above 64 MB is refused with its place, and what stands before it is read',
  async (format) => {
    const record = '{"id":"2401.00001","title":"A title","abstract":"Words.","authors":"A. Doe"}';
    async function* bytes() {
      yield Buffer.from(format === 'snapshot' ? `${record}\n\n` : '\n\n');
      for (let i = 0; i < 70; i++) yield Buffer.alloc(2 ** 20, 'word ');
      yield Buffer.from(`\n${record}\n`);
    }
    const { items } = await readInput(bytes(), { now: NOW, format });
    const found = [];
    for await (const item of items) found.push(item);
    expect(rejections(found)).toContainEqual(
      expect.objectContaining({
        at: 'line 3',
        reason: 'the line is longer than 64 MB; it and what follows are not read',
      }),
    );
    const kept = found.filter(({ kind }) => kind === 'record');
    expect(kept).toHaveLength(format === 'snapshot' ? 1 : 0);
  },
);
