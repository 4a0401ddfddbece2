import { bibtexText } from '@/lib/papers/bibtex-text';

/**
 * "Last, First", "First Last" or biblatex's "family=Last, given=First", joined by "and". What stands in
 * braces is one name as it is.
 */
export function authorsOf(field: string): string[] {
  const line = field.replace(/\s+/g, ' ');
  return splitAt(` ${line} `, / and /giy)
    .map((name) => nameOf(name.trim()))
    .filter((name) => name !== '' && !/^(?:others|and)$/i.test(name));
}

function nameOf(name: string): string {
  if (isOneGroup(name)) return bibtexText(name).trim();
  const parts = splitAt(name, /,/y).map((part) => part.trim());
  const named = parts.map((part) => NAMED_PART.exec(part));
  if (named[0]) {
    const values = new Map(
      named.flatMap((part) => (part ? [[part[1]!.toLowerCase(), part[2]!]] : [])),
    );
    return joined(['given', 'prefix', 'family', 'suffix'].map((part) => values.get(part)));
  }
  const [family, second, given] = parts;
  if (parts.length === 2) return joined([second, family]);
  if (parts.length === 3) return joined([given, family, second]);
  return bibtexText(name).trim();
}

/** `family=Oord`, `given={Jo, Ann}`, `given-i=A`. */
const NAMED_PART =
  /^(family|given|prefix|suffix|useprefix|id|(?:family|given|prefix)-i)\s*=\s*"?(.*?)"?$/i;

function joined(parts: readonly (string | undefined)[]): string {
  return parts
    .map((part) => bibtexText(part ?? '').trim())
    .filter((part) => part !== '')
    .join(' ');
}

/** The parts between matches of `separator` (sticky) that stand in no braces. */
function splitAt(text: string, separator: RegExp): string[] {
  const parts: string[] = [];
  let depth = 0;
  let from = 0;
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (c === '\\') i++;
    else if (c === '{') depth++;
    else if (c === '}') depth--;
    else if (depth <= 0) {
      separator.lastIndex = i;
      const match = separator.exec(text);
      if (!match) continue;
      parts.push(text.slice(from, i));
      from = i + match[0].length;
      // "A and and B": the space that ends one "and" begins the next.
      i = from - (match[0].endsWith(' ') ? 2 : 1);
      if (match[0].endsWith(' ')) from -= 1;
    }
  }
  parts.push(text.slice(from));
  return parts;
}

/** Whether the first brace closes with the last. */
function isOneGroup(text: string): boolean {
  if (!text.startsWith('{')) return false;
  let depth = 0;
  for (const { 0: token, index } of text.matchAll(/\\.|[{}]/g)) {
    if (token === '{') depth++;
    else if (token === '}' && --depth === 0) return index === text.length - 1;
  }
  return false;
}
