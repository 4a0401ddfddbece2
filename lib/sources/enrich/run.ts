import type { Db } from '@/lib/db/sql';
import { ENRICHER_NAMES, type EnricherName } from '@/lib/sources/config';
import { arxivDetails } from '@/lib/sources/enrich/arxiv-details';
import type { EnrichContext, Enricher } from '@/lib/sources/enrich/enricher';
import { github } from '@/lib/sources/enrich/github';
import { semanticScholar } from '@/lib/sources/enrich/semantic-scholar';
import { noteAsked, papersToAsk } from '@/lib/sources/enrich/store';
import { ingest } from '@/lib/sources/ingest';
import { OutOfTime } from '@/lib/sources/transport';

const ENRICHERS: Record<EnricherName, Enricher> = {
  'arxiv-details': arxivDetails,
  'semantic-scholar': semanticScholar,
  github,
};

export interface EnrichReport {
  asked: number;
  updated: number;
  problem?: string;
}

/** Asks each service about the papers that are due there, until `deadline`. One that fails spoils no other. */
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
  try {
    while (report.asked < most && Date.now() < context.deadline.getTime()) {
      const atOnce = Math.min(enricher.atOnce, most - report.asked);
      const papers = await papersToAsk(db, name, { ...enricher, atOnce }, context.now);
      if (papers.length === 0) break;
      const { updated } = await ingest(db, enricher.ask(papers, context), {
        now: context.now,
        source: name,
      });
      await noteAsked(
        db,
        name,
        papers.map(({ id }) => id),
        context.now,
      );
      report.asked += papers.length;
      report.updated += updated;
    }
  } catch (error) {
    report.problem = error instanceof OutOfTime ? 'out of time' : (error as Error).message;
  }
  return report;
}
