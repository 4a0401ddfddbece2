/** A display name parted for formats that want the family name first. */
export interface PersonName {
  family: string;
  given: string;
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
 * "Ludwig van der Berg Jr." is given "Ludwig", family "van der Berg Jr.". Null for what is not a
 * person with two names: a group, or a single name.
 */
export function partName(display: string): PersonName | null {
  const words = display.trim().split(/\s+/);
  if (words.length < 2 || GROUP.test(display)) return null;
  let at = words.length - 1;
  if (SUFFIX.test(words[at] ?? '') && at > 1) at -= 1;
  while (at > 1 && PARTICLES.has(words[at - 1] ?? '')) at -= 1;
  return { given: words.slice(0, at).join(' '), family: words.slice(at).join(' ') };
}
