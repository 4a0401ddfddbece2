/** Between names: a comma or semicolon, "and" or "&", or (as the last one often) both. */
const BETWEEN = / ?[,;] ?(?:(?:and|&) )?| (?:and|&) /;

/** arXiv's own author line: commas and "and" between names, affiliations in brackets. */
export function splitAuthors(line: string): string[] {
  const names = withoutBrackets(line).replace(/\s+/g, ' ').trim();
  return names.split(BETWEEN).reduce<string[]>((all, name) => {
    const suffix = /^(?:jr|sr|ii|iii|iv)\.?$/i.test(name);
    if (suffix && all.length > 0) all[all.length - 1] += ` ${name}`;
    else if (name !== '' && name !== 'and') all.push(name);
    return all;
  }, []);
}

/** Affiliations may contain commas and brackets themselves. A bracket without its pair stays. */
function withoutBrackets(line: string): string {
  const kept: string[] = [];
  const opened: number[] = [];
  for (const [part] of line.matchAll(/[()]|[^()]+/g)) {
    const from = part === ')' ? opened.pop() : undefined;
    if (from !== undefined) {
      kept.length = from;
      continue;
    }
    if (part === '(') opened.push(kept.length);
    kept.push(part);
  }
  return kept.join('');
}
