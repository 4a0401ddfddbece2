const ARCHIVE = '[a-z]{2,8}|[a-z]{1,8}(?:-[a-z]{1,8})+';
const SUBJECT = '[a-z]{1,8}(?:-[a-z]{1,8})*';
/** Of words without a hyphen these alone are archives that stand without a subject. */
const WHOLE = new Set(['cs', 'econ', 'eess', 'math', 'nlin', 'physics', 'stat']);
const CATEGORY = new RegExp(`^(${ARCHIVE})(?:\\.(${SUBJECT}))?$`, 'i');

/**
 * An arXiv archive or category in arXiv's own spelling, `cs`, `cs.CL`, `cond-mat.mes-hall`, however it
 * was typed; null where it cannot be one, such as a class of MSC (`68T05`) or ACM (`I.2.7`, `H.m`).
 */
export function canonicalCategory(raw: string): string | null {
  const match = CATEGORY.exec(raw);
  if (!match) return null;
  const [, archive, subject] = match;
  const lower = archive!.toLowerCase();
  if (!subject) return lower.includes('-') || WHOLE.has(lower) ? lower : null;
  return `${lower}.${subject.length === 2 ? subject.toUpperCase() : subject.toLowerCase()}`;
}
