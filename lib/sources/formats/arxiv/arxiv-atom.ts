import { type ReadItem, rejected } from '@/lib/ingest/read-item';
import { displayName } from '@/lib/papers/author-names';
import { parseArxivId, parseDoi } from '@/lib/papers/identity';
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

/** Answers of arXiv's query interface. An error comes as a feed with one entry that says so. */
export const readAtom: Reader = async function* (pieces) {
  for await (const { line, raw, value, problem } of xmlElements(pieces, ['entry'])) {
    const at = `line ${line}`;
    yield value ? atomEntry(value, at, raw) : rejected(at, problem ?? 'not readable', raw);
  }
};

function atomEntry(entry: XmlNode, at: string, raw: string): ReadItem {
  const id = childText(entry, 'id') ?? '';
  const title = childText(entry, 'title');
  if (/\/api\/errors/.test(id)) {
    return rejected(at, `arXiv answered with an error: ${childText(entry, 'summary') ?? id}`, raw);
  }
  const identity = parseArxivId(id);
  if (!identity) return rejected(at, `the id ${JSON.stringify(id)} is no arXiv id`, raw);
  if (title === undefined) return rejected(at, 'no title', raw);

  const abstract = childText(entry, 'summary');
  const comment = childText(entry, 'comment');
  const published = dateOf(childText(entry, 'published'));
  const updated = dateOf(childText(entry, 'updated'));
  const revised = published && updated && updated > published ? updated : undefined;
  return {
    kind: 'record',
    at,
    record: {
      source: 'arxiv-atom',
      title,
      abstract,
      authors: children(entry, 'author')
        .map((author) => childText(author, 'name'))
        .filter((name) => name !== undefined)
        .map(displayName),
      arxivId: identity.id,
      version: identity.version,
      doi: parseDoi(childText(entry, 'doi') ?? '') ?? undefined,
      categories: uniqueWords([
        ...children(entry, 'primary_category').map((category) => attribute(category, 'term')),
        ...children(entry, 'category').map((category) => attribute(category, 'term')),
      ]),
      keywords: [],
      publishedAt: published ?? updated,
      revisedAt: revised,
      withdrawn: saysWithdrawn(comment, abstract),
      comment,
      journalRef: childText(entry, 'journal_ref'),
      signals: [],
    },
  };
}
