import { expectAccessible, TAB_ROOM } from './support/accessibility.ts';
import { mailTo } from './support/people.ts';
import { accountHolder, appOf, openPortal } from './support/portal.ts';
import { expect, type RunningPlatform, test } from './support/test.ts';

const HOUR_MS = 60 * 60 * 1000;

async function readUsers({ url }: RunningPlatform, key: string | null): Promise<number> {
  return (await fetch(`${url}/1/users`, { headers: { 'x-api-key': key ?? '' } })).status;
}

async function logIn({ url }: RunningPlatform, clientId: string, clientSecret: string | null): Promise<number> {
  const body = JSON.stringify({ client_id: clientId, client_secret: clientSecret, environment: 'localhost' });
  const headers = { 'content-type': 'application/json' };
  return (await fetch(`${url}/custom_api/external_login`, { method: 'POST', headers, body })).status;
}

test('a developer creates keys, replaces them and revokes them', async ({ page, platform }) => {
  const ada = await accountHolder(platform);
  const app = await appOf(platform, ada);
  const keys = `/apps/${app.appId}/localhost/keys`;
  await openPortal(page, platform, ada, keys);

  await page.getByRole('link', { name: 'Create a key' }).click();
  await page.getByRole('radio', { name: /On a date/ }).check();
  await page.getByLabel('Network addresses').fill('203.0.113.9/24');
  await page.getByRole('button', { name: 'Create key' }).click();
  await expect(page.getByText('Give the key a name.')).toBeVisible();
  await expect(page.getByText(/Did you mean 203\.0\.113\.0\/24/)).toBeVisible();
  await expect(page.getByText('Choose a day from today on')).toBeVisible();
  await expectAccessible(page, TAB_ROOM);
  await page.setViewportSize({ width: 1280, height: 800 });

  await page.getByLabel('Name').fill('Order backend');
  await page.getByLabel('Network addresses').fill('127.0.0.1\n203.0.113.0/24');
  const soon = new Date(Date.now() + 10 * 24 * HOUR_MS).toISOString().slice(0, 10);
  await page.getByLabel('Last day').fill(soon);
  await page.getByRole('radio', { name: /Read-only/ }).check();
  await page.getByRole('button', { name: 'Create key' }).click();
  const first = await page.locator('#api-key').textContent();
  expect(await readUsers(platform, first)).toBe(200);
  await expect(page.getByText('Shown once')).toBeVisible();
  await expectAccessible(page, TAB_ROOM);

  // A reload shows the list, which does not contain the key.
  await page.reload();
  await page.setViewportSize({ width: 1280, height: 800 });
  const row = page.getByRole('row', { name: /Order backend/ });
  await expect(row).toContainText(`${first?.slice(0, 12)}…`);
  await expect(row).toContainText('Read-only');
  await expect(row).toContainText('203.0.113.0/24');
  await expect(page.getByText('The key Order backend expires on')).toBeVisible();
  expect(await page.content()).not.toContain(first);

  await row.getByRole('link', { name: 'Generate a new key' }).click();
  await page.getByRole('radio', { name: '7 days' }).check();
  await page.getByRole('button', { name: 'Generate a new key' }).click();
  const second = await page.locator('#api-key').textContent();
  await expect(page.getByText('The old key works until')).toBeVisible();
  expect([await readUsers(platform, first), await readUsers(platform, second)]).toEqual([200, 200]);

  await page.getByRole('link', { name: 'Go to secret and keys' }).click();
  await expect(page.getByText('Replaced')).toBeVisible();
  await expectAccessible(page, TAB_ROOM);
  await page.setViewportSize({ width: 1280, height: 800 });
  await page
    .getByRole('row', { name: new RegExp(`${second?.slice(0, 12)}`) })
    .getByRole('link', { name: 'Revoke' })
    .click();
  await page.getByRole('button', { name: 'Revoke key' }).click();
  await expect(page.getByText('The key is revoked.')).toBeVisible();
  expect([await readUsers(platform, first), await readUsers(platform, second)]).toEqual([200, 401]);
  expect((await mailTo(ada.email, platform)).map(({ subject }) => subject)).toEqual([
    'An API key of Fern & Field was replaced',
    'An API key of Fern & Field was created',
  ]);
});

test('a client secret is replaced, and the old one works until somebody ends it', async ({ page, platform }) => {
  const ada = await accountHolder(platform);
  const app = await appOf(platform, ada, 'developer');
  await openPortal(page, platform, ada, `/apps/${app.appId}/localhost/keys`);
  await page.getByRole('link', { name: 'Create a new client secret' }).click();
  await expectAccessible(page, TAB_ROOM);
  await page.getByRole('radio', { name: '1 hour' }).check();
  await page.getByRole('button', { name: 'Create a new client secret' }).click();
  const secret = await page.locator('#client-secret').textContent();
  const both = async () => [
    await logIn(platform, app.clientId, app.clientSecret),
    await logIn(platform, app.clientId, secret),
  ];
  expect(await both()).toEqual([200, 200]);
  await page.getByRole('link', { name: 'Go to secret and keys' }).click();
  await expect(page.getByText('The previous secret works until')).toBeVisible();
  await page.getByRole('button', { name: 'End it now' }).click();
  await expect(page.getByText('The previous client secret no longer works.')).toBeVisible();
  expect(await both()).toEqual([401, 200]);
});

test('an owner invites somebody, who joins, gets another role, and leaves', async ({ page, platform, browser }) => {
  const [ada, grace] = [await accountHolder(platform), await accountHolder(platform, { givenName: 'Grace' })];
  // What the sandbox alone causes is not mailed.
  const app = await appOf(platform, ada, 'owner', { environment: 'production' });
  const members = `/apps/${app.appId}/members`;
  await openPortal(page, platform, ada, members);
  await page.getByRole('link', { name: 'Invite someone' }).click();
  await expectAccessible(page, TAB_ROOM);
  await page.getByLabel('Email').fill(grace.email);
  await page.getByRole('radio', { name: /^Read-only/ }).check();
  await page.getByRole('button', { name: 'Send invitation' }).click();
  await expect(page.getByText('The invitation is sent.')).toBeVisible();
  await page.getByRole('button', { name: 'Withdraw' }).click();
  await expect(page.getByText('The invitation is withdrawn.')).toBeVisible();
  await page.getByRole('link', { name: 'Invite someone' }).click();
  await page.getByLabel('Email').fill(grace.email);
  await page.getByRole('button', { name: 'Send invitation' }).click();
  await page.getByRole('button', { name: 'Send again' }).click();
  await expect(page.getByText('The invitation is sent.')).toBeVisible();
  await expectAccessible(page, TAB_ROOM);

  const [mail] = await mailTo(grace.email, platform);
  const link = /http\S+/.exec(mail?.text ?? '')?.[0] ?? '';
  const elsewhere = await browser.newContext();
  const other = await elsewhere.newPage();
  await other.goto(link);
  await expectAccessible(other, TAB_ROOM);
  await other.getByRole('link', { name: 'Sign in' }).click();
  await other.getByLabel('Email').fill(grace.email);
  await other.getByLabel('Password', { exact: true }).fill(grace.password);
  await other.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expectAccessible(other, TAB_ROOM);
  await other.getByRole('button', { name: 'Accept invitation' }).click();
  await expect(other.getByText('You’re now a member of this app.')).toBeVisible();
  await other.goto(link);
  await expect(other.getByRole('heading', { level: 1 })).toHaveText('This invitation doesn’t work');

  await page.reload();
  await page.getByRole('link', { name: /Change · Grace/ }).click();
  await expectAccessible(page, TAB_ROOM);
  await page.getByRole('radio', { name: /^Owner/ }).check();
  await page.getByRole('button', { name: 'Save role' }).click();
  await expect(page.getByText('The role is changed.')).toBeVisible();

  // There is another owner now, so the first one may leave.
  await page.getByText('Leave…').click();
  await page.getByRole('button', { name: 'Leave Fern & Field' }).click();
  await expect(page).toHaveURL(/\/account\/apps$/);
  await other.goto(`${platform.url}/account${members}`);
  await expect(other.getByText('You’re the only owner.')).toBeVisible();
  await elsewhere.close();
});
