// @ts-check
/**
 * Whether a client has an answer already (RFC 9110, section 13.2.2): by its entity tags, compared
 * weakly, and by its date only where it names no tags. All are values of header fields.
 *
 * @param {{ ifNoneMatch?: string | null, ifModifiedSince?: string | null }} asked
 * @param {{ etag?: string, lastModified?: string }} answered
 */
export function isFresh({ ifNoneMatch, ifModifiedSince }, { etag = '', lastModified = '' }) {
  // HTTP dates have whole seconds. No date is no number, which is never greater.
  if (ifNoneMatch == null) return Date.parse(ifModifiedSince ?? '') >= Date.parse(lastModified);
  if (ifNoneMatch.trim() === '*') return true;
  const opaque = etag.replace(/^W\//, '');
  return (ifNoneMatch.match(/"[^"]*"/g) ?? []).some((tag) => tag === opaque);
}
