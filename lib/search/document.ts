import { createHash } from 'node:crypto';
import { type Term, terms } from '@/lib/search/terms';
import { words } from '@/lib/search/words';

/** What of a paper is searched. */
export interface Searchable {
  title: string;
  abstract: string;
  authors: string[];
  categories: string[];
  codeUrl: string | null;
  /** Published, or first seen where that is unknown. */
  filedAt: Date;
}

/** Grows whenever these rules, or those of terms.ts, change what is indexed: papers are then rebuilt. */
export const RULES_VERSION = 3;

/** PostgreSQL keeps no positions above this, and no more than 255 of one word. */
const LAST_POSITION = 16_000;
const POSITIONS_A_WORD = 250;
/** So that no phrase runs from one field into the next. */
const FIELD_GAP = 20;
/** A text beyond this is cut: 20,000 characters are ten long abstracts. */
const LONGEST_TEXT = 20_000;

export function documentDigest(paper: Searchable): string {
  const { title, abstract, authors, categories, codeUrl, filedAt } = paper;
  const parts = [RULES_VERSION, title, abstract, authors, categories, codeUrl !== null, +filedAt];
  return createHash('sha1').update(JSON.stringify(parts)).digest('base64');
}

export interface SearchDocument {
  /** Stems: title, title again, abstract, one line each. */
  ranked: string;
  /** Literal of a tsvector. */
  terms: string;
  length: number;
  /** Each stem with the forms in which it stands in the text. */
  words: Map<string, string[]>;
}

/**
 * Builds the row of `paper_search`. Names and categories are marked words beside the text's own, so
 * that one index answers "these words by this author" in one look: `t:` a word of the title, `a:` of
 * an author's name (all words of one name at one position, so that `<0>` asks for one author), `c:`
 * a category and its archive, `h:code`.
 */
export function searchDocument(paper: Searchable): SearchDocument {
  const title = terms(paper.title.slice(0, LONGEST_TEXT));
  const abstract = terms(paper.abstract.slice(0, LONGEST_TEXT));
  const positions = new Map<string, number[]>();
  const add = (lexeme: string, position: number) => {
    const list = positions.get(lexeme);
    if (!list) positions.set(lexeme, [Math.min(position, LAST_POSITION)]);
    else if (position <= LAST_POSITION && list.length < POSITIONS_A_WORD) list.push(position);
  };

  const titleEnd = (title.at(-1)?.position ?? 0) + FIELD_GAP;
  for (const { stem, position } of title) {
    add(stem, position);
    add(stem, position + titleEnd);
    add(`t:${stem}`, position);
  }
  for (const { stem, position } of abstract) add(stem, position + 2 * titleEnd);
  paper.authors.forEach((name, i) => {
    for (const lexeme of authorLexemes(name)) add(lexeme, i + 1);
  });
  for (const category of paper.categories.map((c) => c.toLowerCase())) {
    add(`c:${category}`, 1);
    if (category.includes('.')) add(`c:${category.slice(0, category.indexOf('.'))}`, 1);
  }
  if (paper.codeUrl) add('h:code', 1);

  const forms = new Map<string, string[]>();
  for (const list of [title, abstract]) {
    for (const { stem, word } of list) {
      const known = forms.get(stem);
      if (!known) forms.set(stem, [word]);
      else if (!known.includes(word)) known.push(word);
    }
  }
  const line = (list: Term[]) => list.map((term) => term.stem).join(' ');
  return {
    ranked: `${line(title)}\n${line(title)}\n${line(abstract)}`,
    terms: [...positions].map(([lexeme, list]) => `${quoted(lexeme)}:${list.join(',')}`).join(' '),
    length: 2 * title.length + abstract.length,
    words: forms,
  };
}

/** The words of a name and their initials, so that "E. Hu" finds Edward Hu. */
function authorLexemes(name: string): Set<string> {
  const lexemes = new Set<string>();
  for (const { word } of words(name.slice(0, 200))) {
    lexemes.add(`a:${word}`);
    lexemes.add(`a:${[...word][0]}`);
  }
  return lexemes;
}

/** A lexeme in single quotes, as tsvector and tsquery literals want it. */
export function quoted(lexeme: string): string {
  // Hardly any lexeme has something to escape, and an import writes a hundred a paper.
  if (!/['\\]/.test(lexeme)) return `'${lexeme}'`;
  return `'${lexeme.replace(/\\/g, '\\\\').replace(/'/g, "''")}'`;
}
