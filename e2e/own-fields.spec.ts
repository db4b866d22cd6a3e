import type { OwnName } from '@signup-with-platform/protocol';
import { OWN_FIELDS } from '../server/testing/own-fields.ts';
import { expectAccessible, expectNoSidewaysScrolling } from './support/accessibility.ts';
import { openPopup, openShop, received, share, signIn, somebodyWithAccount, widgetOn } from './support/people.ts';
import { runPlatform } from './support/running-platform.ts';
import { expect, type RunningPlatform, test } from './support/test.ts';

const FIELDS = [
  { field: 'email', required: true },
  { field: 'loyalty_number' as OwnName, required: true },
  { field: 'is_over_18', required: true },
  { field: 'company' as OwnName, required: false },
] as const;

/** A form that names nothing as HTML does, but for the company. */
const FORM = (tag: string, script: string) => `<!doctype html><html lang="en"><title>A wine shop</title>${script}
<main><form>${tag}<label>Email <input name="email" type="email"></label><label>Member ID <input name="card"></label>
<label>Organisation <input name="org" autocomplete="organization"></label><label>VAT included <input name="vat_mode"></label>
<label><input name="adult" type="checkbox"> I am 18 or older</label></form></main></html>`;

test.describe('a platform with fields of its own', () => {
  let platform: RunningPlatform;
  test.beforeAll(async () => {
    platform = await runPlatform({ OWN_FIELDS });
  });
  test.afterAll(() => platform.close());

  for (const [language, label, age, yes] of [
    ['de', 'Kundenkartennummer', 'Mindestens 18 Jahre alt', 'Ja'],
    ['ar', 'رقم الولاء', '18 عامًا أو أكثر', 'نعم'],
  ] as const) {
    test(`shows what is asked in the person's language (${language})`, async ({ page, site }) => {
      const fields = 'email loyalty_number is_over_18 company';
      const shop = await openShop({ platform, site }, { app: { fields: FIELDS }, attributes: { fields, language } });
      const ownClaims = { loyalty_number: 'LC-123456', company: 'Vintners <b>& Sons</b>' };
      const vera = await somebodyWithAccount(platform, { birthdate: '1990-05-17', ownClaims });
      await page.goto(shop.url);
      const popup = await openPopup(page);
      await popup.locator('[name=email]').fill(vera.email);
      await popup.locator('[name=password]').fill(vera.password);
      await popup.locator('[name=password]').press('Enter');
      await expect(popup.getByText(label, { exact: true })).toBeVisible();
      await expect(popup.getByText('LC-123456')).toBeVisible();
      await expect(popup.getByText(age, { exact: true })).toBeVisible();
      await expect(popup.getByText(yes, { exact: true })).toBeVisible();
      await expect(popup.getByText('Vintners <b>& Sons</b>')).toBeVisible();
      await expect(popup.getByText(/1990/)).toHaveCount(0);
      await expectAccessible(popup);
      await expectNoSidewaysScrolling(popup);
    });
  }

  test('fills the form of a shop, and tells its backend', async ({ page, site }) => {
    const fields = 'email loyalty_number is_over_18 company';
    const shop = await openShop({ platform, site }, { app: { fields: FIELDS }, attributes: { fields }, html: FORM });
    const vera = await somebodyWithAccount(platform);
    await page.goto(shop.url);
    const popup = await openPopup(page);
    await signIn(popup, vera);
    // What the account lacks is asked for in place, and a wrong form of it refused with a reason.
    await popup.getByRole('textbox', { name: 'Loyalty number' }).fill('12');
    await popup.getByLabel('Date of birth (only yes or no is shared)').fill('1990-05-17');
    await popup.getByRole('checkbox', { name: /^Company/ }).check();
    await popup.getByRole('textbox', { name: 'Company' }).fill('Vintners & Sons');
    await popup.getByRole('button', { name: /^Share and continue/ }).click();
    await expect(popup.getByText('This doesn’t look right. Check it for mistakes.')).toBeVisible();
    await popup.getByRole('textbox', { name: 'Loyalty number' }).fill('LC-123456');
    await share(popup);

    const payload = await received(page, shop);
    expect(payload).toMatchObject({ loyalty_number: 'LC-123456', is_over_18: true, company: 'Vintners & Sons' });
    expect(payload).not.toHaveProperty('birthdate');
    await expect(page.locator('[name=email]')).toHaveValue(vera.email);
    await expect(page.locator('[name=card]')).toHaveValue('LC-123456');
    await expect(page.locator('[name=org]')).toHaveValue('Vintners & Sons');
    await expect(page.locator('[name=vat_mode]')).toHaveValue('');
    await expect(page.locator('[name=adult]')).not.toBeChecked();
    const { element } = widgetOn(page);
    for (const text of ['Loyalty number', 'LC-123456', '18 or older', 'Yes', 'Vintners & Sons'])
      await expect(element.getByText(text, { exact: true })).toBeVisible();
    const user = await element.evaluate((widget) => (widget as HTMLElementTagNameMap['signup-with-platform']).user);
    expect(user?.claims).toEqual({ loyalty_number: 'LC-123456', company: 'Vintners & Sons' });
  });
});
