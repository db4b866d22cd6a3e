import { expectAccessible, expectNoViolations, TAB_ROOM } from './support/accessibility.ts';
import { openPopup, openShop, received, share, shareButton, signUp, somebody } from './support/people.ts';
import { accountHolder, openPortal } from './support/portal.ts';
import { expect, test } from './support/test.ts';

test('in the sandbox, a developer sees what would have been mailed, and the person in the popup their own link', async ({
  page,
  platform,
  site,
  context,
}) => {
  const shop = await openShop({ platform, site }, { app: { name: 'Fern & Field' } });
  const developer = await accountHolder(platform);
  const { appId = '' } = (await platform.storage.appEnvironments.findByClientId(shop.clientId)) ?? {};
  await platform.storage.appMembers.put(appId, developer.account.id, 'developer');
  const portal = await context.newPage();
  await openPortal(portal, platform, developer, `/apps/${appId}/mail`);
  await expect(portal.getByText('No emails yet.')).toBeVisible();

  const ada = somebody();
  await page.goto(shop.url);
  const popup = await openPopup(page);
  await signUp(popup, ada);
  await expect(shareButton(popup)).toBeVisible();
  await expect(popup.locator('main')).toContainText(`In production, we would email ${ada.email} this link`);
  await expectAccessible(popup);

  await test.step('the developer sees it as a mail program would show it', async () => {
    await portal.reload();
    await portal.getByRole('link', { name: ada.email }).click();
    const [mail] = await Promise.all([
      portal.waitForEvent('popup'),
      portal.getByRole('link', { name: 'See it as HTML' }).click(),
    ]);
    const button = mail.getByRole('link', { name: 'Confirm my address' });
    // A window that is still on its way to the page can't load it again.
    await expect(button).toBeVisible();
    const refused: string[] = [];
    mail.on('console', (message) => refused.push(message.text()));
    await mail.reload();
    await expect(button).toHaveCSS('padding-left', '20px');
    await expect(mail.locator('.button')).toHaveCSS('background-color', 'rgb(51, 70, 211)');
    await mail.emulateMedia({ colorScheme: 'dark' });
    await expect(mail.locator('.button')).toHaveCSS('background-color', 'rgb(174, 185, 255)');
    await mail.setViewportSize({ width: 320, height: 600 });
    expect(await mail.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
    expect(refused).toEqual([]);
    // It runs no script, so what looks for mistakes needs a page that does.
    const copy = await context.newPage();
    await copy.setContent(await mail.content());
    for (const colorScheme of ['light', 'dark'] as const) {
      await copy.emulateMedia({ colorScheme });
      await expectNoViolations(copy);
    }
    await copy.close();
    await mail.close();
    await portal.goBack();
  });

  await test.step('the link of the page confirms the address', async () => {
    const [confirm] = await Promise.all([
      popup.waitForEvent('popup'),
      popup.getByRole('link', { name: 'Open the link' }).click(),
    ]);
    await confirm.getByRole('button', { name: 'Confirm this address' }).click();
    await expect(confirm.getByRole('heading', { name: 'Your email address is confirmed' })).toBeVisible();
    await confirm.close();
    await share(popup);
    expect(await received(page, shop)).toMatchObject({ email: ada.email, email_verified: true });
  });

  await test.step('who forgot a password sees nothing that tells who has an account', async () => {
    const stranger = await (await context.browser())?.newContext();
    if (!stranger) throw new Error('there is no browser');
    const texts: (string | null)[] = [];
    for (const email of [ada.email, somebody().email]) {
      const forgot = await stranger.newPage();
      await forgot.goto(`${platform.url}/sandbox/account/forgot-password?client_id=${shop.clientId}`);
      await forgot.getByRole('textbox', { name: 'Email' }).fill(email);
      await forgot.getByRole('button', { name: 'Send the link' }).click();
      await expect(forgot.getByText('Its developers find every email in the portal')).toBeVisible();
      texts.push(await forgot.locator('main').innerHTML());
      await forgot.close();
    }
    expect(texts[1]).toBe(texts[0]);
    await stranger.close();
  });

  await portal.reload();
  const mails = portal.getByRole('region', { name: 'Emails, newest first' }).getByRole('link');
  await expect(mails).toHaveText([
    /No account at Platform with this address/,
    /Choose a new password for Platform/,
    /Confirm your email address for Platform/,
  ]);
  await expectAccessible(portal, TAB_ROOM);

  await test.step('a mail has its link and its code', async () => {
    await portal.getByRole('link', { name: 'Choose a new password' }).click();
    await expect(portal.getByRole('heading', { level: 1 })).toHaveText('Choose a new password for Platform');
    await expect(portal.getByRole('link', { name: 'Open the link' })).toHaveAttribute(
      'href',
      /\/reset-password\?code=/,
    );
    await expect(portal.getByRole('button', { name: 'Copy Code' })).toBeVisible();
    await expectAccessible(portal, TAB_ROOM);
  });

  await portal.getByRole('link', { name: 'All emails' }).click();
  await portal.getByRole('textbox', { name: 'Recipient' }).fill(ada.email.toUpperCase());
  await portal.getByRole('button', { name: 'Show emails' }).click();
  await expect(mails).toHaveCount(2);
  await portal.getByRole('link', { name: 'Delete all emails' }).click();
  await expect(portal.getByRole('heading', { name: 'Delete all emails?' })).toBeVisible();
  await portal.getByRole('button', { name: 'Delete all emails' }).click();
  await expect(portal.getByText('No emails yet.')).toBeVisible();
});
