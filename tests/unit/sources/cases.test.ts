import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { normaliseName } from '@/lib/papers/normalise';
import type { PaperRecord } from '@/lib/papers/paper';
import type { Format } from '@/lib/sources/formats/input/types';
import { read, records } from './reading';

const FOLDER = fileURLToPath(new URL('../../../../shared/cases/', import.meta.url));
const isHere = existsSync(FOLDER);
if (!isHere)
  console.info('The small inputs from the field (../shared/cases) are not here: skipped.');

const given = (name: string, format?: Format) =>
  read(readFileSync(FOLDER + name), format ? { format } : {});
const signal = ({ signals }: PaperRecord, kind: string) =>
  signals.find((one) => one.kind === kind)?.value;
const day = (date: Date | undefined) => date?.toISOString().slice(0, 10);
const ids = async (name: string, format?: Format) =>
  (await given(name, format)).flatMap((item) => (item.kind === 'wanted' ? [item.arxivId] : []));

describe.skipIf(!isHere)('small inputs from the field', () => {
  it.each(['05-arxiv-mail.txt', '37-arxiv-mail-mime.eml'])(
    '%s: the three papers of a mail',
    async (name) => {
      const papers = records(await given(name));
      expect(papers.map(({ arxivId }) => arxivId)).toEqual([
        '2411.13560',
        '2411.13566',
        '2403.16743',
      ]);
      const [first, second, third] = papers as [PaperRecord, PaperRecord, PaperRecord];
      expect(first.title).toBe(
        'An Invented Netlist Dataset for Circuit Auto-Design Using Knowledge Graph RAG',
      );
      expect(first.authors.map(normaliseName)).toEqual([
        'Ann Example',
        'Bob Samplè',
        'Carla de la Test',
      ]);
      expect(first).toMatchObject({
        categories: ['cs.AI', 'cs.ET', 'eess.SP'],
        comment: '12 pages',
      });
      expect(first.abstract).toMatch(/^High-performance.*characteristics\.$/s);
      expect(second).toMatchObject({
        authors: ['Dora Example', 'Emil Sample'],
        journalRef: 'Journal of Examples, Volume 370, 2024',
        doi: '10.5555/j.example.2024.122526',
      });
      expect(third.abstract).toBeUndefined();
      expect(day(third.revisedAt)).toBe('2024-11-20');
    },
  );

  it('06: two papers with one-sentence summaries', async () => {
    const papers = records(await given('06-hf-trending-ui.txt'));
    expect(
      papers.map((paper) => [
        paper.title,
        paper.abstractKind,
        signal(paper, 'upvotes'),
        signal(paper, 'github-stars'),
        day(paper.publishedAt),
      ]),
    ).toEqual([
      ['InventedVoice Technical Report', 'summary', 122, 8_500, '2025-08-26'],
      ['An Invented Framework for Agents with Memory', 'summary', 45, 1_200, '2025-10-03'],
    ]);
  });

  it('06b: three papers, and no other record', async () => {
    const items = await given('06b-hf-trending-ui-long.txt');
    expect(
      records(items).map((paper) => [
        paper.title,
        paper.abstractKind,
        signal(paper, 'upvotes'),
        signal(paper, 'github-stars'),
      ]),
    ).toEqual([
      ['InventedVoice Technical Report', undefined, 122, 131],
      ['An Invented Framework for Agents with Memory', undefined, 45, 1_200],
      ['Serving Invented Experts from Disk with Predicted Routing', undefined, 9, 3_290],
    ]);
    expect(items.filter(({ kind }) => kind === 'rejected')).toEqual([]);
  });

  it('07: two papers of a digest', async () => {
    const papers = records(await given('07-daily-list-with-authors.txt'));
    expect(papers.map(({ title, arxivId, authors }) => [title, arxivId, authors])).toEqual([
      [
        'Parallelizing Invented Momentum for Linear Attention',
        '2605.00011',
        ['Ann Example', 'Bob Sample', 'Carla Test'],
      ],
      [
        'Continuous Invented Diffusion Language Model',
        '2605.00012',
        ['Dora Example', 'Emil Sample'],
      ],
    ]);
    expect(papers.every(({ abstract = '' }) => abstract.length > 200)).toBe(true);
  });

  it('08: an awesome list is refused, and gives its ids where it is asked for them', async () => {
    await expect(given('08-awesome-list.md')).rejects.toThrow(
      /no page of papers.*4 arXiv ids in it say --format arxiv-ids/,
    );
    const items = await given('08-awesome-list.md', 'arxiv-ids');
    expect(items.map((item) => item.kind === 'wanted' && item.arxivId)).toEqual([
      '2505.00021',
      '2505.00022',
      '2505.00023',
      '2505.00024',
    ]);
  });

  it('09: eight ids', async () => {
    expect(await ids('09-ids-mixed.txt')).toEqual([
      '1409.0473',
      '1409.3215',
      '1503.02531',
      '1506.02626',
      '2505.00023',
      'cs/0112017',
      'hep-th/9901001',
      '2106.09685',
    ]);
  });

  it('10: three papers of a text browser; a date after "·" is the paper’s', async () => {
    const papers = records(await given('10-hf-search-textbrowser.txt'));
    expect(
      papers.map((paper) => [paper.title, day(paper.publishedAt), signal(paper, 'upvotes')]),
    ).toEqual([
      ['InventedVoice Technical Report', '2026-05-30', undefined],
      ['An Invented Framework for Agents with Memory', '2024-03-08', 65],
      ['Serving Invented Experts from Disk with Predicted Routing', undefined, 1],
    ]);
    expect(papers.every(({ abstract = '' }) => /^[A-Z].{300,}\.$/s.test(abstract))).toBe(true);
  });

  it('12: two papers of a page as Markdown, with their ids', async () => {
    const papers = records(await given('12-hf-trending-markdown.md'));
    expect(
      papers.map((paper) => [
        paper.title,
        paper.arxivId,
        signal(paper, 'upvotes'),
        day(paper.publishedAt),
      ]),
    ).toEqual([
      ['InventedVoice Technical Report', '2606.99683', 101, '2026-05-30'],
      ['An Invented Framework for Agents with Memory', '2605.99111', 45, undefined],
    ]);
    expect(papers.every(({ abstract = '' }) => /^[A-Z].{300,}\.$/s.test(abstract))).toBe(true);
  });

  it('30: two papers of the feed that arXiv served until 2024', async () => {
    expect(records(await given('30-old-rdf.xml'))).toMatchObject([
      {
        title: 'An Invented Method for Parsing Feeds',
        authors: ['Jane Doe', 'Richard Roe'],
        arxivId: '2311.99991',
        version: 1,
        categories: ['cs.CL'],
      },
      { title: 'A Second Invented Paper', authors: ['Edgar Poe'], abstract: 'Second abstract.' },
    ]);
  });

  it('31: two papers of Papers with Code, one without an id', async () => {
    const papers = records(await given('31-pwc.json'));
    expect(papers).toMatchObject([
      {
        title: 'An Invented Paper With Code',
        arxivId: '2106.99991',
        authors: ['Jane Doe', 'Richard Roe'],
      },
      { title: 'A Second Invented Paper Without arXiv', authors: ['Edgar Poe'] },
    ]);
    expect(papers[1]!.arxivId).toBeUndefined();
  });

  it.each([
    ['34-papers.csv', /a table \(CSV\)/],
    [
      '35-hf-mail.txt',
      /3 of 3 titles have no abstract.*"An Invented Video Model.*--format listing/,
    ],
    ['36-biorxiv.xml', /a feed of "bioRxiv"/],
    ['45-hf-daily-page.txt', /3 of 3 titles have no abstract.*--format listing/],
  ])('%s is refused with what was seen', async (name, message) => {
    await expect(given(name)).rejects.toThrow(message);
  });

  it('38: three papers of a list of arXiv, and nothing else', async () => {
    const papers = records(await given('38-arxiv-list-text.txt'));
    expect(
      papers.map(({ title, arxivId, authors, categories, abstract }) => [
        title,
        arxivId,
        authors,
        categories,
        abstract,
      ]),
    ).toEqual([
      [
        'An Invented Approach to Parsing Listings',
        '2603.99901',
        ['Jane Doe', 'Richard Roe'],
        ['cs.CL', 'cs.LG'],
        undefined,
      ],
      ['A Second Invented Approach', '2603.99902', ['Edgar Poe'], ['cs.CL'], undefined],
      ['A Third Invented Approach', '2603.99903', ['Larry Moe'], ['cs.LG', 'cs.CL'], undefined],
    ]);
  });

  it('45: where the format is named, three titles with votes and comments', async () => {
    const papers = records(await given('45-hf-daily-page.txt', 'listing'));
    expect(
      papers.map((paper) => [
        paper.title,
        signal(paper, 'upvotes'),
        signal(paper, 'github-stars'),
        signal(paper, 'comments'),
      ]),
    ).toEqual([
      ['An Invented Video Model: Foundation Models for Synchronized Generation', 117, 131, 2],
      ['The Other Half of an Invented Wall: Serving Experts from Disk', 25, 3_290, 1],
      ['UniInvent: One Unified Model to Animate Skeletons', 9, undefined, undefined],
    ]);
  });
});
