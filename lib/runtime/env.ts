import { resolve } from 'node:path';
import { z } from 'zod';
import { localSecrets } from './secrets';

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
const onOff = z.enum(['on', 'off']).transform((value) => value === 'on');

/** Name, example and rule of every variable that the app reads. The README's table follows it. */
const SETTINGS = {
  DATABASE_URL: {
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
    example: 'postgresql://user:password@localhost:5432/broadsheet',
    rule: databaseUrl,
  },
  DATA_DIR: { example: '.data', rule: z.string().default('.data') },
  PORT: { example: '3000', rule: port.default(3000) },
  HOST: { example: '127.0.0.1', rule: z.string().optional() },
  SITE_URL: {
    example: 'https://papers.example.org',
    rule: z
      .url({ protocol: /^https?$/, error: 'must be an http or https URL' })
      .transform((url) => url.replace(/\/+$/, ''))
      .optional(),
  },
  SECRET: { example: 'the output of: openssl rand -base64 32', rule: secret.optional() },
  PREVIOUS_SECRET: { example: 'what SECRET was before', rule: secret.optional() },
  SUPPRESSION_KEY: {
    example: 'what `npm run cli -- secret rotate` printed',
    rule: secret.optional(),
  },
  CRON_SECRET: { example: 'the output of: openssl rand -base64 32', rule: secret.optional() },
  SMTP_URL: {
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
    example: 'the password in the webhook address',
    rule: secret.optional(),
  },
  SENDGRID_WEBHOOK_KEY: {
    example: 'the verification key of the signed event webhook',
    rule: z
      .string()
      .regex(/^[A-Za-z0-9+/=]{80,}$/, 'must be the key in base64')
      .optional(),
  },
  MAILGUN_WEBHOOK_KEY: { example: 'the HTTP webhook signing key', rule: secret.optional() },
  CONTACT_EMAIL: { example: 'you@example.org', rule: z.email('must be a mail address').optional() },
  POSTAL_ADDRESS: { example: 'Example Society, 1 Main Street, Town', rule: z.string().optional() },
  GITHUB_TOKEN: { example: 'ghp_…', rule: z.string().optional() },
  SEMANTIC_SCHOLAR_KEY: {
    example: 'the key from semanticscholar.org',
    rule: z.string().optional(),
  },
} as const;

type Raw = { [K in keyof typeof SETTINGS]: z.output<(typeof SETTINGS)[K]['rule']> };

/** The settings of this installation, parsed and completed. */
export interface Env {
  /** Null: the embedded database in `dataDir`. */
  databaseUrl: string | null;
  /** Connections that a process may have; null for what DATABASE_URL or the default says. */
  databasePool: number | null;
  /** Where migrations go instead of `databaseUrl`. */
  directUrl: string | null;
  /** Absolute. */
  dataDir: string;
  port: number;
  /** Null: all interfaces. */
  host: string | null;
  /** Without a slash at the end. */
  siteUrl: string;
  secret: string;
  /** What `secret` was before: links of that time unsubscribe and do nothing else. */
  previousSecret: string | null;
  /** Hashes the addresses of the suppression list. It stays when `secret` changes. */
  suppressionKey: string;
  /** Null closes the cron routes. */
  cronSecret: string | null;
  /** Null: mail is kept in `dataDir/outbox`. */
  smtpUrl: string | null;
  mailFrom: string;
  /** Whether a digest that may have arrived is sent again: at least once, not at most once. */
  resendUncertain: boolean;
  /** What the subject of all digests is: the first paper's title, or the date. Unset, readers choose. */
  digestSubject: 'title' | 'date' | undefined;
  /** Digests a second, over all workers; null for as fast as the mail server takes them. */
  mailPerSecond: number | null;
  /** The same for each receiving domain. */
  mailPerDomain: number | null;
  sample: boolean;
  clock: boolean;
  /** How many proxies in front are to be believed about the client's address. */
  trustProxy: number;
  dkimDomain: string | null;
  dkimSelector: string | null;
  dkimPrivateKey: string | null;
  bounceDomain: string | null;
  /** What the posts of mail services are checked with; null closes a service's webhook. */
  webhookSecrets: Record<'ses' | 'postmark' | 'sendgrid' | 'mailgun', string | null>;
  contactEmail: string | null;
  postalAddress: string | null;
  githubToken: string | null;
  semanticScholarKey: string | null;
}

type Source = Readonly<Record<string, string | undefined>>;

/**
 * Parses the environment. All problems are told at once, each with the variable's name and a correct
 * example. With the embedded database, secrets that are not set are made and kept in `DATA_DIR`.
 */
export function readEnv(source: Source): Env {
  const raw = {} as Record<string, unknown>;
  const problems: string[] = [];
  for (const [name, { example, rule }] of Object.entries(SETTINGS)) {
    // An empty variable is what a line `NAME=` in an env file gives: not set.
    const parsed = rule.safeParse(source[name] === '' ? undefined : source[name]);
    if (parsed.success) raw[name] = parsed.data;
    else problems.push(`${name}: ${reason(parsed.error)}. Example: ${name}=${example}`);
  }
  const dkim = ['DKIM_DOMAIN', 'DKIM_SELECTOR', 'DKIM_PRIVATE_KEY'];
  const missing = dkim.filter((name) => !source[name]);
  if (missing.length > 0 && missing.length < dkim.length) {
    problems.push(`DKIM needs all of ${dkim.join(', ')}; not set: ${missing.join(', ')}`);
  }
  if (source.DATABASE_URL && !source.SECRET) {
    problems.push(
      `SECRET is required with DATABASE_URL. Example: SECRET=${SETTINGS.SECRET.example}`,
    );
  }
  if (problems.length > 0) {
    throw new SettingsError(`Some settings are wrong:\n${problems.join('\n')}`);
  }
  return complete(raw as Raw, source);
}

function reason(error: z.ZodError): string {
  const message = error.issues[0]?.message ?? 'is not valid';
  return message.startsWith('must') ? message : `is not valid (${message})`;
}

function complete(raw: Raw, source: Source): Env {
  const dataDir = resolve(/* turbopackIgnore: true */ raw.DATA_DIR);
  const databaseUrl = raw.DATABASE_URL ?? null;
  const onVercel = Boolean(source.VERCEL);
  const local = !databaseUrl && !(raw.SECRET && raw.CRON_SECRET) ? localSecrets(dataDir) : null;
  const siteUrl = raw.SITE_URL ?? `http://localhost:${raw.PORT}`;
  return {
    databaseUrl,
    databasePool: raw.DATABASE_POOL ?? null,
    directUrl: raw.DIRECT_URL ?? null,
    dataDir,
    port: raw.PORT,
    host: raw.HOST ?? null,
    siteUrl,
    secret: raw.SECRET ?? (local as NonNullable<typeof local>).secret,
    previousSecret: raw.PREVIOUS_SECRET ?? (raw.SECRET ? null : (local?.previousSecret ?? null)),
    suppressionKey:
      raw.SUPPRESSION_KEY ?? raw.SECRET ?? (local as NonNullable<typeof local>).suppressionKey,
    cronSecret: raw.CRON_SECRET ?? local?.cronSecret ?? null,
    smtpUrl: raw.SMTP_URL ?? null,
    mailFrom: raw.MAIL_FROM ?? `Broadsheet <digest@${new URL(siteUrl).hostname}>`,
    resendUncertain: raw.RESEND_UNCERTAIN,
    digestSubject: raw.DIGEST_SUBJECT,
    mailPerSecond: raw.MAIL_PER_SECOND ?? null,
    mailPerDomain: raw.MAIL_PER_DOMAIN ?? null,
    sample: raw.SAMPLE,
    clock: raw.CLOCK ?? !onVercel,
    trustProxy: raw.TRUST_PROXY ?? (onVercel ? 1 : 0),
    dkimDomain: raw.DKIM_DOMAIN ?? null,
    dkimSelector: raw.DKIM_SELECTOR ?? null,
    dkimPrivateKey: raw.DKIM_PRIVATE_KEY ?? null,
    bounceDomain: raw.BOUNCE_DOMAIN ?? null,
    webhookSecrets: {
      ses: raw.SES_TOPIC_ARN ?? null,
      postmark: raw.POSTMARK_WEBHOOK_SECRET ?? null,
      sendgrid: raw.SENDGRID_WEBHOOK_KEY ?? null,
      mailgun: raw.MAILGUN_WEBHOOK_KEY ?? null,
    },
    contactEmail: raw.CONTACT_EMAIL ?? null,
    postalAddress: raw.POSTAL_ADDRESS ?? null,
    githubToken: raw.GITHUB_TOKEN ?? null,
    semanticScholarKey: raw.SEMANTIC_SCHOLAR_KEY ?? null,
  };
}

/** Where the database is, without a look at secrets and other settings; throws where that is not well said. */
export function readPlace(source: Source): Pick<Env, 'databaseUrl' | 'dataDir'> {
  const { DATABASE_URL, DATA_DIR } = SETTINGS;
  const url = DATABASE_URL.rule.safeParse(source.DATABASE_URL || undefined);
  if (!url.success) {
    throw new SettingsError(
      `DATABASE_URL: ${reason(url.error)}. Example: DATABASE_URL=${DATABASE_URL.example}`,
    );
  }
  return {
    databaseUrl: url.data ?? null,
    dataDir: resolve(/* turbopackIgnore: true */ DATA_DIR.rule.parse(source.DATA_DIR || undefined)),
  };
}

let settings: Env | undefined;

/** The settings of this process, parsed when first asked for. Not for build time. */
export function env(): Env {
  settings ??= readEnv(process.env);
  return settings;
}
