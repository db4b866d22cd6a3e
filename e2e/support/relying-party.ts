import { issuerOf, type Realm, realmOf } from '@signup-with-platform/protocol';
import * as client from 'openid-client';
import { HttpBrowser } from '../../server/testing/http-journey.ts';
import type { RunningPlatform } from './test.ts';

/** What an app's backend needs to redeem what comes back. */
export interface Request {
  url: URL;
  codeVerifier: string;
  state: string;
  nonce: string;
}

/** A vendor's backend built on openid-client, which knows only the platform's issuer. */
export interface RelyingParty {
  realm: Realm;
  issuer: string;
  clientId: string;
  clientSecret: string;
  redirectUri: string;
  config: client.Configuration;
  /** @param more parameters besides those of a plain code flow with PKCE */
  begin(more?: Record<string, string>): Promise<Request>;
  /** Redeems the code in `url`, with every check that openid-client has. */
  finish(request: Request, url: URL): ReturnType<typeof client.authorizationCodeGrant>;
}

export async function registerRelyingParty(
  platform: RunningPlatform,
  {
    redirectUri = 'https://shop.example/callback',
    environment = 'localhost' as 'localhost' | 'production',
    authentication = client.ClientSecretBasic as (secret: string) => client.ClientAuth,
  } = {},
): Promise<RelyingParty> {
  const realm = realmOf(environment);
  const issuer = issuerOf(platform.url, realm);
  const { clientId, clientSecret } = await platform.createApp({
    environment,
    origins: [new URL(redirectUri).origin],
    redirectUris: [redirectUri],
  });
  const config = await client.discovery(new URL(issuer), clientId, undefined, authentication(clientSecret), {
    execute: [client.allowInsecureRequests],
  });
  return {
    realm,
    issuer,
    clientId,
    clientSecret,
    redirectUri,
    config,
    begin: async (more = {}) => {
      const codeVerifier = client.randomPKCECodeVerifier();
      const state = client.randomState();
      const nonce = client.randomNonce();
      const parameters = {
        redirect_uri: redirectUri,
        scope: 'openid email profile',
        code_challenge: await client.calculatePKCECodeChallenge(codeVerifier),
        code_challenge_method: 'S256',
        state,
        nonce,
        ...more,
      };
      return { url: client.buildAuthorizationUrl(config, parameters), codeVerifier, state, nonce };
    },
    finish: ({ codeVerifier, state, nonce }, url) =>
      client.authorizationCodeGrant(config, url, {
        pkceCodeVerifier: codeVerifier,
        expectedState: state,
        expectedNonce: nonce,
        idTokenExpected: true,
      }),
  };
}

/** A browser of a person who is signed in at the realm and has agreed to what `party` asks for by default. */
export async function signedInAt(party: RelyingParty, platform: RunningPlatform): Promise<HttpBrowser> {
  const browser = new HttpBrowser(platform.url);
  const { url } = await party.begin();
  const signIn = await browser.get(url.href);
  const signUp = await browser.get(signIn.signUpAddress);
  const consent = await browser.submit(signUp, '/sign-up', {
    given_name: 'Ada',
    family_name: 'Byron',
    email: `${crypto.randomUUID()}@example.com`,
    password: 'an engine of difference',
  });
  await browser.submit(consent, '/consent');
  return browser;
}

/** Requests a code in the browser of a person who has agreed before. */
export async function obtainCode(
  party: RelyingParty,
  browser: HttpBrowser,
  more: Record<string, string> = {},
): Promise<{ request: Request; url: URL; code: string }> {
  const request = await party.begin(more);
  let page = await browser.get(request.url.href);
  if (page.url.origin !== new URL(party.redirectUri).origin) page = await browser.submit(page, '/consent');
  const code = page.url.searchParams.get('code');
  if (!code) throw new Error(`no code: ${page.status} ${page.url.href}`);
  return { request, url: page.url, code };
}
