import { spawn } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createStore } from '../demo/app.ts';
import { ROOT } from '../scripts/run.ts';
import { until } from '../scripts/testing/until.ts';
import { freePort } from '../server/testing/free-port.ts';
import { startTestPlatform, type TestPlatform, temporaryDirectory } from '../server/testing/test-platform.ts';
import { openPopup, share } from './support/people.ts';
import { test as base, expect } from './support/test.ts';

/** The platform's own website, which is the sample that operators get, on another site than the platform; and a shop on a third. */
interface Scene {
  platform: TestPlatform;
  website: string;
  shop: string;
}

async function startWebsite(platformUrl: string, keyFile: string, port: number) {
  const env = { ...process.env, PLATFORM_URL: platformUrl, KEY_FILE: keyFile, PORT: String(port) };
  const program = spawn(process.execPath, [join(ROOT, 'examples/hand-over/website.mjs')], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(program.stdout, 'data');
  return program;
}

const test = base.extend<{ scene: Scene }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's dependencies from this pattern
  scene: async ({}, use) => {
    const [port, websitePort] = [await freePort(), await freePort()];
    const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const folder = temporaryDirectory();
    writeFileSync(join(folder, 'key.pem'), privateKey.export({ type: 'pkcs8', format: 'pem' }));
    writeFileSync(join(folder, 'pub.pem'), publicKey.export({ type: 'spki', format: 'pem' }));
    const program = await startWebsite(`http://localhost:${port}`, join(folder, 'key.pem'), websitePort);
    const website = `http://127.0.0.1:${websitePort}`;
    const platform = await startTestPlatform({
      PORT: String(port),
      HANDOVER_URL: `${website}/hand-over`,
      HANDOVER_KEYS: join(folder, 'pub.pem'),
    });
    const { clientId, issuer } = await platform.createApp({
      name: 'Fern & Field',
      environment: 'production',
      origins: [],
    });
    const app = createStore({ platformUrl: platform.url, issuer, clientId });
    const shop = await app.listen({ host: '127.0.0.1', port: 0 });
    await platform.storage.appEnvironments.setOrigins(clientId, [shop]);
    // It looks at the website while it starts.
    const asked = () =>
      platform.browser().openPopup({ client_id: clientId, origin: shop, state: 'state', nonce: 'nonce' });
    await until(async () => (await asked()).url.origin === website);
    await use({ platform, website, shop });
    await app.close();
    await platform.close();
    program.kill();
  },
});

const filledIn = (page: import('@playwright/test').Page) =>
  expect(page.getByText('We have filled in the form for you.')).toBeVisible();

test('whoever is signed in on the website comes to the consent without a page, until they sign out there', async ({
  page,
  scene: { platform, website, shop },
}) => {
  const own = await page.context().newPage();
  await own.goto(website);
  await own.getByRole('button', { name: 'member-1' }).click();
  await expect(own.getByRole('heading', { name: 'Hello member-1' })).toBeVisible();

  await page.goto(`${shop}/register`);
  const popup = await openPopup(page);
  await share(popup);
  await filledIn(page);
  await expect(page.getByLabel('Email')).toHaveValue('ada@website.example');
  await expect(page.getByLabel('First name')).toHaveValue('Ada');
  await own.goto(`${platform.url}/account`);
  await expect(own).toHaveURL(`${platform.url}/account`);

  await own.goto(website);
  await own.getByRole('button', { name: 'Sign out' }).click();
  await expect(own.getByRole('heading', { name: 'Sign in to the website' })).toBeVisible();
  await own.goto(`${platform.url}/account`);
  await expect(own).toHaveURL(/sign-in/);
  await page.goto(`${shop}/register`);
  const next = await openPopup(page);
  await expect(next.getByRole('heading', { name: 'Sign in', exact: true })).toBeVisible();

  // By the button, the website asks who they are, and hands them over then.
  await next.getByRole('button', { name: 'Continue with Platform' }).click();
  await next.getByRole('button', { name: 'member-1' }).click();
  await filledIn(page);
});
