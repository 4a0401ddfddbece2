import { format } from 'node:util';

export const LOG_LEVELS = ['debug', 'info', 'warn', 'error'] as const;
export const LOG_FORMATS = ['text', 'json'] as const;
type Level = (typeof LOG_LEVELS)[number];

export interface LogSettings {
  format: (typeof LOG_FORMATS)[number];
  /** What is less than that is left out. */
  level: Level;
  /** Values that are hidden wherever they stand. */
  secrets: readonly string[];
}

const METHODS = {
  debug: 'debug',
  log: 'info',
  info: 'info',
  warn: 'warn',
  error: 'error',
} as const satisfies Record<string, Level>;

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

/** Without what opens something or says who a reader is. */
export function redact(text: string, secrets: readonly string[] = []): string {
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
 * From here on whatever this process writes to the console, Next and packages too, is a line of our log.
 * `requestId` tells which request is being answered.
 */
export function installLog(
  settings: LogSettings,
  requestId: () => string | undefined = () => undefined,
): void {
  const least = LOG_LEVELS.indexOf(settings.level);
  for (const [method, level] of Object.entries(METHODS) as [keyof typeof METHODS, Level][]) {
    const stream = level === 'warn' || level === 'error' ? process.stderr : process.stdout;
    console[method] = (...args: unknown[]) => {
      if (LOG_LEVELS.indexOf(level) < least) return;
      const message = redact(format(...args), settings.secrets);
      stream.write(`${lineOf(settings.format, level, message, requestId())}\n`);
    };
  }
}

function lineOf(
  form: LogSettings['format'],
  level: Level,
  message: string,
  request: string | undefined,
): string {
  if (form === 'text') return request ? `${message} [request ${request}]` : message;
  return JSON.stringify({ time: new Date().toISOString(), level, message, request });
}
