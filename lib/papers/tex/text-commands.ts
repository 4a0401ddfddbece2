import {
  ACCENT_LETTERS,
  ACCENT_SIGNS,
  ACCENTS,
  BREAKS,
  ESCAPED,
  LETTERS,
  SPACES,
  STYLE_SWITCHES,
  STYLES,
  TEXT_SIGNS,
} from './commands';

/**
 * `\'e`, `\'{e}`, `{\'e}`, `\'\i`, `\c c`, `\c{c}`; letter commands need a boundary after them, and a
 * space that is one is part of them.
 */
const ACCENT = new RegExp(
  String.raw`\{?\\(?:([${ACCENT_SIGNS}])\s*|([${ACCENT_LETTERS}])(?:\s+|(?=\{)))` +
    String.raw`(?:\{\s*(\\?\p{L})\s*\}|(\\[ij](?!\p{L})\s?|\p{L}))(\}?)`,
  'gu',
);
const NAMED: Record<string, string> = { ...LETTERS, ...TEXT_SIGNS };
const NAMES = Object.keys(NAMED).join('|');
const LETTER = new RegExp(
  `\\{\\\\(${NAMES})(?:\\{\\})?\\}|(?<!\\\\)\\\\(${NAMES})(?:\\{\\}|(?![A-Za-z])\\s?)`,
  'g',
);
const STYLED = new RegExp(`\\\\(?:${STYLES}|href\\{[^{}]*\\})\\{((?:[^{}]|\\{[^{}]*\\})*)\\}`, 'g');

const SWITCHED = new RegExp(String.raw`\{\\(?:${STYLE_SWITCHES})\s+([^{}]*)\}`, 'g');
/** All but the dollar, which would open a formula. */
const ESCAPES = new RegExp(String.raw`\\([${ESCAPED.replace('$', '')}])`, 'g');
const SPACE = new RegExp(
  String.raw`(?<!\\)\\(?:([${Object.keys(SPACES).filter(isSign).join('')}${BREAKS.join('').replace('-', '\\-')}])|` +
    String.raw`(${Object.keys(SPACES)
      .filter((name) => !isSign(name))
      .join('|')})(?![A-Za-z])\s?)`,
  'g',
);

function isSign(command: string): boolean {
  return command.length === 1;
}

/** The text of accents, letters, signs and styles. Marks may be nested, so until nothing changes. */
export function resolveCommands(text: string): string {
  return untilUnchanged(text, resolveOnce);
}

/** The same, and what is escaped, tied or quoted. */
export function texToText(text: string): string {
  return untilUnchanged(text, (before) => resolveSigns(resolveOnce(before)));
}

function untilUnchanged(text: string, change: (text: string) => string): string {
  let result = text;
  for (let round = 0; round < 10; round++) {
    const before = result;
    result = change(before);
    if (result === before) break;
  }
  return result;
}

function resolveOnce(text: string): string {
  return text
    .replace(ACCENT, (whole, mark, command, braced, bare, closing) => {
      const opened = whole.startsWith('{');
      if (opened !== (closing === '}')) {
        // A lone brace belongs to something around the accent: leave it where it was.
        if (opened) return `{${accented(mark ?? command, braced ?? bare)}`;
        return `${accented(mark ?? command, braced ?? bare)}${closing}`;
      }
      return accented(mark ?? command, braced ?? bare);
    })
    .replace(LETTER, (_, braced, bare) => NAMED[braced ?? bare] ?? '')
    .replace(SPACE, (_, sign, name) => SPACES[sign ?? name] ?? '')
    .replace(STYLED, (_, inner) => (inner.includes('\\') ? inner : inner.replace(/[{}]/g, '')))
    .replace(SWITCHED, '$1');
}

function resolveSigns(text: string): string {
  return (
    text
      .replace(ESCAPES, '$1')
      // A tie, but for ranges, "8~15", and addresses.
      .replace(/(?<=[\p{L}\p{N}.])~(?=[\p{Lu}\p{N}\\])(?!(?<=\p{N}~)\p{N}|\S{0,200}\/)/gu, ' ')
      .replace(/``/g, '“')
      .replace(/''/g, '”')
  );
}

function accented(mark: string, letter: string): string {
  return (letter.replace('\\', '').trim() + (ACCENTS[mark] ?? '')).normalize('NFC');
}
