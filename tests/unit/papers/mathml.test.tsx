import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, test } from 'vitest';
import { RichText } from '@/components/paper/RichText';
import { mathml, splitMaths } from '@/lib/papers/tex/mathml';

const html = (text: string) => renderToStaticMarkup(<RichText text={text} />);
const formulas = (text: string) =>
  splitMaths(text).flatMap((segment) => (segment.kind === 'maths' ? [segment.tex] : []));

describe('where formulas begin and end', () => {
  test('all four delimiters', () => {
    expect(formulas('$a$ then \\(b\\) then $$c$$ then \\[d\\]')).toEqual(['a', 'b', 'c', 'd']);
  });

  test('prices are not formulas', () => {
    expect(formulas('from $5 to $10, or $3 and $4')).toEqual([]);
    expect(formulas('a \\$5 note and \\$6')).toEqual([]);
    expect(formulas('one lonely $ sign')).toEqual([]);
  });

  test('a single command is a formula before a digit too', () => {
    expect(formulas('from 15%$\\to$26\\%, 39.3$\\pm$1.5 and $x$')).toEqual(['\\to', '\\pm', 'x']);
  });

  test('a formula may hold an escaped dollar', () => {
    expect(formulas('$x \\$ y$')).toEqual(['x \\$ y']);
  });

  test('nothing of the text is lost', () => {
    const text = 'Cost $O(n^2)$ for \\(n\\) items, $5 each';
    const joined = splitMaths(text).map((s) => (s.kind === 'text' ? s.text : s.source));
    expect(joined.join('')).toBe(text);
  });

  test('delimiters that never close are text, however many', () => {
    for (const text of ['$ '.repeat(50_000), '\\('.repeat(50_000), '\\['.repeat(50_000)]) {
      expect(formulas(text)).toEqual([]);
    }
  });
});

describe('text is never HTML', () => {
  test.each([
    '<script>alert(1)</script>',
    '$x$ <img src=x onerror=alert(1)>',
    '$\\text{<script>alert(1)</script>}$',
    '$<script>alert(1)</script>$',
    '\\(</math><script>alert(1)</script>\\)',
    '$\\href{javascript:alert(1)}{x}$',
    '$\\url{javascript:alert(1)}$',
    '$\\includegraphics{https://example.org/x.png}$',
    '$\\htmlId{content}{x}$ $\\htmlClass{skip-link}{x}$ $\\htmlData{a=b}{x}$',
    '$\\htmlStyle{position:fixed}{x}$',
  ])('%s', (text) => {
    const page = html(text);
    expect(page).not.toMatch(/<(script|img|a|iframe)\b/i);
    expect(page).not.toMatch(/<[^>]*\s(on\w+|style|href|src|id)\s*=/i);
  });
});

describe('what KaTeX cannot read is shown as it was written', () => {
  test.each(['$\\undefinedcommand{x}$', '$\\frac{1}$', '$x_$', '$\\def\\a{\\a\\a}\\a$'])(
    '%s',
    (text) => {
      expect(html(text)).toBe(text);
    },
  );

  test('formulas longer than a page are left alone', () => {
    expect(mathml('x+'.repeat(600), { display: false, named: false })).toBeNull();
  });
});

test('a formula becomes MathML, with its source only where asked', () => {
  expect(html('An $O(n^2)$ method')).toMatch(/^An <span><math><mrow>.*<\/math><\/span> method$/);
  expect(mathml('x<"y', { display: false, named: true })).toContain('alttext="x&lt;&quot;y"');
  for (const named of [true, false]) {
    expect(mathml('x', { display: false, named })).not.toContain('annotation');
  }
});
