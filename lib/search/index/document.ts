import { hash } from 'node:crypto';
import type { PaperText } from '@/lib/papers/text-store';
import { type Term, terms } from '@/lib/search/text/terms';
import { tokenizer } from '@/lib/search/text/tokenizer';

/** What of a paper is searched. */
export type Searchable = Pick<
  PaperText,
  'title' | 'abstract' | 'authors' | 'categories' | 'codeUrl' | 'filedAt'
>;

/** Grows whenever these rules, or those of terms.ts, change what is indexed: papers are then rebuilt. */
export const INDEX_VERSION = 5;

/** So that no phrase runs from one field into the next. */
const FIELD_GAP = 20;
/** A text beyond this is cut: ten long abstracts, with fewer words than the 16,383 positions of a tsvector. */
const LONGEST_TEXT = 20_000;
const LONGEST_NAME = 200;

export function documentDigest(paper: Searchable): string {
  const { title, abstract, authors, categories, codeUrl, filedAt } = paper;
  const parts = [INDEX_VERSION, title, abstract, codeUrl !== null, +filedAt, ...categories];
  return hash('sha1', [...parts, '', ...authors].join('\0'), 'base64');
}

export interface SearchDocument {
  /** Stems: title, title again, abstract, one line each. */
  ranked: string;
  /** Literal of a tsvector. */
  terms: string;
  length: number;
  /** Every indexed word of title and abstract, with the form in which it stands there. */
  words: readonly Pick<Term, 'stem' | 'word'>[];
}

/**
 * Builds the row of `search_document`. Names and categories are marked words beside the text's own, so
 * that one index answers "these words by this author" in one look: `t:` a word of the title, `a:` of
 * an author's name (all words of one name at one position, so that `<0>` asks for one author), `c:`
 * a category and its archive, `h:code`.
 */
export function searchDocument(paper: Searchable): SearchDocument {
  const title = terms(paper.title.slice(0, LONGEST_TEXT));
  const abstract = terms(paper.abstract.slice(0, LONGEST_TEXT));
  /** As in the literal: each lexeme with its positions. Words hold nothing that has to be escaped. */
  const lexemes = new Map<string, string>();
  const add = (lexeme: string, position: number) => {
    const before = lexemes.get(lexeme);
    lexemes.set(lexeme, before ? `${before},${position}` : `'${lexeme}':${position}`);
  };

  const titleEnd = (title.at(-1)?.position ?? 0) + FIELD_GAP;
  for (const { stem, position } of title) {
    add(stem, position);
    add(stem, position + titleEnd);
    add(`t:${stem}`, position);
  }
  for (const { stem, position } of abstract) add(stem, position + 2 * titleEnd);
  paper.authors.forEach((name, i) => {
    for (const { about } of nameWords(name.slice(0, LONGEST_NAME))) {
      for (const lexeme of about) add(lexeme, i + 1);
    }
  });
  for (const category of paper.categories.map((c) => escaped(c.toLowerCase()))) {
    add(`c:${category}`, 1);
    if (category.includes('.')) add(`c:${category.slice(0, category.indexOf('.'))}`, 1);
  }
  if (paper.codeUrl) add('h:code', 1);

  const line = (list: Term[]) => list.map((term) => term.stem).join(' ');
  const titleLine = line(title);
  return {
    ranked: `${titleLine}\n${titleLine}\n${line(abstract)}`,
    terms: [...lexemes.values()].join(' '),
    length: 2 * title.length + abstract.length,
    words: [...title, ...abstract],
  };
}

/** A word of a name and its initial, so that "E. Hu" finds Edward Hu. */
const nameWords = tokenizer((word) => [`a:${word}`, `a:${[...word][0]}`]);

/** A lexeme in single quotes, as tsvector and tsquery literals want it. */
export function quoted(lexeme: string): string {
  return `'${escaped(lexeme)}'`;
}

function escaped(lexeme: string): string {
  return lexeme.replace(/\\/g, '\\\\').replace(/'/g, "''");
}
