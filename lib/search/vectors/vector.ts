import { DIMENSIONS, type Factors, saturated, stemCounts } from '@/lib/search/vectors/factors';

/** The part of a paper's likeness that its vector has; the rest is by its words. README.md has the trials. */
const BY_VECTOR = 0.35;
const LARGEST = 127;

/** The direction of a text, a byte a number. Null where none of its stems has factors. */
export function vectorOf(ranked: string, factors: Factors): Int8Array | null {
  const sum = new Float32Array(DIMENSIONS);
  let known = false;
  for (const [stem, times] of stemCounts(ranked)) {
    const factor = factors.get(stem);
    if (!factor) continue;
    known = true;
    const weight = saturated(times);
    for (let k = 0; k < DIMENSIONS; k++) sum[k]! += weight * factor[k]!;
  }
  const { bytes, scale } = quantised(sum);
  return known && scale > 0 ? bytes : null;
}

/** As bytes; times `scale` they are the values again, within half of it. */
export function quantised(values: Float32Array): { bytes: Int8Array; scale: number } {
  const scale = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0) / LARGEST;
  return { bytes: Int8Array.from(values, (value) => Math.round(value / (scale || 1))), scale };
}

/** The mean direction. Null of none. */
export function meanOf(vectors: readonly Int8Array[]): Float32Array | null {
  if (vectors.length === 0) return null;
  const sum = new Float32Array(DIMENSIONS);
  for (const vector of vectors) {
    const length = Math.hypot(...vector);
    for (let k = 0; k < DIMENSIONS; k++) sum[k]! += vector[k]! / length;
  }
  return sum;
}

/** The cosine of the angle between two. */
export function nearness(a: Int8Array | Float32Array, b: Int8Array | Float32Array): number {
  let product = 0;
  let squaresA = 0;
  let squaresB = 0;
  for (let k = 0; k < DIMENSIONS; k++) {
    product += a[k]! * b[k]!;
    squaresA += a[k]! * a[k]!;
    squaresB += b[k]! * b[k]!;
  }
  return squaresA > 0 && squaresB > 0 ? product / Math.sqrt(squaresA * squaresB) : 0;
}

/**
 * Likeness by words, from 0 to 1, with that by vectors. A paper without a vector, new or of other words, is
 * as near as the others are in the mean; where none has one, words decide alone.
 */
export function withNearness<T extends { id: number; like: number }>(
  papers: readonly T[],
  near: ReadonlyMap<number, number>,
): T[] {
  const known = papers.flatMap(({ id }) => near.get(id) ?? []);
  if (known.length === 0) return [...papers];
  const mean = known.reduce((a, b) => a + b, 0) / known.length;
  return papers.map((paper) => ({
    ...paper,
    like: (1 - BY_VECTOR) * paper.like + BY_VECTOR * (near.get(paper.id) ?? mean),
  }));
}
