import {
  AuthorizationResponseError,
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  buildEndSessionUrl,
  type ClientAuth,
  ClientSecretBasic,
  ClientSecretPost,
  type Configuration,
  calculatePKCECodeChallenge,
  clockTolerance,
  discovery,
  enableNonRepudiationChecks,
  fetchUserInfo,
  ResponseBodyError,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
} from 'openid-client';
import { HOUR_MS } from '@/lib/calendar/days';
import { inWebProcess } from '@/lib/http/web-process.mjs';
import type { OidcSettings } from '@/lib/runtime/env';
import { isComplete, joinClaims, type ProviderPerson, personOfClaims } from './identity-claims';

/** OpenID Connect: the identity provider is asked here and nowhere else. */

const TIMEOUT_SECONDS = 5;
const CLOCKS_DIFFER_SECONDS = 60;
const SCOPE = 'openid email profile';

export const callbackUrl = (siteUrl: string) => `${siteUrl}/sign-in/provider/callback`;

/** How the button and messages name the provider. */
export const providerName = ({ issuer }: Pick<OidcSettings, 'issuer'>) => new URL(issuer).host;

/** What the browser keeps while it is at the provider. */
export interface ProviderFlow {
  state: string;
  nonce: string;
  verifier: string;
}

/**
 * Why it did not work. `away`: no answer, or none that can be read; `void`: not begun in this browser, or
 * used before; `refused`: the provider said no; `clock`: its clock and ours differ; `key`: signed with a
 * key that we had not seen, which are read anew for the next try.
 */
export type ProviderProblem = 'away' | 'void' | 'refused' | 'clock' | 'key';

export class ProviderError extends Error {
  override name = 'ProviderError';
  constructor(
    readonly problem: ProviderProblem,
    cause: unknown,
  ) {
    super(`The identity provider: ${reasonOf(cause)}`, { cause });
  }
}

interface Discovered {
  at: number;
  configuration: Promise<Configuration>;
}

/** By issuer: our bundles share one. */
const known = () => inWebProcess('identity providers', () => new Map<string, Discovered>());

/** What the provider says of itself, as it was last asked, within the hour. */
function configurationOf(oidc: OidcSettings): Promise<Configuration> {
  const kept = known().get(oidc.issuer);
  return kept && Date.now() - kept.at < HOUR_MS ? kept.configuration : discover(oidc);
}

/** Asks it anew, also for its keys. */
export function discover({ issuer, clientId, clientSecret }: OidcSettings): Promise<Configuration> {
  const configuration = discovery(
    new URL(issuer),
    clientId,
    { client_secret: clientSecret, [clockTolerance]: CLOCKS_DIFFER_SECONDS },
    authentication(clientSecret),
    {
      timeout: TIMEOUT_SECONDS,
      execute: [
        // Without it the signature of what comes straight from the provider is not looked at.
        enableNonRepudiationChecks,
        // The settings let no other issuer be without https than one on this machine.
        ...(issuer.startsWith('http:') ? [allowInsecureRequests] : []),
      ],
    },
  );
  known().set(issuer, { at: Date.now(), configuration });
  configuration.catch(() => known().delete(issuer));
  return configuration;
}

/** As the provider wants it; Basic where it does not say, which is what the standard says then. */
function authentication(secret: string): ClientAuth {
  const [basic, post] = [ClientSecretBasic(secret), ClientSecretPost(secret)];
  return (server, ...rest) => {
    const taken = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
    return (taken.includes('client_secret_basic') ? basic : post)(server, ...rest);
  };
}

/**
 * Where the browser goes to sign in, and what it keeps until it comes back. The provider is asked each time,
 * so that nobody is sent to one that is down.
 */
export async function beginAtProvider(
  oidc: OidcSettings,
  siteUrl: string,
): Promise<{ url: URL; flow: ProviderFlow }> {
  const flow = { state: randomState(), nonce: randomNonce(), verifier: randomPKCECodeVerifier() };
  try {
    const url = buildAuthorizationUrl(await discover(oidc), {
      redirect_uri: callbackUrl(siteUrl),
      scope: SCOPE,
      state: flow.state,
      nonce: flow.nonce,
      code_challenge: await calculatePKCECodeChallenge(flow.verifier),
      code_challenge_method: 'S256',
    });
    return { url, flow };
  } catch (error) {
    throw new ProviderError('away', error);
  }
}

/** Who came back from the provider, by the query that it sent the browser with. Throws `ProviderError`. */
export async function personFromProvider(
  oidc: OidcSettings,
  siteUrl: string,
  query: string,
  { state, nonce, verifier }: ProviderFlow,
): Promise<{ person: ProviderPerson; idToken: string }> {
  try {
    const configuration = await configurationOf(oidc);
    const tokens = await authorizationCodeGrant(
      configuration,
      new URL(`${callbackUrl(siteUrl)}${query}`),
      {
        expectedState: state,
        expectedNonce: nonce,
        pkceCodeVerifier: verifier,
        idTokenExpected: true,
      },
    );
    const signed = tokens.claims()!;
    const claims = isComplete(signed, oidc.roleClaim)
      ? signed
      : joinClaims(signed, await told(configuration, tokens.access_token, signed.sub));
    return { person: personOfClaims(claims, oidc.roleClaim), idToken: tokens.id_token! };
  } catch (error) {
    const problem = problemOf(error);
    throw new ProviderError(problem, error);
  }
}

async function told(configuration: Configuration, accessToken: string, subject: string) {
  if (!configuration.serverMetadata().userinfo_endpoint) return {};
  return fetchUserInfo(configuration, accessToken, subject);
}

/** Where the provider's own session ends; null where it has no such address, or does not answer. */
export async function endAtProvider(
  oidc: OidcSettings,
  siteUrl: string,
  idToken: string,
): Promise<URL | null> {
  try {
    const configuration = await configurationOf(oidc);
    if (!configuration.serverMetadata().end_session_endpoint) return null;
    return buildEndSessionUrl(configuration, {
      id_token_hint: idToken,
      post_logout_redirect_uri: `${siteUrl}/`,
    });
  } catch {
    return null;
  }
}

const PROBLEMS: Record<string, ProviderProblem> = {
  OAUTH_INVALID_RESPONSE: 'void',
  OAUTH_JWT_CLAIM_COMPARISON_FAILED: 'void',
  OAUTH_JWT_TIMESTAMP_CHECK_FAILED: 'clock',
  OAUTH_KEY_SELECTION_FAILED: 'key',
};

function problemOf(error: unknown): ProviderProblem {
  if (error instanceof AuthorizationResponseError) return 'refused';
  if (error instanceof ResponseBodyError) return error.error === 'invalid_grant' ? 'void' : 'away';
  return PROBLEMS[(error as { code?: string }).code ?? ''] ?? 'away';
}

/** With the cause of the cause, which is where the network says what happened. */
function reasonOf(error: unknown): string {
  const words: string[] = [];
  for (let each = error; each instanceof Error; each = each.cause) {
    const { code } = each as NodeJS.ErrnoException;
    const word = each.message || String(code);
    if (!words.includes(word)) words.push(word);
  }
  return words.join(': ');
}
