import { addTo, type Counted, countMentions, type Mention, readText } from '@/lib/tags/mentions';
import { THRESHOLD, WEIGHTS } from '@/lib/tags/tag-weights';
import { TAGS, type Tag } from '@/lib/tags/taxonomy';
import { compileRules, type Rules } from '@/lib/tags/wording';

/** What the tagger reads of a paper. */
export interface TaggableText {
  title: string;
  abstract: string;
  /** arXiv categories, the primary one first. */
  categories?: readonly string[];
  keywords?: readonly string[];
}

export interface TagEvidence {
  /** As they stand in the paper; the category or the slug where the evidence is one. */
  words: string;
  where: 'title' | 'abstract' | 'category' | 'keyword' | 'tag';
  weight: number;
  /** UTF-16 offsets [start, end) into the title or the abstract. */
  start?: number;
  end?: number;
}

export interface TagAssignment {
  slug: string;
  /** Sum of the evidence, at least `THRESHOLD`. */
  weight: number;
  /** Heaviest first, at most `MAX_EVIDENCE`. */
  evidence: TagEvidence[];
}

const MAX_EVIDENCE = 6;
/** Sums of binary fractions miss a round threshold by less than this. */
const EPSILON = 1e-9;

/** Compiles a taxonomy once; throws where it names unknown tags or where tags need each other. */
export function compileTagger(tags: readonly Tag[]): (paper: TaggableText) => TagAssignment[] {
  const rules = compileRules(tags);
  return (paper) => assign(rules, paper);
}

const tagWithTaxonomy = compileTagger(TAGS);

/** The tags whose definition fits what the paper is about, heaviest first, each with its evidence. */
export function tagPaper(paper: TaggableText): TagAssignment[] {
  return tagWithTaxonomy(paper);
}

function assign(rules: Rules, paper: TaggableText): TagAssignment[] {
  const mentions: Mention[][] = [];
  readText(rules, { where: 'title', content: paper.title }, mentions);
  readText(rules, { where: 'abstract', content: paper.abstract }, mentions);
  for (const keyword of paper.keywords ?? []) {
    readText(rules, { where: 'keyword', content: keyword }, mentions);
  }
  const given = categoryEvidence(rules, paper.categories ?? []);
  const assigned = new Map<number, TagAssignment>();
  for (const index of rules.order) {
    if (!mentions[index] && !given[index]) continue;
    const counted = countMentions(mentions[index] ?? [], (tag) => assigned.has(tag));
    const others = given[index] ?? [];
    const weight = sum(counted) + sum(others);
    if (weight < THRESHOLD - EPSILON) continue;
    const { slug } = rules.tags[index]!;
    const evidence = [...counted.map(inWords), ...others]
      .sort((a, b) => b.weight - a.weight)
      .slice(0, MAX_EVIDENCE)
      .map((item) => ({ ...item, weight: round(item.weight) }));
    assigned.set(index, { slug, weight: round(weight), evidence });
    for (const { tag, strength } of rules.implies[index]!) {
      const weight = WEIGHTS.implied[strength];
      addTo(given, tag, { words: slug, where: 'tag', weight });
    }
  }
  return [...assigned.values()].sort((a, b) => b.weight - a.weight || (a.slug < b.slug ? -1 : 1));
}

/** By tag, what the arXiv categories say for it; most tags have nothing. */
function categoryEvidence(rules: Rules, categories: readonly string[]): TagEvidence[][] {
  const given: TagEvidence[][] = [];
  [...new Set(categories)].forEach((category, place) => {
    for (const { tag, strength } of rules.categories.get(category) ?? []) {
      const weight = WEIGHTS.category[strength] * (place === 0 ? 1 : WEIGHTS.secondCategory);
      addTo(given, tag, { words: category, where: 'category', weight });
    }
  });
  return given;
}

function inWords({ mention: { text, from, to }, weight }: Counted): TagEvidence {
  const start = text.tokens[from]!.start;
  const end = text.tokens[to - 1]!.end;
  const words = text.content.slice(start, end);
  if (text.where === 'keyword') return { words, where: text.where, weight };
  return { words, where: text.where, weight, start, end };
}

function sum(items: readonly { weight: number }[]): number {
  return items.reduce((total, { weight }) => total + weight, 0);
}

function round(weight: number): number {
  return Math.round(weight * 100) / 100;
}
