import { gzipSync } from 'node:zlib';

/** Bytes as they cross the wire: gzip at the level that web servers use. */
export function gzipped(body: string | Uint8Array): number {
  return gzipSync(body, { level: 6 }).length;
}

/** Gzip bytes of all scripts that a page loads in a browser of today. */
export async function scriptWeight(url: string): Promise<number> {
  const html = await (await fetch(url)).text();
  const sources = new Set<string>();
  for (const [tag, source] of html.matchAll(/<script[^>]*\ssrc="([^"]+)"[^>]*>/g)) {
    if (!/\snomodule/i.test(tag)) sources.add(source!);
  }
  let bytes = 0;
  for (const source of sources) {
    const script = await fetch(new URL(source, url));
    bytes += gzipped(new Uint8Array(await script.arrayBuffer()));
  }
  return bytes;
}

/** What a row of the list says, taken from the page itself. */
export interface Row {
  path: string;
  title: string;
  authors: string;
  facts: { text: string; href: string | null }[];
  why: string;
  abstract: string;
  tags: { text: string; href: string | null }[];
}

/**
 * The same page as somebody would write it by hand, without classes that nothing needs. `frame` is the
 * markup around the rows: masthead, head of the list, subscribe box, foot.
 */
export function handWritten(
  rows: readonly Row[],
  frame: { before: string; after: string },
): string {
  const links = (items: Row['facts']) =>
    items
      .map(({ text, href }) => (href ? `<a href="${x(href)}">${x(text)}</a>` : x(text)))
      .join(' · ');
  const items = rows.map(
    (row) =>
      `<li><h2><a href="${row.path}">${x(row.title)}</a></h2><p>${x(row.authors)}</p><p>${links(row.facts)}</p>` +
      `<details><summary>why here</summary><p>${x(row.why)}</p></details><details><summary>Abstract</summary><p>${x(row.abstract)}</p></details><p>${links(row.tags)}</p></li>`,
  );
  return (
    '<!doctype html><html lang="en"><meta charset="utf-8"><title>Trending</title><link rel="stylesheet" href="/s.css">' +
    `${frame.before}<ol>${items.join('\n')}</ol>${frame.after}`
  );
}

function x(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
