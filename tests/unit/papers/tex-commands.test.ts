import { describe, expect, it, test } from 'vitest';
import { bibtex } from '@/lib/citations/bibtex';
import { cited } from '@/lib/citations/cited';
import { normaliseTitle, withoutGroups } from '@/lib/papers/normalise';
import {
  ACCENTS,
  ESCAPED,
  FUNCTIONS,
  GREEK_NAMES,
  LETTERS,
  SEARCHED,
  SIGNS,
  STYLE_SWITCHES,
} from '@/lib/papers/tex/commands';
import { plainMaths } from '@/lib/papers/tex/plain-text';
import { tokenize } from '@/lib/search/text/tokenizer';
import { aPaper } from '@/tests/fixtures/paper';

const TEXT_STYLES =
  'emph text textit textbf texttt textsc textrm textsf textsl mbox underline'.split(' ');
const words = (text: string) => tokenize(text).map(({ word }) => word);
const upToSpace = (command: string) => (/\w$/.test(command) ? `${command} ` : command);

describe('every command of the table means the same to all who read it', () => {
  it.each(Object.entries(ACCENTS))('the accent \\%s', (command, mark) => {
    const letter = `e${mark}`.normalize('NFC');
    for (const tex of [`\\${upToSpace(command)}e`, `\\${command}{e}`, `{\\${command}{e}}`]) {
      expect(normaliseTitle(`x${tex}y`)).toBe(`x${letter}y`);
      expect(withoutGroups(`x${tex}y`)).toBe(`x${letter}y`);
    }
    expect(words(`x\\${command}{e}y`)).toEqual(['xey']);
  });

  it.each(Object.entries(LETTERS))('the letter \\%s is %s', (command, letter) => {
    for (const tex of [`\\${command}{}`, `{\\${command}}`, `\\${command} `]) {
      expect(normaliseTitle(`x${tex}y`)).toBe(`x${letter}y`);
      expect(withoutGroups(`x${tex}y`)).toBe(`x${letter}y`);
    }
  });

  it.each(TEXT_STYLES)('the style \\%s', (command) => {
    expect(normaliseTitle(`a \\${command}{b} c`)).toBe('a b c');
    expect(withoutGroups(`a \\${command}{b} c`)).toBe('a b c');
    expect(plainMaths(`a \\${command}{b} c`)).toBe('a b c');
    expect(plainMaths(`$a\\${command}{b}c$`)).toBe('abc');
  });

  it.each(STYLE_SWITCHES.split('|'))('the switch \\%s', (command) => {
    expect(normaliseTitle(`a {\\${command} b} c`)).toBe('a b c');
    expect(withoutGroups(`a {\\${command} b} c`)).toBe('a b c');
  });

  it.each(Object.entries(SIGNS))('\\%s is %s', (name, sign) => {
    expect(plainMaths(`$\\${name}$`)).toBe(sign);
  });

  it.each([...ESCAPED])('the escaped %s', (character) => {
    expect(plainMaths(`A \\${character} b`)).toBe(`A ${character} b`);
    const entry = bibtex(cited(aPaper({ title: `A ${character} b` }), 'https://example.org/'));
    expect(entry).toContain(`A \\${character} b`);
  });
});

test('a search finds Greek letters by their names, variants by the plain one', () => {
  for (const [name, sign] of Object.entries(SIGNS)) {
    if (!/\p{Script=Greek}/u.test(sign)) continue;
    expect(words(`$\\${name}$`)).toEqual([name.toLowerCase().replace(/^var/, '')]);
  }
  for (const [letter, name] of Object.entries(GREEK_NAMES)) expect(words(letter)).toEqual([name]);
});

test('of the other commands those alone are words that the table says', () => {
  const commands = [...Object.keys(SIGNS), ...FUNCTIONS, ...TEXT_STYLES, ...SEARCHED];
  const found = new Set(commands.filter((name) => words(`$\\${name}$`).length > 0));
  for (const name of Object.keys(SIGNS))
    if (/\p{Script=Greek}/u.test(SIGNS[name]!)) found.delete(name);
  expect([...found].sort()).toEqual([...SEARCHED].sort());
});
