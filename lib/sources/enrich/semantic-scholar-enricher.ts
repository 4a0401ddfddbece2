import { z } from 'zod';
import type { SignalReading } from '@/lib/papers/paper';
import type { Asked, Enricher } from '@/lib/sources/enrich/types';
import { wholeBody } from '@/lib/sources/fetch/request';
import { SourceError } from '@/lib/sources/poll/types';

const FIELDS = 'externalIds,citationCount,tldr';

const answer = z.array(
  z
    .object({
      citationCount: z.number().nullish(),
      tldr: z.object({ text: z.string().nullish() }).nullish(),
    })
    .nullable(),
);

const SHOWN = 80;

/** Citations and a one-sentence summary, by arXiv id. */
export const semanticScholar: Enricher = {
  atOnce: 500,
  async *ask(papers, { transport, config, now, semanticScholarKey }) {
    const { value } = await transport.get(
      `${config.addresses.semanticScholar}/paper/batch?fields=${FIELDS}`,
      {
        method: 'POST',
        body: JSON.stringify({ ids: papers.map(({ arxivId }) => `ARXIV:${arxivId}`) }),
        headers: {
          'content-type': 'application/json',
          ...(semanticScholarKey && { 'x-api-key': semanticScholarKey }),
        },
      },
      wholeBody,
    );
    yield* readSemanticScholar(value?.toString() ?? '', papers, now);
  },
};

/** The answer has one entry a question, in its order, null for a paper that is not known. */
function* readSemanticScholar(text: string, papers: readonly Asked[], now: Date) {
  const parsed = answer.safeParse(jsonIn(text));
  if (!parsed.success || parsed.data.length !== papers.length) {
    throw new SourceError(
      `Semantic Scholar answered in another shape than expected: ${JSON.stringify(text.slice(0, SHOWN))}`,
    );
  }
  for (const [i, entry] of parsed.data.entries()) {
    const paper = papers[i]!;
    if (!entry) continue;
    const signals: SignalReading[] = [];
    if (typeof entry.citationCount === 'number') {
      signals.push({ kind: 'citations', value: entry.citationCount, seenAt: now });
    }
    yield {
      kind: 'record' as const,
      at: `paper ${paper.arxivId}`,
      record: {
        source: 'semantic-scholar' as const,
        title: paper.title,
        arxivId: paper.arxivId,
        authors: [],
        categories: [],
        keywords: [],
        tldr: entry.tldr?.text ?? undefined,
        signals,
      },
    };
  }
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
