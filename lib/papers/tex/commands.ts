/**
 * The TeX commands that titles, abstracts, names and BibTeX files are full of, each once. What reads or
 * writes TeX takes its commands from here; what stands in formulas is KaTeX's to know.
 */

/** Accents, by the sign or letter after the backslash, as combining characters. */
export const ACCENTS: Record<string, string> = {
  "'": '\u0301',
  '`': '\u0300',
  '^': '\u0302',
  '"': '\u0308',
  '~': '\u0303',
  '=': '\u0304',
  '.': '\u0307',
  c: '\u0327',
  v: '\u030C',
  u: '\u0306',
  H: '\u030B',
  k: '\u0328',
  r: '\u030A',
  d: '\u0323',
  b: '\u0331',
};

/** The accents that are signs and those that are letters, each as the inside of a character class. */
export const ACCENT_SIGNS = Object.keys(ACCENTS)
  .filter((command) => /\W/.test(command))
  .join('')
  .replace('^', '\\^');
export const ACCENT_LETTERS = Object.keys(ACCENTS)
  .filter((command) => /\w/.test(command))
  .join('');

/** Letters that are commands. */
export const LETTERS: Record<string, string> = {
  o: 'ø',
  O: 'Ø',
  l: 'ł',
  L: 'Ł',
  ss: 'ß',
  ae: 'æ',
  AE: 'Æ',
  oe: 'œ',
  OE: 'Œ',
  aa: 'å',
  AA: 'Å',
  th: 'þ',
  TH: 'Þ',
  dh: 'ð',
  DH: 'Ð',
  dj: 'đ',
  DJ: 'Đ',
  ng: 'ŋ',
  NG: 'Ŋ',
  i: 'ı',
  j: 'ȷ',
};

/** Signs in text that are commands. The backslash, braces, tilde and circumflex are in `SPELLED`. */
export const TEXT_SIGNS: Record<string, string> = Object.fromEntries(
  `textendash – textemdash — textmu µ micro µ textpm ± textdegree ° textless < textgreater > textbar |
textunderscore _ textellipsis … textquotesingle ' textquotedbl " textquoteleft ‘ textquoteright ’
textquotedblleft “ textquotedblright ” quotedblbase „ quotesinglbase ‚ guillemotleft « guillemotright »
guilsinglleft ‹ guilsinglright › textasciigrave \` textasciiacute ´ texttimes × textdiv ÷ textonehalf ½
textonequarter ¼ textthreequarters ¾ textonesuperior ¹ texttwosuperior ² textthreesuperior ³ textohm Ω
textcelsius ℃ textsection § S § textparagraph ¶ P ¶ textdagger † dag † textdaggerdbl ‡ ddag ‡
textbullet • textperiodcentered · textasteriskcentered * textcopyright © copyright © textregistered ®
texttrademark ™ texteuro € euro € textsterling £ pounds £ textyen ¥ textcent ¢ textexclamdown ¡
textquestiondown ¿ textordfeminine ª textordmasculine º textnumero № slash / hyphen - LaTeX LaTeX LaTeXe LaTeX
TeX TeX BibTeX BibTeX`
    .split(/\s+/)
    .flatMap((word, i, all) => (i % 2 ? [] : [[word, all[i + 1]!]])),
);

/** Spaces in text and in formulas, by the sign or name after the backslash. */
export const SPACES: Record<string, string> = {
  ',': ' ',
  ';': ' ',
  ':': ' ',
  ' ': ' ',
  quad: ' ',
  qquad: ' ',
  thinspace: ' ',
  '!': '',
};

/** Places where a word may be broken or a ligature must not be: nothing that is read. */
export const BREAKS = ['-', '/'];

/** Commands in text that only style their argument, as a pattern. */
export const STYLES =
  'emph|text(?:it|bf|tt|sc|rm|sf|sl|up|md|normal|superscript|subscript)?|mbox|underline|url';

/** Commands that style the rest of their group, `{\it so}`, as a pattern. */
export const STYLE_SWITCHES = 'it|bf|em|tt|sc|rm|sl';

/** Commands in formulas that only style their argument, as a pattern. */
export const FORMULA_STYLES = `math(?:rm|bf|it|cal|sf|tt|scr|frak)|boldsymbol|bm|operatorname\\*?|${STYLES}`;

/** Characters that text writes with a backslash before them, as the inside of a character class. */
export const ESCAPED = '%&$#_{}';

/**
 * Characters that with one would be accents or line breaks, or would count as braces in BibTeX: text
 * spells them out.
 */
export const SPELLED: Record<string, string> = {
  '{': 'textbraceleft',
  '}': 'textbraceright',
  '\\': 'textbackslash',
  '~': 'textasciitilde',
  '^': 'textasciicircum',
};

/** Functions, set upright in formulas. */
export const FUNCTIONS = new Set(
  'log ln exp min max sup inf arg sin cos tan lim det dim ker deg gcd Pr'.split(' '),
);

/** What a search finds by the name of its command, besides Greek letters. Indexes hang on it. */
export const SEARCHED = new Set(
  'log exp sin cos tan tanh softmax max min argmax argmin ell infty nabla partial sqrt'.split(' '),
);

/** Letters and signs by their TeX name. */
export const SIGNS: Record<string, string> = Object.fromEntries(
  `alpha α beta β gamma γ delta δ epsilon ϵ varepsilon ε zeta ζ eta η theta θ vartheta ϑ iota ι kappa κ
lambda λ mu μ nu ν xi ξ pi π varpi ϖ rho ρ varrho ϱ sigma σ varsigma ς tau τ upsilon υ phi ϕ varphi φ
chi χ psi ψ omega ω Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ Upsilon Υ Phi Φ Psi Ψ Omega Ω
times × cdot · div ÷ pm ± mp ∓ ast ∗ star ⋆ circ ∘ bullet ∙ oplus ⊕ otimes ⊗ odot ⊙ le ≤ leq ≤ ge ≥
geq ≥ ll ≪ gg ≫ ne ≠ neq ≠ approx ≈ sim ∼ simeq ≃ equiv ≡ cong ≅ propto ∝ lesssim ≲ gtrsim ≳ in ∈
notin ∉ ni ∋ subset ⊂ subseteq ⊆ supset ⊃ supseteq ⊇ cup ∪ cap ∩ setminus ∖ emptyset ∅ varnothing ∅
forall ∀ exists ∃ neg ¬ land ∧ wedge ∧ lor ∨ vee ∨ to → rightarrow → leftarrow ← Rightarrow ⇒
Leftarrow ⇐ leftrightarrow ↔ Leftrightarrow ⇔ iff ⇔ mapsto ↦ uparrow ↑ downarrow ↓ infty ∞ partial ∂
nabla ∇ sum ∑ prod ∏ int ∫ oint ∮ sqrt √ ell ℓ hbar ℏ Re ℜ Im ℑ aleph ℵ angle ∠ perp ⊥ parallel ∥ mid |
langle ⟨ rangle ⟩ lfloor ⌊ rfloor ⌋ lceil ⌈ rceil ⌉ ldots … cdots ⋯ dots … vdots ⋮ prime ′ dagger †
lbrace { rbrace } lvert | rvert | lVert ‖ rVert ‖ degree ° triangle △ square □ top ⊤ bot ⊥ models ⊨ vdash ⊢`
    .split(/\s+/)
    .flatMap((word, i, all) => (i % 2 ? [] : [[word, all[i + 1]!]])),
);

/** Names of the small Greek letters, by letter: variants have the name of their letter. */
export const GREEK_NAMES: Record<string, string> = Object.fromEntries(
  Object.entries(SIGNS)
    .filter(([, sign]) => /^\p{Script=Greek}$/u.test(sign) && sign === sign.toLowerCase())
    .map(([name, sign]) => [sign, name.replace(/^var/, '')]),
);
