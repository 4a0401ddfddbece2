import type { PrismaClient } from '../db/generated/client';
import { callbackUrl, discover, providerName } from '../readers/identity-provider';
import type { Env } from '../runtime/env';
import { type Finding, messageOf, ok, problem, warning } from './finding';

/** The identity provider, as far as it can be seen without signing in. */
export async function identityProvider({ oidc, siteUrl }: Env): Promise<Finding[]> {
  if (!oidc) return [ok('none')];
  try {
    await discover(oidc);
  } catch (error) {
    return [
      problem(
        `${oidc.issuer} cannot be discovered: ${messageOf(error)}`,
        'OIDC_ISSUER is the address before /.well-known/openid-configuration. Sign-in by mail works meanwhile.',
      ),
    ];
  }
  const found = ok(`${providerName(oidc)} is found; it must know ${callbackUrl(siteUrl)}`);
  if (new URL(siteUrl).protocol === 'https:' || oidc.issuer.startsWith('http:')) return [found];
  return [
    found,
    warning(`SITE_URL is ${siteUrl}`, 'Most providers send nobody back without https.'),
  ];
}

/** Who may read, and how they come in. */
export async function access(db: PrismaClient, settings: Env): Promise<Finding[]> {
  return judgeAccess(settings, await db.reader.count());
}

export function judgeAccess(
  { membership, oidc, smtpUrl }: Pick<Env, 'membership' | 'oidc' | 'smtpUrl'>,
  readers: number,
): Finding[] {
  const { isPrivate, allowedDomains } = membership;
  if (!isPrivate) return [ok('everybody may read')];
  if (!oidc && !allowedDomains && readers === 0) {
    return [
      problem(
        'the site is private, and nobody can sign in',
        'Set ALLOWED_DOMAINS or OIDC_ISSUER, or add readers: npm run cli -- readers import list.csv',
      ),
    ];
  }
  const who = allowedDomains ? `addresses at ${allowedDomains.join(', ')}` : 'readers';
  const found = ok(`private: ${who} may sign in`);
  if (oidc || smtpUrl) return [found];
  return [
    found,
    warning(
      'mails to sign in with are kept in the outbox, which only you can read',
      'Set SMTP_URL, or OIDC_ISSUER.',
    ),
  ];
}
