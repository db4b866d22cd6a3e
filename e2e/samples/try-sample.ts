import type { Page } from '@playwright/test';
import { freePort } from '../../server/testing/free-port.ts';
import { HttpBrowser as Browser, type HttpBrowser, type Page as HttpPage } from '../../server/testing/http-journey.ts';
import { STEP_TIMEOUT_MS } from '../clients/shown-in.ts';
import { openPopup, share, signIn, somebodyWithAccount, widgetOn } from '../support/people.ts';
import { expect, type RunningPlatform } from '../support/test.ts';
import type { SampleId } from './readers.ts';
import { type RunningSample, startSample } from './start-sample.ts';
import { credential, emptyToken, forgeries, type GoodClaims, NO_CREDENTIALS, nowSeconds } from './tokens.ts';

/** What the samples say, in every language. */
const REFUSALS = {
  expired: 'That took too long. Please press the button again.',
  nonce: 'This form was sent before, or in another browser. Please press the button again.',
  issuer: 'This sign-up comes from another platform, or from its sandbox.',
  audience: 'This sign-up was meant for another app.',
  other: 'This sign-up could not be verified. Please press the button again.',
} as const;

const ADA = { sub: 'user-of-the-tests', name: 'Ada <Byron>' };

/** Most requests for the keys that a sample may make, whatever it is sent. */
const MAX_KEY_REQUESTS = 15;

/** A person signs up in a browser; then all that must not sign anybody in is tried. */
export async function trySample(id: SampleId, platform: RunningPlatform, page: Page): Promise<void> {
  const sample = await startSample(id, platform);
  page.setDefaultTimeout(STEP_TIMEOUT_MS);
  try {
    await signUpInBrowser(sample, platform, page);
    await openSeveralForms(sample, platform);
    await refuseOthers(sample, platform);
    await refuseForgeries(sample, platform);
    await refuseOtherSites(sample, platform);
  } catch (error) {
    throw new Error(`the sample wrote: ${sample.output()}`, { cause: error });
  } finally {
    await sample.stop();
  }
  await refuseSandboxInProduction(id, platform);
  await askAgainWithoutKeys(id, platform);
}

async function signUpInBrowser(sample: RunningSample, platform: RunningPlatform, page: Page): Promise<void> {
  const person = await somebodyWithAccount(platform);
  await page.goto(sample.url);
  const popup = await openPopup(page);
  await signIn(popup, person);
  await share(popup);
  await expect(widgetOn(page).element).toHaveAttribute('state', 'completed');
  await expect(page.getByLabel('Email')).toHaveValue(person.email);
  await page.getByRole('button', { name: 'Create account' }).click();
  await expect(page.getByRole('alert')).toHaveText(`Signed in as ${person.givenName} ${person.familyName}`);
  const found = await fetch(`${platform.url}/1/users?${new URLSearchParams({ email: person.email })}`, {
    headers: { 'x-api-key': sample.apiKey },
  });
  const { id } = (await found.json()) as { id: string };
  expect(await sample.readUser(id)).toContain(person.email);
}

/** A form of the sample in a browser of its own, or in that of another form. */
async function openForm(sample: RunningSample, browser: HttpBrowser = new Browser(sample.url)) {
  const form = await browser.get('/');
  return { browser, form, claims: goodFor(sample, form) };
}

function goodFor({ issuer, clientId }: RunningSample, form: HttpPage): GoodClaims {
  const [, nonce = ''] = /<signup-with-platform[^>]* nonce="([^"]+)"/.exec(form.html) ?? [];
  expect(nonce.length).toBeGreaterThan(20);
  return { iss: issuer, aud: clientId, nonce, ...ADA };
}

const alertOf = ({ html }: HttpPage) => /<p role="alert">([^<]*)<\/p>/.exec(html)?.[1];

async function expectRefusal(answer: HttpPage, message: string, why: string): Promise<void> {
  expect([why, answer.status, alertOf(answer)]).toEqual([why, 400, message]);
}

async function openSeveralForms(sample: RunningSample, platform: RunningPlatform): Promise<void> {
  const first = await openForm(sample);
  const { browser } = first;
  await browser.get('/favicon.ico');
  const second = await openForm(sample, browser);
  expect(second.claims.nonce).not.toBe(first.claims.nonce);
  const before = browser.saveCookies();

  const sent = { credential: await credential(platform, first.claims) };
  const signedIn = await browser.submit(first.form, '/register', sent);
  expect([signedIn.status, signedIn.url.pathname]).toEqual([200, '/']);
  expect(alertOf(signedIn)).toMatch(/^Signed in as Ada &(lt|#60);Byron&(gt|#62);$/);
  await expectRefusal(await browser.submit(first.form, '/register', sent), REFUSALS.nonce, 'sent again');
  const other = await browser.submit(second.form, '/register', {
    credential: await credential(platform, second.claims),
  });
  expect([other.status, other.url.pathname]).toEqual([200, '/']);

  // Whoever knew the session before the sign-in is not signed in, and cannot send the form either.
  const fixated = new Browser(sample.url);
  fixated.restoreCookies(before);
  expect(alertOf(await fixated.get('/'))).toBe('');
  for (const line of browser.cookieLines) {
    if (/csrf/i.test(line)) continue;
    expect(line).toMatch(/; *HttpOnly/i);
    expect(line).toMatch(/; *SameSite=Lax/i);
  }

  // Only so many forms are kept: an old one is refused, a new one works.
  const old = await openForm(sample);
  for (let count = 0; count < 10; count += 1) await old.browser.get('/');
  const late = await old.browser.submit(old.form, '/register', { credential: await credential(platform, old.claims) });
  await expectRefusal(late, REFUSALS.nonce, 'an eleventh form');
}

async function refuseOthers(sample: RunningSample, platform: RunningPlatform): Promise<void> {
  const { browser, form, claims } = await openForm(sample);
  const stranger = await openForm(sample);
  const refuse = async (token: string, message: string, why: string) => {
    await expectRefusal(await browser.submit(form, '/register', { credential: token }), message, why);
    expect(alertOf(await browser.get('/'))).toBe('');
  };
  const made = (changes: object) => credential(platform, claims, { ...changes });
  await refuse(await credential(platform, stranger.claims), REFUSALS.nonce, 'the nonce of another browser');
  await refuse(await made({ iss: platform.url }), REFUSALS.issuer, 'another issuer');
  await refuse(await made({ iss: 'https://evil.example' }), REFUSALS.issuer, 'an issuer of nobody');
  const { clientId } = await platform.createApp({ origins: [sample.url] });
  await refuse(await made({ aud: clientId }), REFUSALS.audience, 'another app');
  await refuse(await made({ iat: nowSeconds() - 3_600, exp: nowSeconds() - 30 }), REFUSALS.expired, 'expired');
  // The clocks of two machines differ.
  const welcome = await openForm(sample, browser);
  const lateForm = await credential(platform, welcome.claims, { iat: nowSeconds() - 3_600, exp: nowSeconds() - 1 });
  const answer = await browser.submit(welcome.form, '/register', { credential: lateForm });
  expect([answer.status, alertOf(answer)?.slice(0, 12)]).toEqual([200, 'Signed in as']);
}

async function refuseForgeries(sample: RunningSample, platform: RunningPlatform): Promise<void> {
  let keyRequests = 0;
  const count = ({ url }: { url?: string | undefined }) => {
    if (url?.endsWith('/jwks')) keyRequests += 1;
  };
  platform.app.server.on('request', count);
  const { browser, form, claims } = await openForm(sample);
  const forged = await forgeries(platform, claims);
  for (const [why, token] of Object.entries(forged)) {
    await expectRefusal(await browser.submit(form, '/register', { credential: token }), REFUSALS.other, why);
  }
  const unknown = forged['an unknown key'] ?? '';
  for (let times = 0; times < 25; times += 1) await browser.submit(form, '/register', { credential: unknown });
  expect(keyRequests).toBeLessThanOrEqual(MAX_KEY_REQUESTS);
  platform.app.server.off('request', count);

  for (const token of [...NO_CREDENTIALS, await emptyToken(platform)]) {
    const { status } = await browser.submit(form, '/register', { credential: token });
    expect([token.slice(0, 20), status]).toEqual([token.slice(0, 20), 400]);
  }
  const { action, values } = form.form('/register');
  const none = await browser.post(action, values);
  expect(none.status).toBe(400);
  const list = await browser.post(action, { ...values, 'credential[]': 'x' });
  expect(list.status).toBe(400);
  expect(alertOf(await browser.get('/'))).toBe('');

  // All that time, an honest person gets in.
  const honest = await openForm(sample);
  const sent = { credential: await credential(platform, honest.claims) };
  expect((await honest.browser.submit(honest.form, '/register', sent)).status).toBe(200);
}

/** A form of another site signs nobody out, and what has the person's name is kept in no cache. */
async function refuseOtherSites(sample: RunningSample, platform: RunningPlatform): Promise<void> {
  const { browser, form, claims } = await openForm(sample);
  const sent = { credential: await credential(platform, claims) };
  const signedIn = await browser.submit(form, '/register', sent);
  expect(signedIn.headers.get('cache-control')).toContain('no-store');

  // A browser sends no cookie that is SameSite=Lax along, and keeps what is set in answer.
  const answer = await fetch(`${sample.url}/register`, {
    method: 'POST',
    headers: { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
    body: new URLSearchParams({ credential: 'x' }),
  });
  // Django's own middleware says 403.
  expect([400, 403]).toContain(answer.status);
  expect(answer.headers.getSetCookie()).toEqual([]);
  // A link there leads here as before.
  const followed = await browser.get('/', { 'sec-fetch-site': 'cross-site' });
  expect(alertOf(followed)).toMatch(/^Signed in as/);
}

/** Where the platform cannot be reached, it is not the person's fault, nor that of the credential. */
async function askAgainWithoutKeys(id: SampleId, platform: RunningPlatform): Promise<void> {
  const sample = await startSample(id, platform, { platformUrl: `http://localhost:${await freePort()}` });
  try {
    const { browser, form, claims } = await openForm(sample);
    const answer = await browser.submit(form, '/register', { credential: await credential(platform, claims) });
    expect([answer.status, alertOf(answer)]).toEqual([503, 'The platform does not answer. Please try again.']);
  } catch (error) {
    throw new Error(`the sample wrote: ${sample.output()}`, { cause: error });
  } finally {
    await sample.stop();
  }
}

/** Behind a proxy that ends https. */
async function refuseSandboxInProduction(id: SampleId, platform: RunningPlatform): Promise<void> {
  const publicOrigin = 'https://shop.example';
  const sample = await startSample(id, platform, { environment: 'production', publicOrigin });
  try {
    const browser = new Browser(publicOrigin, [sample.url]);
    browser.headers = { host: new URL(publicOrigin).host, 'x-forwarded-proto': 'https' };
    const { form, claims } = await openForm(sample, browser);
    expect(browser.cookieLines.length).toBeGreaterThan(0);
    for (const line of browser.cookieLines) expect(line).toMatch(/; *Secure/i);
    const send = (token: string) => browser.submit(form, '/register', { credential: token });
    const ofSandbox = await credential(platform, claims, { iss: `${platform.url}/sandbox` });
    await expectRefusal(await send(ofSandbox), REFUSALS.issuer, 'of the sandbox');
    await expectRefusal(await send(await credential(platform, claims)), REFUSALS.other, 'signed by the sandbox');
    const answer = await send(await credential(platform, claims, {}, 'production'));
    expect([answer.status, alertOf(answer)?.slice(0, 12)]).toEqual([200, 'Signed in as']);
  } catch (error) {
    throw new Error(`the sample wrote: ${sample.output()}`, { cause: error });
  } finally {
    await sample.stop();
  }
}
