import { createServer, type Server } from 'node:http';
import { exportJWK, generateKeyPair, importJWK, type JWK, type JWTPayload, SignJWT } from 'jose';
import { Provider } from 'oidc-provider';
import { freePort } from './server';

/** An OpenID Connect provider on this machine, which signs in whoever `person` is without a question. */
export interface IdentityProvider {
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** Who sits at the browser, and what the provider says of them. */
  person: Record<string, unknown> & { sub: string };
  /** What it writes into ID tokens in place of what is right. */
  falsify: ((payload: JWTPayload) => JWTPayload) | null;
  /** How often a browser was asked who it is: not while it is signed in there. */
  logins: number;
  /** Signs with another key from now on. */
  rotate(): Promise<void>;
  /** Answers nobody. */
  stop(): Promise<void>;
  start(): Promise<void>;
}

const CLIENT = { clientId: 'broadsheet', clientSecret: 'a secret of the client and the provider' };

/** `siteUrl` is where it may send browsers back to. */
export async function startIdentityProvider(siteUrl: string): Promise<IdentityProvider> {
  const port = await freePort();
  const issuer = `http://localhost:${port}`;
  let server: Server | null = null;
  let handle: ReturnType<Provider['callback']>;
  const own: IdentityProvider = {
    issuer,
    ...CLIENT,
    person: { sub: 'nobody' },
    falsify: null,
    logins: 0,
    async rotate() {
      handle = await make();
    },
    async stop() {
      server?.closeAllConnections();
      await new Promise((resolve) => server?.close(resolve));
    },
    async start() {
      const listening = createServer((request, response) => void handle(request, response));
      await new Promise<void>((resolve) => listening.listen(port, 'localhost', resolve));
      server = listening;
    },
  };

  async function make() {
    const { privateKey } = await generateKeyPair('RS256', { extractable: true });
    const kid = `key-${Math.random()}`;
    const key: JWK = { ...(await exportJWK(privateKey)), kid, alg: 'RS256', use: 'sig' };
    const provider = new Provider(issuer, {
      clients: [
        {
          client_id: CLIENT.clientId,
          client_secret: CLIENT.clientSecret,
          redirect_uris: [`${siteUrl}/sign-in/provider/callback`],
          post_logout_redirect_uris: [`${siteUrl}/`],
        },
      ],
      jwks: { keys: [key] },
      cookies: { keys: ['a key for cookies'] },
      claims: { openid: ['sub', 'groups'], email: ['email', 'email_verified'], profile: ['name'] },
      features: {
        devInteractions: { enabled: false },
        rpInitiatedLogout: {
          enabled: true,
          // As the provider's own page does it with scripts.
          logoutSource: (context: { body: string }, form: string) => {
            context.body = `<!doctype html><title>Log out</title>${form}<button form="op.logoutForm" name="logout" value="yes">Log out</button>`;
          },
        },
      },
      findAccount: (_: unknown, accountId: string) => ({
        accountId,
        claims: () => ({ ...own.person, sub: accountId }),
      }),
      // Everybody agreed to everything.
      async loadExistingGrant({ oidc }: import('oidc-provider').Context) {
        const { clientId } = oidc.client;
        const grant = new oidc.provider.Grant({ clientId, accountId: oidc.session.accountId });
        grant.addOIDCScope('openid email profile');
        await grant.save();
        return grant;
      },
    });
    provider.use(async (context, next) => {
      await next();
      const { id_token: token } = context.body ?? {};
      if (context.oidc?.route !== 'token' || !own.falsify || typeof token !== 'string') return;
      const payload = JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString());
      context.body.id_token = await new SignJWT(own.falsify(payload))
        .setProtectedHeader({ alg: 'RS256', kid })
        .sign(await importJWK(key, 'RS256'));
    });
    const answer = provider.callback();
    return async (...[request, response]: Parameters<typeof answer>) => {
      if (!request.url?.startsWith('/interaction/')) return answer(request, response);
      own.logins++;
      const login = { accountId: own.person.sub };
      return provider.interactionFinished(request, response, { login });
    };
  }

  handle = await make();
  await own.start();
  return own;
}
