import { createReadStream, existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import { type RisingPaper, risingTopics } from '@/lib/rising/topics';
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

export default async function rising(report: Report): Promise<void> {
  if (!existsSync(CORPUS)) return;
  const papers = await corpusPapers();
  for (const { asOf, days, before } of MOMENTS) {
    const started = performance.now();
    const now = new Date(`${asOf}T23:59:59Z`);
    const found = await risingTopics(() => each(papers), { days, before }, now);
    console.log(
      asOf,
      days,
      found.recent,
      `${Math.round(performance.now() - started)} ms`,
      found.topics
        .map(
          (t) =>
            `${t.phrase} ${t.papers}/${t.before} x${t.growth.toFixed(1)} ${t.score.toFixed(0)}`,
        )
        .join(' | '),
    );
  }
}

async function* each(papers: readonly RisingPaper[]): AsyncGenerator<RisingPaper> {
  yield* papers;
}
