import { hash } from 'node:crypto';
import type { PaperText } from '@/lib/papers/text-store';
import {
  authorLexeme,
  CODE_LEXEME,
  categoryLexeme,
  escaped,
  titleLexeme,
} from '@/lib/search/index/lexemes';
import { type Term, terms } from '@/lib/search/text/terms';
import { tokenizer } from '@/lib/search/text/tokenizer';

/** What of a paper is searched. */
type Searchable = Pick<
  PaperText,
  'title' | 'abstract' | 'authors' | 'categories' | 'codeUrl' | 'filedAt'
>;

/** Grows when these rules, or those of terms.ts, change what is indexed: papers are then indexed anew. */
export const INDEX_VERSION = 6;

/** Positions left free, so that no phrase runs from one field into the next. */
const FIELD_GAP = 20;
/** Ten long abstracts. Their words stay below 16,383, the largest position of a tsvector. */
const LONGEST_TEXT = 20_000;
const LONGEST_NAME = 200;

export function documentDigest(paper: Searchable): string {
  const { title, abstract, authors, categories, codeUrl, filedAt } = paper;
  const parts = [INDEX_VERSION, title, abstract, codeUrl !== null, +filedAt, ...categories];
  return hash('sha1', [...parts, '', ...authors].join('\0'), 'base64');
}

/** The row of `search_document` for a paper. */
interface SearchDocument {
  /** Its stems, for BM25: title, title again, abstract, one line each. */
  ranked: string;
  /** Literal of a tsvector: its stems, and the lexemes of its fields. */
  tsvector: string;
  length: number;
  /** Those of title and abstract, for the lexicon. */
  terms: readonly Term[];
}

export function searchDocument(paper: Searchable): SearchDocument {
  const title = terms(paper.title.slice(0, LONGEST_TEXT));
  const abstract = terms(paper.abstract.slice(0, LONGEST_TEXT));
  /** As in the literal: each lexeme with its positions. Stems and words have nothing to escape. */
  const lexemes = new Map<string, string>();
  const add = (lexeme: string, position: number) => {
    const before = lexemes.get(lexeme);
    lexemes.set(lexeme, before ? `${before},${position}` : `'${lexeme}':${position}`);
  };

  const titleEnd = (title.at(-1)?.position ?? 0) + FIELD_GAP;
  for (const { stem, position } of title) {
    add(stem, position);
    add(stem, position + titleEnd);
    add(titleLexeme(stem), position);
  }
  for (const { stem, position } of abstract) add(stem, position + 2 * titleEnd);
  // All words of a name have one position, so that `<0>` asks for one author.
  paper.authors.forEach((name, i) => {
    for (const { about } of nameLexemes(name.slice(0, LONGEST_NAME))) {
      for (const lexeme of about) add(lexeme, i + 1);
    }
  });
  for (const category of paper.categories.map(escaped)) {
    add(categoryLexeme(category), 1);
    const dot = category.indexOf('.');
    if (dot >= 0) add(categoryLexeme(category.slice(0, dot)), 1);
  }
  if (paper.codeUrl) add(CODE_LEXEME, 1);

  const line = (list: Term[]) => list.map((term) => term.stem).join(' ');
  const titleLine = line(title);
  return {
    ranked: `${titleLine}\n${titleLine}\n${line(abstract)}`,
    tsvector: [...lexemes.values()].join(' '),
    length: 2 * title.length + abstract.length,
    terms: [...title, ...abstract],
  };
}

/** A word of a name and its initial, so that "E. Hu" finds Edward Hu. */
const nameLexemes = tokenizer((word) => [word, [...word][0]!].map(authorLexeme));
