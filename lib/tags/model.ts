import { z } from 'zod';
import type { Word } from '@/lib/tags/matcher';
import data from '@/lib/tags/model.json';

/** A linear model: for each tag the words that papers with it have more, or less, often. */
const modelSchema = z.strictObject({
  /** Numbers stand for tags in this order. */
  slugs: z.array(z.string()).max(255),
  /** By tag: what is added to the sum of its weights. */
  offsets: z.array(z.number()),
  /** By tag: what one step of its weights stands for. */
  steps: z.array(z.number()),
  /** In the singular, with a space between. */
  words: z.string(),
  /** A byte a word: how rare it is. In base64, as what follows. */
  rarities: z.string(),
  /** A byte a word: how many tags have a weight for it. */
  counts: z.string(),
  /** Two bytes a weight: the tag, and steps from -127 to 127. */
  weights: z.string(),
});

export type ModelData = z.infer<typeof modelSchema>;

/** Names the model, for `TAXONOMY_VERSION`. */
export const MODEL_DATA: ModelData = modelSchema.parse(data);

/** In a paper with fewer different words that the model knows it says nothing. */
const FEWEST_WORDS = 30;

export interface Model {
  /** Number of a tag, or -1 for one that it has not learnt. */
  tag(slug: string): number;
  /** Number of a word in the singular, or -1 for one that it does not know. */
  term(singular: string): number;
  /** What it makes of the texts of a paper, until it reads the next; null where there is too little to read. */
  read(texts: readonly (readonly Word[])[]): Reading | null;
}

/** A paper as the model read it. */
export interface Reading {
  /** Log-odds of a tag, against what makes it as frequent as the rules do. */
  logit(tag: number): number;
  /** The words that speak most for a tag, by their numbers, heaviest first. */
  strongest(tag: number, most: number): number[];
}

export function openModel({ slugs, offsets, steps, words, ...packed }: ModelData): Model {
  const rarities = Buffer.from(packed.rarities, 'base64');
  const rows = rarities.length;
  const weights = unpack(packed.counts, packed.weights, slugs.length);
  const tags = new Map(slugs.map((slug, tag) => [slug, tag]));
  const terms = new Map(words.split(' ').map((word, row) => [word, row]));
  /** Of the paper read last: its words, each once, what they count, and how many there are. */
  const own = new Int32Array(rows);
  const values = new Float64Array(rows);
  let count = 0;
  let length = 0;
  /** How many times the paper has each word; all are 0 between papers. */
  const times = new Uint16Array(rows);

  const reading: Reading = {
    logit(tag) {
      const from = tag * rows;
      let sum = 0;
      for (let at = 0; at < count; at += 1) sum += values[at]! * weights[from + own[at]!]!;
      return (sum * steps[tag]!) / length + offsets[tag]!;
    },
    strongest(tag, most) {
      const shares: { term: number; share: number }[] = [];
      for (let at = 0; at < count; at += 1) {
        const term = own[at]!;
        const share = values[at]! * weights[tag * rows + term]!;
        if (share > 0) shares.push({ term, share });
      }
      return shares
        .sort((a, b) => b.share - a.share)
        .slice(0, most)
        .map(({ term }) => term);
    },
  };

  return {
    tag: (slug) => tags.get(slug) ?? -1,
    term: (singular) => terms.get(singular) ?? -1,
    read(texts) {
      count = 0;
      for (const text of texts) {
        for (const { term } of text) {
          if (term < 0) continue;
          if (times[term] === 0) own[count++] = term;
          times[term]! += 1;
        }
      }
      let squares = 0;
      for (let at = 0; at < count; at += 1) {
        const row = own[at]!;
        const value = tfIdf(times[row]!, rarities[row]!);
        times[row] = 0;
        values[at] = value;
        squares += value * value;
      }
      length = Math.sqrt(squares);
      return count < FEWEST_WORDS ? null : reading;
    },
  };
}

/** What a word counts in a paper that has it so many times: TF-IDF, before it is divided by the paper's length. */
export function tfIdf(times: number, rarity: number): number {
  return times === 1 ? rarity : (1 + Math.log(times)) * rarity;
}

/** All weights of a tag side by side, in the order of the words: those of a paper are near each other. */
function unpack(packedCounts: string, packedWeights: string, tags: number): Int8Array {
  const counts = Buffer.from(packedCounts, 'base64');
  const packed = Buffer.from(packedWeights, 'base64');
  const weights = new Int8Array(tags * counts.length);
  let at = 0;
  counts.forEach((count, row) => {
    for (const end = at + 2 * count; at < end; at += 2) {
      weights[packed[at]! * counts.length + row] = packed.readInt8(at + 1);
    }
  });
  return weights;
}
