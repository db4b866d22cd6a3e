import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from '@playwright/test';
import * as client from 'openid-client';
import { issuerOf } from '../protocol/index.ts';
import { signUp, somebody } from './support/people.ts';
import { expect, type RunningPlatform, test } from './support/test.ts';

/** Native apps (RFC 8252), by a library that knows only what a vendor pastes, and by what a real browser does with where they are answered. */

const SCOPE = 'openid email offline_access';

async function newApp(platform: RunningPlatform, redirectUris: string[]) {
  const { clientId } = await platform.createApp({
    kind: 'native',
    name: 'Fern',
    environment: 'production',
    origins: [],
    redirectUris,
  });
  const issuer = new URL(issuerOf(platform.url, 'production'));
  const config = await client.discovery(issuer, clientId, undefined, client.None(), {
    execute: [client.allowInsecureRequests],
  });
  return { clientId, config };
}

async function begin(config: client.Configuration, redirectUri: string) {
  const codeVerifier = client.randomPKCECodeVerifier();
  const url = client.buildAuthorizationUrl(config, {
    redirect_uri: redirectUri,
    scope: SCOPE,
    code_challenge: await client.calculatePKCECodeChallenge(codeVerifier),
    code_challenge_method: 'S256',
    state: 'the-state',
  });
  const finish = (answer: URL) =>
    client.authorizationCodeGrant(config, answer, { pkceCodeVerifier: codeVerifier, expectedState: 'the-state' });
  return { url: url.href, finish };
}

/** Where the browser was led at last, whether or not it went. */
async function ledTo(page: Page, start: string, act: () => Promise<void>): Promise<URL> {
  const browser = await page.context().newCDPSession(page);
  await browser.send('Network.enable');
  const led = new Promise<URL>((resolve) => {
    browser.on('Network.requestWillBeSent', ({ request }) => {
      if (request.url.startsWith(start)) resolve(new URL(request.url));
    });
  });
  await act();
  return led;
}

const press = (page: Page) => page.getByRole('button', { name: /^(Share and continue|Continue as)/ }).click();

for (const [name, host, registered] of [
  ['IPv4', '127.0.0.1', 'http://127.0.0.1/callback'],
  ['IPv6', '::1', 'http://[::1]/callback'],
] as const) {
  test(`a command-line app signs in with openid-client on a port of its own choice (${name})`, async ({
    page,
    platform,
  }) => {
    const { config } = await newApp(platform, [registered]);
    let answer: URL | undefined;
    const till = createServer((request, response) => {
      answer ??= new URL(request.url ?? '', 'http://till');
      response.end('<title>Back at the till</title>You can close this window.');
    }).listen(0, host);
    try {
      await new Promise((resolve) => till.once('listening', resolve));
      const { port } = till.address() as AddressInfo;
      const redirectUri = registered.replace('/callback', `:${port}/callback`);
      const { url, finish } = await begin(config, redirectUri);
      await page.goto(url);
      const ada = somebody();
      await signUp(page, ada);
      await expect(page.getByText('The app on this device')).toBeVisible();
      await expect(page.getByText('Stay connected while you’re away')).toBeVisible();
      await press(page);
      await expect(page).toHaveTitle('Back at the till');
      const tokens = await finish(new URL(`${redirectUri}${answer?.search}`));
      expect(tokens.claims()).toMatchObject({ email: ada.email });
      const next = await client.refreshTokenGrant(config, tokens.refresh_token ?? '');
      expect(next.refresh_token).not.toBe(tokens.refresh_token);
      // Nobody is sent there in silence, though the person has agreed: another program may have the port by now.
      await page.goto((await begin(config, redirectUri)).url);
      await expect(page.getByRole('heading', { name: /Continue to .*Fern/ })).toBeVisible();
    } finally {
      till.close();
    }
  });
}

test('a mobile app is answered at its scheme, and the page that stays behind says so', async ({ page, platform }) => {
  const redirectUri = 'com.example.fern:/callback';
  const { config } = await newApp(platform, [redirectUri]);
  const problems: string[] = [];
  page.on('console', (message) => problems.push(message.text()));
  const { url, finish } = await begin(config, redirectUri);
  await page.goto(url);
  await signUp(page, somebody());
  const answer = await ledTo(page, 'com.example.fern:', () => press(page));
  await expect(page.getByText(/You can go back to .*Fern.* and close this window/)).toBeVisible();
  expect(problems.filter((text) => text.includes('Content Security Policy'))).toEqual([]);
  const tokens = await finish(answer);
  expect(tokens.refresh_token).toBeTruthy();

  const again = await begin(config, redirectUri);
  await page.goto(again.url);
  const { searchParams } = await ledTo(page, 'com.example.fern:', () => press(page));
  expect(searchParams.get('code')).toBeTruthy();
});

test('a link that would open an app of the device shows where it leads', async ({ page, platform }) => {
  const { config } = await newApp(platform, ['com.example.fern:/callback']);
  const { url } = await begin(config, 'com.example.fern:/callback');
  await page.goto(`${url}&prompt=none`);
  await expect(page.getByRole('link', { name: /Go to .*com\.example\.fern:/ })).toHaveAttribute(
    'href',
    /^com\.example\.fern:\/callback\?error=interaction_required/,
  );
});
