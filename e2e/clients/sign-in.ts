import type { Page } from '@playwright/test';
import { freePort } from '../../server/testing/free-port.ts';
import { shareButton, signIn, somebodyWithAccount } from '../support/people.ts';
import { expect, type RunningPlatform } from '../support/test.ts';
import { ALL_CLAIMS, type Client, fillIn, type Given } from './client.ts';
import { STEP_TIMEOUT_MS, shownIn } from './shown-in.ts';

/** Registers an app with the client's redirect URI, starts the client, signs a person in, and checks whom the client says it is. */
export async function signInWith(client: Client, platform: RunningPlatform, page: Page): Promise<void> {
  const port = await freePort();
  const origin = `http://localhost:${port}`;
  const redirectUri = origin + client.callback;
  const app = await platform.createApp({ name: 'Test Shop', origins: [origin], redirectUris: [redirectUri] });
  const given: Given = { ...app, origin, port, redirectUri };
  const party = await client.start(given);
  page.setDefaultTimeout(STEP_TIMEOUT_MS);
  try {
    const person = await somebodyWithAccount(platform);
    await page.goto(origin + fillIn(client.begin, given));
    if (client.button) await page.getByRole('button', { name: client.button }).click();
    await signIn(page, person);
    await shareButton(page).click();
    await page.waitForURL((url) => url.origin === origin);

    const user = await (client.shows ?? shownIn('body'))(page);
    const [known] = (await platform.storage.realm('sandbox').appUsers(app.clientId).list(1))?.users ?? [];
    const expected = { sub: known?.id, email: person.email, name: `${person.givenName} ${person.familyName}` };
    for (const claim of client.claims ?? ALL_CLAIMS) expect([claim, user[claim]]).toEqual([claim, expected[claim]]);
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
