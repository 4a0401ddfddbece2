// @ts-check
/**
 * Answers of our own. Next's answer to an error while a page is made holds nothing without JavaScript,
 * and no content security policy; neither does its answer where a page finds that it does not exist; and
 * its answer to an error in the API is empty. These say what happened, whatever still works.
 */
import { createHash } from 'node:crypto';
import { contentSecurityPolicy, inlineScriptHashes } from '../http/content-security.mjs';
import { PER_SECOND, RETRY_SECONDS } from './read-limit.mjs';

/** @typedef {{ body: string, headers: Record<string, string | number> }} OwnAnswer */

const STYLE = `:root{color-scheme:light dark}body{margin:0;padding:12vh 1rem;background:light-dark(#fdfcf9,#161513);color:light-dark(#1b1a17,#ebe8e1);font:1.0625rem/1.5 serif}main{max-width:35rem;margin:auto}a{color:light-dark(#9a1b22,#ff9d91)}`;

const PAGE = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>Broadsheet: something went wrong</title>
<style>${STYLE}</style>
<main>
<h1>Something went wrong</h1>
<p>Something went wrong on our side; nothing of yours is lost. It is often over in a minute: please
load the page again, or go to <a href="/">the front page</a>.</p>
</main>
</html>
`;

const ERROR_PAGE = page(
  PAGE,
  `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; frame-ancestors 'none'; base-uri 'none'`,
);

const PROBLEM = problem(
  500,
  'Something went wrong on our side',
  'Nothing of yours is lost. Please try again in a minute; /api/health tells how we are.',
);

export const MALFORMED = text('This address is not well-formed.\n');

/** To OPTIONS. @param {readonly string[]} methods @returns {OwnAnswer} */
export function allowed(methods) {
  return { body: '', headers: { allow: methods.join(', ') } };
}

/**
 * To a network that asks too fast.
 *
 * @param {string} path
 * @returns {OwnAnswer}
 */
export function tooMany(path) {
  const detail = `Your network asks faster than this site can answer. Please wait ${RETRY_SECONDS} seconds, and then ask at most ${PER_SECOND} times a second.`;
  const { body, headers } = refusal(path, 429, 'Too many requests', detail);
  return { body, headers: { ...headers, 'retry-after': RETRY_SECONDS } };
}

/** @param {string} path @param {readonly string[]} methods @returns {OwnAnswer} */
export function notAllowed(path, methods) {
  const allow = methods.join(', ');
  const detail = `This address takes ${allow}.`;
  const { body, headers } = refusal(path, 405, 'Method not allowed', detail);
  return { body, headers: { ...headers, allow } };
}

/** @param {string} path @param {number} status @param {string} title @param {string} detail */
function refusal(path, status, title, detail) {
  return path.startsWith('/api/') ? problem(status, title, detail) : text(`${title}. ${detail}\n`);
}

/**
 * One that the build made, with the site's frame.
 *
 * @param {string} html
 */
export function builtPage(html) {
  return page(html, contentSecurityPolicy(inlineScriptHashes(html)));
}

/** Addresses that programs ask for. */
const FOR_PROGRAMS =
  /^\/(?:api|feeds|cards|sitemaps)\/|^\/(?:mcp|feed|rss|marks\/state)\/?$|\.[a-z]+$/;

/** @param {string} path with or without query */
export function isForPrograms(path) {
  return FOR_PROGRAMS.test(path.split('?', 1)[0] ?? '');
}

const UNAVAILABLE = problem(
  503,
  'Not at the moment',
  'The database does not answer, or is too busy. Nothing of yours is lost. Please try again in some seconds.',
);

/**
 * Where the database does not answer.
 *
 * @param {string} path
 * @param {OwnAnswer} unavailablePage
 * @returns {OwnAnswer}
 */
export function unavailable(path, unavailablePage) {
  const { body, headers } = isForPrograms(path) ? UNAVAILABLE : unavailablePage;
  return { body, headers: { ...headers, 'retry-after': RETRY_SECONDS } };
}

/**
 * What is sent in place of Next's answer; null where that is good.
 *
 * @param {number} status
 * @param {string} type
 * @param {OwnAnswer} notFound
 */
export function insteadOf(status, type, notFound) {
  const isPage = type.startsWith('text/html');
  if (status === 404 && isPage) return notFound;
  if (status < 500) return null;
  if (isPage) return ERROR_PAGE;
  return type === '' ? PROBLEM : null;
}

/** @param {string} html @param {string} policy */
function page(html, policy) {
  return own(html, 'text/html; charset=utf-8', { 'content-security-policy': policy });
}

/** @param {string} body */
function text(body) {
  return own(body, 'text/plain; charset=utf-8');
}

/** @param {number} status @param {string} title @param {string} detail */
export function problem(status, title, detail) {
  const body = JSON.stringify({ type: 'about:blank', title, status, detail });
  return own(body, 'application/problem+json');
}

/**
 * @param {string} body
 * @param {string} type
 * @param {Record<string, string>} [headers]
 * @returns {OwnAnswer}
 */
function own(body, type, headers) {
  return { body, headers: { 'content-type': type, 'cache-control': 'no-store', ...headers } };
}
