import { escapeMarkup } from '@/lib/runtime/escape-markup';
import { linkParagraph, type SyndicatedList, type SyndicatedPaper, syndicated } from './syndicated';

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
    items: list.papers.map((paper) => item(syndicated(paper, list.siteUrl))),
  };
  return `${JSON.stringify(document)}\n`;
}

function item(paper: SyndicatedPaper) {
  const paragraphs = paper.paragraphs.map((text) => `<p>${escapeMarkup(text)}</p>`);
  return {
    id: paper.url,
    url: paper.url,
    external_url: paper.links[0]?.url,
    title: paper.title,
    // An item must have content, and a paper may have no abstract yet.
    content_html:
      (paragraphs.join('') || `<p>${escapeMarkup(paper.title)}</p>`) + linkParagraph(paper.links),
    date_published: paper.published.toISOString(),
    date_modified: paper.updated.toISOString(),
    authors: paper.authors.map((name) => ({ name })),
    tags: [...paper.tags.map(({ name }) => name), ...paper.categories],
  };
}
