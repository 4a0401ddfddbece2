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
  why: 'Matches your saved search',
  ranked: 'the hits',
  candidates,
});
const request = (changes: Partial<DigestRequest> = {}): DigestRequest => ({
  tags: [],
  categories: [],
  mutedTags: [],
  maxPapers: 10,
  tagWishes: new Map(),
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
    const tags = { 1: ['peft', 'nlp'], 2: ['lora', 'peft'], 3: ['rl'] };
    const sources = [trending(papers([1, 2, 3, 4], tags))];
    expect(chosen(sources, request({ tags: ['peft'], mutedTags: ['lora'] }))).toEqual([
      ['Trending', 1],
    ]);
  });

  test('has papers with a followed tag, or in a followed category or archive', () => {
    const each = (id: number, tags: string[], categories?: string[]): Candidate => ({
      id,
      newAt: 0,
      tags,
      ...(categories && { categories }),
    });
    const sources = [
      trending([
        each(1, ['peft'], ['stat.ML']),
        each(2, [], ['cs.CV', 'cs.CL']),
        each(3, ['rl'], ['cs.LG']),
        each(4, [], ['math.CO']),
        each(5, []),
      ]),
    ];
    const wanted = request({ tags: ['peft'], categories: ['cs.CL', 'math'] });
    expect(chosen(sources, wanted)).toEqual([['Trending', 1, 2, 4]]);
    expect(reasons(sources, wanted)).toEqual([
      'No. 1 of the new papers, tagged PEFT',
      'No. 2 of the new papers, in cs.CL',
      'No. 4 of the new papers, in math',
    ]);
  });

  test('has what a saved search finds whatever the followed tags, but nothing that is muted', () => {
    const hits = papers([1, 2, 3], { 1: ['rl'], 3: ['lora'] });
    expect(
      chosen([search('agents', hits)], request({ tags: ['peft'], mutedTags: ['lora'] })),
    ).toEqual([['agents', 1, 2]]);
  });

  test('has no section without papers', () => {
    const sources = [trending(papers([1])), search('a', papers([1])), search('b', [])];
    expect(chosen(sources, request())).toEqual([['Trending', 1]]);
    expect(chosen([trending([])], request())).toEqual([]);
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
    expect(chosen(sources, request({ tagWishes: new Map([['rl', -2]]) }))).toEqual([
      ['Trending', 2, 3, 1],
    ]);
  });

  test('puts papers higher whose tags the reader wanted more of', () => {
    const sources = [trending(papers([1, 2, 3], { 3: ['rl'] }))];
    expect(chosen(sources, request({ tagWishes: new Map([['rl', 1]]) }))).toEqual([
      ['Trending', 1, 3, 2],
    ]);
    expect(chosen(sources, request({ tagWishes: new Map([['rl', 2]]) }))).toEqual([
      ['Trending', 3, 1, 2],
    ]);
  });

  test('keeps the order of rank where papers are as far down', () => {
    const sources = [trending(papers([1, 2], { 1: ['rl'] }))];
    expect(chosen(sources, request({ tagWishes: new Map([['rl', -1]]) }))).toEqual([
      ['Trending', 1, 2],
    ]);
  });

  const reasons = (sources: Source[], wanted: DigestRequest) =>
    selectPapers(sources, wanted, (slug) => slug.toUpperCase()).flatMap(({ items }) =>
      items.map(({ why }) => why),
    );

  test('says in one line why each paper is in it', () => {
    const sources = [trending(papers([7], { 7: ['peft'] })), search('lora -survey', papers([8]))];
    expect(reasons(sources, request({ tags: ['peft'] }))).toEqual([
      'No. 1 of the new papers, tagged PEFT',
      'Matches your saved search',
    ]);
  });

  test('names the place in the whole list and the tags that the reader follows, no others', () => {
    const sources = [
      trending(papers([1, 2, 3], { 1: ['peft'], 2: ['rl'], 3: ['peft', 'nlp', 'lora'] })),
    ];
    expect(reasons(sources, request({ mailed: new Set([1]) }))).toEqual([
      'No. 2 of the new papers',
      'No. 3 of the new papers',
    ]);
    expect(reasons(sources, request({ tags: ['lora', 'peft'], mailed: new Set([1]) }))).toEqual([
      'No. 3 of the new papers, tagged PEFT and LORA',
    ]);
  });
});

describe('when nothing is sent, the reader learns', () => {
  const none = (sources: Source[], changes: Partial<DigestRequest> = {}, since = 'Monday') => {
    expect(chosen(sources, request(changes))).toEqual([]);
    return whyNothing(sources, request(changes), since || null);
  };
  const tagged = papers([1, 2, 3], { 1: ['rl'], 2: ['rl'], 3: ['rl', 'nlp'] });

  test('that nothing is new', () => {
    expect(none([trending([]), search('a', [])])).toBe('There were no new papers since Monday.');
    expect(none([trending([])], {}, '')).toBe('There were no new papers.');
  });

  test('that the reader has what is new', () => {
    expect(none([trending(papers([1, 2]))], { mailed: new Set([1, 2]) })).toBe(
      'All papers that are new since Monday were sent to you before.',
    );
  });

  test('that the followed tags have nothing new', () => {
    expect(none([trending(tagged)], { tags: ['peft'] })).toBe(
      'There were 3 new papers since Monday, but none with a tag that you follow and haven’t muted.',
    );
    expect(none([trending(papers([1]))], { tags: ['peft'] })).toBe(
      'There was one new paper since Monday, but without a tag that you follow and haven’t muted.',
    );
  });

  test('that all is muted', () => {
    expect(none([trending(tagged)], { mutedTags: ['rl'] }, '')).toBe(
      'There were 3 new papers, but all of them have a tag that you muted.',
    );
    expect(none([trending(papers([1], { 1: ['rl'] }))], { mutedTags: ['rl'] })).toBe(
      'There was one new paper since Monday, but it has a tag that you muted.',
    );
  });

  test('of a paper once, though several lists have it, and if only a search found it', () => {
    const muted = { mutedTags: ['rl'] };
    const all = 'There were 3 new papers since Monday, but all of them have a tag that you muted.';
    expect(none([trending(tagged), search('a', tagged)], muted)).toBe(all);
    expect(none([trending([]), search('a', tagged)], muted)).toBe(all);
  });

  test('nothing false of papers that another digest brought', () => {
    const candidates = papers([1, 2, 3], { 1: ['peft'], 2: ['rl'], 3: ['rl'] });
    expect(none([trending(candidates)], { tags: ['peft'], mailed: new Set([1]) })).toBe(
      'Apart from papers sent to you before, there were 2 new papers since Monday, ' +
        'but none with a tag that you follow and haven’t muted.',
    );
  });
});
