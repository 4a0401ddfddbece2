import type { PrismaClient } from '@/lib/db/generated/client';
import { ALL } from '@/lib/feed/list-terms';

interface Given {
  title: string;
  abstract?: string;
  authors?: string[];
  arxivId?: string;
  doi?: string;
  categories?: string[];
  publishedAt?: Date;
  codeUrl?: string;
  score?: number;
  tags?: string[];
}

let count = 0;

/** A stored paper with its score and tags; returns its id. Not yet indexed. */
export async function addPaper(db: PrismaClient, given: Given): Promise<number> {
  count += 1;
  const publishedAt = given.publishedAt ?? new Date(Date.UTC(2024, 0, 1 + (count % 300)));
  const score = given.score ?? count;
  const { id } = await db.paper.create({
    data: {
      title: given.title,
      abstract: given.abstract ?? '',
      titleKey: given.title.toLowerCase(),
      firstAuthorKey: '',
      authors: given.authors ?? ['Ada Lovelace'],
      categories: given.categories ?? ['cs.LG'],
      arxivId: given.arxivId ?? null,
      doi: given.doi ?? null,
      codeUrl: given.codeUrl ?? null,
      keywords: [],
      publishedAt,
      score: { create: { score, signal: 0, feedAt: publishedAt } },
      feedEntries: {
        create: { term: ALL, score, points: 0, feedAt: publishedAt, terms: [ALL], validFrom: 0 },
      },
      tags: { create: (given.tags ?? []).map((slug) => ({ slug, weight: 1 })) },
    },
  });
  return id;
}
