import { NOT_OF_URIS } from '#domain/apps/origins.ts';
import { isWebOrigin } from '#pages/uris.ts';

/** What a vendor pastes into an OpenID Connect client that somebody else wrote. Nothing of it is secret. */
export interface ClientSubject {
  issuer: string;
  clientId: string;
  /** Origin of the vendor's site, such as `https://shop.example`. */
  origin: string;
  /** Those that are registered. */
  redirectUris: readonly string[];
  /** Page on which the vendor creates secrets. */
  keysUrl: string;
}

/** The few lines with which a well-known client signs people in. */
export interface ClientSample {
  /** Unique on the page. */
  id: string;
  /** As its authors write it, with the language or framework. */
  client: string;
  /** Where it expects people back. It has to be registered. */
  redirectUri: string;
  code: string;
}

/** Samples in the order of the page. They run as they are (`e2e/clients/`), with the secrets in environment variables. */
export function clientSamples(subject: ClientSubject): readonly ClientSample[] {
  const origin = isWebOrigin(subject.origin) ? subject.origin : 'https://shop.example';
  const chosen = subject.redirectUris.find(isPrintable) ?? `${origin}/callback`;
  const sample = (id: string, client: string, redirectUri: string, print: Print) => ({
    id,
    client,
    redirectUri,
    code: print(subject, redirectUri),
  });
  return [
    sample('openid-client', 'openid-client (Node)', chosen, openidClient),
    sample('authjs', 'Auth.js (Node)', `${origin}/auth/callback/platform`, authJs),
    sample('authlib', 'Authlib (Python, Flask)', chosen, authlib),
    sample('spring-security', 'Spring Security (Java)', `${origin}/login/oauth2/code/platform`, springSecurity),
    sample('oauth2-proxy', 'oauth2-proxy', `${origin}/oauth2/callback`, oauth2Proxy),
    sample('oidc-client-ts', 'oidc-client-ts (JavaScript)', chosen, oidcClientTs),
  ];
}

/**
 * Whether a redirect URI leads to a server, which a native app's scheme does not, and is of characters that URIs have. Earlier versions
 * registered others; whoever pastes a sample trusts it, so that they are not printed in one.
 */
function isPrintable(uri: string): boolean {
  return !NOT_OF_URIS.test(uri) && URL.canParse(uri) && isWebOrigin(new URL(uri).origin);
}

type Print = (subject: ClientSubject, redirectUri: string) => string;

const secretFrom = (mark: string, { keysUrl }: ClientSubject) =>
  `${mark} CLIENT_SECRET is shown once; create a new one at ${keysUrl}`;

/** As JavaScript writes it: a path may have a quotation mark. */
const quoted = (text: string) => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
/** As Python writes it: what JSON escapes, it escapes alike. */
const inPython = (text: string) => JSON.stringify(text);
/** As one word of a shell, in which nothing has a meaning: a path may have `$(…)`. */
const inShell = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;

function openidClient(subject: ClientSubject, redirectUri: string): string {
  return `// npm install express express-session openid-client
import express from 'express';
import session from 'express-session';
import * as client from 'openid-client';

${secretFrom('//', subject)}
const { CLIENT_SECRET, SESSION_SECRET, PORT = 3000 } = process.env;
const issuer = new URL('${subject.issuer}');
const config = await client.discovery(issuer, '${subject.clientId}', CLIENT_SECRET);

const app = express();
app.use(session({ secret: SESSION_SECRET, resave: false, saveUninitialized: false }));

app.get('/login', async (request, response) => {
  const verifier = client.randomPKCECodeVerifier();
  const state = client.randomState();
  request.session.attempt = { verifier, state };
  const url = client.buildAuthorizationUrl(config, {
    redirect_uri: ${quoted(redirectUri)},
    scope: 'openid profile email',
    code_challenge: await client.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    state,
  });
  response.redirect(url.href);
});

app.get(${quoted(new URL(redirectUri).pathname)}, async (request, response) => {
  const { verifier, state } = request.session.attempt;
  const url = new URL(request.originalUrl, ${quoted(redirectUri)});
  const tokens = await client.authorizationCodeGrant(config, url, { pkceCodeVerifier: verifier, expectedState: state });
  // Identify users by iss and sub together, because people change their email addresses.
  const { sub } = tokens.claims();
  request.session.user = await client.fetchUserInfo(config, tokens.access_token, sub);
  response.redirect('/');
});

app.get('/', (request, response) => response.json(request.session.user ?? {}));
app.listen(PORT);`;
}

function authJs(subject: ClientSubject): string {
  return `// npm install express @auth/express
import { ExpressAuth, getSession } from '@auth/express';
import express from 'express';

${secretFrom('//', subject)}
const { CLIENT_SECRET, SESSION_SECRET, PORT = 3000 } = process.env;
const auth = {
  trustHost: true,
  secret: SESSION_SECRET,
  providers: [
    {
      id: 'platform',
      name: 'Platform',
      type: 'oidc',
      issuer: '${subject.issuer}',
      clientId: '${subject.clientId}',
      clientSecret: CLIENT_SECRET,
    },
  ],
  callbacks: {
    // Auth.js keeps the sub for itself unless told otherwise.
    jwt: ({ token, profile }) => (profile ? { ...token, sub: profile.sub } : token),
    session: ({ session, token }) => ({ ...session, user: { ...session.user, sub: token.sub } }),
  },
};

const app = express();
app.set('trust proxy', true);
app.use('/auth', ExpressAuth(auth));
app.get('/', async (request, response) => response.json((await getSession(request, auth))?.user ?? {}));
app.listen(PORT);`;
}

function authlib(subject: ClientSubject, redirectUri: string): string {
  return `# pip install authlib flask requests
import os

from authlib.integrations.flask_client import OAuth
from flask import Flask, redirect, session

app = Flask(__name__)
app.secret_key = os.environ["SESSION_SECRET"]
${secretFrom('#', subject)}
platform = OAuth(app).register(
    "platform",
    server_metadata_url="${subject.issuer}/.well-known/openid-configuration",
    client_id="${subject.clientId}",
    client_secret=os.environ["CLIENT_SECRET"],
    client_kwargs={"scope": "openid profile email"},
)


@app.get("/login")
def login():
    return platform.authorize_redirect(${inPython(redirectUri)})


@app.get(${inPython(new URL(redirectUri).pathname)})
def callback():
    # Identify users by iss and sub together, because people change their email addresses.
    session["user"] = platform.authorize_access_token()["userinfo"]
    return redirect("/")


@app.get("/")
def home():
    return session.get("user", {})`;
}

function springSecurity(subject: ClientSubject): string {
  return `# application.yml, with spring-boot-starter-oauth2-client.
${secretFrom('#', subject)}
spring:
  security:
    oauth2:
      client:
        registration:
          platform:
            client-id: ${subject.clientId}
            client-secret: \${CLIENT_SECRET}
            scope: openid, profile, email
        provider:
          platform:
            issuer-uri: ${subject.issuer}`;
}

function oauth2Proxy(subject: ClientSubject, redirectUri: string): string {
  return `${secretFrom('#', subject)}
# COOKIE_SECRET is yours: openssl rand -base64 32 | tr -- '+/' '-_'
OAUTH2_PROXY_CLIENT_SECRET="$CLIENT_SECRET" OAUTH2_PROXY_COOKIE_SECRET="$COOKIE_SECRET" oauth2-proxy \\
  --provider=oidc \\
  --oidc-issuer-url=${subject.issuer} \\
  --client-id=${subject.clientId} \\
  --redirect-url=${inShell(redirectUri)} \\
  --email-domain='*' \\
  --upstream=http://127.0.0.1:8080/`;
}

function oidcClientTs(subject: ClientSubject, redirectUri: string): string {
  return `// npm install oidc-client-ts. A page has no secret.
import { UserManager } from 'oidc-client-ts';

const manager = new UserManager({
  authority: '${subject.issuer}',
  client_id: '${subject.clientId}',
  redirect_uri: ${quoted(redirectUri)},
  scope: 'openid profile email',
});

// On the page at the redirect URI. The code works once, so it leaves the address.
if (location.href.startsWith(${quoted(`${redirectUri}?`)})) {
  await manager.signinCallback();
  history.replaceState({}, '', location.pathname);
}

document.querySelector('#sign-in').addEventListener('click', () => manager.signinRedirect());
const user = await manager.getUser();
document.querySelector('#user').textContent = JSON.stringify(user?.profile ?? {});`;
}
