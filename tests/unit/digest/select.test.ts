import { describe, expect, test } from 'vitest';
import {
  type Candidate,
  type DigestRequest,
  type Source,
  selectPapers,
  whyNothing,
} from '@/lib/digest/select';

const papers = (ids: number[], tags: Record<number, string[]> = {}): Candidate[] =>
  ids.map((id) => ({ id, newAt: 0, tags: tags[id] ?? [] }));
const trending = (candidates: Candidate[]): Source => ({
  kind: 'trending',
  heading: 'Trending',
  ranked: 'the new papers',
  candidates,
});
const search = (heading: string, candidates: Candidate[]): Source => ({
  kind: 'search',
  heading,
  ranked: 'the hits',
  candidates,
});
const request = (changes: Partial<DigestRequest> = {}): DigestRequest => ({
  tags: [],
  mutedTags: [],
  maxPapers: 10,
  lessTags: new Map(),
  mailed: new Set(),
  ...changes,
});
const chosen = (sources: Source[], wanted: DigestRequest) =>
  selectPapers(sources, wanted, (slug) => slug.toUpperCase()).map(({ heading, items }) => [
    heading,
    ...items.map(({ paperId }) => paperId),
  ]);

describe('a digest', () => {
  test('has the first papers by rank, no more than wanted', () => {
    const sources = [trending(papers([5, 3, 9, 1]))];
    expect(chosen(sources, request({ maxPapers: 3 }))).toEqual([['Trending', 5, 3, 9]]);
  });

  test('has only papers with a followed tag and none that is muted', () => {
    const sources = [trending(papers([1, 2, 3], { 1: ['peft'], 2: ['lora', 'peft'], 3: ['rl'] }))];
    expect(chosen(sources, request({ tags: ['peft'], mutedTags: ['lora'] }))).toEqual([
      ['Trending', 1],
    ]);
  });

  test('leaves room for each saved search', () => {
    const sources = [
      trending(papers([1, 2, 3, 4, 5, 6])),
      search('lora', papers([11, 12, 13])),
      search('rl', papers([21])),
    ];
    expect(chosen(sources, request({ maxPapers: 6 }))).toEqual([
      ['Trending', 1, 2, 3],
      ['lora', 11, 12],
      ['rl', 21],
    ]);
  });

  test('has a paper once, however many sources name it', () => {
    const sources = [
      trending(papers([1, 2])),
      search('a', papers([1, 2, 3])),
      search('b', papers([3, 2, 1])),
    ];
    const all = chosen(sources, request()).flatMap(([, ...ids]) => ids);
    expect(all.sort()).toEqual([1, 2, 3]);
  });

  test('never has what was mailed before', () => {
    const sources = [trending(papers([1, 2])), search('a', papers([1, 3]))];
    expect(chosen(sources, request({ mailed: new Set([1]) }))).toEqual([
      ['Trending', 2],
      ['a', 3],
    ]);
  });

  test('puts papers lower whose tags the reader wanted less of, and leaves none out', () => {
    const sources = [trending(papers([1, 2, 3], { 1: ['rl'] }))];
    expect(chosen(sources, request({ lessTags: new Map([['rl', 2]]) }))).toEqual([
      ['Trending', 2, 3, 1],
    ]);
  });

  test('says in one line why each paper is in it', () => {
    const sources = [trending(papers([7], { 7: ['peft'] })), search('lora -survey', papers([8]))];
    const [first, second] = selectPapers(sources, request({ tags: ['peft'] }), (slug) =>
      slug.toUpperCase(),
    );
    expect(first!.items[0]!.why).toBe('No. 1 of the new papers, tagged PEFT');
    expect(second!.items[0]!.why).toBe('Matches your search “lora -survey”');
  });
});

test.each([
  [papers([]), request(), 'There were no new papers since Monday.'],
  [papers([1]), request({ mailed: new Set([1]) }), /already got all/],
  [papers([1]), request({ tags: ['peft'] }), /one new paper since Monday, but none with a tag/],
  [
    papers([1], { 1: ['rl'] }),
    request({ mutedTags: ['rl'] }),
    /all of them have a tag that you muted/,
  ],
])('when nothing is sent, the reader learns why (%#)', (candidates, wanted, words) => {
  expect(whyNothing([trending(candidates)], wanted, 'Monday')).toMatch(words);
});
