import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { normaliseAbstract, normaliseTitle } from '@/lib/papers/normalise';

/** Slugs by id, or titles by slug. */
export type Labels = ReadonlyMap<string, readonly string[]>;

export function loadLabels(name: string): Labels {
  const path = fileURLToPath(new URL(`../fixtures/tags/${name}.json`, import.meta.url));
  return new Map(Object.entries(JSON.parse(readFileSync(path, 'utf8'))));
}

/** Precision, recall and F1 over all tags together, and the mean F1 of the tags that labels have. */
export function scoreTags(assigned: Labels, labels: Labels) {
  const slugs = new Set([...labels.values(), ...assigned.values()].flat());
  const all: (readonly [boolean, boolean])[] = [];
  const f1s: number[] = [];
  for (const slug of slugs) {
    const pairs = [...labels].map(
      ([id, wanted]) => [assigned.get(id)!.includes(slug), wanted.includes(slug)] as const,
    );
    all.push(...pairs);
    if (pairs.some(([, wanted]) => wanted)) f1s.push(scoreTag(pairs));
  }
  const hits = count(all, true, true);
  return {
    precision: hits / (hits + count(all, true, false)),
    recall: hits / (hits + count(all, false, true)),
    micro: scoreTag(all),
    macro: f1s.reduce((sum, f1) => sum + f1, 0) / f1s.length,
    tags: f1s.length,
  };
}

/** F1 of pairs of assigned and wanted. */
export function scoreTag(pairs: readonly (readonly [boolean, boolean])[]): number {
  const hits = count(pairs, true, true);
  const misses = count(pairs, true, false) + count(pairs, false, true);
  return hits === 0 ? 0 : (2 * hits) / (2 * hits + misses);
}

function count(pairs: readonly (readonly [boolean, boolean])[], ...pair: [boolean, boolean]) {
  return pairs.filter(([assigned, wanted]) => assigned === pair[0] && wanted === pair[1]).length;
}

/** Labels of the same papers from what two readers said of each. */
export function combine(
  first: Labels,
  second: Labels,
  join: (one: readonly string[], other: readonly string[]) => string[],
): Labels {
  return new Map([...first].map(([id, slugs]) => [id, join(slugs, second.get(id)!)]));
}

export const JOINS = {
  both: (one: readonly string[], other: readonly string[]) =>
    one.filter((slug) => other.includes(slug)),
  either: (one: readonly string[], other: readonly string[]) => [...new Set([...one, ...other])],
};

/** How far two readers agree: F1 of one by the other, Cohen's kappa over all pairs of paper and tag. */
export function agreement(first: Labels, second: Labels, tags: number) {
  const sizeOf = (labels: Labels) => [...labels.values()].flat().length;
  const both = combine(first, second, JOINS.both);
  const [one, other, shared] = [sizeOf(first), sizeOf(second), sizeOf(both)];
  const pairs = first.size * tags;
  const agreed = 1 - (one + other - 2 * shared) / pairs;
  const byChance = (one / pairs) * (other / pairs) + (1 - one / pairs) * (1 - other / pairs);
  const hasAll = ([id, slugs]: [string, readonly string[]]) =>
    slugs.length === first.get(id)!.length && slugs.length === second.get(id)!.length;
  return {
    f1: (2 * shared) / (one + other),
    kappa: (agreed - byChance) / (1 - byChance),
    same: [...both].filter(hasAll).length,
    none: [...both].filter(([, slugs]) => slugs.length === 0).length,
  };
}

/** The papers of the text listing, whose first lines up to the date are no papers. */
export function listingPapers(text: string): { title: string; abstract: string }[] {
  const blocks = text.split(/\n\s*\n/).filter((block) => block.trim());
  const first = blocks.findIndex((block) => /^[A-Z][a-z]{2} \d{1,2}$/.test(block.trim())) + 1;
  const papers: { title: string; abstract: string }[] = [];
  for (let at = first; at + 1 < blocks.length; at += 2) {
    papers.push({
      title: normaliseTitle(blocks[at]!),
      abstract: normaliseAbstract(blocks[at + 1]!),
    });
  }
  return papers;
}
