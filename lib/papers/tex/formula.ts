/**
 * `$$…$$`, `\[…\]`, `\(…\)` and `$…$`. By Pandoc's rule a closing dollar follows a non-space and no digit
 * follows it, so prices stay text; around a single command (`3$\pm$1`) a digit may follow. Bounded lengths.
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
