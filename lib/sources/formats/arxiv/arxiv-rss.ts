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

/** arXiv's daily announcements, as RSS or as Atom. */
export const readRss: Reader = async function* (pieces) {
  for await (const { line, raw, value, problem } of xmlElements(pieces, ['item', 'entry'])) {
    const at = `line ${line}`;
    yield value ? announcement(value, at, raw) : rejected(at, problem ?? 'not readable', raw);
  }
};

function announcement(item: XmlNode, at: string, raw: string): ReadItem {
  const id = childText(item, 'guid') ?? childText(item, 'id') ?? '';
  const link = childText(item, 'link') ?? attribute(children(item, 'link')[0] ?? {}, 'href') ?? '';
  const identity = parseArxivId(id) ?? parseArxivId(link);
  if (!identity) return rejected(at, `the id ${JSON.stringify(id)} is no arXiv id`, raw);
  const title = childText(item, 'title');
  if (title === undefined) return rejected(at, 'no title', raw);

  const description = childText(item, 'description') ?? childText(item, 'summary') ?? '';
  const abstract = /(?:^|\s)Abstract:\s*([\s\S]+)$/.exec(description)?.[1] ?? undefined;
  const announced =
    childText(item, 'announce_type') ?? /Announce Type:\s*(\S+)/.exec(description)?.[1];
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
          splitAuthors(String(creator['#text'] ?? '')),
        ),
        ...children(item, 'author').flatMap((author) =>
          splitAuthors(childText(author, 'name') ?? ''),
        ),
      ],
      arxivId: identity.id,
      version: identity.version,
      doi: parseDoi(childText(item, 'DOI') ?? childText(item, 'doi') ?? '') ?? undefined,
      categories: uniqueWords(
        children(item, 'category').map(
          (category) => attribute(category, 'term') ?? String(category['#text'] ?? '').trim(),
        ),
      ),
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
