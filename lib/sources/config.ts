/** The shape of `settings.ts`, which holds the values. */

export const SOURCE_NAMES = ['arxiv-atom', 'arxiv-oai', 'arxiv-rss', 'daily-papers'] as const;
export type SourceName = (typeof SOURCE_NAMES)[number];

export const ENRICHER_NAMES = ['arxiv-details', 'semantic-scholar', 'github'] as const;
export type EnricherName = (typeof ENRICHER_NAMES)[number];

export interface SourcesConfig {
  categories: string[];
  firstDays: number;
  everyHours: Record<SourceName, number>;
  on: SourceName[];
  dailyPapersDays: number;
  enrichAtOnce: Record<EnricherName, number>;
  addresses: Record<
    'arxivQuery' | 'arxivOai' | 'arxivRss' | 'dailyPapers' | 'semanticScholar' | 'github',
    string
  >;
}

/** How a source is called on pages. */
export const SOURCE_LABELS: Record<SourceName, string> = {
  'arxiv-atom': 'arXiv, new submissions',
  'arxiv-oai': 'arXiv, revisions and withdrawals',
  'arxiv-rss': 'arXiv announcements',
  'daily-papers': 'Hugging Face daily papers',
};

export function isSourceName(name: string): name is SourceName {
  return (SOURCE_NAMES as readonly string[]).includes(name);
}
