/** Sparse rows: the places of what is not zero, and what stands there. */
export interface SparseRow {
  at: Int32Array;
  value: Float64Array;
}

const ENGLISH = new Set(
  `a about above after again all also an and any are as at be because been before being below between
  both but by can could did do does doing down during each few for from further had has have having he
  her here hers him his how however i if in into is it its itself just may me might more most must my
  no nor not of off on once only or other our out over own same she should so some such than that the
  their them then there these they this those through to too under until up upon us very was we were
  what when where which while who whom why will with would you your`.split(/\s+/),
);

/**
 * Texts as tf-idf of their words and pairs of words, as arxiv-sanity-lite has them: sublinear tf, the
 * 20,000 most frequent features of those in 5 texts at least and a tenth of them at most, length 1.
 */
export function tfIdf(texts: readonly string[]): { rows: SparseRow[]; features: number } {
  const counts = texts.map(featuresOf);
  const inTexts = new Map<string, number>();
  for (const count of counts) {
    for (const feature of count.keys()) inTexts.set(feature, (inTexts.get(feature) ?? 0) + 1);
  }
  const kept = [...inTexts]
    .filter(([, n]) => n >= 5 && n <= texts.length / 10)
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .slice(0, 20_000);
  const place = new Map(kept.map(([feature], i) => [feature, i]));
  const idf = kept.map(([, n]) => Math.log((1 + texts.length) / (1 + n)) + 1);
  const rows = counts.map((count) => {
    const at: number[] = [];
    const value: number[] = [];
    for (const [feature, times] of count) {
      const i = place.get(feature);
      if (i === undefined) continue;
      at.push(i);
      value.push((1 + Math.log(times)) * idf[i]!);
    }
    const norm = Math.hypot(...value) || 1;
    return { at: Int32Array.from(at), value: Float64Array.from(value, (v) => v / norm) };
  });
  return { rows, features: kept.length };
}

function featuresOf(text: string): Map<string, number> {
  const words = (text.toLowerCase().match(/\b[a-z_][a-z0-9_]+\b/g) ?? []).filter(
    (word) => !ENGLISH.has(word),
  );
  const counts = new Map<string, number>();
  words.forEach((word, i) => {
    counts.set(word, (counts.get(word) ?? 0) + 1);
    if (i > 0) {
      const pair = `${words[i - 1]} ${word}`;
      counts.set(pair, (counts.get(pair) ?? 0) + 1);
    }
  });
  return counts;
}

const ROUNDS = 100;

/**
 * Weights of a linear SVM with squared hinge loss, by dual coordinate descent, as LIBLINEAR trains it:
 * balanced classes, and a bias as one more feature, the last weight.
 */
export function trainSvm(
  positive: readonly SparseRow[],
  negative: readonly SparseRow[],
  features: number,
  c: number,
  random: () => number,
): Float64Array {
  const rows = [...positive, ...negative];
  const weights = new Float64Array(features + 1);
  const alpha = new Float64Array(rows.length);
  const order = rows.map((_, i) => i);
  const costs = [positive, negative].map((list) => (c * rows.length) / (2 * list.length));
  const squares = rows.map(({ value }) => value.reduce((sum, v) => sum + v * v, 1));
  for (let round = 0; round < ROUNDS; round++) {
    for (let i = order.length - 1; i > 0; i--) {
      const j = Math.floor(random() * (i + 1));
      [order[i], order[j]] = [order[j]!, order[i]!];
    }
    let largest = 0;
    for (const i of order) {
      const row = rows[i]!;
      const sign = i < positive.length ? 1 : -1;
      const diagonal = 1 / (2 * costs[sign === 1 ? 0 : 1]!);
      const gradient = sign * decide(weights, row) - 1 + diagonal * alpha[i]!;
      const projected = alpha[i] === 0 ? Math.min(gradient, 0) : gradient;
      largest = Math.max(largest, Math.abs(projected));
      if (projected === 0) continue;
      const before = alpha[i]!;
      alpha[i] = Math.max(before - gradient / (squares[i]! + diagonal), 0);
      const step = (alpha[i]! - before) * sign;
      for (let k = 0; k < row.at.length; k++) weights[row.at[k]!]! += step * row.value[k]!;
      weights[features]! += step;
    }
    if (largest < 1e-3) break;
  }
  return weights;
}

/** How far on the positive side a row is. */
export function decide(weights: Float64Array, { at, value }: SparseRow): number {
  let sum = weights[weights.length - 1]!;
  for (let k = 0; k < at.length; k++) sum += weights[at[k]!]! * value[k]!;
  return sum;
}
