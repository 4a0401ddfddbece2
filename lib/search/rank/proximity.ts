import { BM25_K1, termFrequency } from '@/lib/search/rank/bm25';

/**
 * Weights of words of the query that stand side by side in the paper, of those that stand near each
 * other, and of the part of the query that its title has. README.md has the trials.
 */
const ADJACENT = 0.15;
const NEAR = 0.1;
const IN_TITLE = 0.05;
/** Words farther apart than this are not near each other. */
const NEAR_DISTANCE = 8;

/** Two neighbours of the query, by their place among its stems. */
interface Pair {
  first: number;
  second: number;
  weight: number;
}

/** What a paper's BM25 leaves out. */
interface Unscored {
  /** Stems, and how often the query has them. */
  weights: ReadonlyMap<string, number>;
  meanLength: number;
}

/**
 * Makes the function that adds to a paper's BM25 for the way the query's stems, in `order`, stand in it.
 * It takes the BM25 without the `unscored` stems, and the paper's row of `search_document.ranked`.
 */
export function rescorer(
  order: readonly string[],
  idf: (stem: string) => number,
  unscored: Unscored,
): (score: number, ranked: string) => number {
  const inOrder = new Set(order);
  const stems = [...new Set([...inOrder, ...unscored.weights.keys()])];
  const idfs = stems.map(idf);
  const shares = stems.map((stem, i) => (inOrder.has(stem) ? idfs[i]! : 0));
  const all = shares.reduce((sum, weight) => sum + weight, 0);
  const missing = [...unscored.weights].map(([stem, n]) => ({ at: stems.indexOf(stem), n }));
  const pairs: Pair[] = [];
  for (let i = 1; i < order.length; i++) {
    const first = stems.indexOf(order[i - 1]!);
    const second = stems.indexOf(order[i]!);
    const weight = ((idfs[first]! + idfs[second]!) / 2) * (BM25_K1 + 1);
    if (first !== second) pairs.push({ first, second, weight });
  }
  return (score, ranked) => {
    // The row has the title twice; once is enough here.
    const [title = '', , abstract = ''] = ranked.split('\n');
    const inTitle = places(title, stems);
    const inAbstract = places(abstract, stems);
    let sum = score + proximity(pairs, inTitle, inAbstract);
    if (missing.length > 0) {
      const length = ranked.split(/\s/).length;
      for (const { at, n } of missing) {
        const times = 2 * inTitle[at]!.length + inAbstract[at]!.length;
        sum += n * idfs[at]! * termFrequency(times, length, unscored.meanLength);
      }
    }
    const share = shares.reduce(
      (total, weight, i) => total + (inTitle[i]![0] === undefined ? 0 : weight),
      0,
    );
    return sum * (1 + (all > 0 ? (IN_TITLE * share) / all : 0));
  };
}

/** For each stem its places in the line, counted in words from 0. */
function places(line: string, stems: readonly string[]): number[][] {
  const padded = ` ${line} `;
  const hits: { at: number; stem: number }[] = [];
  stems.forEach((stem, i) => {
    const word = ` ${stem} `;
    for (let at = padded.indexOf(word); at >= 0; at = padded.indexOf(word, at + 1)) {
      hits.push({ at, stem: i });
    }
  });
  hits.sort((a, b) => a.at - b.at);
  const found = stems.map((): number[] => []);
  let place = 0;
  let next = padded.indexOf(' ', 1);
  for (const { at, stem } of hits) {
    for (; next <= at; next = padded.indexOf(' ', next + 1)) place += 1;
    found[stem]!.push(place);
  }
  return found;
}

/** What neighbours of the query add where they stand together in the title or in the abstract. */
function proximity(pairs: readonly Pair[], title: number[][], abstract: number[][]): number {
  let sum = 0;
  for (const { first, second, weight } of pairs) {
    let adjacent = 0;
    let near = 0;
    for (const found of [title, abstract]) {
      for (const a of found[first]!) {
        for (const b of found[second]!) {
          if (b - a === 1) adjacent += 1;
          if (Math.abs(b - a) <= NEAR_DISTANCE) near += 1;
        }
      }
    }
    sum += weight * ADJACENT * (adjacent / (adjacent + BM25_K1));
    sum += weight * NEAR * (near / (near + BM25_K1));
  }
  return sum;
}
