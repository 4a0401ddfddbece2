import { describe, expect, it } from 'vitest';
import type { ProfileWord } from '@/lib/interests/profile';
import {
  because,
  type Candidate,
  inTurn,
  type Recommendation,
  recommend,
} from '@/lib/interests/recommend';

const words: ProfileWord[] = [
  {
    stem: 'graph',
    query: 1,
    weight: 8,
    from: [
      { paper: 90, share: 0.7 },
      { paper: 91, share: 0.3 },
    ],
  },
  { stem: 'sparse', query: 1, weight: 4, from: [{ paper: 91, share: 1 }] },
  { stem: 'learn', query: 1, weight: 1, from: [{ paper: 91, share: 1 }] },
];
const wish = (changes = {}) => ({
  words,
  archive: null,
  direction: null,
  balance: 1,
  ...changes,
});
const candidate = (id: number, text: string, changes: Partial<Candidate> = {}): Candidate => ({
  id,
  text,
  categories: ['cs.LG'],
  trending: id,
  copies: [id],
  ...changes,
});
const ids = (list: readonly Recommendation[]) => list.map(({ id }) => id);

describe('recommendations', () => {
  const three = [
    candidate(1, 'graph sparse learn'),
    candidate(2, 'sparse learn other'),
    candidate(3, 'learn other word'),
  ];

  it('stand by likeness where the balance asks for that, and by the feed where it asks for that', () => {
    expect(ids(recommend(three, wish(), 3))).toEqual([1, 2, 3]);
    expect(ids(recommend(three, wish({ balance: 0 }), 3))).toEqual([3, 2, 1]);
  });

  it('leave out what has none of the words, and count a paper in no feed as the least popular', () => {
    const list = [
      candidate(9, 'nothing of it'),
      candidate(4, 'graph', { trending: null }),
      ...three,
    ];
    expect(ids(recommend(list, wish({ balance: 0 }), 3))).toEqual([3, 2, 1, 4]);
  });

  it('are of the archive that is asked for, by any of their categories', () => {
    const list = [
      candidate(1, 'graph', { categories: ['cs.DM', 'math.CO'] }),
      candidate(2, 'graph', { categories: ['cs.LG'] }),
      candidate(3, 'graph', { categories: [] }),
    ];
    expect(ids(recommend(list, wish({ archive: 'math' }), 3))).toEqual([1]);
  });

  it('show one of several copies of a paper: the one that stands first', () => {
    const copies = [
      candidate(1, 'learn', { copies: [1, 2] }),
      candidate(2, 'graph', { copies: [1, 2] }),
    ];
    expect(ids(recommend(copies, wish(), 3))).toEqual([2]);
  });

  it('say which saved paper and which words brought them, with their parts of the likeness', () => {
    const [first] = recommend([three[0]!], wish(), 3);
    expect(because(first!)).toEqual([
      { paper: 91, weight: 0.569 },
      { word: 'graph', weight: 0.615 },
      { word: 'sparse', weight: 0.308 },
      { word: 'learn', weight: 0.077 },
    ]);
  });

  it('are the same whatever order the candidates come in', () => {
    const equal = [4, 5, 6].map((id) => candidate(id, 'graph', { trending: 1 }));
    const list = ids(recommend(equal, wish(), 3));
    expect(ids(recommend([...equal].reverse(), wish(), 3))).toEqual(list);
  });

  it('are none of nothing', () => {
    expect(recommend([], wish(), 3)).toEqual([]);
    expect(recommend(three, wish({ words: [] }), 3)).toEqual([]);
  });
});

describe('several interests', () => {
  const row = (id: number, copies = [id]): Recommendation => ({
    id,
    copies,
    score: 1,
    gains: [],
  });

  it('take turns, and show no paper twice, nor its copy', () => {
    const lists = [[row(1), row(2), row(3)], [row(2), row(11, [3, 11])], []];
    expect(ids(inTurn(lists))).toEqual([1, 2, 11]);
  });
});
