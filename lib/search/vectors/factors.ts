import { yielding } from '@/lib/runtime/yielding';
import { BM25_K1 } from '@/lib/search/rank/bm25';

/** Numbers of a vector. */
export const DIMENSIONS = 100;
/** Stems that have a vector of their own, the most frequent. */
const MOST_STEMS = 20_000;
const FEWEST_TEXTS = 3;
/** A stem of more texts than this part of them tells no subject. */
const LARGEST_PART = 0.2;
const ROUNDS = 3;
/** Numbers and single letters say nothing about a subject. */
const TELLING = /\p{L}{2}/u;

/** What each stem brings to the vector of a text. */
export type Factors = ReadonlyMap<string, Float32Array>;

/** How often each stem stands in a row of `search_document.ranked`. */
export function stemCounts(ranked: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const stem of ranked.split(/\s+/)) {
    if (stem !== '') counts.set(stem, (counts.get(stem) ?? 0) + 1);
  }
  return counts;
}

/** What the first times count most for, as BM25 has it, whatever the length: vectors have length 1 anyway. */
export const saturated = (times: number) => times / (times + BM25_K1);

/** Texts as sparse rows of length 1: tf-idf by the places of their stems. */
interface Rows {
  ends: number[];
  at: Int32Array;
  value: Float32Array;
}

/**
 * Latent semantic analysis: the directions in which these texts differ most, by subspace iteration. Any
 * basis of them will do, since only angles between vectors count. Deterministic.
 */
export async function factorsOf(texts: readonly string[]): Promise<Factors> {
  const pause = yielding();
  const idfs = await idfOf(texts, pause);
  const stems = [...idfs.keys()];
  const rows = await rowsOf(texts, idfs, pause);
  let basis = startingBasis(stems.length);
  for (let round = 0; round < ROUNDS; round++) {
    basis = await multiplied(rows, basis, pause);
    // Twice, since once leaves what rounding left.
    await orthonormalise(basis, pause);
    await orthonormalise(basis, pause);
  }
  return new Map(
    stems.map((stem, i) => {
      const own = basis.subarray(i * DIMENSIONS, (i + 1) * DIMENSIONS);
      return [stem, own.map((value) => value * idfs.get(stem)!)];
    }),
  );
}

type Pause = () => Promise<void>;

async function idfOf(texts: readonly string[], pause: Pause): Promise<Map<string, number>> {
  const inTexts = new Map<string, number>();
  for (const text of texts) {
    for (const stem of new Set(text.split(/\s+/))) inTexts.set(stem, (inTexts.get(stem) ?? 0) + 1);
    await pause();
  }
  return new Map(
    [...inTexts]
      .filter(
        ([stem, n]) => n >= FEWEST_TEXTS && n <= LARGEST_PART * texts.length && TELLING.test(stem),
      )
      .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
      .slice(0, MOST_STEMS)
      .map(([stem, n]) => [stem, Math.log(1 + (texts.length - n + 0.5) / (n + 0.5))]),
  );
}

async function rowsOf(
  texts: readonly string[],
  idfs: ReadonlyMap<string, number>,
  pause: Pause,
): Promise<Rows> {
  const placeOf = new Map([...idfs.keys()].map((stem, i) => [stem, i]));
  const ends: number[] = [];
  const at: number[] = [];
  const value: number[] = [];
  for (const text of texts) {
    const start = at.length;
    let squares = 0;
    for (const [stem, times] of stemCounts(text)) {
      const place = placeOf.get(stem);
      if (place === undefined) continue;
      const weight = saturated(times) * idfs.get(stem)!;
      squares += weight * weight;
      at.push(place);
      value.push(weight);
    }
    const norm = Math.sqrt(squares) || 1;
    for (let i = start; i < value.length; i++) value[i]! /= norm;
    ends.push(at.length);
    await pause();
  }
  return { ends, at: Int32Array.from(at), value: Float32Array.from(value) };
}

/** One and minus one, as a generator of random numbers has them: the same at every run. */
function startingBasis(stems: number): Float32Array {
  let state = 1;
  return new Float32Array(stems * DIMENSIONS).map(() => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state < 2 ** 31 ? -1 : 1;
  });
}

/** The rows' transpose times the rows times the basis, text by text. */
async function multiplied(
  { ends, at, value }: Rows,
  basis: Float32Array,
  pause: Pause,
): Promise<Float32Array> {
  const product = new Float32Array(basis.length);
  const along = new Float32Array(DIMENSIONS);
  let start = 0;
  for (const end of ends) {
    along.fill(0);
    for (let i = start; i < end; i++) {
      const from = at[i]! * DIMENSIONS;
      const weight = value[i]!;
      for (let k = 0; k < DIMENSIONS; k++) along[k]! += weight * basis[from + k]!;
    }
    for (let i = start; i < end; i++) {
      const to = at[i]! * DIMENSIONS;
      const weight = value[i]!;
      for (let k = 0; k < DIMENSIONS; k++) product[to + k]! += weight * along[k]!;
    }
    start = end;
    await pause();
  }
  return product;
}

/** What is left of a direction that others have already is nothing but rounding. */
const LEAST_PART = 1e-9;

/** Makes the columns orthogonal and of length 1 in place, by Cholesky; those that add nothing become zero. */
async function orthonormalise(basis: Float32Array, pause: Pause): Promise<void> {
  const gram = new Float64Array(DIMENSIONS * DIMENSIONS);
  for (let from = 0; from < basis.length; from += DIMENSIONS) {
    for (let i = 0; i < DIMENSIONS; i++) {
      const value = basis[from + i]!;
      for (let j = i; j < DIMENSIONS; j++) gram[i * DIMENSIONS + j]! += value * basis[from + j]!;
    }
    await pause();
  }
  const upper = cholesky(gram);
  for (let from = 0; from < basis.length; from += DIMENSIONS) {
    for (let j = 0; j < DIMENSIONS; j++) {
      let rest = basis[from + j]!;
      for (let i = 0; i < j; i++) rest -= basis[from + i]! * upper[i * DIMENSIONS + j]!;
      const own = upper[j * DIMENSIONS + j]!;
      basis[from + j] = own === 0 ? 0 : rest / own;
    }
    await pause();
  }
}

/** The upper triangle whose transpose times itself is `gram`. */
function cholesky(gram: Float64Array): Float64Array {
  const upper = new Float64Array(gram.length);
  const at = (i: number, j: number) => i * DIMENSIONS + j;
  for (let i = 0; i < DIMENSIONS; i++) {
    for (let j = i; j < DIMENSIONS; j++) {
      let rest = gram[at(i, j)]!;
      for (let k = 0; k < i; k++) rest -= upper[at(k, i)]! * upper[at(k, j)]!;
      if (i === j) upper[at(i, i)] = rest > LEAST_PART * gram[at(i, i)]! ? Math.sqrt(rest) : 0;
      else upper[at(i, j)] = upper[at(i, i)] === 0 ? 0 : rest / upper[at(i, i)]!;
    }
  }
  return upper;
}
