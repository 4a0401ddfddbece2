import { expect, test } from 'vitest';
import type { RisingPaper } from '@/lib/rising/detect';
import { figuresInTags, topicsInTag } from '@/lib/rising/in-tags';

const now = new Date('2026-06-30T00:00:00Z');
const DAY_MS = 86_400_000;
const paper = (id: number, day: number): RisingPaper => ({
  id,
  title: '',
  abstract: '',
  authors: [],
  category: 'cs.LG',
  publishedAt: new Date(now.getTime() - day * DAY_MS),
});
const figures = figuresInTags(
  {
    recentPapers: [paper(1, 1), paper(2, 2), paper(3, 9), paper(4, 20)],
    earlierPapers: [paper(5, 30), paper(6, 200)],
  },
  {
    now,
    from: new Date(now.getTime() - 56 * DAY_MS),
    tagsOf: new Map([
      [1, ['agents', 'rare']],
      [2, ['agents', 'memory']],
      [3, ['agents', 'memory']],
      [5, ['agents', 'memory']],
      [6, ['agents', 'memory']],
    ]),
    totals: new Map([
      ['agents', { recent: 30, before: 100 }],
      ['memory', { recent: 2, before: 2 }],
      ['rare', { recent: 1, before: 1 }],
    ]),
  },
);

test('a topic belongs to the tags that a third of its papers have, with its figures among theirs', () => {
  expect(figures).toEqual([
    {
      slug: 'agents',
      papers: 3,
      before: 1,
      growth: 5,
      weeks: [0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 1, 2],
    },
    expect.objectContaining({ slug: 'memory', papers: 2, before: 1, growth: 1 }),
  ]);
});

test('a tag has those that rise among its papers, and not the topic that it is itself', () => {
  const topics = [{ phrase: 'agent memory', query: '+"agent memory"', tags: figures, papers: 4 }];
  expect(topicsInTag(topics, 'agents')).toMatchObject([
    { phrase: 'agent memory', query: '+"agent memory" tag:agents', papers: 3, growth: 5 },
  ]);
  expect(topicsInTag(topics, 'memory')).toEqual([]);
  expect(topicsInTag(topics, 'rare')).toEqual([]);
});
