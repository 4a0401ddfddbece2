import { beginning } from '@/lib/db/storable';
import { normaliseName } from '@/lib/papers/normalise';

/** No name is longer; what comes after is something else. */
const LONGEST_NAME = 1_000;

/** Most names are letters, dots and hyphens, and need nothing of what follows. */
const PLAIN = /^[\p{L}\p{M}][\p{L}\p{M}.'’ -]*$/u;
const SPEAKS_OF_MORE = /collab|consorti|\bal\b|\bothers\b|\bfor\b|\bbehalf\b/i;

const GROUP = '(?:collaborations?|consortium|consortia|team|group|project|network)';
const FOR = '(?:on\\s+behalf\\s+of|for)\\s+(?:the\\s+)?';
const PERSON_FOR_GROUP = new RegExp(`^(?:(.{2,100}?)[,;]?\\s+)?${FOR}(.{1,150}\\b${GROUP})$`, 'i');
const GROUP_AND_PEOPLE = new RegExp(`^(.{1,150}?\\b${GROUP})\\s*:\\s*(.*)$`, 'i');
const AND_OTHERS = /[,;]?\s?(?:\bet\.?\s?al\b\.?|(?:\band|&)\s(?:others|al\b\.?))$/i;

/**
 * Whom one author of a source names: mostly one. Collaborations are names of their own, and what is no
 * name, such as ":" or "et al.", is nobody.
 */
export function authorNames(raw: string): string[] {
  const name = normaliseName(beginning(raw, LONGEST_NAME));
  if (PLAIN.test(name) && !SPEAKS_OF_MORE.test(name)) return [name];
  const bare = trimmed(withoutStrayBrackets(name));
  const known = trimmed(bare.replace(AND_OTHERS, ''));
  if (!/\p{L}/u.test(known) || /^others$/i.test(known)) return [];
  const group = GROUP_AND_PEOPLE.exec(known);
  if (group) return [group[1]!, ...authorNames(group[2]!)];
  const speaker = PERSON_FOR_GROUP.exec(known);
  if (speaker) return [...(speaker[1] ? authorNames(speaker[1]) : []), speaker[2]!];
  return [known];
}

function trimmed(name: string): string {
  return name.replace(/^[\s,;:]+|(?<![\s,;:])[\s,;:]+$/g, '');
}

/** Marks of footnotes go, and brackets without their pair. */
function withoutStrayBrackets(name: string): string {
  if (!/[()[\]{}]/.test(name)) return name;
  let kept = name.replace(/\s?\[[\d,*†‡§ ]{0,20}\]/g, '');
  for (const pair of ['()', '[]', '{}']) {
    if (!paired(kept, pair)) kept = kept.replaceAll(pair[0]!, '').replaceAll(pair[1]!, '');
  }
  return kept;
}

function paired(text: string, [opening, closing]: string): boolean {
  let depth = 0;
  for (const c of text) {
    if (c === opening) depth++;
    else if (c === closing && --depth < 0) return false;
  }
  return depth === 0;
}

const SUFFIX = /^(?:jr|sr|ii|iii|iv)\.?$/i;
const NAME_WORD =
  /^(?:\p{Lu}[\p{L}\p{M}.'’-]*|[^\P{L}\p{Lu}\p{Ll}]+|v[ao]n|de[lrn]?|d[aiu]|la|le|ten|ter|zu|al|bin|dos)$/u;
const NO_PERSON =
  /\b(?:inc|ltd|llc|corp|co|gmbh|plc|ag|university|institute|laborator(?:y|ies)|labs?|center|centre|department|school|college|team|group|collaborations?|consortium)\b/i;

/** "John Smith" from a name that a source shows as "Smith, John"; every other name as it is. */
export function displayName(name: string): string {
  const parts = name.split(',').map((part) => part.trim());
  const suffix = parts.slice(1).find((part) => SUFFIX.test(part));
  const [family = '', given = '', ...more] = parts.filter((part) => part !== suffix);
  if (parts.length > 3 || more.length > 0 || family === '') return name;
  if (given === '') return suffix ? `${family} ${suffix}` : name;
  if (NO_PERSON.test(name) || !looksLikeOnePerson(family, given)) return name;
  return [given, family, suffix].filter(Boolean).join(' ');
}

/** Not "John Smith, Jane Doe", where two words stand on both sides and neither is an initial. */
function looksLikeOnePerson(family: string, given: string): boolean {
  const [before, after] = [family.split(/\s+/), given.split(/\s+/)];
  const capitals = before.filter((word) => /^\p{Lu}/u.test(word)).length;
  const twoPeople =
    capitals > 1 && after.length > 1 && !after.some((word) => /^\p{Lu}\.?$/u.test(word));
  return (
    before.length <= 4 &&
    after.length <= 4 &&
    !twoPeople &&
    [...before, ...after].every((word) => NAME_WORD.test(word))
  );
}
