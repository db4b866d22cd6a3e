import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { openDatabase } from '../server/storage/database.ts';
import { createStorage } from '../server/storage/index.ts';
import { HttpBrowser } from '../server/testing/http-journey.ts';
import { PlatformProcess } from '../server/testing/platform-process.ts';
import { temporaryDirectory } from '../server/testing/temporary-directory.ts';
import { startTestPlatform } from '../server/testing/test-platform.ts';
import { openPopup, openShop, received, share, signUp, somebody } from './support/people.ts';
import { expect, test } from './support/test.ts';

/** Tests that no secret is in a log, a URL or an error page (invariant 10). */

const ORIGIN = 'https://shop.example';
const REDIRECT_URI = 'https://shop.example/callback';

test('the log of a whole journey contains no secret, even at the most verbose level', async () => {
  test.slow();
  const dataDir = temporaryDirectory();
  const mailToken = randomUUID();
  const server = await PlatformProcess.start({ DATA_DIR: dataDir, LOG_LEVEL: 'trace', DEV_MAIL_TOKEN: mailToken });
  const secrets = new Map<string, string>();
  const keep = (name: string, value: unknown): string => {
    expect(typeof value, name).toBe('string');
    // Shorter values could be found by chance.
    expect(String(value).length, name).toBeGreaterThanOrEqual(8);
    secrets.set(name, String(value));
    return String(value);
  };
  try {
    const database = openDatabase({ databaseUrl: undefined, dataDir });
    const app = await createStorage(database).apps.create({
      name: 'Test Shop',
      environment: 'production',
      origins: [ORIGIN],
      redirectUris: [REDIRECT_URI],
    });
    await database.close();
    keep('token of the mail page', mailToken);
    keep('client secret', app.clientSecret);
    keep('API key', app.apiKey);
    const email = keep('email address', `${randomUUID()}@example.com`);
    const password = keep('password', `right ${randomUUID()}`);
    const wrong = keep('wrong password', `wrong ${randomUUID()}`);
    const state = keep('state', randomUUID());
    const nonce = keep('nonce', randomUUID());

    // A failed sign-in, a sign-up, a consent and a credential.
    const browser = new HttpBrowser(server.url);
    const signIn = await browser.openPopup({ client_id: app.clientId, origin: ORIGIN, state, nonce });
    keep('CSRF token', signIn.form('/sign-in').values['csrf']);
    await browser.submit(signIn, '/sign-in', { email, password: wrong });
    const form = await browser.get(signIn.signUpAddress);
    const consent = await browser.submit(form, '/sign-up', { given_name: 'Ada', email, password });
    keep('credential', (await browser.submit(consent, '/consent')).message.credential);

    // A code, and every token that follows from it.
    const verifier = keep('code verifier', randomBytes(32).toString('base64url'));
    const authorization = new URLSearchParams({
      client_id: app.clientId,
      response_type: 'code',
      redirect_uri: REDIRECT_URI,
      scope: 'openid offline_access email',
      prompt: 'consent',
      state,
      nonce,
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
    });
    const again = await browser.get(`/authorize?${authorization}`);
    const back = await browser.submit(again, '/consent');
    const code = keep('code', back.url.searchParams.get('code'));
    const token = async (body: Record<string, string>, clientSecret = app.clientSecret) => {
      const authorization = `Basic ${Buffer.from(`${app.clientId}:${clientSecret}`).toString('base64')}`;
      secrets.set(`Basic credentials with ${clientSecret}`, authorization);
      const answer = await fetch(`${server.url}/token`, {
        method: 'POST',
        headers: { authorization },
        body: new URLSearchParams(body),
      });
      return (await answer.json()) as Record<string, string>;
    };
    const exchange = { grant_type: 'authorization_code', code, redirect_uri: REDIRECT_URI, code_verifier: verifier };
    await token(exchange, keep('wrong client secret', randomUUID()));
    const tokens = await token(exchange);
    keep('access token', tokens['access_token']);
    keep('ID token', tokens['id_token']);
    const refresh_token = keep('refresh token', tokens['refresh_token']);
    await fetch(`${server.url}/userinfo`, { headers: { authorization: `Bearer ${tokens['access_token']}` } });
    await fetch(`${server.url}/userinfo?access_token=${tokens['access_token']}`);
    keep('refreshed access token', (await token({ grant_type: 'refresh_token', refresh_token }))['access_token']);
    await token(exchange);

    // The link in the email, and missing pages with a secret in the query.
    const mails = await fetch(`${server.url}/dev/mail?token=${mailToken}`, { headers: { accept: 'application/json' } });
    const [, link] = /code=([\w-]+)/.exec(await mails.text()) ?? [];
    const confirmation = keep('confirmation code', link);
    await browser.submit(await browser.get(`/confirm-email?code=${confirmation}`), '/confirm-email', { password });
    await fetch(`${server.url}/nothing?password=${encodeURIComponent(password)}`);

    for (const line of browser.cookieLines) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      // The value of an interaction's cookie is also in its URLs. The secret part is the signature beside it.
      if (value && !/-(interaction|resume)$/.test(name)) keep(`cookie ${name} ${secrets.size}`, value);
    }
    await server.stop();

    expect(server.output).toContain('incoming request');
    const spellings = (secret: string) => [secret, encodeURIComponent(secret), Buffer.from(secret).toString('base64')];
    const leaked = [...secrets].filter(([, secret]) => spellings(secret).some((text) => server.output.includes(text)));
    expect(leaked).toEqual([]);
  } finally {
    await server.kill();
  }
});

test('no URL contains a password, a credential or a token', async ({ page, platform, site }) => {
  const shop = await openShop({ platform, site }, { app: { environment: 'production' } });
  const ada = somebody({ password: `right ${randomUUID()}` });
  const urls: string[] = [];
  const referrers: string[] = [];
  page.context().on('request', async (request) => {
    urls.push(request.url());
    const { referer } = await request.allHeaders().catch((): Record<string, string> => ({}));
    // The platform sends no Referer to another site.
    if (referer?.startsWith(platform.url) && !request.url().startsWith(platform.url)) referrers.push(referer);
  });
  await page.goto(shop.url);
  const popup = await openPopup(page);
  await signUp(popup, ada);
  await share(popup);
  const { sub } = await received(page, shop);
  const credential = await page
    .locator('signup-with-platform')
    .evaluate((widget) => (widget as HTMLElementTagNameMap['signup-with-platform']).credential);
  expect(urls.filter((url) => url.includes('/interaction/')).length).toBeGreaterThan(1);
  for (const secret of [ada.password, credential, ada.email, sub]) {
    expect(secret).toBeTruthy();
    expect(urls.filter((url) => decodeURIComponent(url).includes(String(secret)))).toEqual([]);
  }
  expect(referrers).toEqual([]);
});

test('an internal error shows an id and nothing else', async () => {
  const platform = await startTestPlatform();
  const { clientId } = await platform.createApp({ origins: [ORIGIN] });
  const browser = platform.browser();
  const page = await browser.openPopup({ client_id: clientId, origin: ORIGIN, state: 's', nonce: 'n' });
  await platform.database.close();
  const { action, values } = page.form('/sign-in');
  const answers = [
    await browser.openPopup({ client_id: clientId, origin: ORIGIN, state: 's', nonce: 'n' }),
    await browser.get(action.replace(/\/sign-in$/, '')),
    await browser.post(action, { ...values, email: 'ada@example.com', password: 'an engine of difference' }),
    await browser.get(`/authorize?client_id=${clientId}&response_type=code&redirect_uri=${REDIRECT_URI}`),
    await browser.get(`/sandbox/authorize?client_id=${clientId}&response_type=code&redirect_uri=${REDIRECT_URI}`),
    await browser.get('/sandbox/authorize/abc'),
    await browser.post('/confirm-email', { code: 'abc' }),
  ];
  for (const answer of answers.filter(({ status }) => status >= 500)) {
    expect(answer.status).toBe(500);
    expect(answer.heading).toBe('Something went wrong on our side');
    expect(answer.html).toContain(answer.headers.get('x-request-id'));
    expect(answer.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
  }
  expect(answers.filter(({ status }) => status === 500).length).toBeGreaterThanOrEqual(3);
  const token = await fetch(`${platform.url}/token`, {
    method: 'POST',
    body: new URLSearchParams({ grant_type: 'authorization_code', client_id: clientId, client_secret: 'x', code: 'x' }),
  });
  expect(token.status).toBe(500);
  const bodies = [...answers.map(({ html }) => html), await token.text()];
  for (const body of bodies)
    expect(body).not.toMatch(/\bat .*:\d+:\d+|node_modules|file:\/\/|sqlite|driver|kysely|select |Error:/i);

  expect((await fetch(`${platform.url}/healthz`)).status).toBe(200);
  const ready = await fetch(`${platform.url}/readyz`);
  expect([ready.status, ready.headers.get('retry-after')]).toEqual([503, '5']);
  await platform.close();
});
