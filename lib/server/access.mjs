// @ts-check
/**
 * Who may read a private site (ACCESS=private): whoever has a session or a personal token. Everything is
 * closed but what stands here; a test holds the list against the routes that there are.
 */
import { isForPrograms, problem } from './own-answers.mjs';

/** @typedef {import('./own-answers.mjs').OwnAnswer} OwnAnswer */

/** Files of the program, the same on every installation. Any cache may have them. */
const ASSETS = [
  /^\/_next\/static\/[\w/.~%@()[\]+-]+$/,
  /^\/(?:favicon\.ico|icon\.svg|apple-icon\.png|icon-(?:192|512)\.png)$/,
  /^\/(?:manifest\.webmanifest|opensearch\.xml|robots\.txt)$/,
];

/** What is open shows nothing of the catalogue, or has a key of its own in its address. */
const OPEN = [
  // The ways in.
  /^\/sign-in(?:\/(?:submit|sent|confirm|confirm\/submit|provider\/submit|provider\/callback))?$/,
  /^\/subscribe(?:\/(?:submit|sent))?$/,
  // By links in mails.
  /^\/confirm(?:\/(?:submit|address|address\/submit))?$/,
  /^\/unsubscribe(?:\/(?:submit|one-click))?$/,
  /^\/preferences(?:\/(?:preview\/mail|[a-z-]+))?$/,
  /^\/account\/(?:move|export|erase)(?:\/submit)?$/,
  /^\/feedback(?:\/submit)?$/,
  // By the secret addresses of readers' programs.
  /^\/for-you\/atom$/,
  /^\/shelves\/[^/]+(?:\/(?:atom|library\.bib))?$/,
  // By the operator's keys.
  /^\/outbox(?:\/[^/]+(?:\/html)?)?$/,
  /^\/api\/cron\/[^/]+$/,
  /^\/api\/webhooks\/[^/]+$/,
  /^\/api\/health$/,
  /^\/metrics$/,
];

/** What Next might read as another address than we do. */
const AMBIGUOUS = /\/\/|\\|%(?:2e|2f|5c|00)|(?:^|\/)\.\.?(?:\/|$)/i;

/** @param {string} path without query */
export function isAsset(path) {
  return !AMBIGUOUS.test(path) && ASSETS.some((pattern) => pattern.test(path));
}

/**
 * Whether everybody may ask for an address of a private site.
 *
 * @param {string} path without query
 */
export function isOpen(path) {
  return isAsset(path) || (!AMBIGUOUS.test(path) && OPEN.some((pattern) => pattern.test(path)));
}

/**
 * To whoever may not read, whether there is anything at the address or not: a browser is led to where one
 * signs in, and back.
 *
 * @param {{ method?: string }} request
 * @param {string} path with query
 * @returns {{ status: number, answer: OwnAnswer }}
 */
export function refusedReader({ method = 'GET' }, path) {
  if (isForPrograms(path)) {
    const detail =
      'This site is private: send a personal token as "Authorization: Bearer …". Readers make them on /account.';
    const { body, headers } = problem(401, 'Unauthorized', detail);
    return {
      status: 401,
      answer: { body, headers: { ...headers, 'www-authenticate': 'Bearer realm="Broadsheet"' } },
    };
  }
  const isPage = method === 'GET' || method === 'HEAD';
  const next = isPage ? `?next=${encodeURIComponent(withoutNexts(path))}` : '';
  const headers = { location: `/sign-in${next}`, 'cache-control': 'no-store' };
  return { status: 303, answer: { body: '', headers } };
}

/** Next's scripts add a word of their own to what they ask for. @param {string} path */
function withoutNexts(path) {
  const [pathname = '', query = ''] = path.split('?', 2);
  const rest = query.split('&').filter((part) => part !== '' && !part.startsWith('_rsc='));
  return rest.length > 0 ? `${pathname}?${rest.join('&')}` : pathname;
}
