/** A display name parted for formats that want the family name first. */
export interface PersonName {
  family: string;
  given: string;
  /** "Jr.", "III". */
  suffix?: string;
}

const PARTICLES = new Set([
  'af',
  'al',
  'bin',
  'da',
  'das',
  'de',
  'del',
  'della',
  'dem',
  'den',
  'der',
  'di',
  'do',
  'dos',
  'du',
  'el',
  'la',
  'las',
  'le',
  'los',
  'ten',
  'ter',
  'van',
  'vander',
  'von',
  'zu',
  'zum',
  'zur',
]);
const SUFFIX = /^(?:jr|sr|ii|iii|iv)\.?$/i;
const GROUP = /\b(?:collaboration|consortium|team|group|institute|project|university|lab|labs)\b/i;

/**
 * "Ludwig van der Berg Jr." is given "Ludwig", family "van der Berg", suffix "Jr.". Null for what is not
 * a person with two names: a group, a single name, or one with a comma.
 */
export function partName(display: string): PersonName | null {
  const words = display.trim().split(/\s+/);
  if (words.length < 2 || display.includes(',') || GROUP.test(display)) return null;
  const suffix = words.length > 2 && SUFFIX.test(words.at(-1)!) ? words.pop() : undefined;
  let at = words.length - 1;
  while (at > 1 && PARTICLES.has(words[at - 1] ?? '')) at -= 1;
  const name = { given: words.slice(0, at).join(' '), family: words.slice(at).join(' ') };
  return suffix === undefined ? name : { ...name, suffix };
}
