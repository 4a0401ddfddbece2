import { createReadStream, existsSync, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { createGunzip } from 'node:zlib';
import { type RisingPaper, risingTopics } from '@/lib/rising/detect';
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

const VERDICTS = fileURLToPath(new URL('../fixtures/rising-verdicts.json', import.meta.url));

interface Verdict {
  right: string[];
  /** With the reason. */
  wrong: Record<string, string>;
}

/** What stands over the threshold at moments of the past, by the verdicts of a reader; and the time it takes. */
export default async function rising(report: Report): Promise<void> {
  if (!existsSync(CORPUS)) return;
  const papers = await corpusPapers();
  const { verdicts } = JSON.parse(readFileSync(VERDICTS, 'utf8')) as {
    verdicts: Record<string, Verdict>;
  };
  let [right, judged] = [0, 0];
  for (const { asOf, days, before } of MOMENTS) {
    const { topics } = risingTopics(papers, { days, before }, new Date(`${asOf}T23:59:59Z`));
    const phrases = topics.map(({ phrase }) => phrase);
    const verdict = verdicts[asOf]!;
    const good = phrases.filter((phrase) => verdict.right.includes(phrase));
    const unknown = phrases.filter((phrase) => !good.includes(phrase) && !verdict.wrong[phrase]);
    right += good.length;
    judged += phrases.length - unknown.length;
    const share = round(good.length / Math.max(phrases.length - unknown.length, 1));
    report({
      figure: `topics that rose as of ${asOf}, ${days} days`,
      value: share,
      unit: `of ${phrases.length}`,
      reference: `not judged: ${unknown.join(', ') || 'none'}`,
      goal: asOf >= '2026' ? '>= 0.75' : 'none: see all',
      ok: asOf < '2026' || share >= 0.75,
    });
  }
  report({
    figure: 'topics that rose, all moments',
    value: round(right / judged),
    unit: `of ${judged}`,
    reference: 'one reader',
    goal: '>= 0.75',
    ok: right / judged >= 0.75,
  });
  // A year that holds all papers of the corpus, so that all are counted.
  const now = new Date('2026-06-30T23:59:59Z');
  const year = papers.map((paper, i) => ({
    ...paper,
    publishedAt: new Date(
      now.getTime() - ((i * 7919) % papers.length) * ((354 * 86_400_000) / papers.length) - 1,
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

const round = (value: number) => Math.round(value * 100) / 100;
