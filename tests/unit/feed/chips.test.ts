import { describe, expect, it } from 'vitest';
import { bitChanges } from '@/lib/feed/bitmaps';
import { filterChips } from '@/lib/feed/chips';
import type { FeedFacets } from '@/lib/feed/facet-query';
import { type Feed, makeFeed } from '@/lib/feed/filters';
import { readTagIndex, tagIndexPath } from '@/lib/feed/tag-index';

function chips(wanted: Partial<Feed>, papers: Record<string, number>, total = 5_000) {
  const windows = { day: 1, week: 1, month: 1, year: 1, all: total };
  const facets: FeedFacets = { total, papers: new Map(Object.entries(papers)), windows, today: 0 };
  return filterChips(makeFeed(wanted), facets);
}

describe('chips', () => {
  it('are offered by what they leave, without those that change nothing', () => {
    const { available, code } = chips(
      { window: 'week' },
      { 'tag:peft': 3, 'tag:large-language-models': 40, 'tag:video': 5_000, 'has:code': 7 },
    );
    expect(available.map(({ label, count, href }) => [label, count, href])).toEqual([
      ['LLMs', '40', '/tags/large-language-models/week'],
      ['PEFT', '3', '/tags/peft/week'],
    ]);
    expect(code).toMatchObject({ count: '7', href: '/code/week' });
  });

  it('count exactly for one tag, and up to 1,000 for combinations', () => {
    const papers = { 'tag:peft': 1_234, 'tag:lora': 1_000 };
    expect(chips({}, papers).available.map(({ count }) => count)).toEqual(['1,234', '1,000']);
    expect(chips({ tags: ['video'] }, papers).available.map(({ count }) => count)).toEqual([
      '1,000+',
      '1,000',
    ]);
  });

  it('of what is on come first, and can be removed or turned', () => {
    const { chosen, clear } = chips(
      { tags: ['peft'], without: ['lora'], category: 'cs.CL', hasCode: true, window: 'month' },
      {},
    );
    expect(
      chosen.map(({ label, kind, turn, remove }) => [label, kind, turn?.href, remove.href]),
    ).toEqual([
      [
        'PEFT',
        'with',
        '/without/lora+peft/category/cs.CL/code/month',
        '/without/lora/category/cs.CL/code/month',
      ],
      ['cs.CL', 'with', undefined, '/tags/peft/without/lora/code/month'],
      ['Has code', 'with', undefined, '/tags/peft/without/lora/category/cs.CL/month'],
      [
        'LoRA',
        'without',
        '/tags/lora+peft/category/cs.CL/code/month',
        '/tags/peft/category/cs.CL/code/month',
      ],
    ]);
    expect(clear.href).toBe('/month');
  });

  it('offer no tag beside five', () => {
    const tags = ['code', 'lora', 'peft', 'survey', 'video'];
    const { available, takesMore } = chips({ tags }, { 'tag:math': 3 });
    expect([available, takesMore]).toEqual([[], false]);
  });
});

it('the address of a tag index names its feed', () => {
  for (const wanted of [{}, { tags: ['lora', 'peft'], without: ['video'] }, { view: 'new' }]) {
    const feed = makeFeed(wanted as Partial<Feed>);
    const { searchParams } = new URL(tagIndexPath(feed), 'http://localhost');
    expect(readTagIndex(searchParams.get('of')!)).toEqual(feed);
  }
  for (const wrong of ['/tags/peft+lora', '/nonsense', '//example.org', '/new/after/abc', '']) {
    expect(wrong && readTagIndex(wrong), wrong).toBeFalsy();
  }
});

it('bits change only where terms or days do', () => {
  const feedAt = new Date('2026-11-20T00:00:00Z');
  const row = { paperId: 4097, feedAt, terms: ['all', 'tag:peft'] };
  const before = new Map([[4097, row]]);
  expect(bitChanges([{ ...row }], [], before)).toEqual([]);
  const changed = bitChanges([{ ...row, terms: ['all', 'tag:lora'] }], [], before);
  expect(changed.map(({ term, block, added, removed }) => [term, block, added, removed])).toEqual([
    ['tag:lora', 1, `40${'0'.repeat(1022)}`, ''],
    ['tag:peft', 1, '', `40${'0'.repeat(1022)}`],
  ]);
  expect(bitChanges([], [4097], before).map(({ term }) => term)).toEqual([
    'all',
    'day:2026-11-20',
    'tag:peft',
  ]);
});
