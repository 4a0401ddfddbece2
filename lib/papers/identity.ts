import { createHash } from 'node:crypto';
import { beginning } from '@/lib/db/storable';
import { PLAIN_LETTERS } from '@/lib/papers/ascii';
import { normaliseName, normaliseTitle } from '@/lib/papers/normalise';

/**
 * What makes two records one paper: the arXiv id without its version, then the DOI, then the title
 * with the first author's family name.
 */

export interface ArxivId {
  id: string;
  version?: number;
}

// New style since 2007-04 (four, later five digits; a sixth is only a question of time), and the old
// style with an archive, an optional subject class that is no part of the identity, and seven digits.
const NEW_STYLE = /^(\d{4}\.\d{4,6})(?:v(\d{1,4}))?$/;
const OLD_STYLE = /^([a-z]+(?:-[a-z]+)?)(?:\.[a-z-]{2,})?\/(\d{7})(?:v(\d{1,4}))?$/i;

/** Longer text is not searched for an identifier. */
const LONGEST_IDENTIFIER = 2_000;

/** Reads an id, an `arXiv:` or OAI identifier, an abstract, PDF or HTML address, or arXiv's own DOI. */
export function parseArxivId(text: string): ArxivId | null {
  if (text.length > LONGEST_IDENTIFIER) return null;
  const bare = text
    .trim()
    .replace(/^<|>$/g, '')
    .replace(
      /^(?:https?:\/\/)?(?:www\.|export\.|browse\.)?arxiv\.org\/(?:abs|pdf|html|format|e-print|src)\//i,
      '',
    )
    .replace(/^(?:https?:\/\/)?ar5iv\.(?:labs\.arxiv\.)?org\/(?:abs|html|pdf)\//i, '')
    .replace(/^(?:https?:\/\/)?(?:www\.)?alphaxiv\.org\/(?:abs|overview|pdf|html)\//i, '')
    .replace(/^(?:https?:\/\/)?(?:www\.)?(?:huggingface\.co|hf\.co)\/papers\//i, '')
    .replace(/^(?:https?:\/\/)?(?:dx\.)?(?:doi\.org\/)?(?:doi:\s*)?10\.48550\/arxiv\./i, '')
    .replace(/^oai:arxiv\.org:/i, '')
    .replace(/^arxiv:\s*/i, '')
    .replace(/[?#].*$/, '')
    .replace(/(?<!\/)\/+$/, '')
    .replace(/\.pdf$/i, '')
    .replace(/\s*\[[\w.-]+\]$/, '');
  const modern = NEW_STYLE.exec(bare);
  if (modern) return withVersion(modern[1]!, modern[2]);
  const old = OLD_STYLE.exec(bare);
  if (old) return withVersion(`${old[1]!.toLowerCase()}/${old[2]}`, old[3]);
  return null;
}

function withVersion(id: string, version: string | undefined): ArxivId {
  return version === undefined ? { id } : { id, version: Number(version) };
}

/**
 * A DOI in lower case, without its resolver. Null for any other text, and for arXiv's own DOIs,
 * which are arXiv ids.
 */
export function parseDoi(text: string): string | null {
  const bare = text
    .slice(0, LONGEST_IDENTIFIER)
    .trim()
    .replace(/^(?:https?:\/\/)?(?:dx\.|www\.)?doi\.org\//i, '')
    .replace(/^doi:\s*/i, '')
    .split(/[\s,;]+(?=10\.|$)/)[0]!
    .replace(/[.,;]+$/, '')
    .toLowerCase();
  if (!/^10\.\d{4,9}\/[^\s\p{Cc}\p{Surrogate}]+$/u.test(bare) || bare.length > 300) return null;
  return bare.startsWith('10.48550/arxiv.') ? null : bare;
}

/** Letters and digits only, so that spelling of hyphens, spaces, accents and case does not matter. */
export function titleKey(title: string): string {
  const normalised = normaliseTitle(title);
  const key = lettersAndDigits(normalised);
  return shortened(key === '' ? normalised.toLowerCase() : key);
}

/** The first author's family name, letters only; empty when there are no authors. */
export function firstAuthorKey(authors: readonly string[]): string {
  const first = authors[0];
  if (first === undefined) return '';
  const words = normaliseName(first)
    .replace(/,?\s+(?:jr|sr|ii|iii|iv)\.?$/i, '')
    .split(/\s+/);
  return shortened(lettersAndDigits(words.at(-1) ?? '') || lettersAndDigits(words.join('')));
}

function lettersAndDigits(text: string): string {
  return (
    text
      .normalize('NFKD')
      .toLowerCase()
      // These alone, because the keys of stored papers were made so.
      .replace(/[øłß]/g, (letter) => PLAIN_LETTERS[letter]!)
      .replace(/[^\p{L}\p{N}]/gu, '')
  );
}

/** Keys stand in a B-tree, whose entries are bounded. */
function shortened(key: string): string {
  if (key.length <= 200) return key;
  return `${beginning(key, 180)}${createHash('sha256').update(key).digest('hex').slice(0, 20)}`;
}
