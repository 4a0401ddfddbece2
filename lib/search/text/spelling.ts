import { PLAIN_LETTERS } from '@/lib/papers/ascii';
import { ACCENT_LETTERS, ACCENT_SIGNS, GREEK_NAMES, SEARCHED } from '@/lib/papers/tex/commands';

/** TeX commands that read as a word; every other command is markup and no word at all. */
const TEX_WORDS = new Set([...Object.values(GREEK_NAMES), ...SEARCHED]);

/** Lower case, no accents, one form for compatibility characters: "Poincaré" -> "poincare". */
export function fold(text: string): string {
  const lower = text.toLowerCase();
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the whole ASCII range is meant
  if (/^[\x00-\x7f]*$/.test(lower)) return lower;
  return lower
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .replace(/[ßæœøłđı]/g, (letter) => PLAIN_LETTERS[letter]!);
}

/**
 * The folded words that a run of letters, or a TeX command, stands for: mostly one, several for a
 * product of Greek letters.
 */
export function foldedWords(raw: string): string[] {
  if (raw.startsWith('\\')) {
    const command = raw
      .slice(1)
      .toLowerCase()
      .replace(/^var(?=epsilon|phi|theta|rho|sigma|pi)/, '');
    return TEX_WORDS.has(command) ? [command] : [];
  }
  const folded = fold(withoutEnding(raw));
  // Most words end here.
  if (/^[a-z0-9]*$/.test(folded)) return [folded];
  // Folding may turn a compatibility character amid other letters into Greek.
  return (folded.match(GREEK_APART) ?? []).flatMap((run) => {
    // Three or more Greek letters in a row are a Greek word, not symbols.
    if (run.length <= 2 && GREEK_NAMES[run[0]!]) return [...run].map((c) => GREEK_NAMES[c] ?? c);
    return [run.replace(/[^\p{L}\p{N}]/gu, '')];
  });
}

/** Without the s of a genitive, and of a plural in capitals: only the case tells GPs from GPS. */
function withoutEnding(raw: string): string {
  if (!raw.endsWith('s') && !raw.endsWith('S')) return raw;
  return raw.replace(/['’]s$/i, '').replace(/^([A-Z]{2,})s$/, '$1');
}

const GREEK_APART = /\p{Script=Greek}+|\P{Script=Greek}+/gu;

const ACCENT = `[${ACCENT_SIGNS}${ACCENT_LETTERS}]`;
const TEX_ACCENT = new RegExp(
  String.raw`\\${ACCENT}(?:\{\s*\\?([a-zA-Z])\s*\}|\\?([a-zA-Z])(?![a-zA-Z]*\\))`,
  'g',
);
const GROUPED_ACCENT = new RegExp(String.raw`\{(\\[${ACCENT_SIGNS}][^{}]{0,3})\}`, 'g');

/** Replaces accents written in TeX, `Poincar\'e` and `Schr{\"o}dinger`, by the plain letter. */
export function plainAccents(text: string): string {
  return text
    .replace(GROUPED_ACCENT, '$1')
    .replace(TEX_ACCENT, (whole, braced, bare) =>
      /^\\[a-z][a-z]/i.test(whole) ? whole : (braced ?? bare),
    );
}
