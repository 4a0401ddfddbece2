import { createReadStream, existsSync, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { createGunzip } from 'node:zlib';
import { DAY_MS } from '@/lib/calendar/days';
import { type RisingPaper, risingTopics, type Window } from '@/lib/rising/detect';
import { CORPUS } from './corpus';
import type { Report } from './figure';

/** The corpus by the days of its first versions: by its ids, since its dates are those of revisions. */
async function corpusPapers(): Promise<RisingPaper[]> {
  const papers: RisingPaper[] = [];
  for await (const line of createInterface({
    input: createReadStream(CORPUS).pipe(createGunzip()),
  })) {
    const { id, title, abstract, authors, categories, date } = JSON.parse(line);
    papers.push({
      id: papers.length + 1,
      title,
      abstract,
      authors,
      category: categories[0] ?? '',
      publishedAt: firstVersion(String(id), String(date)),
    });
  }
  return papers;
}

/** Its own date where that fits the month of the id, else the middle of that month. */
function firstVersion(id: string, date: string): Date {
  const month = /(\d\d)(\d\d)\./.exec(id);
  if (!month) return new Date(date);
  const named = `20${month[1]}-${month[2]}`;
  return new Date(date.startsWith(named) ? date : `${named}-15`);
}

const MOMENTS = [
  { asOf: '2017-12-31', days: 180, before: 730 },
  { asOf: '2019-12-31', days: 180, before: 730 },
  { asOf: '2025-10-31', days: 56, before: 150 },
  { asOf: '2025-12-31', days: 84, before: 200 },
  { asOf: '2026-03-31', days: 84, before: 270 },
  { asOf: '2026-06-30', days: 84, before: 270 },
  { asOf: '2026-06-30', days: 28, before: 270 },
];

interface Verdict {
  right: string[];
  /** With the reason. */
  wrong: Record<string, string>;
}
type Verdicts = Record<string, Verdict>;

/**
 * The verdicts of two readers on the same topics, and of a third on topics that they have not seen. Those but
 * the first give reasons for the right ones, too.
 */
function readVerdicts(): Record<'first' | 'second' | 'third', Verdicts> {
  const read = (name: string) => {
    const path = fileURLToPath(new URL(`../fixtures/${name}.json`, import.meta.url));
    const { verdicts } = JSON.parse(readFileSync(path, 'utf8')) as {
      verdicts: Record<string, { right: string[] | object; wrong: Record<string, string> }>;
    };
    return Object.fromEntries(
      Object.entries(verdicts).map(([asOf, { right, wrong }]) => [
        asOf,
        { right: Array.isArray(right) ? right : Object.keys(right), wrong },
      ]),
    );
  };
  return {
    first: read('rising-verdicts'),
    second: read('rising-verdicts-second'),
    third: read('rising-verdicts-third'),
  };
}

const isRight = ({ right }: Verdict, phrase: string) => right.includes(phrase);
const isJudged = (verdict: Verdict, phrase: string) =>
  isRight(verdict, phrase) || phrase in verdict.wrong;

/** What stands over the threshold at moments of the past, by the verdicts of two readers; and the time it takes. */
export default async function rising(report: Report): Promise<void> {
  if (!existsSync(CORPUS)) return;
  const papers = await corpusPapers();
  const { first, second, third } = readVerdicts();
  const sums = { judged: 0, first: 0, second: 0, both: 0, agreed: 0, single: 0, singleRight: 0 };
  for (const { asOf, days, before } of MOMENTS) {
    const { topics } = risingTopics(papers, { days, before }, endOf(asOf));
    const [one, other] = [first[asOf]!, second[asOf]!];
    const judged = topics
      .map(({ phrase }) => phrase)
      .filter((phrase) => isJudged(one, phrase) && isJudged(other, phrase));
    const rest = topics.map(({ phrase }) => phrase).filter((phrase) => !judged.includes(phrase));
    const alone = third[asOf] ?? { right: [], wrong: {} };
    const single = rest.filter((phrase) => isJudged(alone, phrase));
    const singleRight = single.filter((phrase) => isRight(alone, phrase));
    const unknown = rest.filter((phrase) => !single.includes(phrase));
    sums.single += single.length;
    sums.singleRight += singleRight.length;
    const right = {
      first: judged.filter((phrase) => isRight(one, phrase)).length,
      second: judged.filter((phrase) => isRight(other, phrase)).length,
    };
    sums.judged += judged.length;
    sums.first += right.first;
    sums.second += right.second;
    for (const phrase of judged) {
      const verdicts = [isRight(one, phrase), isRight(other, phrase)];
      if (verdicts.every(Boolean)) sums.both += 1;
      if (verdicts[0] === verdicts[1]) sums.agreed += 1;
    }
    const worst = Math.min(right.first, right.second) / Math.max(judged.length, 1);
    report({
      figure: `topics that rose as of ${asOf}, ${days} days`,
      value: round(worst),
      unit: `of ${judged.length}, by the stricter reader`,
      reference: `first ${right.first}, second ${right.second}; by the third alone ${singleRight.length} of ${single.length}; not judged: ${unknown.join(', ') || 'none'}`,
      goal: asOf >= '2026' ? '>= 0.75' : 'none: see all',
      ok: asOf < '2026' || worst >= 0.75,
    });
  }
  for (const reader of ['first', 'second'] as const) {
    const share = sums[reader] / sums.judged;
    report({
      figure: `topics that rose, all moments, ${reader} reader`,
      value: round(share),
      unit: `of ${sums.judged}`,
      reference: `right by both: ${sums.both}`,
      goal: '>= 0.75',
      ok: share >= 0.75,
    });
  }
  const all = sums.judged + sums.single;
  const strict = (sums.both + sums.singleRight) / all;
  report({
    figure: 'topics that rose, all moments, by both readers or the third alone',
    value: round(strict),
    unit: `of ${all}`,
    reference: `the third alone: ${sums.singleRight} of ${sums.single}, one reading each`,
    goal: '>= 0.75',
    ok: strict >= 0.75,
  });
  const rate = sums.agreed / sums.judged;
  const chance = [sums.first, sums.second].map((n) => n / sums.judged) as [number, number];
  const byChance = chance[0] * chance[1] + (1 - chance[0]) * (1 - chance[1]);
  report({
    figure: 'verdicts that both readers share',
    value: round(rate),
    unit: `of ${sums.judged}`,
    reference: `Cohen's kappa ${round((rate - byChance) / (1 - byChance))}`,
    goal: 'none: of the readers',
    ok: true,
  });
  for (const { asOf, days, before } of MOMENTS.filter(
    ({ asOf, days }) => asOf >= '2026' && days === 84,
  )) {
    reportMix(report, papers, { days, before }, asOf);
  }
  // A year that holds all papers of the corpus, so that all are counted.
  const now = new Date('2026-06-30T23:59:59Z');
  const year = papers.map((paper, i) => ({
    ...paper,
    publishedAt: new Date(
      now.getTime() - ((i * 7919) % papers.length) * ((354 * DAY_MS) / papers.length) - 1,
    ),
  }));
  const started = performance.now();
  risingTopics(year, { days: 28, before: 270 }, now);
  const seconds = (performance.now() - started) / 1_000;
  report({
    figure: `finding them among ${papers.length} papers of a year`,
    value: round(seconds),
    unit: 's',
    reference: 'in a process of its own; reading them comes on top',
    goal: '<= 40',
    ok: seconds <= 40,
  });
}

/** What a source that doubles the recent papers of one category moves over the threshold. */
function reportMix(
  report: Report,
  papers: readonly RisingPaper[],
  window: Window,
  asOf: string,
): void {
  const now = endOf(asOf);
  const start = now.getTime() - window.days * DAY_MS;
  const known = new Set(risingTopics(papers, window, now).topics.flatMap(({ keys }) => keys));
  const moved = DOUBLED.map((category) => {
    const copies = papers
      .filter((paper) => paper.category === category && paper.publishedAt.getTime() >= start)
      .map((paper) => ({
        ...paper,
        id: papers.length + paper.id,
        authors: paper.authors.map((name) => `Copy of ${name}`),
      }));
    const { topics } = risingTopics([...papers, ...copies], window, now);
    const fresh = topics.filter(({ keys }) => !keys.some((key) => known.has(key)));
    return { category, fresh: fresh.map(({ phrase }) => phrase) };
  });
  const most = Math.max(...moved.map(({ fresh }) => fresh.length));
  report({
    figure: `topics more where one category doubles, as of ${asOf}`,
    value: most,
    unit: `at most, of ${DOUBLED.length} categories`,
    reference: moved
      .map(({ category, fresh }) => `${category}: ${fresh.join(', ') || 'none'}`)
      .join('; '),
    goal: '<= 2',
    ok: most <= 2,
  });
}

const DOUBLED = ['cs.CV', 'cs.LG', 'cs.CL'];
const endOf = (asOf: string) => new Date(`${asOf}T23:59:59Z`);
const round = (value: number) => Math.round(value * 100) / 100;
