import { ATOM, atom } from './atom';
import { JSON_FEED, jsonFeed } from './json-feed';
import type { SyndicatedList } from './syndicated';

interface SyndicationFormat {
  mediaType: string;
  write(list: SyndicatedList): string;
}

/** By the name that stands in addresses: `/feeds/atom/new`. */
export const SYNDICATION_FORMATS: Readonly<Record<string, SyndicationFormat>> = {
  atom: { mediaType: ATOM, write: atom },
  json: { mediaType: JSON_FEED, write: jsonFeed },
};

/** How many papers a feed has. */
export const FEED_LENGTH = 50;

/** Seconds for which a feed reader need not ask again. */
export const FEED_MAX_AGE = 900;

/** The feed of the list at `path`, a path with its query. */
export function syndicationPath(format: 'atom' | 'json', path: string): string {
  return `/feeds/${format}${path === '/' ? '' : path}`;
}

/** How a page names the feeds of its list, for feed readers: `alternates.types` of its metadata. */
export function syndicationLinks(path: string, title: string) {
  return {
    'application/atom+xml': [{ url: syndicationPath('atom', path), title }],
    'application/feed+json': [
      { url: syndicationPath('json', path), title: `${title} (JSON Feed)` },
    ],
  };
}

/** Of pages without a list of their own. */
export const FRONT_FEED = syndicationLinks('/', 'Broadsheet: Trending papers');
