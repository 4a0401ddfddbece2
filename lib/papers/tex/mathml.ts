import katex from 'katex';
import { ESCAPED, STYLES } from '@/lib/papers/tex/commands';
import { FORMULA } from '@/lib/papers/tex/formula';

/** A run of plain text, or a formula: `source` is how it stood in the text, delimiters and all. */
export type Segment =
  | { kind: 'text'; text: string }
  | { kind: 'maths'; tex: string; display: boolean; source: string };

/** Longer formulas than any abstract needs are shown as they were written. */
const MAX_TEX = 1000;

/** The colour in which KaTeX shows what it refuses to render. No formula uses it by itself. */
const UNREADABLE = '#c0ffee';

/** Parts a title or an abstract into text and formulas. */
export function splitMaths(source: string): Segment[] {
  const segments: Segment[] = [];
  let end = 0;
  for (const match of source.matchAll(FORMULA)) {
    const { block, bracket, paren, inline } = match.groups as Record<string, string | undefined>;
    const tex = block ?? bracket ?? paren ?? inline;
    if (!tex) continue;
    if (match.index > end) segments.push(text(source.slice(end, match.index)));
    const display = block !== undefined || bracket !== undefined;
    segments.push({ kind: 'maths', tex: tex.trim(), display, source: match[0] });
    end = match.index + match[0].length;
  }
  if (end < source.length) segments.push(text(source.slice(end)));
  return segments;
}

function text(raw: string): Segment {
  return { kind: 'text', text: plainCommands(raw) };
}

const STYLED = new RegExp(`\\\\(?:${STYLES})\\s*\\{([^{}]*)\\}`, 'g');
const ESCAPES = new RegExp(`\\\\([${ESCAPED}])`, 'g');

/** What `\emph{x}`, `\%` and the like outside formulas stand for. */
function plainCommands(raw: string): string {
  if (!raw.includes('\\')) return raw;
  return raw.replace(STYLED, '$1').replace(ESCAPES, '$1');
}

/**
 * The formula as MathML, or null where KaTeX cannot read it or the content security policy would refuse
 * its answer. With `trust` off KaTeX makes no links, images or ids. `named` keeps
 * the TeX source as its name, and not inside, where programs that know no MathML would print it.
 */
export function mathml(tex: string, options: { display: boolean; named: boolean }): string | null {
  if (tex.length > MAX_TEX) return null;
  let html: string;
  try {
    html = katex.renderToString(tex, {
      output: 'mathml',
      displayMode: options.display,
      throwOnError: true,
      strict: 'ignore',
      trust: false,
      maxExpand: 100,
      maxSize: 10,
      errorColor: UNREADABLE,
    });
  } catch {
    return null;
  }
  const found = /<math[\s\S]*<\/math>/.exec(html);
  if (!found || found[0].includes(UNREADABLE) || / style="/.test(found[0])) return null;
  const name = options.named ? ` alttext="${attribute(tex)}"` : '';
  return found[0]
    .replace(/<annotation[\s\S]*?<\/annotation>/, '')
    .replace(/^<math xmlns="[^"]*"/, () => `<math${name}`)
    .replace(/<semantics>([\s\S]*)<\/semantics>/, '$1');
}

function attribute(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}
