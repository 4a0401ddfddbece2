import type { SourcesConfig } from '@/lib/sources/config';

/** Which papers are fetched, and how often. `npm run cli -- sources on` turns the sources on. */
const config: SourcesConfig = {
  /** arXiv categories, as in https://arxiv.org/category_taxonomy. */
  categories: ['cs.CL', 'cs.LG', 'cs.AI', 'cs.CV', 'stat.ML'],

  /** How far back the first poll of a source looks. */
  firstDays: 7,

  /** Hours between polls. arXiv announces once a day and asks not to repeat a query within a day. */
  everyHours: {
    /** New submissions, by arXiv's query interface. */
    'arxiv-atom': 24,
    /** Everything that changed, revisions and withdrawals too, by OAI-PMH. */
    'arxiv-oai': 24,
    /** The day's announcements. Says the same as the other two, a little earlier. */
    'arxiv-rss': 6,
    /** Hugging Face daily papers, with upvotes, of the last days. */
    'daily-papers': 3,
  },

  /** What `sources on` turns on when no name is given. */
  on: ['arxiv-atom', 'arxiv-oai', 'daily-papers'],

  /** Days for which daily papers are asked again: their upvotes still move. */
  dailyPapersDays: 14,

  /** Papers asked about in one call of the enrich job, per service. */
  enrichAtOnce: { 'arxiv-details': 500, 'semantic-scholar': 1500, github: 200 },

  /** Where the services are; a mirror may stand in. */
  addresses: {
    arxivQuery: 'https://export.arxiv.org/api/query',
    arxivOai: 'https://oaipmh.arxiv.org/oai',
    arxivRss: 'https://rss.arxiv.org/atom',
    dailyPapers: 'https://huggingface.co/api/daily_papers',
    semanticScholar: 'https://api.semanticscholar.org/graph/v1',
    github: 'https://api.github.com',
  },
};

export default config;
