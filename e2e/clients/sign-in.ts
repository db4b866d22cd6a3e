import type { Page } from '@playwright/test';
import { freePort } from '../../server/testing/free-port.ts';
import { shareButton, signIn, somebodyWithAccount } from '../support/people.ts';
import { expect, type RunningPlatform } from '../support/test.ts';
import { ALL_CLAIMS, type Client, fillIn, type Given } from './client.ts';
import { STEP_TIMEOUT_MS, shownIn } from './shown-in.ts';

/**
 * Registers an app with the client's redirect URI, starts the client, signs a person in, and checks whom the client says it is. Where the client
 * signs people out at the platform too, that is tried as well.
 */
export async function signInWith(client: Client, platform: RunningPlatform, page: Page): Promise<void> {
  const port = await freePort();
  const origin = `http://localhost:${port}`;
  const redirectUri = origin + client.callback;
  const app = await platform.createApp({
    name: 'Test Shop',
    origins: [origin],
    redirectUris: [redirectUri],
    postLogoutRedirectUris: [origin, `${origin}/`],
  });
  const given: Given = { ...app, origin, port, redirectUri };
  const party = await client.start(given);
  page.setDefaultTimeout(STEP_TIMEOUT_MS);
  try {
    const person = await somebodyWithAccount(platform);
    await begin(client, given, page);
    await signIn(page, person);
    await shareButton(page).click();
    await page.waitForURL((url) => url.origin === origin);

    const user = await (client.shows ?? shownIn('body'))(page);
    const [known] = (await platform.storage.realm('sandbox').appUsers(app.clientId).list(1))?.users ?? [];
    const expected = { sub: known?.id, email: person.email, name: `${person.givenName} ${person.familyName}` };
    for (const claim of client.claims ?? ALL_CLAIMS) expect([claim, user[claim]]).toEqual([claim, expected[claim]]);
    if (client.signOut) await signOut(client, given, page);
  } catch (error) {
    const text = await page
      .locator('body')
      .innerText({ timeout: 1_000 })
      .catch(() => 'nothing');
    throw new Error(`${page.url()} says: ${text}\n${client.name} wrote: ${party.output()}`, { cause: error });
  } finally {
    await party.stop();
  }
}

async function begin({ begin, button }: Client, given: Given, page: Page): Promise<void> {
  await page.goto(given.origin + fillIn(begin, given));
  if (button) await page.getByRole('button', { name: button }).click();
}

/** Signs out, comes back to the shop, and is asked who they are when they sign in again. */
async function signOut(client: Client, given: Given, page: Page): Promise<void> {
  const { path, button } = client.signOut ?? {};
  const left = page.waitForRequest((request) => request.url().startsWith(`${given.issuer}/logout`));
  if (path) await page.goto(given.origin + fillIn(path, given));
  else if (button) await page.getByRole('button', { name: button }).click();
  expect(new URL((await left).url()).searchParams.get('post_logout_redirect_uri')).toBeTruthy();
  // A shop whose every page needs somebody sends them on at once.
  await page.waitForURL((url) => url.origin === given.origin || url.pathname.includes('/interaction/'));
  await begin(client, given, page);
  await expect(page.getByLabel('Password')).toBeVisible();
}
