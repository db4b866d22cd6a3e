import { HttpBrowser } from '../server/testing/http-journey.ts';
import { CODE, type Load } from './wrk-script.ts';

const REDIRECT_URI = 'https://shop.example/callback';
/** The PKCE pair of RFC 7636, appendix B. */
const VERIFIER = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';
const CHALLENGE = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM';

/**
 * What a person who comes back costs servers/oidc-provider.ts: a request with a session and an agreement, which leads back with a code, and
 * the request that redeems it. One act is both.
 */
export async function oidcProviderJourney(url: string, secret: string): Promise<Load> {
  const authorize = `/auth?${new URLSearchParams({
    client_id: 'shop',
    response_type: 'code',
    redirect_uri: REDIRECT_URI,
    scope: 'openid email profile',
    state: 'state',
    nonce: 'nonce',
    code_challenge: CHALLENGE,
    code_challenge_method: 'S256',
  })}`;
  const browser = new HttpBrowser(url);
  const signIn = await browser.get(authorize);
  const action = signIn.url.pathname;
  const consent = await browser.submit(signIn, action, { login: 'benjamin', password: 'any' });
  await browser.submit(consent, consent.url.pathname);
  const form = {
    grant_type: 'authorization_code',
    client_id: 'shop',
    client_secret: secret,
    redirect_uri: REDIRECT_URI,
    code_verifier: VERIFIER,
  };
  return {
    url,
    requests: [{ path: authorize, headers: { cookie: browser.cookieHeader('/auth'), accept: 'text/html' } }],
    also: [303],
    redeem: {
      method: 'POST',
      path: '/token',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: `${new URLSearchParams(form)}&code=${CODE}`,
    },
  };
}
