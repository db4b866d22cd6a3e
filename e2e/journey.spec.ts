import { expect, test } from './support/test.ts';

test('a new person signs up in the popup and becomes a customer of the store', async ({ page, store }) => {
  await page.goto(`${store.url}/register`);
  const [popup] = await Promise.all([
    page.waitForEvent('popup'),
    page.getByRole('button', { name: 'Sign up with Platform' }).click(),
  ]);
  await popup.getByRole('link', { name: 'Create an account' }).click();
  await popup.getByLabel('First name').fill('Ada');
  await popup.getByLabel('Last name').fill('Byron');
  await popup.getByLabel('Email').fill('ada@example.com');
  await popup.getByLabel('Password').fill('an engine of difference');
  await popup.getByRole('button', { name: 'Create account' }).click();
  await Promise.all([popup.waitForEvent('close'), popup.getByRole('button', { name: /^Share and continue/ }).click()]);

  await expect(page.getByLabel('First name')).toHaveValue('Ada');
  await expect(page.getByLabel('Email')).toHaveValue('ada@example.com');
  await page.getByRole('button', { name: 'Create my account' }).click();
  await expect(page.getByRole('heading', { name: /Welcome, Ada/ })).toBeVisible();
});
