import { type ReadItem, rejected } from '@/lib/ingest/read-item';
import { parseArxivId, parseDoi } from '@/lib/papers/identity';
import { splitAuthors } from '@/lib/sources/formats/arxiv/author-line';
import { saysWithdrawn } from '@/lib/sources/formats/arxiv/withdrawn';
import type { Reader } from '@/lib/sources/formats/input/types';
import { dateOf, uniqueWords } from '@/lib/sources/formats/input/values';
import {
  attribute,
  children,
  childText,
  type XmlNode,
  xmlElements,
} from '@/lib/sources/formats/input/xml-elements';

/** arXiv's daily announcements, as RSS or as Atom, and as the RDF that it served until 2024. */
export const readRss: Reader = async function* (pieces) {
  for await (const { line, raw, value, problem } of xmlElements(pieces, ['item', 'entry'])) {
    const at = `line ${line}`;
    yield value ? announcement(value, at, raw) : rejected(at, problem ?? 'not readable', raw);
  }
};

/** `(arXiv:2311.99991v1 [cs.CL] UPDATED)` */
const RDF_MARK =
  /^\(arXiv:([\w./-]{5,40}) \[([\w.-]{2,30})\](?: (UPDATED|CROSS LISTED))?\)\s{0,20}$/;

/** A title of the RDF without the mark at its end, and the id, category and state in that. */
function markedTitle(text: string) {
  const at = text.lastIndexOf('(arXiv:');
  const mark = at < 0 ? null : RDF_MARK.exec(text.slice(at, at + 200));
  if (!mark || at + mark[0].length < text.trimEnd().length) return null;
  const title = text
    .slice(0, at)
    .trim()
    .replace(/(?<!\.)\.$/, '');
  return { title, id: mark[1]!, category: mark[2]!, isUpdated: mark[3] === 'UPDATED' };
}

/** Names came as links, abstracts as paragraphs. A tag begins with a letter, "<" in a formula does not. */
function withoutTags(text: string): string {
  return text.replace(/<\/?[a-z][^<>]*>/gi, '');
}

function announcement(item: XmlNode, at: string, raw: string): ReadItem {
  const id = childText(item, 'guid') ?? childText(item, 'id') ?? '';
  const link = childText(item, 'link') ?? attribute(children(item, 'link')[0] ?? {}, 'href') ?? '';
  const about = attribute(item, 'about') ?? '';
  const written = childText(item, 'title');
  if (written === undefined) return rejected(at, 'no title', raw);
  const marked = markedTitle(written);
  const identity =
    parseArxivId(marked?.id ?? '') ?? [id, link, about].map(parseArxivId).find(Boolean);
  if (!identity) {
    return rejected(at, `the id ${JSON.stringify(id || link || about)} is no arXiv id`, raw);
  }
  const title = marked ? marked.title : written;

  const description = childText(item, 'description') ?? childText(item, 'summary') ?? '';
  const abstract = marked
    ? withoutTags(description)
    : (/(?:^|\s)Abstract:\s*([\s\S]+)$/.exec(description)?.[1] ?? undefined);
  const announced =
    (marked?.isUpdated ? 'replace' : undefined) ??
    childText(item, 'announce_type') ??
    /Announce Type:\s*(\S+)/.exec(description)?.[1];
  const day = dateOf(
    childText(item, 'pubDate') ?? childText(item, 'published') ?? childText(item, 'updated'),
  );
  const replaced = announced?.startsWith('replace') ?? false;
  return {
    kind: 'record',
    at,
    record: {
      source: 'arxiv-rss',
      title,
      abstract,
      authors: [
        ...children(item, 'creator').flatMap((creator) =>
          splitAuthors(withoutTags(String(creator['#text'] ?? ''))),
        ),
        ...children(item, 'author').flatMap((author) =>
          splitAuthors(childText(author, 'name') ?? ''),
        ),
      ],
      arxivId: identity.id,
      version: identity.version,
      doi: parseDoi(childText(item, 'DOI') ?? childText(item, 'doi') ?? '') ?? undefined,
      categories: uniqueWords([
        marked?.category,
        ...children(item, 'category').map(
          (category) => attribute(category, 'term') ?? String(category['#text'] ?? '').trim(),
        ),
      ]),
      keywords: [],
      publishedAt: replaced ? undefined : day,
      revisedAt: replaced ? day : undefined,
      withdrawn: saysWithdrawn(undefined, abstract) || undefined,
      journalRef: childText(item, 'journal_reference'),
      license: childText(item, 'rights'),
      signals: [],
    },
  };
}
