// @ts-check
/**
 * Next's answer to an error while a page is made holds nothing without JavaScript, and no content
 * security policy; neither does its answer where a page finds that it does not exist; and its answer to
 * an error in the API is empty. This puts something in their place that says what happened, whatever
 * still works.
 */
import { createHash } from 'node:crypto';
import { contentSecurityPolicy, inlineScriptHashes } from '../http/content-security.mjs';

const STYLE = `:root{color-scheme:light dark}body{margin:0;padding:12vh 1rem;background:light-dark(#fdfcf9,#161513);color:light-dark(#1b1a17,#ebe8e1);font:1.0625rem/1.5 serif}main{max-width:35rem;margin:auto}a{color:light-dark(#9a1b22,#ff9d91)}`;

const PAGE = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>Broadsheet: this page could not be made</title>
<style>${STYLE}</style>
<main>
<h1>This page could not be made</h1>
<p>Something went wrong on our side; nothing of yours is lost. It is often over in a minute: please
load the page again, or go to <a href="/">the front page</a>.</p>
</main>
</html>
`;

/** @typedef {{ body: string, headers: Record<string, string | number> }} Answer */

/** @type {Answer} */
const ERROR_PAGE = answer(
  PAGE,
  'text/html; charset=utf-8',
  `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; frame-ancestors 'none'; base-uri 'none'`,
);
const PROBLEM = answer(
  JSON.stringify({
    type: 'about:blank',
    title: 'Something went wrong on our side',
    status: 500,
    detail: 'Nothing of yours is lost. Please try again in a minute; /api/health tells how we are.',
  }),
  'application/problem+json',
);

/**
 * @param {string} html the page that the build made for addresses that do not exist
 * @returns {Answer}
 */
export function notFoundPage(html) {
  const policy = contentSecurityPolicy(inlineScriptHashes(html));
  return answer(html, 'text/html; charset=utf-8', policy);
}

/**
 * @param {string} body
 * @param {string} type
 * @param {string} [policy]
 * @returns {Answer}
 */
function answer(body, type, policy) {
  return {
    body,
    headers: {
      'content-type': type,
      'content-length': Buffer.byteLength(body),
      'cache-control': 'no-store',
      ...(policy && { 'content-security-policy': policy }),
    },
  };
}

const OF_ANOTHER_BODY = ['content-encoding', 'transfer-encoding', 'etag'];

/**
 * From now on, an HTML answer of status 500 or above is our page instead, one of status 404 is
 * `notFound`, and an error without any words our problem document.
 *
 * @param {import('node:http').ServerResponse} response
 * @param {Answer | null} notFound
 */
export function withErrorPage(response, notFound) {
  const { writeHead, write, end } = response;
  /** @type {Answer | null} */
  let instead = null;

  const begin = (/** @type {unknown[]} */ ...rest) => {
    const type = String(response.getHeader('content-type') ?? '');
    const isPage = type.startsWith('text/html');
    const hasWords = type !== '' || rest.some((each) => typeof each === 'object' && each !== null);
    if (response.statusCode === 404 && isPage) instead = notFound;
    if (response.statusCode >= 500 && isPage) instead = ERROR_PAGE;
    if (response.statusCode >= 500 && !hasWords) instead = PROBLEM;
    if (instead === null) return Reflect.apply(writeHead, response, [response.statusCode, ...rest]);
    for (const name of OF_ANOTHER_BODY) response.removeHeader(name);
    return Reflect.apply(writeHead, response, [response.statusCode, instead.headers]);
  };
  /** Node would begin by itself, and then send what it was given. */
  const beginError = () => {
    if (response.statusCode >= 400 && !response.headersSent) begin();
  };

  Object.assign(response, {
    writeHead(/** @type {number} */ status, /** @type {unknown[]} */ ...rest) {
      response.statusCode = status;
      return begin(...rest);
    },
    write(/** @type {unknown[]} */ ...args) {
      beginError();
      return instead !== null || Reflect.apply(write, response, args);
    },
    end(/** @type {unknown[]} */ ...args) {
      beginError();
      return Reflect.apply(end, response, instead === null ? args : [instead.body]);
    },
  });
}
