import { z } from 'zod';
import { startOfDay } from '@/lib/calendar/days';
import { type ModelDb, sql } from '@/lib/db/sql';
import { bumpCatalogueVersion } from '@/lib/feed/catalogue-version';
import { rankPapers } from '@/lib/feed/rank';
import type { ReadItem } from '@/lib/ingest/read-item';
import { ingest } from '@/lib/ingest/run';
import type { PaperRecord } from '@/lib/papers/paper';
import { enableSource, sourceStates, updateSource } from '@/lib/sources/store';
import papers from '@/prisma/sample/papers.json';

const SAMPLE = 'sample';

/** Sources that speak of a sample paper only because it is here: its own text, and enrichers. */
const NO_CONFIRMATION = [SAMPLE, 'text', 'semantic-scholar', 'github'];

/** When the counts of the sample were read. */
const COUNTED_ON = new Date('2026-11-23T00:00:00Z');

const samplePapers = z.array(
  z.object({
    title: z.string(),
    arxivId: z.string().nullable(),
    authors: z.array(z.string()),
    publishedAt: z.string(),
    primaryCategory: z.string().nullable(),
    codeUrl: z.string().nullable(),
    upvotes: z.number().nullable(),
    githubStars: z.number().nullable(),
    /** Written for this project: shown as a summary until a source gives the abstract. */
    summary: z.string(),
  }),
);

/** What this installation has of the sample: a trending page, read when it was first loaded. */
export interface Sample {
  papers: number;
  listedOn: Date;
}

const loaded = z.object({ papers: z.number(), listedOn: z.coerce.date() });

/** The sample, while it is part of the catalogue; null once removed, or where it was never loaded. */
export async function sampleLoaded(db: ModelDb): Promise<Sample | null> {
  const state = (await sourceStates(db)).get(SAMPLE);
  return state?.enabled ? (loaded.safeParse(state.cursor).data ?? null) : null;
}

/** Loads the sample catalogue where there are no papers and it was not removed. Gives how many. */
export async function loadSampleIfEmpty(db: ModelDb, now: Date): Promise<number> {
  if ((await sourceStates(db)).get(SAMPLE)?.enabled === false) return 0;
  const [any] = await db.$queryRaw<unknown[]>(sql`select from paper limit 1`);
  return any ? 0 : loadSample(db, now);
}

/** Loads the sample catalogue, over whatever is there. It stays listed on the day of the first time. */
export async function loadSample(db: ModelDb, now: Date): Promise<number> {
  const listedOn = (await sampleLoaded(db))?.listedOn ?? startOfDay(now);
  const report = await ingest(db, sampleItems(listedOn), { now, source: SAMPLE });
  await enableSource(db, SAMPLE, true);
  const cursor = { papers: papers.length, listedOn: listedOn.toISOString() };
  await updateSource(db, SAMPLE, { cursor });
  return report.new;
}

/**
 * Removes the papers of which nothing but the sample has spoken, and the sample's listing of the others,
 * and keeps it from coming back.
 */
export async function removeSample(db: ModelDb, now: Date): Promise<number> {
  await enableSource(db, SAMPLE, false);
  const listed = await db.$queryRaw<{ id: number }[]>(sql`
    delete from signal where source = ${SAMPLE} and kind = 'listing-place'
    returning paper_id as id`);
  const gone = await db.$queryRaw<{ id: number }[]>(sql`
    update paper p set hidden_at = ${now}
    where field_sources->>'title' = ${SAMPLE}
      and not exists (select from jsonb_each_text(field_sources) f
        where f.value <> all(${NO_CONFIRMATION}::text[]))
      and not exists (select from signal s
        where s.paper_id = p.id and s.source <> all(${NO_CONFIRMATION}::text[]))
    returning id`);
  const ids = (rows: readonly { id: number }[]) => rows.map(({ id }) => id);
  // Ranked while they are hidden, so that they leave the feeds and their counts before they go.
  await rankPapers(db, [...new Set([...ids(listed), ...ids(gone)])], now);
  await db.$executeRaw(sql`delete from paper where id = any(${ids(gone)}::int[])`);
  await bumpCatalogueVersion(db);
  return gone.length;
}

async function* sampleItems(listedOn: Date): AsyncGenerator<ReadItem> {
  for (const [i, paper] of samplePapers.parse(papers).entries()) {
    const publishedAt = new Date(`${paper.publishedAt}T00:00:00Z`);
    const signals = [
      { kind: 'listing-place' as const, value: i + 1, seenAt: listedOn },
      { kind: 'upvotes' as const, value: paper.upvotes, seenAt: COUNTED_ON },
      { kind: 'github-stars' as const, value: paper.githubStars, seenAt: COUNTED_ON },
    ].flatMap(({ value, ...reading }) => (value === null ? [] : [{ ...reading, value }]));
    const record: PaperRecord = {
      source: SAMPLE,
      title: paper.title,
      abstract: paper.summary,
      authors: paper.authors,
      arxivId: paper.arxivId ?? undefined,
      categories: paper.primaryCategory === null ? [] : [paper.primaryCategory],
      keywords: [],
      publishedAt,
      codeUrl: paper.codeUrl ?? undefined,
      signals,
    };
    yield { kind: 'record', at: `sample paper ${i + 1}`, record };
  }
}
