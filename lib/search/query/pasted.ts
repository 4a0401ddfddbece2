import { normaliseTitle, withoutGroups } from '@/lib/papers/normalise';

/** What a reference that somebody copied elsewhere says of its paper. */
export interface Reference {
  /** Its arXiv id and DOI, or the addresses that hold them, as written. */
  ids: string[];
  /** As plain text; '' where it has none. */
  title: string;
}

/** Longer text is no reference to one paper. */
const LONGEST_REFERENCE = 16_000;

/** A BibTeX or RIS entry, whole or cut, its line breaks lost or not; null for any other text. */
export function pastedReference(text: string): Reference | null {
  const entry = text.slice(0, LONGEST_REFERENCE).trimStart();
  if (/^@[a-z]{3,20}\s*[{(]/i.test(entry)) return fromBibtex(entry);
  if (/^TY {2}- /.test(entry)) return fromRis(entry);
  return null;
}

/** The text, read as a title: that of a pasted reference, or what stands there. */
export const titleMeant = (text: string) =>
  pastedReference(text)?.title ?? text.slice(0, LONGEST_REFERENCE);

function fromBibtex(entry: string): Reference {
  const fields = new Map<string, string>();
  // A name stands at the start, after a comma, or after a blank; its value is read by hand.
  for (const match of entry.matchAll(/(?<=[,\s{(])(title|doi|eprint|url)\s*=\s*(?=["{])/gi)) {
    const name = match[1]!.toLowerCase();
    const start = match.index + match[0].length;
    if (!fields.has(name)) fields.set(name, delimited(entry, start));
  }
  return reference(
    ['eprint', 'doi', 'url'].flatMap((name) => fields.get(name) ?? []),
    withoutGroups(fields.get('title') ?? ''),
  );
}

/** What stands between the brace or quotation mark at `start` and the one that closes it. */
function delimited(text: string, start: number): string {
  const isQuoted = text[start] === '"';
  let depth = 0;
  for (let i = start; i < text.length; i++) {
    const sign = text[i];
    if (sign === '\\') i += 1;
    else if (sign === '{') depth += 1;
    else if (sign === '}') depth -= 1;
    const closes = isQuoted ? sign === '"' && i > start && depth === 0 : depth === 0;
    if (closes) return text.slice(start + 1, i);
  }
  return text.slice(start + 1);
}

function fromRis(entry: string): Reference {
  // A line begins with its tag; a box of one line joins the lines.
  const parts = entry.split(/([A-Z][A-Z0-9]) {2}- /);
  const value = (tags: string[]) => {
    const at = parts.findIndex((part, i) => i % 2 === 1 && tags.includes(part));
    return at < 0 ? '' : parts[at + 1]!.trim();
  };
  return reference([value(['DO']), value(['UR', 'L1'])], value(['TI', 'T1']));
}

const reference = (ids: string[], title: string): Reference => ({
  ids: ids.map((id) => id.trim()).filter((id) => id !== ''),
  title: normaliseTitle(title),
});
