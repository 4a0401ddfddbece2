import { readFileSync } from 'node:fs';
import { domainToASCII } from 'node:url';
import { z } from 'zod';
import { LOG_FORMATS, LOG_LEVELS } from './log.mjs';

/** A setting that is wrong, told so that the operator can put it right. */
export class SettingsError extends Error {
  override name = 'SettingsError';
}

const address = z
  .string()
  .regex(/^(?:[^<>\r\n]*<[^<>@\s]+@[^<>@\s]+>|[^<>@\s]+@[^<>@\s]+)$/, 'must be a mail address');
const secret = z.string().min(16, 'must have at least 16 characters');
const portRange = 'must be a port, from 1 to 65535';
const port = z.coerce.number(portRange).int(portRange).min(1, portRange).max(65_535, portRange);
const CONNECTIONS = 'must be a number of connections, from 1 to 1000';
const databaseUrl = z
  .string()
  .regex(/^postgres(?:ql)?:\/\//, 'must begin with postgresql://')
  .optional();
const rate = z.coerce.number().positive('must be a number of messages a second, above 0');
const ADDRESSES = 'must be mail addresses with commas between';
const addresses = z
  .string()
  .transform((text) => text.split(',').map((one) => one.trim()))
  .pipe(z.array(z.string().regex(/^[^<>@\s]+@[^<>@\s]+$/, ADDRESSES)));
const oneOf = <T extends readonly [string, ...string[]]>(values: T) =>
  z.enum(values, `must be one of ${values.join(', ')}`);
const onOff = z.enum(['on', 'off']).transform((value) => value === 'on');

/** In ASCII and lower case, as addresses are compared: a domain and nothing below or beside it. */
const domains = z.string().transform((text, context) => {
  const listed = text.split(/[\s,]+/).filter(Boolean);
  const read = listed.map((each) => domainToASCII(each.replace(/\.$/, '')).toLowerCase());
  if (listed.length > 0 && read.every((each) => DOMAIN.test(each))) return read;
  context.addIssue('must be domains with commas between, without @ and *');
  return z.NEVER;
});
const DOMAIN = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*$/;
const LOOPBACK = /^(?:localhost|127\.0\.0\.1|\[::1\])$/;
const issuer = z.string().refine((text) => {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname } = new URL(text);
  return protocol === 'https:' || (protocol === 'http:' && LOOPBACK.test(hostname));
}, 'must be an https URL (http on this machine alone)');

/** Name, example and rule of every variable that the app reads. The README's table follows it. */
const SETTINGS = {
  DATABASE_URL: {
    isSecret: true,
    example: 'postgresql://user:password@localhost:5432/broadsheet',
    rule: databaseUrl,
  },
  DATABASE_POOL: {
    example: '10',
    rule: z.coerce
      .number(CONNECTIONS)
      .int(CONNECTIONS)
      .min(1, CONNECTIONS)
      .max(1_000, CONNECTIONS)
      .optional(),
  },
  DIRECT_URL: {
    isSecret: true,
    example: 'postgresql://user:password@localhost:5432/broadsheet',
    rule: databaseUrl,
  },
  DATA_DIR: { example: '.data', rule: z.string().default('.data') },
  PORT: { example: '3000', rule: port.default(3000) },
  BACKUP_DIR: { example: '/var/backups/broadsheet', rule: z.string().optional() },
  HOST: { example: '127.0.0.1', rule: z.string().optional() },
  SITE_URL: {
    example: 'https://papers.example.org',
    rule: z
      .url({ protocol: /^https?$/, error: 'must be an http or https URL' })
      .transform((url) => url.replace(/\/+$/, ''))
      .optional(),
  },
  ACCESS: { example: 'private', rule: oneOf(['public', 'private']).default('public') },
  ALLOWED_DOMAINS: { example: 'example.org,example.edu', rule: domains.optional() },
  OIDC_ISSUER: { example: 'https://login.example.org/realms/lab', rule: issuer.optional() },
  OIDC_CLIENT_ID: { example: 'broadsheet', rule: z.string().optional() },
  OIDC_CLIENT_SECRET: {
    isSecret: true,
    example: 'what the provider shows for the client',
    rule: z.string().optional(),
  },
  OIDC_ROLE_CLAIM: { example: 'groups', rule: z.string().optional() },
  SECRET: {
    isSecret: true,
    example: 'the output of: openssl rand -base64 32',
    rule: secret.optional(),
  },
  PREVIOUS_SECRET: { isSecret: true, example: 'what SECRET was before', rule: secret.optional() },
  SUPPRESSION_KEY: {
    isSecret: true,
    example: 'what `npm run cli -- secret rotate` printed',
    rule: secret.optional(),
  },
  CRON_SECRET: {
    isSecret: true,
    example: 'the output of: openssl rand -base64 32',
    rule: secret.optional(),
  },
  SMTP_URL: {
    isSecret: true,
    example: 'smtps://user:password@smtp.example.org:465',
    rule: z
      .string()
      .regex(/^smtps?:\/\/\S+$/, 'must begin with smtp:// or smtps://')
      .optional(),
  },
  MAIL_FROM: { example: 'Broadsheet <digest@papers.example.org>', rule: address.optional() },
  MAIL_PER_SECOND: { example: '20', rule: rate.optional() },
  MAIL_PER_DOMAIN: { example: '2', rule: rate.optional() },
  DIGEST_SUBJECT: { example: 'date', rule: z.enum(['title', 'date']).optional() },
  RESEND_UNCERTAIN: { example: 'on', rule: onOff.default(false) },
  SAMPLE: { example: 'off', rule: onOff.default(true) },
  CLOCK: { example: 'off', rule: onOff.optional() },
  TRUST_PROXY: {
    example: '1 (the number of proxies in front)',
    rule: z.coerce.number().int().min(0).max(10).optional(),
  },
  DKIM_DOMAIN: { example: 'papers.example.org', rule: z.string().optional() },
  DKIM_SELECTOR: { example: 'broadsheet', rule: z.string().optional() },
  DKIM_PRIVATE_KEY: {
    isSecret: true,
    example: 'the PEM text, or file:/etc/broadsheet/dkim.pem',
    rule: z.string().optional(),
  },
  BOUNCE_DOMAIN: { example: 'bounces.papers.example.org', rule: z.string().optional() },
  SES_TOPIC_ARN: {
    example: 'arn:aws:sns:eu-west-1:123456789012:bounces',
    rule: z
      .string()
      .regex(/^arn:aws[\w-]*:sns:/, 'must begin with arn:aws:sns:')
      .optional(),
  },
  POSTMARK_WEBHOOK_SECRET: {
    isSecret: true,
    example: 'the password in the webhook address',
    rule: secret.optional(),
  },
  SENDGRID_WEBHOOK_KEY: {
    isSecret: true,
    example: 'the verification key of the signed event webhook',
    rule: z
      .string()
      .regex(/^[A-Za-z0-9+/=]{80,}$/, 'must be the key in base64')
      .optional(),
  },
  MAILGUN_WEBHOOK_KEY: {
    isSecret: true,
    example: 'the HTTP webhook signing key',
    rule: secret.optional(),
  },
  CONTACT_EMAIL: { example: 'you@example.org', rule: z.email('must be a mail address').optional() },
  ADMINS: { example: 'you@example.org, colleague@example.org', rule: addresses.default([]) },
  POSTAL_ADDRESS: { example: 'Example Society, 1 Main Street, Town', rule: z.string().optional() },
  LOG_FORMAT: { example: 'json', rule: oneOf(LOG_FORMATS).default('text') },
  LOG_LEVEL: { example: 'warn', rule: oneOf(LOG_LEVELS).default('info') },
  METRICS_TOKEN: {
    isSecret: true,
    example: 'the output of: openssl rand -base64 32',
    rule: secret.optional(),
  },
  METRICS_PORT: { example: '9464', rule: port.optional() },
  GITHUB_TOKEN: { isSecret: true, example: 'ghp_…', rule: z.string().optional() },
  SEMANTIC_SCHOLAR_KEY: {
    isSecret: true,
    example: 'the key from semanticscholar.org',
    rule: z.string().optional(),
  },
} as const;

/** One of these without the others says nothing. */
const TOGETHER = [
  ['DKIM_DOMAIN', 'DKIM_SELECTOR', 'DKIM_PRIVATE_KEY'],
  ['OIDC_ISSUER', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET'],
];

/** The values by name, as their rules made them. */
export type Raw = { [K in keyof typeof SETTINGS]: z.output<(typeof SETTINGS)[K]['rule']> };

export type Source = Readonly<Record<string, string | undefined>>;

/** Secrets. Each may stand in a file, named by `NAME_FILE`. */
export const SECRET_SETTINGS: readonly string[] = Object.entries(SETTINGS)
  .filter(([, setting]) => 'isSecret' in setting)
  .map(([name]) => name);

/** The same with the secrets that stand in files of their own. A file that cannot be read is a problem. */
function withSecretFiles(source: Source): { values: Source; problems: string[] } {
  const values = { ...source };
  const problems: string[] = [];
  for (const name of SECRET_SETTINGS) {
    const path = source[`${name}_FILE`];
    if (!path) continue;
    if (source[name]) {
      problems.push(`${name} and ${name}_FILE are both set. Set one of them.`);
      continue;
    }
    try {
      values[name] = readFileSync(/* turbopackIgnore: true */ path, 'utf8').trim();
      if (!values[name]) problems.push(`${name}_FILE: ${path} is empty. Put the value into it.`);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      problems.push(
        `${name}_FILE: ${path} cannot be read (${code}). Example: ${name}_FILE=/run/secrets/${name.toLowerCase()}`,
      );
    }
  }
  return { values, problems };
}

/** What is set, by the rule of each setting, and what is wrong with it: name, reason and a correct example. */
export function parseSettings(source: Source): { raw: Raw; problems: string[] } {
  const raw = {} as Record<string, unknown>;
  const { values, problems } = withSecretFiles(source);
  for (const [name, { example, rule }] of Object.entries(SETTINGS)) {
    // An empty variable is what a line `NAME=` in an env file gives: not set.
    const parsed = rule.safeParse(values[name] === '' ? undefined : values[name]);
    if (parsed.success) raw[name] = parsed.data;
    else problems.push(`${name}: ${reason(parsed.error)}. Example: ${name}=${example}`);
  }
  for (const names of TOGETHER) {
    const missing = names.filter((name) => !values[name]);
    if (missing.length > 0 && missing.length < names.length) {
      const [what] = names[0]!.split('_');
      problems.push(`${what} needs all of ${names.join(', ')}; not set: ${missing.join(', ')}`);
    }
  }
  if (values.OIDC_ROLE_CLAIM && !values.OIDC_ISSUER) {
    problems.push(
      `OIDC_ROLE_CLAIM needs OIDC_ISSUER. Example: OIDC_ISSUER=${SETTINGS.OIDC_ISSUER.example}`,
    );
  }
  if (values.DATABASE_URL && !values.SECRET) {
    problems.push(
      `SECRET is required with DATABASE_URL. Example: SECRET=${SETTINGS.SECRET.example}`,
    );
  }
  return { raw: raw as Raw, problems };
}

function reason(error: z.ZodError): string {
  const message = error.issues[0]?.message ?? 'is not valid';
  return message.startsWith('must') ? message : `is not valid (${message})`;
}

/** Where the database is, without a look at other settings; throws where that is not well said. */
export function parsePlace(source: Source): Pick<Raw, 'DATABASE_URL' | 'DATA_DIR'> {
  const { DATABASE_URL, DATA_DIR } = SETTINGS;
  const { values, problems } = withSecretFiles(source);
  const url = DATABASE_URL.rule.safeParse(values.DATABASE_URL || undefined);
  const wrong = url.success
    ? problems.find((problem) => problem.startsWith('DATABASE_URL'))
    : `DATABASE_URL: ${reason(url.error)}. Example: DATABASE_URL=${DATABASE_URL.example}`;
  if (wrong) throw new SettingsError(wrong);
  return {
    DATABASE_URL: url.data,
    DATA_DIR: DATA_DIR.rule.parse(values.DATA_DIR || undefined),
  };
}
