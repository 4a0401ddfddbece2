// @ts-check
/**
 * Which methods an address takes. Next makes a page for every method, and refuses others in route
 * handlers without saying which it would take. A test holds this against the routes that there are.
 */

const READ = ['GET', 'HEAD', 'OPTIONS'];
const WRITE = ['POST', 'OPTIONS'];
const BOTH = ['GET', 'HEAD', 'POST', 'OPTIONS'];

const PUT = ['PUT', 'DELETE', 'OPTIONS'];

/** Of the server as a whole. */
export const ALL_METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS'];

/** Where something other than reading is taken; paths match as a whole. @type {[RegExp, readonly string[]][]} */
const EXCEPTIONS = [
  [
    /^\/(?:subscribe|sign-in|sign-in\/confirm|sign-in\/provider|feedback|confirm|confirm\/address|unsubscribe)\/submit\/?$/,
    WRITE,
  ],
  [/^\/admin\/[^/]+\/submit\/?$/, WRITE],
  [/^\/account\/[^/]+\/submit\/?$/, WRITE],
  [/^\/unsubscribe\/one-click\/?$/, BOTH],
  [/^\/preferences\/(?!(?:preview|erased|link-sent)\/?$)[^/]+\/?$/, WRITE],
  [/^\/api\/cron\/[^/]+\/?$/, BOTH],
  [/^\/api\/webhooks\/[^/]+\/?$/, WRITE],
  [/^\/api\/v1\/subscriptions\/?$/, WRITE],
  [/^\/mcp\/?$/, WRITE],
  [/^\/marks\/submit\/?$/, WRITE],
  [/^\/api\/v1\/papers\/[^/]+\/(?:vote|save)\/?$/, PUT],
  [/^\/api\/v1\/account\/?$/, ['DELETE', 'OPTIONS']],
  [/^\/api\/v1\/interests\/?$/, BOTH],
  [/^\/api\/v1\/interests\/[^/]+\/?$/, ['DELETE', 'OPTIONS']],
  [/^\/api\/v1\/follows\/[^/]+\/[^/]+\/?$/, PUT],
  [/^\/(?:follows|visits)\/submit\/?$/, WRITE],
  [/^\/for-you\/submit\/?$/, WRITE],
  [/^\/library\/(?:(?:import|remove|shelves|papers\/[^/]+)\/)?submit\/?$/, WRITE],
  // Those that exist. What else is asked for below /api is answered by the API, whatever the method.
  [
    /^\/api\/(?:health|v1\/(?:completions|openapi\.json|papers|papers\/[^/]+|authors\/[^/]+|rising|tags|library|library\/export|for-you|follows|account\/export))\/?$/,
    READ,
  ],
];
const UNKNOWN_TO_THE_API = /^\/api\//;

/**
 * Null: whatever is asked with, the route answers.
 *
 * @param {string} path without query
 * @returns {readonly string[] | null}
 */
export function methodsOf(path) {
  const [, methods] = EXCEPTIONS.find(([pattern]) => pattern.test(path)) ?? [];
  return methods ?? (UNKNOWN_TO_THE_API.test(path) ? null : READ);
}
