import { describe, expect, test } from 'vitest';
import { type Offered, selectWithOffers } from '@/lib/digest/for-you';
import type { Source } from '@/lib/digest/select';
import { becauseWords } from '@/lib/interests/because-words';

const trending = (ids: number[]): Source => ({
  kind: 'trending',
  heading: 'Trending',
  ranked: 'the new papers',
  candidates: ids.map((id) => ({ id, newAt: 0, tags: [] })),
});
const offered = (id: number, copies: number[] = []): Offered => ({
  id,
  copies: [id, ...copies],
  why: `because of ${id}`,
});
function chosen(
  ids: number[],
  offers: Offered[],
  changes: { maxPapers?: number; forYou?: number } = {},
) {
  const request = {
    tags: [],
    categories: [],
    mutedTags: [],
    maxPapers: 9,
    forYou: 3,
    tagWishes: new Map<string, number>(),
    mailed: new Set<number>(),
    ...changes,
  };
  return selectWithOffers([trending(ids)], request, (slug) => slug, offers).map(
    ({ heading, items }) => [heading, ...items.map(({ paperId }) => paperId)],
  );
}
const first = (count: number, from = 1) => Array.from({ length: count }, (_, i) => from + i);

describe('a digest with papers for its reader', () => {
  test('has as many of them as the reader wants, half of it at most, within the number of papers that the reader wants', () => {
    expect(
      chosen(
        first(20),
        first(5, 101).map((id) => offered(id)),
      ),
    ).toEqual([
      ['Trending', 1, 2, 3, 4, 5, 6],
      ['For you', 101, 102, 103],
    ]);
    expect(chosen(first(20), [offered(101), offered(102)], { maxPapers: 3 })).toEqual([
      ['Trending', 1, 2],
      ['For you', 101],
    ]);
    expect(chosen(first(20), [offered(101)], { maxPapers: 1 })).toEqual([['Trending', 1]]);
    expect(chosen(first(20), [offered(101)], { maxPapers: 3, forYou: 0 })).toEqual([
      ['Trending', 1, 2, 3],
    ]);
  });

  test('has no paper twice, nor beside a copy of it', () => {
    const offers = [offered(2), offered(50, [3]), offered(8), offered(101, [7])];
    expect(chosen(first(20), offers)).toEqual([
      ['Trending', 1, 2, 3, 4, 5, 6, 9],
      ['For you', 8, 101],
    ]);
  });

  test('goes out with these alone', () => {
    expect(chosen([], [offered(101)])).toEqual([['For you', 101]]);
  });

  test('is as it was where there are none', () => {
    expect(chosen(first(20), [])).toEqual([['Trending', ...first(9)]]);
  });
});

test('a reason names the saved paper and the words, formulas as plain text', () => {
  const because = [
    { paper: 7, weight: 0.5 },
    { word: 'adapter', weight: 0.3 },
    { word: 'rank', weight: 0.2 },
  ];
  expect(becauseWords(because, new Map([[7, 'Low-rank $x^2$']]))).toBe(
    'Because of “Low-rank x²”: “adapter”, “rank”',
  );
  expect(becauseWords(because, new Map())).toBe('Because of “adapter”, “rank”');
});
