import { mathml, splitMaths } from '@/lib/papers/maths';

/**
 * A title or an abstract with its formulas as MathML. The text is never read as HTML: React escapes
 * it, and the only markup put in as it is comes from KaTeX.
 */
export function RichText({ text, annotated = false }: { text: string; annotated?: boolean }) {
  if (!/[\\$]/.test(text)) return text;
  return splitMaths(text).map((segment, index) => {
    if (segment.kind === 'text') return segment.text;
    const html = mathml(segment.tex, { display: segment.display, annotated });
    if (html === null) return segment.source;
    // biome-ignore lint/suspicious/noArrayIndexKey: segments of a fixed text have no other identity
    // biome-ignore lint/security/noDangerouslySetInnerHtml: KaTeX's own MathML, see lib/papers/maths.ts
    return <span key={index} dangerouslySetInnerHTML={{ __html: html }} />;
  });
}
