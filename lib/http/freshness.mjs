// @ts-check
/** @typedef {Record<string, string | number | readonly string[] | undefined>} Fields by names in lower case */

/**
 * Whether a client has an answer already (RFC 9110, section 13.2.2): by its entity tags, compared
 * weakly, and by its date only where it names no tags.
 *
 * @param {Fields} asked header fields of the request
 * @param {Fields} answered header fields of the answer
 */
export function isFresh(asked, answered) {
  const known = asked['if-none-match'];
  if (known === undefined)
    return timeOf(asked['if-modified-since']) >= timeOf(answered['last-modified']);
  if (String(known).trim() === '*') return true;
  const opaque = String(answered.etag).replace(/^W\//, '');
  return (String(known).match(/"[^"]*"/g) ?? []).some((tag) => tag === opaque);
}

/** NaN, which is never greater, where there is no date. @param {Fields[string]} date */
function timeOf(date) {
  return Date.parse(String(date));
}
