import type { SyndicatedEntry, SyndicatedList } from './syndicated';

export const JSON_FEED = 'application/feed+json; charset=utf-8';

/** A JSON Feed 1.1 document. */
export function jsonFeed(list: SyndicatedList): string {
  const document = {
    version: 'https://jsonfeed.org/version/1.1',
    title: list.title,
    description: list.description,
    home_page_url: list.pageUrl,
    feed_url: list.selfUrl,
    language: 'en',
    authors: [{ name: 'Broadsheet', url: list.siteUrl }],
    items: list.entries.map(item),
  };
  return `${JSON.stringify(document)}\n`;
}

function item(entry: SyndicatedEntry) {
  return {
    id: entry.id,
    url: entry.url,
    external_url: entry.externalUrl,
    title: entry.title,
    content_html: entry.content,
    date_published: entry.published.toISOString(),
    date_modified: entry.updated.toISOString(),
    authors: entry.authors.map((name) => ({ name })),
    tags: [...entry.tags.map(({ name }) => name), ...entry.categories],
  };
}
