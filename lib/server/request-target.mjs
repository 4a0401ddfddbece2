// @ts-check
/**
 * The path and query that a request is for; null where its target is malformed (RFC 9112, section 3.2).
 * A target with scheme and host, as for a proxy, is one too.
 *
 * @param {string} target
 */
export function pathOfTarget(target) {
  const path = target.startsWith('/') ? target : pathOfUrl(target);
  return path !== null && isDecodable(path) ? path : null;
}

/** @param {string} target */
function pathOfUrl(target) {
  if (!/^https?:\/\//i.test(target) || !URL.canParse(target)) return null;
  const { pathname, search } = new URL(target);
  return pathname + search;
}

/** Next would call it an error of its own where it is not. @param {string} path */
function isDecodable(path) {
  try {
    decodeURIComponent(path.split('?', 1)[0] ?? '');
    return true;
  } catch {
    return false;
  }
}
