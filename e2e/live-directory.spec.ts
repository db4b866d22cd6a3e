import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { createStore } from '../demo/app.ts';
import { createDirectory } from '../examples/directory/directory.ts';
import { type Person, readPeople } from '../examples/directory/people.ts';
import { issuerOf } from '../protocol/index.ts';
import { startTestPlatform, type TestPlatform } from '../server/testing/test-platform.ts';
import { expectAccessible, TAB_ROOM } from './support/accessibility.ts';
import { openPopup, share } from './support/people.ts';
import { test as base, expect } from './support/test.ts';

/** People of the example of a directory, in a browser: the shop, the platform and the directory are three servers. */
interface Scene {
  platform: TestPlatform;
  shop: string;
  /** Whom it knows, by address. A test may change them. */
  people: Map<string, Person>;
  directory: Server;
}

const SECRET = `whsec_${Buffer.alloc(32, 5).toString('base64')}`;
const PASSWORD_URL = 'https://www.example.com/change-password';
const ADA = { email: 'ada@example.com', password: 'an engine of difference' };
const BLOCKED = { email: 'blocked@example.com', password: 'a mill of no return' };

async function openScene(mode: string): Promise<Scene & { close(): Promise<void> }> {
  const known = readPeople(join(import.meta.dirname, '../examples/directory/people.json'));
  const people = new Map(known.map((person) => [person.profile.email, person]));
  const directory = createDirectory({ people: () => [...people.values()], secret: SECRET });
  directory.listen(0, '127.0.0.1');
  await once(directory, 'listening');
  const platform = await startTestPlatform({
    DIRECTORY_URL: `http://127.0.0.1:${(directory.address() as AddressInfo).port}/`,
    DIRECTORY_SECRET: SECRET,
    DIRECTORY_MODE: mode,
    DIRECTORY_PASSWORD_URL: PASSWORD_URL,
  });
  const { clientId } = await platform.createApp({ name: 'Fern & Field', environment: 'production', origins: [] });
  const app = createStore({ platformUrl: platform.url, issuer: issuerOf(platform.url, 'production'), clientId });
  const shop = await app.listen({ host: '127.0.0.1', port: 0 });
  await platform.storage.appEnvironments.setOrigins(clientId, [shop]);
  const close = async () => {
    await app.close();
    await platform.close();
    directory.close();
  };
  return { platform, shop, people, directory, close };
}

const test = base.extend<{ scene: Scene; mode: string }>({
  mode: ['always', { option: true }],
  scene: async ({ mode }, use) => {
    const scene = await openScene(mode);
    await use(scene);
    await scene.close();
  },
});

async function signIn(page: Page, { email, password }: typeof ADA): Promise<void> {
  await page.getByRole('textbox', { name: 'Email' }).fill(email);
  await page.getByRole('textbox', { name: 'Password' }).fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}

async function openAt({ shop }: Scene, page: Page): Promise<Page> {
  await page.goto(`${shop}/register`);
  return openPopup(page);
}

for (const mode of ['always', 'migrate'])
  test.describe(mode, () => {
    test.use({ mode });
    test('somebody of the directory signs in at the popup with what it knows of them, and is a customer', async ({
      page,
      scene,
    }) => {
      const popup = await openAt(scene, page);
      await signIn(popup, ADA);
      await share(popup);
      await expect(page.getByText('We have filled in the form for you.')).toBeVisible();
      await expect(page.getByLabel('Email')).toHaveValue(ADA.email);
      await expect(page.getByLabel('First name')).toHaveValue('Ada');

      // On the day on which it is out of order, in a browser that knows nothing of them.
      await page.context().clearCookies();
      scene.directory.close();
      scene.directory.closeAllConnections();
      const later = await openAt(scene, page);
      await signIn(later, ADA);
      const filledIn = page.getByText('We have filled in the form for you.');
      if (mode === 'migrate') await expect(filledIn).toBeVisible();
      else {
        await expect(later.getByRole('alert')).toContainText('isn’t answering', {
          timeout: 10_000,
        });
        await expectAccessible(later);
        await expect(later.getByRole('textbox', { name: 'Email' })).toHaveValue(ADA.email);
      }
    });
  });

test('whom the directory has blocked reads so, and whom it does not know reads no more than of a wrong password', async ({
  page,
  scene,
}) => {
  const popup = await openAt(scene, page);
  await signIn(popup, BLOCKED);
  await expect(popup.getByRole('alert')).toContainText('You can’t sign in with this account');
  for (const person of [
    { ...ADA, password: 'wrong' },
    { ...ADA, email: 'nobody@example.com' },
  ]) {
    await signIn(popup, person);
    await expect(popup.getByRole('alert')).toContainText('Email and password don’t match');
  }
});

test('the account says where the password is changed, and so does whoever has forgotten it', async ({
  page,
  scene,
}) => {
  const { url } = scene.platform;
  await page.goto(`${url}/account/forgot-password`);
  await expect(page.getByRole('link', { name: 'Change your password there' })).toHaveAttribute('href', PASSWORD_URL);
  await expectAccessible(page, TAB_ROOM);
  await page.goto(`${url}/account/sign-in`);
  await signIn(page, ADA);
  await expect(page).toHaveURL(`${url}/account`);
  await page.goto(`${url}/account/security`);
  await expect(page.getByRole('link', { name: 'Change your password there' })).toHaveAttribute('href', PASSWORD_URL);
  await expect(page.getByRole('link', { name: 'Change address' })).toHaveCount(0);
  await expectAccessible(page, TAB_ROOM);
});
