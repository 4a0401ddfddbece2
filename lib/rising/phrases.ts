import { isGeneral, isStop, singular, withAcronyms } from './vocabulary';

/** A phrase as one paper has it. */
export interface Mention {
  /** How often. */
  times: number;
  inTitle: boolean;
  /** As it is written, first in the abstract. */
  surface: string;
}

const MOST_WORDS = 4;
/** "mixture of experts", "chain of thought reasoning". */
const MOST_WITH_OF = 5;
/** What parts phrases: formulas, punctuation, brackets. */
const BREAKS =
  /\$[^$]*\$|\\[a-zA-Z]+\{[^}]*\}|https?:\S+|[.,;:!?()[\]{}"“”‘’/|=<>+*~^_\\—–…]+|\s-+\s/g;
const WORD = /[\p{L}\p{N}][\p{L}\p{N}'’-]*/gu;

/** A word as written, or several that hyphens join: they begin and end a phrase together. */
interface Unit {
  surface: string;
  /** Lower case and singular. */
  words: string[];
  stops: boolean;
  general: boolean;
}

/**
 * The phrases of a paper that may be topics, by their key: one to four words, singular, in lower case, with
 * hyphens as spaces and what has an acronym as that.
 */
export function phrasesOf(title: string, abstract: string): Map<string, Mention> {
  const found = new Map<string, Mention>();
  collect(abstract, false, found);
  collect(title, true, found);
  return found;
}

function collect(text: string, inTitle: boolean, found: Map<string, Mention>): void {
  for (const part of text.normalize('NFKC').split(BREAKS)) {
    const units = (part.match(WORD) ?? []).map(unitOf);
    for (let from = 0; from < units.length; from++) {
      const first = units[from]!;
      if (first.stops || first.general) continue;
      const words: string[] = [];
      let surface = '';
      let withOf = false;
      for (let to = from; to < units.length; to++) {
        const unit = units[to]!;
        if (unit.stops) {
          if (unit.surface !== 'of' || withOf) break;
          withOf = true;
        }
        words.push(...unit.words);
        if (words.length > (withOf ? MOST_WITH_OF : MOST_WORDS)) break;
        surface += (surface && ' ') + unit.surface;
        if (unit.stops || unit.general) continue;
        add(found, withAcronyms(words.join(' ')), surface, inTitle);
      }
    }
  }
}

function add(found: Map<string, Mention>, key: string, surface: string, inTitle: boolean): void {
  const known = found.get(key);
  if (known) {
    known.times += 1;
    known.inTitle ||= inTitle;
  } else found.set(key, { times: 1, inTitle, surface });
}

function unitOf(written: string): Unit {
  const surface = written.replace(/['’]s?$|-+$/g, '');
  const lower = surface.toLowerCase();
  const words = lower.split(/-+/).filter(Boolean).map(singular);
  return {
    surface,
    words,
    stops: isStop(lower),
    general: isGeneral(lower) || /^[\d-]+$/.test(lower) || words.length === 0,
  };
}
