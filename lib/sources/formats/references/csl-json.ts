import { type ReadItem, rejected } from '@/lib/ingest/read-item';
import { jsonProblem, jsonValues } from '@/lib/sources/formats/input/json-values';
import type { Reader } from '@/lib/sources/formats/input/types';
import { dateOf, textOf } from '@/lib/sources/formats/input/values';
import { dayOf, referenceItem } from '@/lib/sources/formats/references/reference';

type Row = Record<string, unknown>;

/** CSL-JSON: a list of items, or one item. */
export const readCslJson: Reader = async function* (pieces) {
  for await (const value of jsonValues(pieces)) {
    const at = `line ${value.line}`;
    yield jsonProblem(value, at) ?? cslItem(value.text, at);
  }
};

/** Programmes, films, maps, laws and the like. */
const OTHERS = new Set(
  `bill broadcast classic collection dataset event figure graphic hearing interview legal_case legislation
map motion_picture musical_score pamphlet patent performance periodical personal_communication post
post-weblog regulation software song standard treaty webpage`.split(/\s+/),
);

function cslItem(text: string, at: string): ReadItem {
  let item: unknown;
  try {
    item = JSON.parse(text);
  } catch (error) {
    return rejected(at, `not JSON: ${(error as Error).message}`, text);
  }
  if (!isRow(item)) return rejected(at, 'not a JSON object', text);
  const type = textOf(item.type) ?? 'article';
  const reference = {
    type,
    isOther: OTHERS.has(type),
    title: withoutMarkup(first(item.title)),
    abstract: withoutMarkup(textOf(item.abstract)),
    authors: Array.isArray(item.author)
      ? item.author.map(nameOf).filter((name) => name !== '')
      : [],
    date: issued(item.issued),
    doi: textOf(item.DOI) ?? '',
    journal: first(item['container-title']),
    keywords: (textOf(item.keyword) ?? '').split(/[;,]/),
    mentions: [item.URL, item.number, item.archive_location, item.note, item['container-title']]
      .map(first)
      .filter((mention) => mention !== undefined),
  };
  return referenceItem(reference, 'csl-json', at, text);
}

function isRow(value: unknown): value is Row {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Some services give a list of titles. */
function first(value: unknown): string | undefined {
  return textOf(Array.isArray(value) ? value[0] : value);
}

const MARKED = /<(i|b|em|sub|sup|sc|span)(?:\s[^<>]{0,200})?>([^<>]*)<\/\1>/g;

/** CSL's own marks in text, where they end, and those of JATS in abstracts. */
function withoutMarkup(text: string | undefined): string | undefined {
  if (!text?.includes('</')) return text;
  return text
    .replace(/<\/jats:p>\s{0,20}/g, '\n\n')
    .replace(/<\/?jats:[a-z-]{1,20}(?:\s[^<>]{0,200})?>/g, '')
    .replace(MARKED, '$2')
    .replace(MARKED, '$2');
}

function nameOf(author: unknown): string {
  if (!isRow(author)) return textOf(author) ?? '';
  const parts = ['given', 'dropping-particle', 'non-dropping-particle', 'family', 'suffix']
    .map((part) => textOf(author[part])?.trim())
    .filter(Boolean);
  return textOf(author.literal) ?? textOf(author.name) ?? parts.join(' ');
}

function issued(value: unknown): Date | undefined {
  if (!isRow(value)) return dateOf(value);
  const parts = value['date-parts'];
  const from: unknown = Array.isArray(parts) ? parts[0] : undefined;
  if (!Array.isArray(from)) return dateOf(value.raw) ?? dateOf(value.literal);
  const [year, month, day] = from.map(Number);
  return dayOf(year ?? Number.NaN, month, day);
}
