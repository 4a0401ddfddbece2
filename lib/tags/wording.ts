import { CUES, type Cue } from '@/lib/tags/cues';
import { compileMatcher, type Match, type Word } from '@/lib/tags/matcher';
import type { Strength, Tag } from '@/lib/tags/taxonomy';
import type { Token } from '@/lib/tags/tokens';

/** One wording of one tag. */
export interface Wording {
  /** Index of the tag. */
  tag: number;
  id: number;
  kind: Strength | 'title' | 'not';
  /** Index of the tag that must be assigned for this wording to count, or -1. */
  needs: number;
}

/** A taxonomy made ready for reading papers. Tags are known by their index. */
export interface Rules {
  tags: readonly Tag[];
  /** All tags, such that what a tag depends on comes before it. */
  order: readonly number[];
  /** For each tag the tags that it is evidence for. */
  implies: readonly (readonly { tag: number; strength: Strength }[])[];
  categories: ReadonlyMap<string, readonly { tag: number; strength: Strength }[]>;
  words(text: string, tokens: readonly Token[]): Word[];
  match(tokens: readonly Token[], words: readonly Word[]): Match<Wording | Cue>[];
}

/**
 * Throws where the taxonomy names unknown tags or where tags need each other. `termOf` gives a word in the
 * singular its number in the model.
 */
export function compileRules(tags: readonly Tag[], termOf: (singular: string) => number): Rules {
  const indexOf = new Map(tags.map((tag, index) => [tag.slug, index]));
  const lookUp = (slug: string, by: Tag) => {
    const index = indexOf.get(slug);
    if (index === undefined) throw new Error(`tag "${by.slug}" names the unknown tag "${slug}"`);
    return index;
  };
  const wordings: { wording: string; value: Wording | Cue }[] = [];
  const dependsOn: Set<number>[] = tags.map(() => new Set());
  const categories = new Map<string, { tag: number; strength: Strength }[]>();
  const implies = tags.map((tag) =>
    Object.entries(tag.implies).map(([slug, strength]) => ({ tag: lookUp(slug, tag), strength })),
  );
  tags.forEach((tag, index) => {
    const add = (list: readonly string[], kind: Wording['kind'], needs: number) => {
      for (const wording of list) {
        wordings.push({ wording, value: { tag: index, id: wordings.length, kind, needs } });
      }
    };
    for (const kind of ['sure', 'strong', 'fair', 'hint', 'title', 'not'] as const) {
      add(tag[kind], kind, -1);
    }
    for (const [slug, list] of Object.entries(tag.with)) {
      const needs = lookUp(slug, tag);
      dependsOn[index]!.add(needs);
      add(list, 'fair', needs);
    }
    for (const other of implies[index]!) dependsOn[other.tag]!.add(index);
    for (const [category, strength] of Object.entries(tag.categories)) {
      categories.set(category, [...(categories.get(category) ?? []), { tag: index, strength }]);
    }
  });
  for (const [cue, list] of Object.entries(CUES)) {
    for (const wording of list) wordings.push({ wording, value: cue as Cue });
  }
  return {
    tags,
    order: sortByDependence(tags, dependsOn),
    implies,
    categories,
    ...compileMatcher(wordings, termOf),
  };
}

function sortByDependence(tags: readonly Tag[], dependsOn: readonly Set<number>[]): number[] {
  const order: number[] = [];
  const state = tags.map(() => 'new' as 'new' | 'open' | 'done');
  const visit = (index: number) => {
    if (state[index] === 'done') return;
    if (state[index] === 'open') {
      throw new Error(`tag "${tags[index]!.slug}" depends on itself through implies and with`);
    }
    state[index] = 'open';
    for (const other of dependsOn[index]!) visit(other);
    state[index] = 'done';
    order.push(index);
  };
  tags.forEach((_, index) => {
    visit(index);
  });
  return order;
}
