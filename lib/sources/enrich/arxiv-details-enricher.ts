import type { Enricher } from '@/lib/sources/enrich/types';
import { fetchByArxivId } from '@/lib/sources/poll/atom-poller';

/** What arXiv itself says about papers that came from elsewhere. */
export const arxivDetails: Enricher = {
  atOnce: 100,
  onlyWithoutCategories: true,
  async *ask(papers, context) {
    yield* fetchByArxivId(
      context,
      papers.map(({ arxivId }) => arxivId),
    );
  },
};
