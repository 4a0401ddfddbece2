import { describe, expect, it } from 'vitest';
import { planBatch } from '@/lib/ingest/batch';
import { type Draft, draftOf } from '@/lib/papers/draft';
import { mergeDraft, type PaperState } from '@/lib/papers/merge';
import type { PaperRecord } from '@/lib/papers/paper';

const NOW = new Date('2026-11-23T12:00:00Z');

function record(more: Partial<PaperRecord> = {}): PaperRecord {
  return {
    source: 'arxiv-atom',
    title: 'A Title',
    abstract: 'An abstract.',
    authors: ['Ann Author'],
    categories: ['cs.LG'],
    keywords: [],
    signals: [],
    ...more,
  };
}

function draft(more: Partial<PaperRecord> = {}): Draft {
  const made = draftOf(record(more), NOW);
  if ('problem' in made) throw new Error(made.problem);
  return made;
}

const stored = (more: Partial<PaperRecord> = {}) => mergeDraft(null, draft(more), NOW)!;
const merged = (before: PaperState, more: Partial<PaperRecord>) =>
  mergeDraft(before, draft(more), NOW);
const fate = (state: PaperState[], ...records: Partial<PaperRecord>[]) =>
  planBatch(
    state.map((s, i) => ({ id: i + 1, state: s })),
    records.map(draft),
    NOW,
  );

describe('merging', () => {
  it('changes nothing when a source says the same again', () => {
    expect(merged(stored({ arxivId: '2401.00001' }), { arxivId: '2401.00001' })).toBeNull();
  });

  it('lets a listing replace a sample summary, and keeps ids, authors, dates and title', () => {
    const sample = stored({
      source: 'sample',
      arxivId: '2401.00001',
      publishedAt: new Date('2024-01-02'),
      abstract: 'Ours.',
    });
    expect(sample.abstractKind).toBe('summary');
    const after = merged(sample, {
      source: 'listing',
      title: 'A title!',
      authors: [],
      categories: [],
      abstract: 'Theirs.',
    });
    expect(after).toMatchObject({
      title: 'A Title',
      abstract: 'Theirs.',
      abstractKind: 'abstract',
      arxivId: '2401.00001',
      authors: ['Ann Author'],
      publishedAt: new Date('2024-01-02'),
    });
    expect(
      merged(after!, { source: 'sample', arxivId: '2401.00001', abstract: 'Ours.' })?.abstract ??
        'Theirs.',
    ).toBe('Theirs.');
  });

  it('keeps an abstract where a stronger source has only a summary, and takes it over any summary', () => {
    const abstract = { source: 'github', abstract: 'Theirs, in full.' } as const;
    const summary = {
      source: 'listing',
      abstract: 'In short.',
      abstractKind: 'summary',
    } as const;
    expect(merged(stored(abstract), summary)?.abstract ?? 'kept').not.toBe('In short.');
    expect(merged(stored(summary), { ...abstract, source: 'arxiv-ids' })).toMatchObject({
      abstract: 'Theirs, in full.',
      abstractKind: 'abstract',
    });
  });

  it('never lets a weaker source or an older version overwrite the text', () => {
    const v2 = stored({ version: 2, abstract: 'Second.' });
    expect(merged(v2, { version: 1, abstract: 'First.' })).toBeNull();
    expect(merged(v2, { source: 'daily-papers', abstract: 'Other.' })).toBeNull();
    expect(merged(v2, { source: 'arxiv-rss', version: 3, abstract: 'Third.' })).toMatchObject({
      abstract: 'Third.',
      version: 3,
    });
  });

  it('takes the later revision where only dates tell', () => {
    const before = stored({
      publishedAt: new Date('2024-01-01'),
      revisedAt: new Date('2024-02-01'),
      abstract: 'Second.',
    });
    expect(
      merged(before, { source: 'arxiv-oai', revisedAt: new Date('2024-03-01'), abstract: 'Third.' })
        ?.abstract,
    ).toBe('Third.');
    expect(
      merged(before, {
        source: 'arxiv-oai',
        publishedAt: new Date('2024-01-01'),
        abstract: 'First.',
      }),
    ).toBeNull();
  });

  it('fills what is missing from any source', () => {
    const bare = stored({ source: 'listing', authors: [], categories: [] });
    expect(
      merged(bare, {
        source: 'daily-papers',
        arxivId: '2401.00001',
        tldr: 'Short.',
        codeUrl: 'https://github.com/a/b',
      }),
    ).toMatchObject({
      arxivId: '2401.00001',
      authors: ['Ann Author'],
      tldr: 'Short.',
      codeUrl: 'https://github.com/a/b',
    });
  });

  it('marks a withdrawal once and a later version brings the paper back', () => {
    const gone = merged(stored({ version: 1 }), { version: 2, withdrawn: true })!;
    expect(gone.withdrawnAt).toEqual(NOW);
    expect(merged(gone, { version: 2, withdrawn: true })).toBeNull();
    expect(merged(gone, { version: 2, withdrawn: false })).toBeNull();
    expect(merged(gone, { version: 3, withdrawn: false })?.withdrawnAt).toBeNull();
  });

  it('lets no earlier version take a paper back', () => {
    const third = stored({ version: 3, withdrawn: false });
    expect(merged(third, { version: 2, withdrawn: true })).toBeNull();
    expect(merged(third, { version: 3, withdrawn: true })?.withdrawnAt).toEqual(NOW);
    const mine = { source: 'daily-papers' as const, withdrawn: true };
    expect(merged(third, mine)?.withdrawnAt).toEqual(NOW);
  });

  it('finds a code link in the text, which any source overrules', () => {
    const found = stored({ abstract: 'Code: https://github.com/a/b.' });
    expect(found.codeUrl).toBe('https://github.com/a/b');
    expect(
      merged(found, { source: 'daily-papers', codeUrl: 'https://github.com/c/d' })?.codeUrl,
    ).toBe('https://github.com/c/d');
  });

  it('keeps the original text only where normalisation changed it', () => {
    expect(stored({ title: 'A  Title' }).original).toEqual({ title: 'A  Title' });
    expect(
      merged(stored({ title: 'A  Title' }), { version: 2, title: 'New Title' })?.original.title,
    ).toBeUndefined();
  });
});

describe('telling papers apart', () => {
  it('never joins different arXiv ids, whatever the titles', () => {
    expect(
      fate(
        [stored({ arxivId: '9901.000001' })],
        { arxivId: '9901.000002' },
        { arxivId: '9901.000003' },
      ).fates,
    ).toEqual(['new', 'new']);
  });

  it('joins by DOI and by title with first author', () => {
    expect(
      fate([stored({ doi: '10.1000/x' })], {
        doi: '10.1000/X',
        title: 'Other',
        arxivId: '2401.00001',
        version: 1,
      }).fates,
    ).toEqual(['updated']);
    expect(
      fate([stored()], { source: 'bibtex', title: 'a title', authors: ['A. Author'] }).fates,
    ).toEqual(['unchanged']);
    expect(fate([stored()], { source: 'bibtex', authors: ['B. Other'] }).fates).toEqual(['new']);
  });

  it('keeps two arXiv papers apart that name one DOI', () => {
    const { fates, papers } = fate([stored({ arxivId: '2401.00001', doi: '10.1000/x' })], {
      arxivId: '2401.00002',
      doi: '10.1000/x',
      title: 'Part II',
    });
    expect(fates).toEqual(['new']);
    expect(papers[0]?.state.doi).toBeNull();
  });

  it('matches a record without authors only where its title is unique', () => {
    const one = stored({ arxivId: '2401.00001' });
    const two = stored({ arxivId: '2401.00002', authors: ['B. Other'], abstract: 'Different.' });
    const listed = { source: 'listing' as const, authors: [], categories: [] };
    expect(fate([one], listed).fates).toEqual(['unchanged']);
    expect(fate([one, two], { ...listed, abstract: 'Neither.' }).fates).toMatchObject([
      { problem: /^2 papers have this title/ },
    ]);
    expect(fate([one, two], { ...listed, abstract: 'Different.' }).papers[0]?.id).toBe(2);
  });

  it('joins records of one paper within a batch', () => {
    const { fates, papers } = fate(
      [],
      { source: 'listing', authors: [], categories: [] },
      { arxivId: '2401.00001' },
      { arxivId: '2401.00001' },
      { arxivId: '2401.00002', authors: ['B. Other'] },
    );
    expect(fates).toEqual(['new', 'updated', 'unchanged', 'new']);
    expect(new Set(papers).size).toBe(2);
  });
});

it('refuses records that cannot be papers and drops dates in the future', () => {
  expect(draftOf(record({ title: ' \u200B ' }), NOW)).toEqual({ problem: 'the title is empty' });
  expect(draftOf(record({ title: 'x'.repeat(2_000) }), NOW)).toHaveProperty('problem');
  expect(draft({ publishedAt: new Date('2099-01-01') }).publishedAt).toBeNull();
});
