import { createReadStream, existsSync, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { createGunzip } from 'node:zlib';
import { compileTagger, type TaggableText, tagPaper } from '@/lib/tags/tagger';
import { TAGS } from '@/lib/tags/taxonomy';
import { NO_MODEL } from '../fixtures/tag-model';
import type { Report } from './figure';
import {
  agreement,
  combine,
  JOINS,
  type Labels,
  listingPapers,
  loadLabels,
  scoreTag,
  scoreTags,
} from './tag-scores';

const DATA = fileURLToPath(new URL('../../../shared/data', import.meta.url));
const CORPUS = `${DATA}/corpus/arxiv-100k.jsonl.gz`;
const KEYWORDS = `${DATA}/keywords/author-keywords.jsonl`;
const LISTING = `${DATA}/listing/trending-page.txt`;
const SPEED_SAMPLE = 10_000;

/** Tags against labels made by reading, against authors' keywords, and how fast. */
export default async function tags(report: Report): Promise<void> {
  if (!existsSync(CORPUS) || !existsSync(KEYWORDS) || !existsSync(LISTING)) {
    console.error('tags: needs ../shared/data/corpus, keywords and listing; nothing measured');
    return;
  }
  const sets = ['held-out', 'tuning', 'subjects-held-out', 'subjects-tuning'].map(
    (name) => [name, loadLabels(`labels-${name}`)] as const,
  );
  const sample: TaggableText[] = [];
  const labelled = new Map<string, TaggableText>();
  for await (const paper of corpus()) {
    if (sample.length < SPEED_SAMPLE) sample.push(paper);
    if (sets.some(([, labels]) => labels.has(paper.id))) labelled.set(paper.id, paper);
  }

  for (const [name, labels] of sets) {
    const goals: Readonly<Record<string, number>> = GOALS[name] ?? {};
    const isOfSubjects = name.startsWith('subjects');
    const assigned = assignAll(labels, labelled);
    const scores = scoreTags(isOfSubjects ? assigned : onlyFirst(assigned), labels);
    const said = [...labels].filter(([id, slugs]) =>
      slugs.some((slug) => assigned.get(id)!.includes(slug)),
    );
    const { tags: count, ...measures } = scores;
    for (const [measure, value] of Object.entries({
      ...measures,
      ...(isOfSubjects && { covered: said.length / labels.size }),
    })) {
      const goal = goals[measure];
      report({
        figure: `${FIGURES[measure] ?? measure}, labels ${name}`,
        value: round(value),
        unit: '',
        reference: `${labels.size} papers labelled by reading, ${count} tags`,
        goal: goal === undefined ? 'none' : `>= ${goal}`,
        ok: goal === undefined || value >= goal,
      });
    }
  }
  reportReaders(report, labelled);
  reportSpread(report, sample);

  const listing = listingPapers(readFileSync(LISTING, 'utf8'));
  for (const [slug, titles] of loadLabels('labels-listing')) {
    const f1 = scoreTag(listing.map((paper) => [has(paper, slug), titles.includes(paper.title)]));
    report({
      figure: `F1 of ${slug} on the listing`,
      value: round(f1),
      unit: '',
      reference: `${listing.length} papers, ${titles.length} with the tag`,
      goal: '>= 0.9',
      ok: f1 >= 0.9,
    });
  }

  reportKeywords(report);
  reportSpeed(report, sample);
}

/**
 * Goals for the labels that nothing was tuned on. The older labels know the first 58 tags alone, so
 * they say nothing about the others.
 */
const GOALS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  'held-out': { precision: 0.82, micro: 0.8, macro: 0.72 },
  'subjects-held-out': { covered: 0.85 },
};
const FIGURES: Readonly<Record<string, string>> = {
  micro: 'micro-F1',
  macro: 'macro-F1',
  covered: 'papers with a tag that a reader gave them',
};
const FIRST_TAGS = new Set([...loadLabels('labels-tuning').values()].flat());

function onlyFirst(assigned: Labels): Labels {
  return new Map(
    [...assigned].map(([id, slugs]) => [id, slugs.filter((slug) => FIRST_TAGS.has(slug))]),
  );
}

/** The labels of subjects once more, read by two readers apart, and the tagger by what each of them said. */
function reportReaders(report: Report, papers: ReadonlyMap<string, TaggableText>): void {
  const read = loadLabels('labels-subjects-second');
  const halves = ['held-out', 'tuning'].map((half) => [
    half,
    loadLabels(`labels-subjects-${half}`),
  ]) as [string, Labels][];
  const all = new Map(halves.flatMap(([, labels]) => [...labels]));
  const { f1, kappa, same, none } = agreement(all, read, TAGS.length);
  report({
    figure: "F1 of one reader's tags by the other's",
    value: round(f1),
    unit: '',
    reference: `${all.size} papers, ${same} with the same tags, ${none} with no tag in common; Cohen's kappa ${round(kappa)}`,
    goal: 'none: of the readers',
    ok: true,
  });
  for (const [half, first] of halves) {
    const assigned = assignAll(first, papers);
    const second = new Map([...first.keys()].map((id) => [id, read.get(id)!]));
    const readings = {
      'the first reader': first,
      'the second reader': second,
      'both readers': combine(first, second, JOINS.both),
      'either reader': combine(first, second, JOINS.either),
    };
    for (const [reader, labels] of Object.entries(readings)) {
      const { micro, precision, recall } = scoreTags(assigned, labels);
      const covered = [...labels].filter(([id, slugs]) =>
        slugs.some((slug) => assigned.get(id)!.includes(slug)),
      ).length;
      report({
        figure: `micro-F1, subjects ${half}, tags by ${reader}`,
        value: round(micro),
        unit: '',
        reference: `precision ${round(precision)}, recall ${round(recall)}; ${covered} of ${labels.size} papers have one of the tags`,
        goal: 'none',
        ok: true,
      });
    }
  }
}

/** How many papers have a tag at all, and how large the largest tag is. */
function reportSpread(report: Report, sample: readonly TaggableText[]): void {
  const ofComputing = sample.filter(({ categories }) => /^(cs|stat|eess)\./.test(categories![0]!));
  const papers = new Map<string, number>();
  let tagged = 0;
  for (const paper of ofComputing) {
    const tags = tagPaper(paper);
    if (tags.length > 0) tagged += 1;
    for (const { slug } of tags) papers.set(slug, (papers.get(slug) ?? 0) + 1);
  }
  const [largest, count] = [...papers].sort((a, b) => b[1] - a[1])[0]!;
  const reference = `${ofComputing.length} papers of cs, stat and eess`;
  report({
    figure: 'papers with a tag',
    value: round(tagged / ofComputing.length),
    unit: '',
    reference,
    goal: 'none',
    ok: true,
  });
  const share = count / ofComputing.length;
  report({
    figure: `papers with the largest tag, ${largest}`,
    value: round(share),
    unit: '',
    reference,
    goal: '<= 0.15',
    ok: share <= 0.15,
  });
}

function has(paper: TaggableText, slug: string): boolean {
  return tagPaper(paper).some((tag) => tag.slug === slug);
}

function assignAll(labels: Labels, papers: ReadonlyMap<string, TaggableText>): Labels {
  return new Map(
    [...labels.keys()].map((id) => {
      const paper = papers.get(id);
      if (!paper) throw new Error(`the corpus has no paper ${id}`);
      return [id, tagPaper(paper).map(({ slug }) => slug)];
    }),
  );
}

/**
 * An independent view: where an author's keyword is the name of a tag, the tag should be found in
 * title and abstract alone.
 */
function reportKeywords(report: Report): void {
  const slugByName = new Map(TAGS.map(({ slug, name }) => [plain(name), slug]));
  let asked = 0;
  let found = 0;
  for (const line of readFileSync(KEYWORDS, 'utf8').split('\n').filter(Boolean)) {
    const { title, abstract, keywords } = JSON.parse(line) as TaggableText & { keywords: string[] };
    const named = keywords.flatMap((keyword) =>
      keyword.split(/[:;,]/).flatMap((part) => slugByName.get(plain(part)) ?? []),
    );
    const wanted = new Set(named);
    if (wanted.size === 0) continue;
    const tags = new Set(tagPaper({ title, abstract }).map(({ slug }) => slug));
    asked += wanted.size;
    for (const slug of wanted) if (tags.has(slug)) found += 1;
  }
  report({
    figure: "recall of authors' keywords that name a tag",
    value: round(found / asked),
    unit: '',
    reference: `${asked} keywords; the text alone was read`,
    goal: 'none',
    ok: true,
  });
}

function plain(words: string): string {
  return words
    .toLowerCase()
    .replaceAll(/[^a-z]+/g, ' ')
    .trim();
}

/** In turns with the rules alone, because a busy machine slows both. */
function reportSpeed(report: Report, sample: readonly TaggableText[]): void {
  const byRules = compileTagger(TAGS, NO_MODEL);
  const seconds = { tagger: 0, rules: 0 };
  for (const tag of [tagPaper, byRules]) secondsFor(sample.slice(0, 1000), tag);
  for (let at = 0; at < sample.length; at += 1000) {
    const part = sample.slice(at, at + 1000);
    seconds.tagger += secondsFor(part, tagPaper);
    seconds.rules += secondsFor(part, byRules);
  }
  const rate = sample.length / seconds.tagger;
  const reference = `${sample.length} abstracts of the corpus, CPU time`;
  report({
    figure: 'abstracts tagged in a second of one core',
    value: Math.round(rate),
    unit: '/s',
    reference,
    goal: '>= 5000',
    ok: rate >= 5000,
  });
  const share = seconds.rules / seconds.tagger;
  report({
    figure: 'the same, of the speed of the rules alone',
    value: round(share),
    unit: '',
    reference,
    goal: '>= 0.85',
    ok: share >= 0.85,
  });
}

function secondsFor(papers: readonly TaggableText[], tag: (paper: TaggableText) => unknown) {
  const startedAt = process.cpuUsage();
  for (const paper of papers) tag(paper);
  const { user, system } = process.cpuUsage(startedAt);
  return (user + system) / 1e6;
}

async function* corpus(): AsyncGenerator<TaggableText & { id: string }> {
  const lines = createInterface({ input: createReadStream(CORPUS).pipe(createGunzip()) });
  for await (const line of lines) yield JSON.parse(line);
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
