/** What arXiv's interfaces have in common. */

const WITHDRAWN =
  /^\W*(?:this|the|our)?\s*(?:\w+\s)?(?:paper|article|manuscript|submission|preprint|work|version|note|draft)?\s*(?:has been|was|is(?: being)?|have been)?\s*(?:temporarily\s+)?(?:withdrawn|retracted)\b/i;

/** Whether the comment or the abstract says that the authors (or arXiv) took the paper back. */
export function saysWithdrawn(comment: string | undefined, abstract: string | undefined): boolean {
  return (
    WITHDRAWN.test(comment?.trim() ?? '') || WITHDRAWN.test(abstract?.trim().slice(0, 200) ?? '')
  );
}

export function uniqueWords(words: readonly (string | undefined)[]): string[] {
  return [...new Set(words.filter((word): word is string => word !== undefined && word !== ''))];
}
