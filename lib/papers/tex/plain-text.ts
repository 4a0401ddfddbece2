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

/** Letters and signs by their TeX name. */
const SIGNS: Record<string, string> = Object.fromEntries(
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
degree ° triangle △ square □ top ⊤ bot ⊥ models ⊨ vdash ⊢`
    .split(/\s+/)
    .flatMap((word, i, all) => (i % 2 ? [] : [[word, all[i + 1]!]])),
);

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

function formula(tex: string): string {
  const plain = tex
    .replace(/\\mathbb\s*\{([^{}]*)\}/g, (_, letters) => every(letters, DOUBLE) ?? letters)
    .replace(
      /\\(?:mathrm|mathbf|mathit|mathcal|mathsf|mathtt|mathscr|mathfrak|boldsymbol|bm|text|textbf|textit|textrm|operatorname\*?|emph|mbox)\s*\{([^{}]*)\}/g,
      '$1',
    )
    .replace(
      /\\(?:left|right|big|Big|bigg|Bigg|displaystyle|limits|,|;|:|!|quad|qquad)(?![a-zA-Z])/g,
      (command) => (/[,;:q]/.test(command[1]!) ? ' ' : ''),
    )
    .replace(/\\[dt]?frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}/g, (_, a, b) => `${group(a)}/${group(b)}`)
    .replace(/\\sqrt\s*\{([^{}]*)\}/g, (_, inner) => `√${group(inner)}`)
    .replace(/\\([a-zA-Z]+)( ?)/g, (command, name, space) => {
      if (FUNCTIONS.has(name)) return `${name} `;
      if (!Object.hasOwn(SIGNS, name)) return command;
      // The space ends the command's name; between signs it is worth keeping, after a letter not.
      return SIGNS[name]! + (/\p{L}/u.test(SIGNS[name]!) ? '' : space);
    })
    .replace(/\^\s*(?:\{([^{}]*)\}|(\S))/g, (_, braced, one) => script(braced ?? one, SUPER, '^'))
    .replace(/_\s*(?:\{([^{}]*)\}|(\S))/g, (_, braced, one) => script(braced ?? one, SUB, '_'))
    .replace(/\\([%&$#_{}| ])/g, '$1')
    .replace(/~/g, ' ')
    .replace(/ {2,}/g, ' ')
    .trim();
  // Braces that a command we do not know needs stay, so that it can be read as TeX.
  return /\\[a-zA-Z]/.test(plain) ? plain : plain.replace(/[{}]/g, '');
}

const FUNCTIONS = new Set(
  'log ln exp min max sup inf arg sin cos tan lim det dim ker deg gcd Pr'.split(' '),
);

function group(inner: string): string {
  return /^[\p{L}\p{N}\\.]*$/u.test(inner) ? inner : `(${inner})`;
}

function script(inner: string, table: Record<string, string>, sign: string): string {
  if (inner === '∘') return '°';
  if (inner === '′') return '′';
  return every(inner, table) ?? (/^.$/u.test(inner) ? `${sign}${inner}` : `${sign}(${inner})`);
}
