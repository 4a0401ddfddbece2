import { escapeMarkup as x } from '@/lib/runtime/escape-markup';

export interface OpmlFeed {
  title: string;
  feedUrl: string;
  pageUrl: string;
}

/** Feeds as OPML 2.0, to be taken into a feed reader in one go. */
export function opml(title: string, feeds: readonly OpmlFeed[]): string {
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    '<opml version="2.0">',
    `<head><title>${x(title)}</title></head>`,
    '<body>',
    ...feeds.map(
      (feed) =>
        `<outline type="rss" text="${x(feed.title)}" title="${x(feed.title)}" xmlUrl="${x(feed.feedUrl)}" htmlUrl="${x(feed.pageUrl)}"/>`,
    ),
    '</body>',
    '</opml>',
    '',
  ].join('\n');
}
