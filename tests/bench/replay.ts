/**
 * `node --import tsx tests/bench/replay.ts`: fills the empty database of `DATA_DIR` or `DATABASE_URL` with
 * 90 real days, moved so that the last of them is today. See tests/README.md.
 */
import { createReadStream, existsSync, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { createGunzip } from 'node:zlib';
import { DAY_MS, startOfDay } from '../../lib/calendar/days';
import { UsageError } from '../../lib/cli/command';
import { joinTarget } from '../../lib/cli/database';
import { day } from '../../lib/cli/day';
import { migrate } from '../../lib/db/migrate';
import { PlainDb } from '../../lib/db/plain';
import { type Db, sql } from '../../lib/db/sql';
import type { ReadItem } from '../../lib/ingest/read-item';
import { ingest } from '../../lib/ingest/run';
import type { PaperRecord, SignalReading } from '../../lib/papers/paper';

const DATA = new URL('../../../shared/data/', import.meta.url);
const CORPUS = fileURLToPath(new URL('corpus/arxiv-100k.jsonl.gz', DATA));
const UPVOTES = new URL('hf-daily/daily-upvotes.jsonl', DATA);
const SETTLED = new URL('hf-daily/early-and-settled-2025-10.jsonl', DATA);

/** The last day with early and settled counts. */
const UNTIL = new Date('2025-10-24T00:00:00Z');
const DAYS = 90;
/** When settled counts were read is not on record: a week after, counts hardly move. */
const SETTLED_AFTER_DAYS = 7;
/** The day of the archive that gives only settled counts. */
const SCRAPED = new Date('2024-11-15T00:00:00Z');

export interface Replay {
  /** The last day that is replayed. */
  until: Date;
  days: number;
  /** The moment whose day the last one becomes; the others move with it. */
  now: Date;
}

interface CorpusLine {
  id: string;
  title: string;
  abstract: string;
  authors: string[];
  date: string;
  categories: string[];
  code_url: string | null;
}

interface DailyLine {
  date: string;
  arxiv_id: string;
  upvotes?: number;
  upvotes_early?: number;
  upvotes_settled?: number | null;
  num_comments: number | null;
  github_stars: number | null;
  archive?: string;
}

/** The papers of the days, each with what daily papers said of it and when. */
export async function* replayItems({ until, days, now }: Replay): AsyncGenerator<ReadItem> {
  const from = new Date(until.getTime() - (days - 1) * DAY_MS);
  const end = new Date(until.getTime() + DAY_MS);
  const shift = startOfDay(now).getTime() - until.getTime();
  // What was read by the end of the last day counts as read just now.
  const moved = (date: Date) => new Date(Math.min(date.getTime() + shift, now.getTime()));
  const isReplayed = (date: Date) => date >= from && date < end;
  const daily = new Map<string, SignalReading[]>();
  for (const line of [...rows<DailyLine>(UPVOTES), ...rows<DailyLine>(SETTLED)]) {
    const listed = new Date(`${line.date}T00:00:00Z`);
    if (!isReplayed(listed)) continue;
    const readings = readingsOf(line, listed).filter(({ seenAt }) => seenAt <= end);
    daily.set(line.arxiv_id, [...(daily.get(line.arxiv_id) ?? []), ...readings]);
  }
  const lines = createInterface({ input: createReadStream(CORPUS).pipe(createGunzip()) });
  for await (const text of lines) {
    const line: CorpusLine = JSON.parse(text);
    const arxivId = line.id.replace('arxiv:', '');
    const publishedAt = new Date(`${line.date}T00:00:00Z`);
    const signals = daily.get(arxivId);
    if (!signals && !isReplayed(publishedAt)) continue;
    const { title, authors } = line;
    const record: PaperRecord = {
      source: 'arxiv-snapshot',
      title,
      abstract: line.abstract,
      authors,
      arxivId,
      categories: line.categories,
      keywords: [],
      publishedAt: moved(publishedAt),
      codeUrl: line.code_url ?? undefined,
      signals: [],
    };
    yield { kind: 'record', at: arxivId, record };
    if (!signals) continue;
    const told: PaperRecord = {
      source: 'daily-papers',
      title,
      authors,
      arxivId,
      categories: [],
      keywords: [],
      signals: signals.map((reading) => ({ ...reading, seenAt: moved(reading.seenAt) })),
    };
    yield { kind: 'record', at: arxivId, record: told };
  }
}

function readingsOf(line: DailyLine, listed: Date): SignalReading[] {
  const dayAfter = new Date(listed.getTime() + DAY_MS);
  const early = line.archive?.startsWith('BinChang') ? SCRAPED : dayAfter;
  const weekAfter = new Date(listed.getTime() + SETTLED_AFTER_DAYS * DAY_MS);
  const read = (kind: SignalReading['kind'], value: number | null | undefined, seenAt: Date) =>
    value == null ? [] : [{ kind, value, seenAt }];
  return [
    { kind: 'listed', value: 1, seenAt: listed },
    ...read('upvotes', line.upvotes ?? line.upvotes_early, early),
    ...read('comments', line.num_comments, early),
    ...read('github-stars', line.github_stars, early),
    ...read('upvotes', line.upvotes_settled, weekAfter),
  ];
}

function rows<Row>(file: URL): Row[] {
  const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean);
  return lines.map((line) => JSON.parse(line));
}

/** Whether the recordings are here. */
export function canReplay(): boolean {
  return [CORPUS, UPVOTES, SETTLED].every((file) => existsSync(file));
}

/** Fills an empty database. Gives the number of papers. */
export async function replay(db: Db, wanted: Replay): Promise<number> {
  const report = await ingest(db, replayItems(wanted), {
    now: wanted.now,
    source: 'replay',
  });
  return report.new;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      until: { type: 'string' },
      days: { type: 'string', default: String(DAYS) },
      now: { type: 'string' },
    },
  });
  if (!canReplay()) throw new UsageError('../shared/data is not here: there is nothing to replay.');
  const until = day(values.until, '--until') ?? UNTIL;
  const now = day(values.now, '--now') ?? new Date();
  const target = await joinTarget('replay');
  await migrate(target);
  const db = new PlainDb(target);
  try {
    const [any] = await db.$queryRaw<unknown[]>(sql`select from paper limit 1`);
    if (any) throw new UsageError('There are papers already: name an empty DATA_DIR.');
    const papers = await replay(db, { until, days: Number(values.days), now });
    console.log(
      `${papers} papers of ${values.days} days up to ${until.toISOString().slice(0, 10)}`,
    );
  } finally {
    await db.close();
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  main().catch((error) => {
    console.error(error instanceof UsageError ? error.message : error);
    process.exitCode = 1;
  });
}
