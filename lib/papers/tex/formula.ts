/**
 * `$$…$$`, `\[…\]`, `\(…\)` and `$…$`. A single dollar opens only before a non-space and closes only
 * after one and not before a digit, so that "from $5 to $10" stays text (Pandoc's rule); around a single
 * command, as in `3$\pm$1`, it closes before a digit too. Lengths are bounded, so that no text takes
 * quadratic time.
 */
export const FORMULA =
  /\$\$(?<block>[^$]{1,1000})\$\$|\\\[(?<bracket>[\s\S]{1,1000}?)\\\]|\\\((?<paren>[\s\S]{1,1000}?)\\\)|(?<![\\$])\$(?<inline>\\[a-zA-Z]+(?=\$)|(?![\s$])(?:\\.|[^$\\]){1,1000}?(?<![\s])(?=\$(?!\d)))\$/g;

/** `change` applied to the text between formulas; these stay TeX for the renderer. */
export function outsideFormulas(text: string, change: (text: string) => string): string {
  let result = '';
  let from = 0;
  for (const formula of text.matchAll(FORMULA)) {
    result += change(text.slice(from, formula.index)) + formula[0];
    from = formula.index + formula[0].length;
  }
  return result + change(text.slice(from));
}
