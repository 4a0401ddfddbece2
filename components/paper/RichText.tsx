import { mathml, splitMaths } from '@/lib/papers/tex/mathml';

/**
 * A title or an abstract with its formulas as MathML. The text is never read as HTML: React escapes
 * it, and the only markup put in as it is comes from KaTeX. In a list all formulas stand in the line
 * and without their source; on a `full` page displayed ones have a line of their own.
 */
export function RichText({ text, full = false }: { text: string; full?: boolean }) {
  if (!/[\\$]/.test(text)) return text;
  return splitMaths(text).map((segment, index) => {
    if (segment.kind === 'text') return segment.text;
    const display = full && segment.display;
    const html = mathml(segment.tex, { display, named: full });
    if (html === null) return segment.source;
    // One that is wider than the page is scrolled, by keyboard too.
    const scrolled = { className: 'formula', tabIndex: 0, role: 'group', 'aria-label': 'Formula' };
    return (
      <span
        // biome-ignore lint/suspicious/noArrayIndexKey: segments of a fixed text have no other identity
        key={index}
        // biome-ignore lint/security/noDangerouslySetInnerHtml: KaTeX's own, see lib/papers/tex/mathml.ts
        dangerouslySetInnerHTML={{ __html: html }}
        {...(display && scrolled)}
      />
    );
  });
}
