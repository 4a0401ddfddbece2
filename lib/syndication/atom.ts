import { escapeMarkup as x } from '@/lib/runtime/escape-markup';
import type { SyndicatedEntry, SyndicatedList } from './syndicated';

export const ATOM = 'application/atom+xml; charset=utf-8';

/** An Atom 1.0 document (RFC 4287). */
export function atom(list: SyndicatedList): string {
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">',
    `<id>${x(list.selfUrl)}</id>`,
    `<title>${x(list.title)}</title>`,
    `<subtitle>${x(list.description)}</subtitle>`,
    `<updated>${list.updated.toISOString()}</updated>`,
    `<link rel="self" type="application/atom+xml" href="${x(list.selfUrl)}"/>`,
    `<link rel="alternate" type="text/html" href="${x(list.pageUrl)}"/>`,
    `<author><name>Broadsheet</name><uri>${x(list.siteUrl)}</uri></author>`,
    ...list.entries.map((each) => entryXml(each, list.siteUrl)),
    '</feed>',
    '',
  ].join('\n');
}

function entryXml(entry: SyndicatedEntry, siteUrl: string): string {
  return [
    '<entry>',
    `<id>${x(entry.id)}</id>`,
    `<title>${x(entry.title)}</title>`,
    `<link rel="alternate" type="text/html" href="${x(entry.url)}"/>`,
    ...entry.links.map(
      ({ name, url, type }) =>
        `<link rel="related" type="${type}" title="${x(name)}" href="${x(url)}"/>`,
    ),
    `<published>${entry.published.toISOString()}</published>`,
    `<updated>${entry.updated.toISOString()}</updated>`,
    ...entry.authors.map((name) => `<author><name>${x(name)}</name></author>`),
    ...entry.tags.map(
      ({ slug, name }) =>
        `<category term="${x(slug)}" scheme="${x(siteUrl)}/tags" label="${x(name)}"/>`,
    ),
    ...entry.categories.map(
      (category) => `<category term="${x(category)}" scheme="http://arxiv.org/schemas/atom"/>`,
    ),
    `<content type="html">${x(entry.content)}</content>`,
    '</entry>',
  ].join('\n');
}
