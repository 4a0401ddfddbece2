const NOUN = '(?:paper|article|manuscript|submission|preprint|e-?print|work|version|note|draft)';
const IS =
  '(?:(?:has|have|had)(?: now| since)? been|(?:was|is)(?: now| being)?|(?:will|must|should|had to|has to) be)';
const ADVERB = '(?:temporarily |hereby |now )?';
/** Taken back from a conference or a journal, a paper stays on arXiv. */
const DONE = '(?:withdrawn|retracted)\\b(?! from (?!(?:the )?arxiv))';
/** Before any other word it is an adjective: "Retracted papers are cited". */
const ALONE =
  '(?=\\W*$| ?[.,;:!()\\[\\]]| (?:by|due|because|for|as|since|pending|until|owing|on|to|in favou?r|from)\\b)';

const SAYINGS = [
  `(?:this |the |our |my )?(?:\\w+ )?${NOUN} (?:${IS} )?${ADVERB}${DONE}`,
  `(?:${IS} )?${ADVERB}${DONE}${ALONE}`,
  `(?:the )?(?:authors?|we|i) (?:have |has |had |hereby |wish to |want to |decided to |must ){0,3}(?:withdr[ae]wn?|retract(?:ed)?) (?:this|the|our|my) (?:\\w+ )?${NOUN}\\b(?! from (?!(?:the )?arxiv))`,
  `(?:the )?authors? (?:have|has) ${DONE}${ALONE}`,
].join('|');
const AT_BEGINNING = new RegExp(`^\\W*(?:${SAYINGS})`, 'i');
const AFTER_PAUSE = new RegExp(`(?:^|[.,;:!?)\\]] ?)\\W*(?:${SAYINGS})`, 'i');
const SOMEWHERE = new RegExp(`\\bthis ${NOUN}\\b[^.;!?]{0,100} ${IS} ${ADVERB}${DONE}`, 'i');

/**
 * Whether the comment or the abstract says that the authors (or arXiv) took the paper back. An abstract
 * may speak of other papers that were, so only its first words count.
 */
export function saysWithdrawn(comment: string | undefined, abstract: string | undefined): boolean {
  const note = mentioning(comment, 2_000);
  return (
    AFTER_PAUSE.test(note) || SOMEWHERE.test(note) || AT_BEGINNING.test(mentioning(abstract, 200))
  );
}

/** The beginning of the text on one line, or nothing where it has no such word. */
function mentioning(text: string | undefined, length: number): string {
  if (text === undefined || !/withdr[ae]w|retract/i.test(text)) return '';
  return text
    .slice(0, length + 100)
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, length);
}

export function uniqueWords(words: readonly (string | undefined)[]): string[] {
  return [...new Set(words.filter((word): word is string => word !== undefined && word !== ''))];
}
