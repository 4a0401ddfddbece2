import {
  addTo,
  type Counted,
  countMentions,
  type Mention,
  readText,
  type Text,
} from '@/lib/tags/mentions';
import { MODEL_DATA, type Model, type ModelData, openModel, type Reading } from '@/lib/tags/model';
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
  /**
   * As they stand in the paper; the category or the slug where the evidence is one. Of the model, the words
   * that speak most for the tag.
   */
  words: string;
  where: 'title' | 'abstract' | 'category' | 'keyword' | 'tag' | 'model';
  weight: number;
  /** UTF-16 offsets [start, end) into the title or the abstract. */
  start?: number;
  end?: number;
}

export interface TagAssignment {
  slug: string;
  /** Sum of the evidence, at least `THRESHOLD`. */
  weight: number;
  /** Heaviest first, at most `MAX_EVIDENCE`; what the model added comes last. */
  evidence: TagEvidence[];
}

const MAX_EVIDENCE = 6;
const MODEL_WORDS = 3;
/** Sums of binary fractions miss a round threshold by less than this. */
const EPSILON = 1e-9;

/** Compiles a taxonomy once; throws where it names unknown tags or where tags need each other. */
export function compileTagger(
  tags: readonly Tag[],
  modelData: ModelData = MODEL_DATA,
): (paper: TaggableText) => TagAssignment[] {
  const model = openModel(modelData);
  const rules = compileRules(tags, model.term);
  const inModel = tags.map(({ slug }) => model.tag(slug));
  return (paper) => assign({ rules, model, inModel }, paper);
}

const tagWithTaxonomy = compileTagger(TAGS);

/** The tags whose definition fits what the paper is about, heaviest first, each with its evidence. */
export function tagPaper(paper: TaggableText): TagAssignment[] {
  return tagWithTaxonomy(paper);
}

interface Compiled {
  rules: Rules;
  model: Model;
  /** By tag, its number in the model. */
  inModel: readonly number[];
}

function assign({ rules, model, inModel }: Compiled, paper: TaggableText): TagAssignment[] {
  const mentions: Mention[][] = [];
  const title = readText(rules, { where: 'title', content: paper.title }, mentions);
  const abstract = readText(rules, { where: 'abstract', content: paper.abstract }, mentions);
  for (const keyword of paper.keywords ?? []) {
    readText(rules, { where: 'keyword', content: keyword }, mentions);
  }
  const texts = [title, abstract];
  let reading: Reading | null | undefined;
  const opinion: Opinion = (index) => {
    const tag = inModel[index]!;
    if (tag < 0) return NO_OPINION;
    if (reading === undefined) reading = model.read(texts.map(({ words }) => words));
    const read = reading;
    if (!read) return NO_OPINION;
    const { logit, most } = WEIGHTS.model;
    return {
      weight: Math.max(-most, Math.min(most, logit * read.logit(tag))),
      words: () => asTheyStand(read.strongest(tag, MODEL_WORDS), texts),
    };
  };
  const categories = paper.categories ?? [];
  const assigned = decide({ rules, mentions, categories, opinion });
  // The model may not leave a paper without a tag: there the rules decide alone.
  return assigned.length > 0
    ? assigned
    : decide({ rules, mentions, categories, opinion: () => NO_OPINION });
}

/** What the model adds to the evidence for a tag, or takes from it, and the words that it goes by. */
type Opinion = (tag: number) => { weight: number; words: () => string };

const NO_OPINION: ReturnType<Opinion> = { weight: 0, words: () => '' };

interface Found {
  rules: Rules;
  mentions: readonly Mention[][];
  categories: readonly string[];
  /** Asked only about tags for which it can decide. */
  opinion: Opinion;
}

function decide({ rules, mentions, categories, opinion }: Found): TagAssignment[] {
  const given = categoryEvidence(rules, categories);
  const assigned = new Map<number, TagAssignment>();
  for (const index of rules.order) {
    if (!mentions[index] && !given[index]) continue;
    const counted = countMentions(mentions[index] ?? [], (tag) => assigned.has(tag));
    const others = given[index] ?? [];
    const byRules = sum(counted) + sum(others);
    const isNear = Math.abs(byRules - THRESHOLD) <= WEIGHTS.model.most;
    const { weight: tip, words } = isNear ? opinion(index) : NO_OPINION;
    if (byRules + tip < THRESHOLD - EPSILON) continue;
    const { slug } = rules.tags[index]!;
    const evidence = [...counted.map(inWords), ...others]
      .sort((a, b) => b.weight - a.weight)
      .slice(0, MAX_EVIDENCE)
      .map((item) => ({ ...item, weight: round(item.weight) }));
    // Where the rules are enough, the model had only to agree.
    const added = byRules < THRESHOLD - EPSILON ? tip : 0;
    if (added > 0) evidence.push({ words: words(), where: 'model', weight: round(added) });
    assigned.set(index, { slug, weight: round(byRules + added), evidence });
    for (const { tag, strength } of rules.implies[index]!) {
      const weight = WEIGHTS.implied[strength];
      addTo(given, tag, { words: slug, where: 'tag', weight });
    }
  }
  return [...assigned.values()].sort((a, b) => b.weight - a.weight || (a.slug < b.slug ? -1 : 1));
}

/** Words that the model knows by number, each as it first stands in the texts. */
function asTheyStand(terms: readonly number[], texts: readonly Text[]): string {
  const spellings = terms.map((term) => {
    for (const { content, tokens, words } of texts) {
      const at = words.findIndex((word) => word.term === term);
      if (at >= 0) return content.slice(tokens[at]!.start, tokens[at]!.end);
    }
    throw new Error(`no text has the word ${term}`);
  });
  return spellings.join(', ');
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
