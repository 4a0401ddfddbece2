import { toAscii } from '@/lib/papers/ascii';
import { plainMaths } from '@/lib/papers/tex/plain-text';

/**
 * Text that the card's font can draw: Latin letters with accents, figures, punctuation. Other letters
 * are taken apart or left out, because a missing one would be fetched from another site.
 */
export function cardText(text: string, most: number): string {
  const latin = plainMaths(text)
    .normalize('NFC')
    .replace(
      /[^\u0020-\u007e\u00a0-\u00ff\u2013\u2014\u2018\u2019\u201c\u201d\u2026]/gu,
      (letter) => toAscii(letter).replace(/[^\u0020-\u007e]/g, ''),
    )
    .replace(/\s+/g, ' ')
    .trim();
  if (latin.length <= most) return latin;
  return `${latin.slice(0, most).replace(/\s+\S*$/, '')} …`.replace(' …', '…');
}

/** Pixels, so that long titles fit as well as short ones. */
export function cardTitleSize(title: string): number {
  if (title.length <= 60) return 76;
  if (title.length <= 110) return 62;
  return 50;
}
