/**
 * `npm run train [-- CORPUS]`: learns lib/tags/model.json from the tags that the rules give to a corpus, a
 * `.jsonl.gz` of papers. Papers labelled by reading are left out, so that they can judge the model.
 */
import { createReadStream, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { createGunzip } from 'node:zlib';
import { type ModelData, tfIdf } from '@/lib/tags/model';
import { compileTagger, type TaggableText } from '@/lib/tags/tagger';
import { TAGS } from '@/lib/tags/taxonomy';
import { singular, tokenize } from '@/lib/tags/tokens';
import { NO_MODEL } from '../fixtures/tag-model';
import { CORPUS } from './corpus';
import { loadLabels } from './tag-scores';

/** Words of fewer papers are left out, and tags of fewer. */
const FEWEST_PAPERS = { word: 20, tag: 300 };
/** Of ten papers one is not learnt from: it tells how high a tag's log-odds are. */
const FOLD = 10;
const EPOCHS = 3;
const RATE = 0.4;
/** The weights that matter most are kept, each in two bytes. */
const MOST_WEIGHTS = 350_000;

/** Words that say nothing about the subject. */
const STOP_WORDS = new Set(
  `a an and are as at based be been both but by can for from had has have however in into is it its
  method more most new novel of on or our paper propose proposed result show such than that the their
  these they this those to use used using via was we were which while with`.split(/\s+/),
);

interface Example {
  /** Numbers of its words, each once. */
  terms: Int32Array;
  /** How many times it has each. */
  times: Uint8Array;
  tags: number[];
}

const out = fileURLToPath(new URL('../../lib/tags/model.json', import.meta.url));

const { examples, papersOf, words } = await readExamples(process.argv[2] ?? CORPUS);
const frequent = TAGS.map((_, tag) => tag).filter(
  (tag) => examples.filter(({ tags }) => tags.includes(tag)).length >= FEWEST_PAPERS.tag,
);
const rarities = Uint8Array.from(papersOf, (_, row) => rarityOf(row));
console.log(`${examples.length} papers, ${words.length} words, ${frequent.length} tags`);
const place = new Map(frequent.map((tag, at) => [tag, at]));
for (const example of examples) example.tags = example.tags.flatMap((tag) => place.get(tag) ?? []);
const model = pack(learn(examples.filter((_, at) => at % FOLD !== 0)));
const text = `${JSON.stringify(model)}\n`;
writeFileSync(out, text);
console.log(`${out}: ${text.length} bytes`);

async function readExamples(path: string) {
  const labelled = new Set(
    ['tuning', 'held-out', 'subjects-tuning', 'subjects-held-out'].flatMap((name) => [
      ...loadLabels(`labels-${name}`).keys(),
    ]),
  );
  const tagger = compileTagger(TAGS, NO_MODEL);
  const numbers = new Map(TAGS.map(({ slug }, tag) => [slug, tag]));
  const numberOf = new Map<string, number>();
  const papersWith: number[] = [];
  const read: Example[] = [];
  const lines = createInterface({ input: createReadStream(path).pipe(createGunzip()) });
  for await (const line of lines) {
    const paper: TaggableText & { id: string } = JSON.parse(line);
    if (labelled.has(paper.id)) continue;
    const times = new Map<number, number>();
    for (const content of [paper.title, paper.abstract]) {
      for (const { start, end } of tokenize(content)) {
        const word = singular(content.slice(start, end));
        if (word.length < 2 || STOP_WORDS.has(word) || /^\p{N}+$/u.test(word)) continue;
        const number = numberOf.get(word) ?? numberOf.size;
        numberOf.set(word, number);
        times.set(number, (times.get(number) ?? 0) + 1);
      }
    }
    for (const number of times.keys()) papersWith[number] = (papersWith[number] ?? 0) + 1;
    read.push({
      terms: Int32Array.from(times.keys()),
      times: Uint8Array.from(times.values()),
      tags: tagger(paper).map(({ slug }) => numbers.get(slug)!),
    });
  }
  const kept = [...numberOf.keys()].filter(
    (_, number) => papersWith[number]! >= FEWEST_PAPERS.word,
  );
  const rows = new Map(kept.map((word, row) => [numberOf.get(word)!, row]));
  for (const example of read) {
    const { terms, times } = example;
    example.times = times.filter((_, at) => rows.has(terms[at]!));
    example.terms = terms.filter((number) => rows.has(number)).map((number) => rows.get(number)!);
  }
  return {
    examples: read,
    papersOf: kept.map((word) => papersWith[numberOf.get(word)!]!),
    words: kept,
  };
}

/** In steps so small that the rarest word still fits a byte. */
function rarityOf(row: number): number {
  return Math.round(16 * Math.log(examples.length / papersOf[row]!));
}

/** What each word of a paper counts. */
function valuesOf({ terms, times }: Example, isKnown: (row: number) => boolean): Float32Array {
  const values = Float32Array.from(terms, (row, at) =>
    isKnown(row) ? tfIdf(times[at]!, rarities[row]!) : 0,
  );
  const length = Math.sqrt(values.reduce((sum, value) => sum + value * value, 0)) || 1;
  return values.map((value) => value / length);
}

/** Logistic regression, one tag against the rest, by AdaGrad: weights by word, then tag. */
function learn(papers: Example[]): Float32Array {
  const tags = frequent.length;
  const weights = new Float32Array(papersOf.length * tags);
  const squares = new Float32Array(weights.length).fill(1e-3);
  const biases = new Float32Array(tags);
  for (const { tags: own } of papers) for (const tag of own) biases[tag]! += 1;
  for (let tag = 0; tag < tags; tag += 1) {
    biases[tag] = Math.log(biases[tag]! / (papers.length - biases[tag]!));
  }
  const random = generator(1);
  const logits = new Float32Array(tags);
  const active = new Int32Array(tags);
  const slopes = new Float32Array(tags);
  for (let epoch = 0; epoch < EPOCHS; epoch += 1) {
    let loss = 0;
    for (let left = papers.length; left > 0; left -= 1) {
      const drawn = Math.floor(random() * left);
      const paper = papers[drawn]!;
      papers[drawn] = papers[left - 1]!;
      papers[left - 1] = paper;
      const { terms, tags: own } = paper;
      const values = valuesOf(paper, () => true);
      logits.set(biases);
      terms.forEach((row, at) => {
        const from = row * tags;
        const value = values[at]!;
        for (let tag = 0; tag < tags; tag += 1) logits[tag]! += value * weights[from + tag]!;
      });
      let count = 0;
      for (let tag = 0; tag < tags; tag += 1) {
        const probability = 1 / (1 + Math.exp(-logits[tag]!));
        const isOwn = own.includes(tag);
        loss -= Math.log(isOwn ? probability : 1 - probability);
        const slope = isOwn ? probability - 1 : probability;
        if (Math.abs(slope) < 0.004) continue;
        active[count++] = tag;
        slopes[tag] = slope;
        biases[tag]! -= 0.01 * slope;
      }
      terms.forEach((row, at) => {
        const from = row * tags;
        const value = values[at]!;
        for (let i = 0; i < count; i += 1) {
          const tag = active[i]!;
          const slope = slopes[tag]! * value;
          squares[from + tag]! += slope * slope;
          weights[from + tag]! -= (RATE * slope) / Math.sqrt(squares[from + tag]!);
        }
      });
    }
    console.log(`epoch ${epoch + 1}: loss ${(loss / papers.length).toFixed(3)}`);
  }
  return weights;
}

/** The weights that matter most, in one byte each, and offsets by which tags are as frequent as by rules. */
function pack(weights: Float32Array): ModelData {
  const tags = frequent.length;
  const worth = weights.map((weight, at) => {
    const row = Math.floor(at / tags);
    return Math.abs(weight) * rarities[row]! * papersOf[row]! ** 0.25;
  });
  const least = worth.toSorted().at(-MOST_WEIGHTS)!;
  const largest = new Float32Array(tags);
  weights.forEach((weight, at) => {
    if (worth[at]! < least) return;
    largest[at % tags] = Math.max(largest[at % tags]!, Math.abs(weight));
  });
  const steps = Array.from(largest, (weight) => weight / 127);
  const kept = new Int8Array(weights.length);
  weights.forEach((weight, at) => {
    if (worth[at]! >= least) kept[at] = Math.round(weight / steps[at % tags]!);
  });
  const judged = examples.filter((_, at) => at % FOLD === 0);
  const isKnown = papersOf.map((_, row) =>
    kept.subarray(row * tags, (row + 1) * tags).some((weight) => weight !== 0),
  );
  const sums = judged.map((paper) => {
    const values = valuesOf(paper, (row) => isKnown[row]!);
    const sum = new Float64Array(tags);
    paper.terms.forEach((row, at) => {
      for (let tag = 0; tag < tags; tag += 1) sum[tag]! += values[at]! * kept[row * tags + tag]!;
    });
    return sum.map((total, tag) => total * steps[tag]!);
  });
  const offsets = steps.map((_, tag) => {
    const count = judged.filter((example) => example.tags.includes(tag)).length;
    return -sums.map((sum) => sum[tag]!).sort((a, b) => b - a)[Math.max(1, count)]!;
  });
  const known = [...words.keys()].filter((row) => isKnown[row]);
  const counts: number[] = [];
  const pairs: number[] = [];
  for (const row of known) {
    let count = 0;
    for (let tag = 0; tag < tags; tag += 1) {
      const weight = kept[row * tags + tag]!;
      if (weight === 0) continue;
      pairs.push(tag, weight & 255);
      count += 1;
    }
    counts.push(count);
  }
  const rounded = (value: number) => Number(value.toPrecision(4));
  return {
    slugs: frequent.map((tag) => TAGS[tag]!.slug),
    offsets: offsets.map(rounded),
    steps: steps.map(rounded),
    words: known.map((row) => words[row]).join(' '),
    rarities: Buffer.from(known.map((row) => rarities[row]!)).toString('base64'),
    counts: Buffer.from(counts).toString('base64'),
    weights: Buffer.from(pairs).toString('base64'),
  };
}

/** Numbers in [0, 1), the same each time. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
