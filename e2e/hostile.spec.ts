import type { Frame, Page } from '@playwright/test';
import { READY_MESSAGE, RESPONSE_MESSAGE } from '@signup-with-platform/protocol';
import { exportJWK, generateKeyPair, importJWK, SignJWT, UnsecuredJWT } from 'jose';
import {
  type Attempt,
  answerTo,
  beginAttempt,
  type Claims,
  completeClaims,
  expect,
  holdBackAnswer,
  openAttempt,
  post,
  seenBy,
  signCredential,
  test,
  watchedPage,
} from './support/forger.ts';
import { openPopup, openShop, shareButton, signIn, somebodyWithAccount, widgetOn } from './support/people.ts';
import type { RunningPlatform } from './support/test.ts';

/**
 * Tests forged messages to a shop's page (invariant 2). The forger knows everything, including the platform's signing key, so each forgery
 * is stopped only by what the test is named after.
 */

test('control: sent by the popup itself, the forger’s answer is accepted', async ({ page, platform, site }) => {
  const attempt = await beginAttempt(page, { platform, site });
  await post(attempt.popup, await answerTo(attempt, platform, 'the-forger'));
  await expect(widgetOn(page).element).toHaveAttribute('state', 'completed');
  const { events } = await seenBy(page);
  expect(events).toMatchObject([{ name: 'signup-start' }, { name: 'signup-success', sub: 'the-forger' }]);
});

type Where = { attacker: string; platform: string; popup: Page };

/** Windows that are not the popup at the platform. */
const IMPOSTORS: Record<string, (page: Page, where: Where) => Promise<Page | Frame>> = {
  'a frame of another origin': async (page, { attacker }) => {
    await page.evaluate((src) => {
      const frame = document.body.appendChild(document.createElement('iframe'));
      frame.src = src;
      return new Promise((resolve) => frame.addEventListener('load', resolve));
    }, attacker);
    return page.frames().find((frame) => frame.url() === attacker) as Frame;
  },
  'a window of another origin': (page, { attacker }) => openWindow(page, attacker),
  'another window of the platform': (page, { platform }) => openWindow(page, `${platform}/healthz`),
  'the popup, once it was led away to another origin': async (_page, { attacker, popup }) => {
    await popup.evaluate((url) => {
      location.href = url;
    }, attacker);
    await popup.waitForURL(attacker);
    return popup;
  },
  'the page itself': async (page) => page,
};

async function openWindow(page: Page, url: string): Promise<Page> {
  const [opened] = await Promise.all([
    page.waitForEvent('popup'),
    page.evaluate((target) => void window.open(target), url),
  ]);
  await opened.waitForURL(url);
  return opened;
}

for (const [name, reach] of Object.entries(IMPOSTORS)) {
  test(`messages from ${name} are ignored`, async ({ page, platform, site, attacker }) => {
    const attempt = await beginAttempt(page, { platform, site });
    const { popup, state, shop } = attempt;
    const impostor = await reach(page, { attacker: `${attacker.origin}/`, platform: platform.url, popup });
    const heard = (await seenBy(page)).messages.length;
    await post(
      impostor,
      await answerTo(attempt, platform),
      { type: RESPONSE_MESSAGE, state, iss: shop.issuer, code: 'a-code' },
      { type: RESPONSE_MESSAGE, state, iss: shop.issuer, error: 'access_denied' },
    );
    await expect.poll(async () => (await seenBy(page)).messages.length).toBe(heard + 3);
    await expectUndisturbed(page);
  });
}

/** The element is still waiting, as if no message had come. */
async function expectUndisturbed(page: Page, state = 'waiting'): Promise<void> {
  const { element } = widgetOn(page);
  await expect(element).toHaveAttribute('state', state);
  expect((await seenBy(page)).events).toMatchObject([{ name: 'signup-start' }]);
  await expectNothingTaken(page);
}

async function expectNothingTaken(page: Page): Promise<void> {
  const { element } = widgetOn(page);
  await expect(element.locator('[part=output]')).toBeHidden();
  await expect(page.getByText('Mallory')).toHaveCount(0);
  const taken = await element.evaluate((widget) => {
    const { user, credential, form } = widget as HTMLElementTagNameMap['signup-with-platform'];
    return { user, credential, submitted: form && [...new FormData(form).keys()] };
  });
  expect(taken).toEqual({ user: undefined, credential: undefined, submitted: [] });
}

test('a sign of life from another window does not count', async ({ page, platform, site, attacker }) => {
  const shop = await openShop({ platform, site }, { html: watchedPage });
  await platform.storage.appEnvironments.setOrigins(shop.clientId, ['https://elsewhere.example']);
  await page.goto(shop.url);
  // The page is not registered, so the popup itself sends nothing.
  const popup = await openPopup(page);
  await expect(popup.getByRole('heading', { level: 1 })).toHaveText('This page may not ask for your details');
  const state = new URL(popup.url()).searchParams.get('state');
  await post(await openWindow(page, `${attacker.origin}/`), { type: READY_MESSAGE, state });
  await expect.poll(async () => (await seenBy(page)).messages.length).toBe(1);
  await expectUndisturbed(page, 'opening');
});

test('noise and answers to other attempts are ignored, even from the popup', async ({ page, platform, site }) => {
  const attempt = await beginAttempt(page, { platform, site });
  const answer = await answerTo(attempt, platform, 'the-right-one');
  const { state, ...stateless } = answer;
  const noise = [
    null,
    'setImmediate$0.1$1',
    42,
    [],
    {},
    { type: 'signup-with-platform' },
    { ...answer, type: RESPONSE_MESSAGE.toUpperCase() },
    stateless,
    { ...answer, state: '' },
    { ...answer, state: `${state}x` },
    { ...answer, state: String(state).slice(0, -1) },
    { ...answer, state: [state] },
    { ...answer, state: { toString: null } },
    { ...answer, iss: undefined },
    { ...answer, iss: [attempt.shop.issuer] },
    { ...answer, credential: undefined },
    { ...answer, credential: { length: 3 } },
    { ...answer, credential: [answer['credential']] },
    { ...answer, error: 7 },
    { type: RESPONSE_MESSAGE, state, iss: attempt.shop.issuer },
  ];
  const heard = (await seenBy(page)).messages.length;
  await post(attempt.popup, ...noise);
  await expect.poll(async () => (await seenBy(page)).messages.length).toBe(heard + noise.length);
  await expectUndisturbed(page);

  await post(attempt.popup, answer);
  await expect(widgetOn(page).element).toHaveAttribute('state', 'completed');
});

const WRONG_CLAIMS: Record<string, (attempt: Attempt) => Claims> = {
  'is for another client': () => ({ aud: 'x'.repeat(32) }),
  'is for several clients': ({ shop }) => ({ aud: [shop.clientId, 'x'.repeat(32)] }),
  'answers another nonce': () => ({ nonce: 'of-another-page' }),
  'has no nonce': () => ({ nonce: undefined }),
  'is from another issuer': () => ({ iss: 'https://evil.example' }),
  'has expired': () => ({ iat: nowSeconds() - 400, exp: nowSeconds() - 100 }),
  'never expires': () => ({ exp: undefined }),
  'names nobody': () => ({ sub: undefined }),
  'names the empty string': () => ({ sub: '' }),
  'is valid only later': () => ({ nbf: nowSeconds() + 600 }),
};

/** Answers over the right channel with exactly one mistake. */
const FORGERIES: Record<string, (attempt: Attempt, platform: RunningPlatform) => Promise<Record<string, unknown>>> = {
  'names another issuer': async (attempt, platform) => ({
    ...(await answerTo(attempt, platform)),
    iss: 'https://evil.example',
  }),
  'names the other realm’s issuer': async (attempt, platform) => ({
    ...(await answerTo(attempt, platform)),
    iss: platform.url,
  }),
  'names an issuer that begins like ours': async (attempt, platform) => ({
    ...(await answerTo(attempt, platform)),
    iss: `${attempt.shop.issuer}.evil.example`,
  }),
  ...Object.fromEntries(
    Object.entries(WRONG_CLAIMS).map(([name, wrong]) => [
      `carries a credential that ${name}`,
      async (attempt: Attempt, platform: RunningPlatform) => ({
        ...(await answerTo(attempt, platform)),
        credential: await signCredential(platform, 'sandbox', { ...claimsOf(attempt), ...wrong(attempt) }),
      }),
    ]),
  ),
  'carries a credential signed with the other realm’s key': async (attempt, platform) => ({
    ...(await answerTo(attempt, platform)),
    credential: await signCredential(platform, 'production', claimsOf(attempt)),
  }),
  'is of the other realm throughout': async (attempt, platform) => ({
    ...(await answerTo(attempt, platform)),
    iss: platform.url,
    credential: await signCredential(platform, 'sandbox', { ...claimsOf(attempt), iss: platform.url }),
  }),
  'carries an unsigned credential': async (attempt, platform) => ({
    ...(await answerTo(attempt, platform)),
    credential: new UnsecuredJWT(completeClaims(claimsOf(attempt))).encode(),
  }),
  'carries a credential without its signature': async (attempt, platform) => {
    const answer = await answerTo(attempt, platform);
    return { ...answer, credential: String(answer['credential']).replace(/[^.]*$/, '') };
  },
  'carries a credential whose claims were changed': async (attempt, platform) => {
    const answer = await answerTo(attempt, platform);
    const [header, , signature] = String(answer['credential']).split('.');
    const claims = Buffer.from(JSON.stringify(completeClaims(claimsOf(attempt)))).toString('base64url');
    return { ...answer, credential: `${header}.${claims}.${signature}` };
  },
  'carries a credential signed with a key of the forger’s own': async (attempt, platform) => {
    const { privateKey } = await generateKeyPair('ES256');
    return forgedBy(attempt, platform, { alg: 'ES256' }, privateKey);
  },
  'carries a credential that brings its own key along': async (attempt, platform) => {
    const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
    return forgedBy(attempt, platform, { alg: 'ES256', jwk: await exportJWK(publicKey) }, privateKey);
  },
  // RFC 8725 section 2.1: a public key used as a shared secret.
  'carries a credential signed with our public key as a secret': async (attempt, platform) => {
    const [jwk] = await platform.storage.realm('sandbox').signingKeys.list();
    const { d: _private, ...publicJwk } = jwk ?? {};
    const secret = await importJWK(
      { kty: 'oct', k: Buffer.from(JSON.stringify(publicJwk)).toString('base64url') },
      'HS256',
    );
    return forgedBy(attempt, platform, { alg: 'HS256' }, secret);
  },
  'carries something else than a credential': async (attempt, platform) => ({
    ...(await answerTo(attempt, platform)),
    credential: '<img src=x onerror=alert(1)>',
  }),
};

function nowSeconds(): number {
  return Math.floor(Date.now() / 1000);
}

function claimsOf({ shop, nonce }: Attempt): Claims {
  return { iss: shop.issuer, aud: shop.clientId, nonce, sub: 'somebody' };
}

async function forgedBy(
  attempt: Attempt,
  platform: RunningPlatform,
  header: { alg: string; jwk?: object },
  key: CryptoKey | Uint8Array,
): Promise<Record<string, unknown>> {
  const [jwk] = await platform.storage.realm('sandbox').signingKeys.list();
  const credential = await new SignJWT(completeClaims(claimsOf(attempt)))
    .setProtectedHeader({ typ: 'JWT', kid: jwk?.kid ?? '', ...header } as Parameters<SignJWT['setProtectedHeader']>[0])
    .sign(key);
  return { ...(await answerTo(attempt, platform)), credential };
}

test('an answer over the right channel is refused with an error when it', async ({ page, platform, site }) => {
  // They are tested one after the other on one page, because each click is a new attempt.
  test.slow();
  let attempt: Attempt | undefined;
  for (const [name, forge] of Object.entries(FORGERIES)) {
    await test.step(name, async () => {
      attempt = attempt
        ? { shop: attempt.shop, ...(await openAttempt(page)) }
        : await beginAttempt(page, { platform, site });
      await page.evaluate(() => {
        window.seen.events.length = 0;
      });
      await post(attempt.popup, await forge(attempt, platform));
      await expect(widgetOn(page).element).toHaveAttribute('state', 'failed');
      expect((await seenBy(page)).events).toMatchObject([{ name: 'signup-error', code: 'invalid_credential' }]);
      await expectNothingTaken(page);
    });
  }
});

test('a genuine answer is accepted once, for its own attempt', async ({ page, platform, site }) => {
  const ada = await somebodyWithAccount(platform);
  // The first answer is being verified until the keys arrive.
  const { promise: keysMayArrive, resolve: letKeysArrive } = Promise.withResolvers<void>();
  await page.route('**/jwks', async (route) => {
    await keysMayArrive;
    await route.continue();
  });
  const first = await beginAttempt(page, { platform, site });
  await signIn(first.popup, ada);
  await holdBackAnswer(first.popup);
  await shareButton(first.popup).click();
  await first.popup.waitForFunction(() => window.answer);
  const answer = await first.popup.evaluate(() => window.answer);
  expect(answer?.targetOrigin).toBe(site.origin);

  // The answer is sent twice at once, before the page can close the popup, and then another answer to the same attempt.
  const other = { ...answer?.message, credential: undefined, error: 'access_denied' };
  const heard = (await seenBy(page)).messages.length;
  await first.popup.evaluate((afterwards) => {
    const { message, targetOrigin = '' } = window.answer ?? {};
    for (const each of [message, message, afterwards]) window.shop?.postMessage(each, targetOrigin);
  }, other);
  await expect.poll(async () => (await seenBy(page)).messages.length).toBe(heard + 3);
  await expect(widgetOn(page).element).toHaveAttribute('state', 'waiting');
  letKeysArrive();
  await expect(widgetOn(page).element).toHaveAttribute('state', 'completed');
  const names = async () => (await seenBy(page)).events.map(({ name }) => name);
  expect(await names()).toEqual(['signup-start', 'signup-success']);

  // In another attempt, the old answer is ignored, and the old credential with the new state is refused.
  const second = await openAttempt(page);
  await page.evaluate(() => {
    window.seen.messages.length = 0;
  });
  await post(second.popup, answer?.message);
  await expect.poll(async () => (await seenBy(page)).messages.length).toBe(1);
  await expect(widgetOn(page).element).toHaveAttribute('state', 'waiting');
});

test('the credential of one page view is refused in another', async ({ page, platform, site }) => {
  // Without a nonce from the backend, each click makes its own.
  const shop = await openShop({ platform, site }, { html: (_tag, script) => watchedPage(bareTag, script) });
  const bareTag = `<signup-with-platform client-id="${shop.clientId}"></signup-with-platform>`;
  await page.goto(shop.url);
  const first: Attempt = { shop, ...(await openAttempt(page)) };
  const stolen = await answerTo(first, platform);
  await post(first.popup, stolen);
  await expect(widgetOn(page).element).toHaveAttribute('state', 'completed');

  const second = await openAttempt(page);
  expect(second.nonce).not.toBe(first.nonce);
  await post(second.popup, { ...stolen, state: second.state });
  await expect(widgetOn(page).element).toHaveAttribute('state', 'failed');
  expect((await seenBy(page)).events.at(-1)).toMatchObject({ name: 'signup-error', code: 'invalid_credential' });
  await expectNothingTaken(page);
});
