import { escapeMarkup as x } from '@/lib/runtime/escape-markup';
import {
  latestChange,
  linkParagraph,
  type SyndicatedList,
  type SyndicatedPaper,
  syndicated,
} from './syndicated';

export const ATOM = 'application/atom+xml; charset=utf-8';

/** An Atom 1.0 document (RFC 4287). */
export function atom(list: SyndicatedList): string {
  const papers = list.papers.map((paper) => syndicated(paper, list.siteUrl));
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">',
    `<id>${x(list.selfUrl)}</id>`,
    `<title>${x(list.title)}</title>`,
    `<subtitle>${x(list.description)}</subtitle>`,
    `<updated>${latestChange(list.papers).toISOString()}</updated>`,
    `<link rel="self" type="application/atom+xml" href="${x(list.selfUrl)}"/>`,
    `<link rel="alternate" type="text/html" href="${x(list.pageUrl)}"/>`,
    `<author><name>Broadsheet</name><uri>${x(list.siteUrl)}</uri></author>`,
    ...papers.map((paper) => entry(paper, list.siteUrl)),
    '</feed>',
    '',
  ].join('\n');
}

function entry(paper: SyndicatedPaper, siteUrl: string): string {
  const text = paper.paragraphs.map((paragraph) => `<p>${x(paragraph)}</p>`).join('');
  const html = text + linkParagraph(paper.links);
  return [
    '<entry>',
    `<id>${x(paper.url)}</id>`,
    `<title>${x(paper.title)}</title>`,
    `<link rel="alternate" type="text/html" href="${x(paper.url)}"/>`,
    ...paper.links.map(
      ({ name, url, type }) =>
        `<link rel="related" type="${type}" title="${x(name)}" href="${x(url)}"/>`,
    ),
    `<published>${paper.published.toISOString()}</published>`,
    `<updated>${paper.updated.toISOString()}</updated>`,
    ...paper.authors.map((name) => `<author><name>${x(name)}</name></author>`),
    ...paper.tags.map(
      ({ slug, name }) =>
        `<category term="${x(slug)}" scheme="${x(siteUrl)}/tags" label="${x(name)}"/>`,
    ),
    ...paper.categories.map(
      (category) => `<category term="${x(category)}" scheme="http://arxiv.org/schemas/atom"/>`,
    ),
    `<content type="html">${x(html)}</content>`,
    '</entry>',
  ].join('\n');
}
