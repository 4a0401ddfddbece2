import { describe, expect, it } from 'vitest';
import { bibtexText } from '@/lib/papers/bibtex-text';
import { normaliseAbstract, normaliseName, normaliseTitle } from '@/lib/papers/normalise';

describe('normalising a title', () => {
  it.each([
    ['Schr\\"odinger and Poincar\\\'e', 'Schrödinger and Poincaré'],
    [
      'H\\"{o}lder, Erd\\H{o}s, {\\\'E}tale, Gar\\c{c}on, na\\"{\\i}ve',
      'Hölder, Erdős, Étale, Garçon, naïve',
    ],
    [
      '\\v{C}ech and \\v Cech, \\L{}ojasiewicz, Stra{\\ss}e, \\O rsted',
      'Čech and Čech, Łojasiewicz, Straße, Ørsted',
    ],
    ['A &amp; B &lt; C', 'A & B < C'],
    ['escaped twice: A &amp;lt; B', 'escaped twice: A < B'],
    ['e\uFB03cient \uFB02ow', 'efficient flow'],
    ['broken\n  over lines\t and  spaced', 'broken over lines and spaced'],
    ['soft\u00ADhyphen, zero\u200Bwidth, nul\u0000', 'softhyphen, zerowidth, nul'],
    ['\\emph{Very} \\textbf{bold} {\\it claims}', 'Very bold claims'],
    ['50\\% of R\\&D', '50% of R&D'],
    ["``quoted''", '“quoted”'],
    [
      "Task~2 of Fig.~3, the model's 8~15~dB, https://a.org/~B",
      "Task 2 of Fig. 3, the model's 8~15~dB, https://a.org/~B",
    ],
    ['ROS~2 from 8~15 to A~B', 'ROS 2 from 8~15 to A B'],
    ['a lone surrogate \uD800 goes', 'a lone surrogate \uFFFD goes'],
    ['cafe\u0301', 'café'],
    ["Garc\\'\\i a's na\\\"\\i ve {\\'\\i}dea", "García's naïve ídea"],
    ["costs $5 at Caf\\'e and $10", 'costs $5 at Café and $10'],
    [
      "\\TH{}or, Gu{\\dh}r\\'un, {\\DJ}or\\dj evi\\'c, the \\thing",
      'Þor, Guðrún, Đorđević, the \\thing',
    ],
    ['the 2\\textsuperscript{nd} of H\\textsubscript{2}', 'the 2nd of H2'],
    ['\\emph{a {b}} and \\emph{a \\textbf{b}}', 'a b and a b'],
  ])('%j becomes %j', (raw, expected) => {
    expect(normaliseTitle(raw)).toBe(expected);
  });

  it.each([
    ["The $\\ell_1$-norm of $f\\'(x)$ and $\\hat{x}$"],
    ['$O(n \\log n)$ time'],
    ['\\(a\\_b\\) and $$\\"{x}$$'],
  ])('leaves the maths in %j alone', (title) => {
    expect(normaliseTitle(title)).toBe(title);
  });

  it('changes nothing the second time', () => {
    for (const raw of [
      "\\\"{o} &amp;amp; ``x''",
      'a\u00A0 b',
      "{\\'e}",
      '\\$5 and $x$',
      "\\'\\'e",
    ]) {
      const once = normaliseTitle(raw);
      expect(normaliseTitle(once)).toBe(once);
    }
  });
});

describe('normalising an abstract', () => {
  it('joins typeset lines and keeps paragraphs, marked by an empty line or by indentation', () => {
    expect(
      normaliseAbstract('  We show that\nlines join.\n  A second\nparagraph.\n\nA third.'),
    ).toBe('We show that lines join.\n\nA second paragraph.\n\nA third.');
  });

  it('keeps the hyphen of a word broken over lines', () => {
    expect(normaliseAbstract('pre-\ntraining of A-\nB')).toBe('pre-training of A- B');
  });

  it('drops a label and leaves an abstract that is only a label alone', () => {
    expect(normaliseAbstract('Abstract: We show.')).toBe('We show.');
    expect(normaliseAbstract('Abstract machines are fun.')).toBe('Abstract machines are fun.');
  });
});

it('takes grouping braces away once accents and commands are resolved, and no others', () => {
  expect(bibtexText('{Fran\\c{c}ois} on {\\emph{deep}} {N}ets')).toBe('François on deep Nets');
  expect(bibtexText('the set \\{0, 1\\} and $x^{2}$')).toBe('the set {0, 1} and $x^{2}$');
});

it('leaves affiliations out of names', () => {
  expect(normaliseName("Andr\\'e  Weil (1), ")).toBe('André Weil');
});
