import { mathml, splitMaths } from '@/lib/papers/tex/mathml';
import { splitLinks } from '@/lib/papers/web-link';

/**
 * A title or an abstract with its formulas as MathML. The text is never read as HTML: React escapes
 * it, and the only markup put in as it is comes from KaTeX. In a list all formulas stand in the line
 * and without their source; on a `full` page displayed ones have a line of their own. With `links`,
 * addresses in the text can be followed.
 */
export function RichText({
  text,
  full = false,
  links = false,
}: {
  text: string;
  full?: boolean;
  links?: boolean;
}) {
  if (!/[\\$]/.test(text)) return links ? <Linked text={text} /> : text;
  return splitMaths(text).map((segment, index) => {
    if (segment.kind === 'text') {
      // biome-ignore lint/suspicious/noArrayIndexKey: segments of a fixed text have no other identity
      return links ? <Linked key={index} text={segment.text} /> : segment.text;
    }
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

/** The authors wrote these addresses: a link neither vouches for one nor tells it who comes. */
function Linked({ text }: { text: string }) {
  return splitLinks(text).map(({ text: piece, href }, index) =>
    href === null ? (
      piece
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: pieces of a fixed text have no other identity
      <a key={index} href={href} rel="nofollow ugc noreferrer">
        {piece}
      </a>
    ),
  );
}
