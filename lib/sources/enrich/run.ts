import type { Db } from '@/lib/db/sql';
import type { ReadItem } from '@/lib/ingest/read-item';
import { checkpoint } from '@/lib/ingest/read-item';
import { ingest } from '@/lib/ingest/run';
import { ENRICHER_NAMES, type EnricherName } from '@/lib/sources/config';
import { arxivDetails } from '@/lib/sources/enrich/arxiv-details-enricher';
import { github } from '@/lib/sources/enrich/github-enricher';
import { semanticScholar } from '@/lib/sources/enrich/semantic-scholar-enricher';
import { noteAsked, papersToAsk } from '@/lib/sources/enrich/store';
import type { Asked, EnrichContext, Enricher } from '@/lib/sources/enrich/types';
import { OutOfTime } from '@/lib/sources/fetch/transport';

const ENRICHERS: Record<EnricherName, Enricher> = {
  'arxiv-details': arxivDetails,
  'semantic-scholar': semanticScholar,
  github,
};

interface EnrichReport {
  asked: number;
  updated: number;
  problem?: string;
}

/** Asks each service about the papers that are due there. A service that fails does not stop the others. */
export async function enrichAll(
  db: Db,
  context: EnrichContext & { deadline: Date },
): Promise<Record<EnricherName, EnrichReport>> {
  const reports = {} as Record<EnricherName, EnrichReport>;
  for (const name of ENRICHER_NAMES) {
    reports[name] = await enrich(db, name, context.config.enrichAtOnce[name], context);
  }
  return reports;
}

async function enrich(
  db: Db,
  name: EnricherName,
  most: number,
  context: EnrichContext & { deadline: Date },
): Promise<EnrichReport> {
  const enricher = ENRICHERS[name];
  const report: EnrichReport = { asked: 0, updated: 0 };
  const nextPapers = async () => {
    const atOnce = Math.min(enricher.atOnce, most - report.asked);
    if (atOnce <= 0 || Date.now() >= context.deadline.getTime()) return [];
    return papersToAsk(db, name, { ...enricher, atOnce }, context.now);
  };
  async function* answers(first: Asked[]): AsyncGenerator<ReadItem> {
    for (let papers = first; papers.length > 0; papers = await nextPapers()) {
      yield* enricher.ask(papers, context);
      const ids = papers.map(({ id }) => id);
      yield checkpoint({}, async () => {
        await noteAsked(db, name, ids, context.now);
        report.asked += ids.length;
      });
    }
  }
  try {
    const first = await nextPapers();
    if (first.length === 0) return report;
    const { interrupted } = await ingest(db, answers(first), {
      now: context.now,
      source: name,
      stopsQuietlyOn: OutOfTime,
      onBatch: ({ updated }) => {
        report.updated = updated;
      },
    });
    if (interrupted) report.problem = 'out of time';
  } catch (error) {
    report.problem = (error as Error).message;
  }
  return report;
}
