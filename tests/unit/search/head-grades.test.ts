import { describe, expect, it } from 'vitest';
import { type Grades, headQueries, kappa } from '@/tests/fixtures/head-grades';

const times = (count: number, grades: Grades): Grades[] => Array(count).fill(grades);

describe('the judged head queries', () => {
  it('have a grade of 0, 1 or 2 by both readers for every paper', () => {
    const queries = headQueries();
    const grades = queries.flatMap((query) => Object.values(query.grades).flat());
    expect(queries).toHaveLength(60);
    expect([...new Set(grades)].sort()).toEqual([0, 1, 2]);
  });
});

describe("Cohen's kappa", () => {
  it('is .4 of 20 and 15 alike, 5 and 10 not: the example of the textbooks', () => {
    const pairs = [times(20, [1, 1]), times(5, [1, 0]), times(10, [0, 1]), times(15, [0, 0])];
    expect(kappa(pairs.flat())).toBeCloseTo(0.4, 10);
  });

  it('with weights counts a near miss for less than a far one', () => {
    const agreed = [...times(5, [0, 0]), ...times(5, [1, 1]), ...times(5, [2, 2])];
    const weighted = (grades: Grades) => kappa([...agreed, grades], (a, b) => Math.abs(a - b));
    expect(weighted([2, 1])).toBeGreaterThan(weighted([2, 0]));
  });

  it('is 0 of readers who agree as chance would have it', () => {
    expect(
      kappa([
        [0, 0],
        [0, 1],
        [1, 0],
        [1, 1],
      ]),
    ).toBe(0);
  });
});
