import { CUES, type Cue } from '@/lib/tags/cues';
import { compileMatcher, type Match } from '@/lib/tags/matcher';
import { type Token, tokenize } from '@/lib/tags/tokens';
import { type Strength, TAGS, type Tag } from '@/lib/tags/vocabulary';

/** What the tagger reads of a paper. */
export interface TaggableText {
  title: string;
  abstract: string;
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
  /** Sum of the evidence; at least `THRESHOLD`. */
  weight: number;
  /** Heaviest first, at most `MAX_EVIDENCE`. */
  evidence: TagEvidence[];
}

/** A tag is assigned when its evidence adds up to this. */
export const THRESHOLD = 1;
const MAX_EVIDENCE = 6;

/**
 * The weights of the rules. A `sure` wording in the paper's own words reaches the threshold alone;
 * the same in a sentence about the field does not, and neither do hints however many.
 */
export const WEIGHTS = {
  strength: { sure: 0.95, strong: 0.55, fair: 0.32, hint: 0.1, title: 0.48 },
  /** All hints of a tag together. */
  hints: 0.2,
  place: { title: 2.1, own: 1.1, plain: 0.95, field: 0.35, keyword: 1 },
  avoided: 0,
  example: 0.35,
  /** The second, third, … time that the same wording counts. */
  repeat: [1, 0.45, 0.25, 0.15],
  category: { sure: 1, strong: 0.8, fair: 0.5, hint: 0.25 },
  implied: { sure: 1, strong: 0.8, fair: 0.5, hint: 0.25 },
} as const;

interface Wording {
  tag: number;
  id: number;
  kind: Strength | 'title' | 'not';
  /** Index of the tag that must be assigned for this wording to count, or -1. */
  needs: number;
}

interface Rules {
  tags: readonly Tag[];
  indexOf: ReadonlyMap<string, number>;
  /** Indexes of the tags such that what a tag depends on comes before it. */
  order: number[];
  match(tokens: readonly Token[]): Match<Wording | Cue>[];
}

/** Compiles a vocabulary once; throws where it names unknown tags or where tags need each other. */
export function compileTagger(tags: readonly Tag[]): (paper: TaggableText) => TagAssignment[] {
  const rules = compileRules(tags);
  return (paper) => assign(rules, paper);
}

function compileRules(tags: readonly Tag[]): Rules {
  const indexOf = new Map(tags.map((tag, index) => [tag.slug, index]));
  const lookUp = (slug: string, by: Tag) => {
    const index = indexOf.get(slug);
    if (index === undefined) throw new Error(`tag "${by.slug}" names the unknown tag "${slug}"`);
    return index;
  };
  const wordings: { wording: string; value: Wording | Cue }[] = [];
  const dependsOn: Set<number>[] = tags.map(() => new Set());
  let id = 0;
  tags.forEach((tag, index) => {
    const add = (list: readonly string[], kind: Wording['kind'], needs: number) => {
      for (const wording of list) {
        wordings.push({ wording, value: { tag: index, id, kind, needs } });
        id += 1;
      }
    };
    for (const kind of ['sure', 'strong', 'fair', 'hint', 'title', 'not'] as const)
      add(tag[kind], kind, -1);
    for (const [slug, list] of Object.entries(tag.with)) {
      const needs = lookUp(slug, tag);
      dependsOn[index]!.add(needs);
      add(list, 'fair', needs);
    }
    for (const slug of Object.keys(tag.implies)) dependsOn[lookUp(slug, tag)]!.add(index);
  });
  for (const [cue, list] of Object.entries(CUES)) {
    for (const wording of list) wordings.push({ wording, value: cue as Cue });
  }
  return {
    tags,
    indexOf,
    order: sortByDependence(tags, dependsOn),
    match: compileMatcher(wordings).match,
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

interface Mention {
  wording: Wording;
  from: number;
  to: number;
  weight: number;
  evidence: TagEvidence;
}

function assign(rules: Rules, paper: TaggableText): TagAssignment[] {
  const mentions: Mention[][] = rules.tags.map(() => []);
  readText(rules, paper.title, 'title', 0, mentions);
  readText(rules, paper.abstract, 'abstract', 1_000_000, mentions);
  (paper.keywords ?? []).forEach((keyword, index) => {
    readText(rules, keyword, 'keyword', 2_000_000 + index * 1000, mentions);
  });

  const given: TagEvidence[][] = rules.tags.map(() => []);
  const categories = new Set(paper.categories ?? []);
  const assigned = new Map<number, TagAssignment>();
  for (const index of rules.order) {
    const tag = rules.tags[index]!;
    const evidence = [
      ...weigh(mentions[index]!, (needs) => needs < 0 || assigned.has(needs)),
      ...given[index]!,
    ];
    for (const [category, strength] of Object.entries(tag.categories)) {
      if (categories.has(category)) {
        evidence.push({
          words: category,
          where: 'category',
          weight: WEIGHTS.category[strength] * (paper.categories?.[0] === category ? 1 : 0.5),
        });
      }
    }
    if (evidence.length === 0) continue;
    const weight = evidence.reduce((sum, item) => sum + item.weight, 0);
    if (weight < THRESHOLD - 1e-9) continue;
    assigned.set(index, {
      slug: tag.slug,
      weight: round(weight),
      evidence: evidence
        .sort((a, b) => b.weight - a.weight)
        .slice(0, MAX_EVIDENCE)
        .map((item) => ({ ...item, weight: round(item.weight) })),
    });
    for (const [slug, strength] of Object.entries(tag.implies)) {
      given[rules.indexOf.get(slug)!]!.push({
        words: tag.slug,
        where: 'tag',
        weight: WEIGHTS.implied[strength],
      });
    }
  }
  return [...assigned.values()].sort((a, b) => b.weight - a.weight || (a.slug < b.slug ? -1 : 1));
}

function round(weight: number): number {
  return Math.round(weight * 100) / 100;
}

/** Finds every wording in a text; `offset` keeps the places of different texts apart. */
function readText(
  rules: Rules,
  text: string,
  where: 'title' | 'abstract' | 'keyword',
  offset: number,
  mentions: Mention[][],
): void {
  const tokens = tokenize(text);
  if (tokens.length === 0) return;
  const matches = rules.match(tokens);
  const context = where === 'abstract' ? readContext(tokens, matches) : null;
  for (const { from, to, value } of matches) {
    if (typeof value === 'string' || (value.kind === 'title' && where !== 'title')) continue;
    const place = context ? context.place(from) : WEIGHTS.place[where as 'title' | 'keyword'];
    const weight =
      value.kind === 'not'
        ? 0
        : WEIGHTS.strength[value.kind] * place * (context ? context.role(from) : 1);
    const start = tokens[from]!.start;
    const end = tokens[to - 1]!.end;
    mentions[value.tag]!.push({
      wording: value,
      from: offset + from,
      to: offset + to,
      weight,
      evidence: {
        words: text.slice(start, end),
        where,
        weight,
        ...(where === 'keyword' ? {} : { start, end }),
      },
    });
  }
}

/**
 * How many words may stand between a cue and the mention that it speaks about; for `field`, between
 * the start of the sentence and the cue ("Existing methods …", not "… outperforms existing methods").
 */
const REACH = { avoided: 2, example: 12, field: 8 };

function placeInSentence(tokens: readonly Token[], index: number): number {
  let start = index;
  while (start > 0 && tokens[start - 1]!.sentence === tokens[index]!.sentence) start -= 1;
  return index - start;
}

function readContext(tokens: readonly Token[], matches: readonly Match<Wording | Cue>[]) {
  const sentences = tokens[tokens.length - 1]!.sentence + 1;
  const own = new Uint8Array(sentences);
  const field = new Uint8Array(sentences);
  const avoidedEnds: number[] = [];
  const exampleEnds: number[] = [];
  for (const { from, to, value } of matches) {
    if (value === 'own') own[tokens[from]!.sentence] = 1;
    else if (value === 'field') {
      if (placeInSentence(tokens, from) < REACH.field) field[tokens[from]!.sentence] = 1;
    } else if (value === 'avoided') avoidedEnds.push(to);
    else if (value === 'example') exampleEnds.push(to);
  }
  const near = (ends: readonly number[], from: number, reach: number) =>
    ends.some(
      (end) =>
        end <= from && from - end <= reach && tokens[end - 1]!.sentence === tokens[from]!.sentence,
    );
  return {
    place(from: number): number {
      const sentence = tokens[from]!.sentence;
      if (own[sentence]) return WEIGHTS.place.own;
      return field[sentence] ? WEIGHTS.place.field : WEIGHTS.place.plain;
    },
    role(from: number): number {
      if (near(avoidedEnds, from, REACH.avoided)) return WEIGHTS.avoided;
      return near(exampleEnds, from, REACH.example) ? WEIGHTS.example : 1;
    },
  };
}

/**
 * The evidence that the mentions of one tag add up to. Of mentions that overlap the longest counts,
 * so that a `not` wording takes the words inside it away; the same wording again counts for less.
 */
function weigh(mentions: Mention[], counts: (needs: number) => boolean): TagEvidence[] {
  if (mentions.length === 0) return [];
  const ordered = mentions
    .filter(({ wording }) => counts(wording.needs))
    .sort((a, b) => b.to - b.from - (a.to - a.from) || b.weight - a.weight || a.from - b.from);
  const taken: Mention[] = [];
  for (const mention of ordered) {
    const over = taken.find((other) => mention.from < other.to && other.from < mention.to);
    if (!over) taken.push({ ...mention });
    // A longer wording is worth at least what stands inside it.
    else if (over.wording.kind !== 'not') over.weight = Math.max(over.weight, mention.weight);
  }
  const ends = new Set(taken.map(({ to }) => to));
  taken.sort((a, b) => b.weight - a.weight || a.from - b.from);
  const times = new Map<number, number>();
  const evidence: TagEvidence[] = [];
  let hints = 0;
  for (const { wording, evidence: item, weight: full, from } of taken) {
    // "large language models (LLMs)" is one mention, not two.
    if (wording.kind === 'not' || full === 0 || ends.has(from)) continue;
    const time = times.get(wording.id) ?? 0;
    times.set(wording.id, time + 1);
    let weight = full * (WEIGHTS.repeat[time] ?? 0);
    if (wording.kind === 'hint') {
      weight = Math.min(weight, WEIGHTS.hints - hints);
      hints += weight;
    }
    if (weight > 0) evidence.push({ ...item, weight });
  }
  return evidence;
}

const tagWithVocabulary = compileTagger(TAGS);

/** The tags whose definition fits what the paper is about, heaviest first, each with its evidence. */
export function tagPaper(paper: TaggableText): TagAssignment[] {
  return tagWithVocabulary(paper);
}
