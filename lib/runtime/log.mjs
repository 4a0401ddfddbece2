// @ts-check
/**
 * The log of a program: what it, Next and packages write to the console, as lines of one form. Plain
 * JavaScript, because the web server begins before anything is compiled.
 */
import { format } from 'node:util';

export const LOG_LEVELS = /** @type {const} */ (['debug', 'info', 'warn', 'error']);
export const LOG_FORMATS = /** @type {const} */ (['text', 'json']);

/** @typedef {typeof LOG_LEVELS[number]} Level */
/**
 * @typedef {object} LogSettings
 * @property {typeof LOG_FORMATS[number]} format
 * @property {Level} level what is less than that is left out
 * @property {readonly string[]} secrets values that are hidden wherever they stand
 */

/** @type {[method: 'debug' | 'log' | 'info' | 'warn' | 'error', level: Level][]} */
const METHODS = [
  ['debug', 'debug'],
  ['log', 'info'],
  ['info', 'info'],
  ['warn', 'warn'],
  ['error', 'error'],
];

const HIDDEN = '…';
const MAIL_ADDRESS = /[^\s@<>"'(),:;=\\[\]]+@[\w-]+(?:\.[\w-]+)+/g;
const LOGIN_IN_URL = /(:\/\/)[^\s/@]*:[^\s/@]*@/g;
const AUTHORIZATION = /\b(Bearer|Basic) +[\w.~+/=-]+/gi;
const PARAMETER = /([?&](?:key|token|secret|code|state|password)=)[^&\s"']+/gi;
/** Of our mails (lib/subscribers/link-tokens.ts). */
const LINK_TOKEN = /(?<![\w-])[\w-]{22}\.[0-9a-z]{1,8}\.[0-9a-z]{1,8}(?:\.[\w-]{22})?\.[\w-]{32}/g;
/** Random keys of a reader, a mail or a delivery. */
const UUID = /\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/gi;
/** What services hand out: long, with small and capital letters and digits among them. */
const TOKEN = /(?<![\w-])(?=[\w-]*[A-Z])(?=[\w-]*[a-z])(?=[\w-]*\d)[\w-]{24,}/g;

/**
 * Without what opens something or says who a reader is.
 *
 * @param {string} text
 * @param {readonly string[]} [secrets]
 */
export function redact(text, secrets = []) {
  let safe = text;
  for (const secret of secrets) safe = safe.replaceAll(secret, HIDDEN);
  return safe
    .replace(LOGIN_IN_URL, `$1${HIDDEN}@`)
    .replace(AUTHORIZATION, `$1 ${HIDDEN}`)
    .replace(PARAMETER, `$1${HIDDEN}`)
    .replace(MAIL_ADDRESS, HIDDEN)
    .replace(LINK_TOKEN, HIDDEN)
    .replace(UUID, HIDDEN)
    .replace(TOKEN, HIDDEN);
}

/**
 * From here on whatever this process writes to the console is a line of our log; called again, by the
 * settings that are given then.
 *
 * @param {LogSettings} settings
 * @param {() => string | undefined} [requestId] of the request that is being answered
 */
export function installLog(settings, requestId = () => undefined) {
  const least = LOG_LEVELS.indexOf(settings.level);
  for (const [method, level] of METHODS) {
    const stream = level === 'warn' || level === 'error' ? process.stderr : process.stdout;
    console[method] = (/** @type {unknown[]} */ ...args) => {
      if (LOG_LEVELS.indexOf(level) < least) return;
      const message = redact(format(...args), settings.secrets);
      stream.write(`${lineOf(settings.format, level, message, requestId())}\n`);
    };
  }
}

/**
 * @param {LogSettings['format']} form
 * @param {Level} level
 * @param {string} message
 * @param {string | undefined} request
 */
function lineOf(form, level, message, request) {
  if (form === 'text') return request ? `${message} [request ${request}]` : message;
  return JSON.stringify({ time: new Date().toISOString(), level, message, request });
}
