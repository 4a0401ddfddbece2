import { canonicalCategory } from '@/lib/papers/category';
import { parseArxivId, parseDoi } from '@/lib/papers/identity';
import { TAGS, tagBySlug } from '@/lib/tags/taxonomy';

/** What a field accepts: the canonical value, or why the value cannot be searched for. */
export type FieldResult = { value: string } | { problem: string };

const MONTH_DAYS = (year: number, month: number) => new Date(Date.UTC(year, month, 0)).getUTCDate();

/** `2024`, `2024-03` or `2024-03-15`, as typed; `dayOf` gives its first day. */
export function date(field: string, raw: string): FieldResult {
  const match = /^(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?$/.exec(raw);
  const [, year, month, day] = match ?? [];
  const ok =
    match &&
    +year! >= 1900 &&
    +year! <= 2200 &&
    (!month || (+month >= 1 && +month <= 12)) &&
    (!day || (+day >= 1 && +day <= MONTH_DAYS(+year!, +month!)));
  if (!ok) return { problem: `“${field}:” wants a date such as 2024, 2024-03 or 2024-03-15` };
  return {
    value: [year, month, day]
      .filter(Boolean)
      .map((part) => part!.padStart(2, '0'))
      .join('-'),
  };
}

/** First moment (UTC) of a canonical date value. */
export function dayOf(value: string): Date {
  const [year, month, day] = value.split('-').map(Number);
  return new Date(Date.UTC(year!, (month ?? 1) - 1, day ?? 1));
}

const byName = new Map(TAGS.map((tag) => [tag.name.toLowerCase(), tag]));

export function tag(raw: string): FieldResult {
  const name = raw.trim().toLowerCase();
  const found = tagBySlug(name) ?? byName.get(name) ?? tagBySlug(name.replace(/[\s_]+/g, '-'));
  return found
    ? { value: found.slug }
    : { problem: `There is no tag “${raw}”; /tags lists them all` };
}

/** An arXiv archive or category. */
export function category(raw: string): FieldResult {
  const value = canonicalCategory(raw);
  return value ? { value } : { problem: '“cat:” wants an arXiv category such as cs.CL or stat' };
}

/**
 * The arXiv id, without version, or the DOI, in lower case, where a text is one or the address of its
 * paper on any site, in brackets or not.
 */
export function paperId(raw: string): string | null {
  const bare = raw.replace(/^[\s<>()[\]{}"'.,;]+|[\s<>()[\]{}"'.,;:!]+$/g, '');
  return (
    (parseArxivId(raw) ?? parseArxivId(bare))?.id ??
    parseDoi(raw) ??
    parseDoi(bare) ??
    idInAddress(bare)
  );
}

const ADDRESS = /^(?:https?:\/\/)?(?:[a-z0-9-]+\.)+[a-z]{2,}\/\S+$/i;
const ARXIV_ID_IN_ADDRESS =
  /[/=:.](\d{4}\.\d{4,5}|[a-z]+(?:-[a-z]+)?(?:\.[a-z]{2})?\/\d{7})(?:v\d{1,4})?(?:\.pdf)?(?=$|[/?#&])/i;
const DOI_IN_ADDRESS = /\/(10\.\d{4,9}\/[^?#&]+)/;
/** What publishers put behind a DOI to name a form of the paper. */
const FORM = /(?:v\d+)?(?:[./](?:full(?:-text|\.pdf)?|abstract|abs|pdf|epdf|html|short))+$/i;

/** Sites that list papers put their ids into their addresses: alphaXiv, SciRate, publishers. */
function idInAddress(text: string): string | null {
  if (text.length > 2_000 || !ADDRESS.test(text)) return null;
  const address = decoded(text);
  const arxiv = ARXIV_ID_IN_ADDRESS.exec(address)?.[1];
  if (arxiv) return parseArxivId(arxiv)?.id ?? null;
  const anthology = /^(?:https?:\/\/)?(?:www\.)?aclanthology\.org\/([^/?#]+?)\/?(?:\.pdf)?$/i.exec(
    address,
  );
  if (anthology) return parseDoi(`10.18653/v1/${anthology[1]}`);
  const doi = DOI_IN_ADDRESS.exec(address)?.[1];
  return doi ? parseDoi(doi.replace(/\/$/, '').replace(FORM, '')) : null;
}

function decoded(address: string): string {
  try {
    return decodeURIComponent(address);
  } catch {
    return address;
  }
}
