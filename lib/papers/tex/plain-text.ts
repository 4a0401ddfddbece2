import { ESCAPED, FORMULA_STYLES, FUNCTIONS, SIGNS, SPACES, TEXT_SIGNS } from './commands';
import { splitMaths } from './mathml';

/**
 * Formulas as plain Unicode, for places that show neither MathML nor TeX: mails, feed readers,
 * notifications. What has no Unicode form stays readable TeX without its dollars.
 */
export function plainMaths(source: string): string {
  if (!/[\\$]/.test(source)) return source;
  return splitMaths(source)
    .map((segment) => (segment.kind === 'text' ? segment.text : formula(segment.tex)))
    .join('');
}

const SUPER = map(
  '0123456789+-=()abcdefghijklmnoprstuvwxyz',
  '⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ',
);
const SUB = map('0123456789+-=()aehijklmnoprstuvx', '₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ');
const DOUBLE = map('CHNPQRZ', 'ℂℍℕℙℚℝℤ');

function map(from: string, to: string): Record<string, string> {
  const targets = [...to];
  return Object.fromEntries([...from].map((char, i) => [char, targets[i]!]));
}

/** All characters of `text` by the table, or null when one has no counterpart. */
function every(text: string, table: Record<string, string>): string | null {
  let out = '';
  for (const char of text) {
    if (!(char in table)) return null;
    out += table[char];
  }
  return out;
}

const STYLED = new RegExp(`\\\\(?:${FORMULA_STYLES})\\s*\\{([^{}]*)\\}`, 'g');
/** Without its braces the argument would go on with the name before it: `\\circ\\mathrm{C}`. */
const STYLED_AFTER_NAME = new RegExp(`(?<=\\\\[a-zA-Z]{1,20})${STYLED.source}`, 'g');
const ESCAPES = new RegExp(`\\\\([${ESCAPED}|])`, 'g');
/** Braces that are shown, as characters that no formula has, apart from those that group. */
const SHOWN_BRACE = /\\(?:([{}])|([lr]brace)(?![a-zA-Z]) ?)/g;
const HELD: Record<string, string> = {
  '{': '\uFDD0',
  '}': '\uFDD1',
  lbrace: '\uFDD0',
  rbrace: '\uFDD1',
};

function formula(tex: string): string {
  const plain = tex
    .replace(SHOWN_BRACE, (_, sign, name) => HELD[sign ?? name]!)
    .replace(/\\mathbb\s*\{([^{}]*)\}/g, (_, letters) => every(letters, DOUBLE) ?? letters)
    .replace(STYLED_AFTER_NAME, '{}$1')
    .replace(STYLED, '$1')
    .replace(
      /\\(?:(?:left|right|big|Big|bigg|Bigg|displaystyle|limits|thinspace|q?quad)(?![a-zA-Z])|[,;:! ])/g,
      (command) => SPACES[command.slice(1)] ?? '',
    )
    .replace(/\\[dt]?frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}/g, (_, a, b) => `${group(a)}/${group(b)}`)
    .replace(/\\sqrt\s*\{([^{}]*)\}/g, (_, inner) => `√${group(inner)}`)
    .replace(/\\([a-zA-Z]+)( ?)/g, (command, name, space) => {
      if (FUNCTIONS.has(name)) return `${name} `;
      const sign = Object.hasOwn(SIGNS, name) ? SIGNS[name] : TEXT_SIGNS[name];
      if (sign === undefined || !/^\W/.test(sign)) return command;
      // The space ends the command's name. It is kept between signs, but not after a letter.
      return sign + (/\p{L}/u.test(sign) ? '' : space);
    })
    .replace(/\^\s*(?:\{([^{}]*)\}|(\S))/g, (_, braced, one) => script(braced ?? one, SUPER, '^'))
    .replace(/_\s*(?:\{([^{}]*)\}|(\S))/g, (_, braced, one) => script(braced ?? one, SUB, '_'))
    .replace(ESCAPES, '$1')
    .replace(/~/g, ' ')
    .replace(/ {2,}/g, ' ')
    .trim();
  // Where an unknown command is left, its braces stay, so that it can be read as TeX.
  const isTex = /\\[a-zA-Z]/.test(plain);
  return (isTex ? plain : plain.replace(/[{}]/g, ''))
    .replaceAll('\uFDD0', isTex ? '\\{' : '{')
    .replaceAll('\uFDD1', isTex ? '\\}' : '}');
}

function group(inner: string): string {
  return /^[\p{L}\p{N}\\.]*$/u.test(inner) ? inner : `(${inner})`;
}

function script(inner: string, table: Record<string, string>, sign: string): string {
  if (inner === '∘') return '°';
  if (inner === '′') return '′';
  return every(inner, table) ?? (/^.$/u.test(inner) ? `${sign}${inner}` : `${sign}(${inner})`);
}
