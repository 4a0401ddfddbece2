/**
 * An arXiv archive or category in arXiv's own spelling, `cs`, `cs.CL`, `cond-mat.mes-hall`, however it
 * was typed; null where it cannot be one.
 */
export function canonicalCategory(raw: string): string | null {
  const match = /^([a-z]+(?:-[a-z]+)*)(?:\.([a-z]+(?:-[a-z]+)*))?$/i.exec(raw);
  if (!match) return null;
  const [, archive, subject] = match;
  const lower = archive!.toLowerCase();
  if (!subject) return lower;
  return `${lower}.${subject.length === 2 ? subject.toUpperCase() : subject.toLowerCase()}`;
}
