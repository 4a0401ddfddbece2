import { describe, expect, it } from 'vitest';
import { rescorer } from '@/lib/search/rank/proximity';

const NOTHING = { weights: new Map<string, number>(), meanLength: 100 };
const rescore = rescorer(['elastic', 'weight'], () => 1, NOTHING);
/** A paper whose abstract has these stems, in a row of `search_document.ranked`. */
const abstract = (stems: string) => `title\ntitle\n${stems}`;
const apart = (distance: number) =>
  abstract(`elastic ${'x '.repeat(distance - 1)}weight and the rest`);

describe('the score of how the words of a query stand in a paper', () => {
  it('is higher for words near each other: up to eight words apart, and no further', () => {
    const far = rescore(1, abstract('elastic'));
    expect(far).toBe(1);
    for (const distance of [2, 5, 8]) expect(rescore(1, apart(distance))).toBeGreaterThan(far);
    for (const distance of [9, 10, 30, 80]) expect(rescore(1, apart(distance))).toBe(far);
  });

  it('takes words for near in either order, and for adjacent in that of the query only', () => {
    expect(rescore(1, abstract('weight x elastic'))).toBe(rescore(1, apart(2)));
    expect(rescore(1, abstract('weight elastic'))).toBe(rescore(1, apart(2)));
    expect(rescore(1, apart(1))).toBeGreaterThan(rescore(1, apart(2)));
  });

  it('looks for neighbours of the query only, and never from the title into the abstract', () => {
    const three = rescorer(['elastic', 'net', 'weight'], () => 1, NOTHING);
    expect(three(1, apart(1))).toBe(1);
    const inTitle = rescore(1, 'old elastic\nold elastic\nx');
    expect(rescore(1, 'old elastic\nold elastic\nweight x')).toBe(inTitle);
  });

  it('grows with the part of the query that the title has', () => {
    const none = rescore(1, 'a\na\nx');
    const half = rescore(1, 'elastic\nelastic\nx');
    const both = rescore(1, 'weight a b c d e f g h elastic\nx\nx');
    expect(half).toBeGreaterThan(none);
    expect(both).toBeGreaterThan(half);
  });

  it('makes up for a stem that BM25 left out, with the title counted twice', () => {
    const unscored = { weights: new Map([['rare', 1]]), meanLength: 100 };
    const added = rescorer(['elastic', 'weight'], () => 1, unscored);
    const inAbstract = added(1, 'a\na\nrare x');
    expect(inAbstract).toBeGreaterThan(added(1, 'a\na\nx x'));
    expect(added(1, 'rare\nrare\nx')).toBeGreaterThan(inAbstract);
  });
});
