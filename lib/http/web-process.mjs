// @ts-check
/**
 * What Next's bundles and our own server share in a web process. Bundled code has a copy of its own of
 * every module, so this stands on the global object: here, and nowhere else.
 */
import { AsyncLocalStorage } from 'node:async_hooks';

/**
 * @typedef {object} ServedRequest
 * @property {string} id names it in the log
 * @property {string} peer the address at the other end of the connection
 * @property {boolean} [isOperators] it came by the port of the operator's own
 * @property {boolean} mayKeepPage whether the page that is made for it may go into the page cache
 * @property {string | null} [versionAtLookup] of the catalogue, when the page was looked for there
 */
/** Who asks, and for what. @typedef {{ path: string, headers: Headers }} Asker */
/**
 * @typedef {object} WebProcess
 * @property {AsyncLocalStorage<ServedRequest>} requests
 * @property {string | null} catalogueVersion
 * @property {boolean} isDatabaseAway
 * @property {boolean} hasGate
 * @property {((request: Asker) => Promise<boolean>) | null} mayRead
 * @property {Map<string, unknown>} things
 */

const KEY = Symbol.for('broadsheet.web-process');
const shared = /** @type {{ [KEY]?: WebProcess }} */ (globalThis);
shared[KEY] ??= {
  requests: new AsyncLocalStorage(),
  catalogueVersion: null,
  isDatabaseAway: false,
  hasGate: false,
  mayRead: null,
  things: new Map(),
};
const web = shared[KEY];

/**
 * Runs a handler; whatever it calls finds the request by `servedRequest`.
 *
 * @template T
 * @param {{ id: string, peer: string, isOperators?: boolean }} request
 * @param {() => T} handle
 * @returns {T}
 */
export function serve(request, handle) {
  return web.requests.run({ ...request, mayKeepPage: true }, handle);
}

/** The request that is being answered; undefined where another server than ours took it. */
export function servedRequest() {
  return web.requests.getStore();
}

/** Keeps the page that is being made out of the page cache. */
export function doNotKeepPage() {
  const request = servedRequest();
  if (request) request.mayKeepPage = false;
}

/** The version of the catalogue that this process last saw; null before it saw any. */
export function seenCatalogueVersion() {
  return web.catalogueVersion;
}

/** @param {string} version */
export function sawCatalogueVersion(version) {
  web.catalogueVersion = version;
}

/** Whether the database failed this process when it was last asked. What is cached stands as long. */
export function isDatabaseAway() {
  return web.isDatabaseAway;
}

/** @param {boolean} isAway */
export function sawDatabaseAway(isAway) {
  web.isDatabaseAway = isAway;
}

/** Our own server says so before Next begins: on a private site it asks who may read (lib/server/access.mjs). */
export function standAtGate() {
  web.hasGate = true;
}

export function hasGate() {
  return web.hasGate;
}

/** How readers are known: the site tells our server, which has no database. @param {(request: Asker) => Promise<boolean>} mayRead */
export function knowReadersBy(mayRead) {
  web.mayRead = mayRead;
}

/** Nobody may, until the site has told how readers are known. @param {Asker} request */
export async function mayRead(request) {
  return (await web.mayRead?.(request)) === true;
}

/**
 * What there is one of in a process, made when first asked for.
 *
 * @template T
 * @param {string} name
 * @param {() => T} make
 * @returns {T}
 */
export function inWebProcess(name, make) {
  if (!web.things.has(name)) web.things.set(name, make());
  return /** @type {T} */ (web.things.get(name));
}
