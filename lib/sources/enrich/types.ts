import type { ReadItem } from '@/lib/ingest/read-item';
import type { SourcesConfig } from '@/lib/sources/config';
import type { Transport } from '@/lib/sources/fetch/transport';

/** A paper that a service is to be asked about. */
export interface Asked {
  id: number;
  arxivId: string;
  title: string;
  codeUrl: string | null;
}

export interface EnrichContext {
  transport: Transport;
  config: SourcesConfig;
  now: Date;
  githubToken: string | null;
  semanticScholarKey: string | null;
}

/** What a service says about papers that are here, at most `atOnce` a call. */
export interface Enricher {
  atOnce: number;
  /** Only papers with a code repository there. */
  codeHost?: string;
  /** Only papers that lack what arXiv itself says. */
  onlyWithoutCategories?: boolean;
  ask(papers: readonly Asked[], context: EnrichContext): AsyncIterable<ReadItem>;
}
