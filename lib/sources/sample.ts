import { z } from 'zod';
import { type ModelDb, sql } from '@/lib/db/sql';
import type { ReadItem } from '@/lib/ingest/read-item';
import { ingest } from '@/lib/ingest/run';
import type { PaperRecord } from '@/lib/papers/paper';
import { enableSource, sourceStates } from '@/lib/sources/store';
import papers from '@/prisma/sample/papers.json';

const SAMPLE = 'sample';

/** Sources that speak of a sample paper only because it is here: its own text, and enrichers. */
const NO_CONFIRMATION = [SAMPLE, 'text', 'semantic-scholar', 'github'];

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

/** Loads the sample catalogue where there are no papers and it was not removed. Gives how many. */
export async function loadSampleIfEmpty(db: ModelDb, now: Date): Promise<number> {
  if ((await sourceStates(db)).get(SAMPLE)?.enabled === false) return 0;
  const [any] = await db.$queryRaw<unknown[]>(sql`select from paper limit 1`);
  return any ? 0 : loadSample(db, now);
}

/** Loads the sample catalogue, over whatever is there. */
export async function loadSample(db: ModelDb, now: Date): Promise<number> {
  await enableSource(db, SAMPLE, true);
  const report = await ingest(db, sampleItems(now), { now, source: SAMPLE });
  return report.new;
}

/** Removes the papers of which nothing but the sample has spoken, and keeps it from coming back. */
export async function removeSample(db: ModelDb): Promise<number> {
  await enableSource(db, SAMPLE, false);
  return db.$executeRaw(sql`
    delete from paper p
    where field_sources->>'title' = ${SAMPLE}
      and not exists (select from jsonb_each_text(field_sources) f
        where f.value <> all(${NO_CONFIRMATION}::text[]))
      and not exists (select from signal s
        where s.paper_id = p.id and s.source <> all(${NO_CONFIRMATION}::text[]))`);
}

async function* sampleItems(now: Date): AsyncGenerator<ReadItem> {
  for (const [i, paper] of samplePapers.parse(papers).entries()) {
    const publishedAt = new Date(`${paper.publishedAt}T00:00:00Z`);
    const signals = [
      { kind: 'upvotes' as const, value: paper.upvotes, seenAt: now },
      { kind: 'github-stars' as const, value: paper.githubStars, seenAt: now },
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
