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

/** The page with this content as somebody would write it by hand: no scripts, no classes. */
export function handWritten(body: string): string {
  return (
    '<!doctype html><html lang="en"><meta charset="utf-8"><title>Trending</title><link rel="stylesheet" href="/s.css">' +
    body
  );
}
