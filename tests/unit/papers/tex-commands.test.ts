import { describe, expect, it, test } from 'vitest';
import { bibtex } from '@/lib/citations/bibtex';
import { cited } from '@/lib/citations/cited';
import { bibtexText } from '@/lib/papers/bibtex-text';
import { normaliseTitle } from '@/lib/papers/normalise';
import {
  ACCENTS,
  ESCAPED,
  FUNCTIONS,
  GREEK_NAMES,
  LETTERS,
  SEARCHED,
  SIGNS,
  SPACES,
  SPELLED,
  STYLE_SWITCHES,
  TEXT_SIGNS,
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
      expect(bibtexText(`x${tex}y`)).toBe(`x${letter}y`);
    }
    expect(words(`x\\${command}{e}y`)).toEqual(['xey']);
  });

  it.each(Object.entries(LETTERS))('the letter \\%s is %s', (command, letter) => {
    for (const tex of [`\\${command}{}`, `{\\${command}}`, `\\${command} `]) {
      expect(normaliseTitle(`x${tex}y`)).toBe(`x${letter}y`);
      expect(bibtexText(`x${tex}y`)).toBe(`x${letter}y`);
    }
  });

  it.each(Object.entries(TEXT_SIGNS))('the sign \\%s is %s', (command, sign) => {
    for (const tex of [`\\${command}{}`, `{\\${command}}`, `\\${command} `]) {
      expect(normaliseTitle(`x${tex}y`)).toBe(`x${sign}y`);
      expect(bibtexText(`x${tex}y`)).toBe(`x${sign}y`);
    }
  });

  it.each(Object.entries(SPACES))('the space \\%s', (command, space) => {
    const tex = `\\${upToSpace(command)}`;
    expect(normaliseTitle(`5${tex}m`)).toBe(`5${space}m`);
    expect(bibtexText(`5${tex}m`)).toBe(`5${space}m`);
    expect(plainMaths(`$5${tex}m$`)).toBe(`5${space}m`);
  });

  it.each(TEXT_STYLES)('the style \\%s', (command) => {
    expect(normaliseTitle(`a \\${command}{b} c`)).toBe('a b c');
    expect(bibtexText(`a \\${command}{b} c`)).toBe('a b c');
    expect(plainMaths(`a \\${command}{b} c`)).toBe('a b c');
    expect(plainMaths(`$a\\${command}{b}c$`)).toBe('abc');
  });

  it.each(STYLE_SWITCHES.split('|'))('the switch \\%s', (command) => {
    expect(normaliseTitle(`a {\\${command} b} c`)).toBe('a b c');
    expect(bibtexText(`a {\\${command} b} c`)).toBe('a b c');
  });

  it.each(Object.entries(SIGNS))('\\%s is %s', (name, sign) => {
    expect(plainMaths(`$\\${name}$`)).toBe(sign);
  });

  it.each([...ESCAPED])('the escaped %s', (character) => {
    expect(plainMaths(`A \\${character} b`)).toBe(`A ${character} b`);
    const entry = bibtex(cited(aPaper({ title: `A ${character} b` }), 'https://example.org/'));
    // BibTeX counts braces, escaped or not: these are spelled out.
    const spelled = SPELLED[character];
    expect(entry).toContain(spelled ? `A \\${spelled}{} b` : `A \\${character} b`);
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
