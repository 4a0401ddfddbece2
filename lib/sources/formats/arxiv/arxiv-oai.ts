import { type ReadItem, rejected } from '@/lib/ingest/read-item';
import { parseArxivId, parseDoi } from '@/lib/papers/identity';
import type { PaperRecord } from '@/lib/papers/paper';
import { splitAuthors } from '@/lib/sources/formats/arxiv/author-line';
import { saysWithdrawn } from '@/lib/sources/formats/arxiv/withdrawn';
import type { Reader } from '@/lib/sources/formats/input/types';
import { dateOf } from '@/lib/sources/formats/input/values';
import {
  attribute,
  children,
  childText,
  type XmlNode,
  xmlElements,
} from '@/lib/sources/formats/input/xml-elements';

/** OAI-PMH ListRecords or GetRecord, metadata format `arXiv` or `arXivRaw`. */
export const readOai: Reader = async function* (pieces) {
  for await (const element of xmlElements(pieces, ['record', 'resumptionToken', 'error'])) {
    const { name, line, raw, value, problem } = element;
    const at = `line ${line}`;
    if (!value) {
      yield rejected(at, problem ?? 'not readable', raw);
    } else if (name === 'record') {
      yield oaiRecord(value, at, raw);
    } else if (name === 'resumptionToken') {
      const token = typeof value['#text'] === 'string' ? value['#text'].trim() : '';
      if (token !== '') yield { kind: 'next', token };
    } else {
      const code = attribute(value, 'code') ?? 'error';
      const text = typeof value['#text'] === 'string' ? value['#text'].trim() : '';
      // Nothing new since the last harvest is an answer, not a failure.
      if (code === 'noRecordsMatch')
        yield { kind: 'note', message: 'arXiv has no records to list' };
      else yield rejected(at, `arXiv answered with an error: ${code} ${text}`.trim(), raw);
    }
  }
};

function oaiRecord(element: XmlNode, at: string, raw: string): ReadItem {
  const header = children(element, 'header')[0] ?? {};
  const identifier = childText(header, 'identifier') ?? '';
  if (attribute(header, 'status') === 'deleted') {
    const deleted = parseArxivId(identifier);
    if (!deleted)
      return rejected(at, `deleted, but ${JSON.stringify(identifier)} is no arXiv id`, raw);
    return { kind: 'deleted', at, arxivId: deleted.id };
  }
  const metadata = children(element, 'metadata')[0] ?? {};
  const rawFormat = children(metadata, 'arXivRaw')[0];
  const fields = rawFormat ?? children(metadata, 'arXiv')[0];
  if (!fields) return rejected(at, 'no metadata in the format arXiv or arXivRaw', raw);
  const identity = parseArxivId(childText(fields, 'id') ?? identifier);
  if (!identity) return rejected(at, `the id ${JSON.stringify(identifier)} is no arXiv id`, raw);
  const title = childText(fields, 'title');
  if (title === undefined) return rejected(at, 'no title', raw);

  const abstract = childText(fields, 'abstract');
  const comment = childText(fields, 'comments');
  const record: PaperRecord = {
    source: 'arxiv-oai',
    title,
    abstract,
    authors: rawFormat ? splitAuthors(childText(fields, 'authors') ?? '') : namedAuthors(fields),
    arxivId: identity.id,
    doi: parseDoi(childText(fields, 'doi') ?? '') ?? undefined,
    categories: (childText(fields, 'categories') ?? '').split(/\s+/).filter(Boolean),
    keywords: [],
    withdrawn: saysWithdrawn(comment, abstract),
    comment,
    journalRef: childText(fields, 'journal-ref'),
    license: childText(fields, 'license'),
    signals: [],
    ...(rawFormat ? versionsOf(rawFormat) : datesOf(fields)),
  };
  return { kind: 'record', at, record };
}

function versionsOf(fields: XmlNode): Pick<PaperRecord, 'version' | 'publishedAt' | 'revisedAt'> {
  const versions = children(fields, 'version');
  const number = Number(attribute(versions.at(-1) ?? {}, 'version')?.replace(/^v/, ''));
  return {
    version: Number.isInteger(number) && number > 0 ? number : undefined,
    publishedAt: dateOf(childText(versions[0] ?? {}, 'date')),
    revisedAt: versions.length > 1 ? dateOf(childText(versions.at(-1)!, 'date')) : undefined,
  };
}

function datesOf(fields: XmlNode): Pick<PaperRecord, 'publishedAt' | 'revisedAt'> {
  return {
    publishedAt: dateOf(childText(fields, 'created')),
    revisedAt: dateOf(childText(fields, 'updated')),
  };
}

function namedAuthors(fields: XmlNode): string[] {
  return children(children(fields, 'authors')[0] ?? {}, 'author')
    .map((author) =>
      ['forenames', 'keyname', 'suffix']
        .map((part) => childText(author, part)?.trim())
        .filter((part) => part !== undefined)
        .join(' '),
    )
    .filter((name) => name !== '');
}
