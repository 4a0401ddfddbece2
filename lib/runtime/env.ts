import { resolve } from 'node:path';
import type { LogSettings } from './log.mjs';
import { type LocalSecrets, localSecrets } from './secrets';
import {
  parsePlace,
  parseSettings,
  type Raw,
  SECRET_SETTINGS,
  SettingsError,
  type Source,
} from './settings';

/** How this installation is known to its identity provider. */
export interface OidcSettings {
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** Which claim says who is an administrator. */
  roleClaim: string | null;
}

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
  /** Absolute. Null: no backups by themselves. */
  backupDir: string | null;
  port: number;
  /** Null: all interfaces. */
  host: string | null;
  /** Without a slash at the end. */
  siteUrl: string;
  /** Who may come in: lib/subscribers/membership.ts. */
  membership: {
    /** Whether nothing is readable without a session or a personal token. */
    isPrivate: boolean;
    /** In ASCII and lower case. Null: none were named. */
    allowedDomains: readonly string[] | null;
  };
  /** Null: nobody signs in by an identity provider. */
  oidc: OidcSettings | null;
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
  /** Addresses whose readers are admins, as they were set. */
  admins: readonly string[];
  postalAddress: string | null;
  log: LogSettings;
  /** Opens /metrics; null closes it there. */
  metricsToken: string | null;
  /** Another port, on which /metrics is open. */
  metricsPort: number | null;
  githubToken: string | null;
  semanticScholarKey: string | null;
}

/**
 * Parses the environment. All problems are told at once, each with the variable's name and a correct
 * example. With the embedded database, secrets that are not set are made and kept in `DATA_DIR`.
 */
export function readEnv(source: Source): Env {
  const { raw, problems } = parseSettings(source);
  if (problems.length > 0) {
    throw new SettingsError(`Some settings are wrong:\n${problems.join('\n')}`);
  }
  return complete(raw, source);
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
    backupDir: raw.BACKUP_DIR ? resolve(/* turbopackIgnore: true */ raw.BACKUP_DIR) : null,
    port: raw.PORT,
    host: raw.HOST ?? null,
    siteUrl,
    membership: {
      isPrivate: raw.ACCESS === 'private',
      allowedDomains: raw.ALLOWED_DOMAINS ?? null,
    },
    oidc: oidcOf(raw),
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
    admins: raw.ADMINS,
    postalAddress: raw.POSTAL_ADDRESS ?? null,
    log: { format: raw.LOG_FORMAT, level: raw.LOG_LEVEL, secrets: secretsIn(raw, local) },
    metricsToken: raw.METRICS_TOKEN ?? null,
    metricsPort: raw.METRICS_PORT ?? null,
    githubToken: raw.GITHUB_TOKEN ?? null,
    semanticScholarKey: raw.SEMANTIC_SCHOLAR_KEY ?? null,
  };
}

/** Set all together, or not at all. */
function oidcOf(raw: Raw): OidcSettings | null {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret } = raw;
  if (!issuer || !clientId || !clientSecret) return null;
  return { issuer, clientId, clientSecret, roleClaim: raw.OIDC_ROLE_CLAIM ?? null };
}

/** What a log must never say. A shorter value could be a word of any sentence. */
function secretsIn(raw: Raw, local: LocalSecrets | null): string[] {
  const values = [
    ...SECRET_SETTINGS.map((name) => raw[name as keyof Raw]),
    ...Object.values(local ?? {}),
  ];
  return values.filter((value) => typeof value === 'string' && value.length >= 8) as string[];
}

/** Where the database is, without a look at secrets and other settings; throws where that is not well said. */
export function readPlace(source: Source): Pick<Env, 'databaseUrl' | 'dataDir'> {
  const { DATABASE_URL, DATA_DIR } = parsePlace(source);
  return {
    databaseUrl: DATABASE_URL ?? null,
    dataDir: resolve(/* turbopackIgnore: true */ DATA_DIR),
  };
}

let settings: Env | undefined;

/** The settings of this process, parsed when first asked for. Not for build time. */
export function env(): Env {
  settings ??= readEnv(process.env);
  return settings;
}
