/** A word of a text, at the UTF-16 offsets [start, end). */
export interface Token {
  start: number;
  end: number;
  /** Number of the sentence, from 0. */
  sentence: number;
}

/** Words before a full stop that do not end a sentence: "e.g.", "i.e.", "et al.", "vs.". */
const ABBREVIATIONS = new Set([
  'e',
  'g',
  'i',
  'al',
  'vs',
  'cf',
  'etc',
  'resp',
  'Fig',
  'no',
  'approx',
]);

function isWordCode(code: number): boolean {
  if (code < 192) {
    return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57);
  }
  // Above Latin-1 all but general punctuation (dashes, quotes, ellipses) and the two signs × and ÷.
  return (code < 0x2000 || code > 0x206f) && code !== 0xd7 && code !== 0xf7;
}

/**
 * Words in order. Everything but letters and digits separates, so that `pre-training` and
 * `pre training` are the same two words.
 */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  let sentence = 0;
  let index = 0;
  const length = text.length;
  while (index < length) {
    const code = text.charCodeAt(index);
    if (isWordCode(code)) {
      const start = index;
      do index += 1;
      while (index < length && isWordCode(text.charCodeAt(index)));
      tokens.push({ start, end: index, sentence });
      continue;
    }
    if (code === 46 || code === 33 || code === 63 || code === 10) {
      const last = tokens[tokens.length - 1];
      if (last && last.sentence === sentence && endsSentence(text, index, last)) sentence += 1;
    }
    index += 1;
  }
  return tokens;
}

function endsSentence(text: string, index: number, before: Token): boolean {
  const code = text.charCodeAt(index);
  if (code === 10) return text.charCodeAt(index + 1) === 10;
  const next = text.charCodeAt(index + 1);
  if (Number.isNaN(next)) return true;
  if (next !== 32 && next !== 10) return false;
  return code !== 46 || !ABBREVIATIONS.has(text.slice(before.start, before.end));
}

/**
 * Lower case, and without the ending of a plural: `Adapters` and `adapter`, `processes` and `process`
 * are one word.
 */
export function singular(word: string): string {
  const lower = word.toLowerCase();
  if (lower.length < 4 || !lower.endsWith('s') || lower === 'news') return lower;
  if (lower.endsWith('ss') || lower.endsWith('us') || lower.endsWith('is')) return lower;
  if (lower.endsWith('ies')) return `${lower.slice(0, -3)}y`;
  if (lower.endsWith('sses') || lower.endsWith('xes')) return lower.slice(0, -2);
  return lower.slice(0, -1);
}

/** As written, without the `s` that makes an acronym plural: `LLMs` is `LLM`. */
export function exactForm(word: string): string {
  return word.length > 2 && word.endsWith('s') && /[A-Z0-9]s$/.test(word)
    ? word.slice(0, -1)
    : word;
}
