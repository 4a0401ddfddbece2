// @ts-check
import { LONGEST_TOKEN } from '../http/token-length.mjs';

const LONG_TOKEN = new RegExp(`[?&]token=[^&]{${LONGEST_TOKEN + 1}}`);

/**
 * The path and query that a request is for; null where its target is malformed (RFC 9112, section 3.2),
 * or has a token that cannot be ours. A target with scheme and host, as for a proxy, is one too.
 *
 * @param {string} target
 */
export function pathOfTarget(target) {
  const path = target.startsWith('/') ? target : pathOfUrl(target);
  return path !== null && isDecodable(path) && !LONG_TOKEN.test(path) ? path : null;
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
