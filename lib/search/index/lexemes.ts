/**
 * What the tsvector of a paper holds besides the stems of its text: words with the letter of a field
 * before them. So one index answers "these words by this author" in one look.
 */

export const titleLexeme = (stem: string) => `t:${stem}`;
/** Of a word of an author's name. */
export const authorLexeme = (word: string) => `a:${word}`;
/** Of a category, or of an archive: the part before its dot. */
export const categoryLexeme = (category: string) => `c:${category.toLowerCase()}`;
export const CODE_LEXEME = 'h:code';

/** A lexeme in single quotes, as tsvector and tsquery literals want it. */
export const quoted = (lexeme: string) => `'${escaped(lexeme)}'`;

export function escaped(lexeme: string): string {
  return lexeme.replace(/\\/g, '\\\\').replace(/'/g, "''");
}
