import { share } from './support/people.ts';
import { expect, test } from './support/test.ts';

test('after a success the button offers another account, and asks who it is', async ({ page, store }) => {
  await page.goto(`${store.url}/register`);
  const pick = async (button: string, person: string) => {
    const [popup] = await Promise.all([page.waitForEvent('popup'), page.getByRole('button', { name: button }).click()]);
    await popup.getByRole('button', { name: person }).click();
    await share(popup);
  };
  const output = page.locator('signup-with-platform');

  await pick('Sign up with Platform', 'Jane Doe');
  await expect(output).toContainText('jane.doe@example.com');
  await page.getByLabel('City').fill('Utrecht');

  await pick('Use another account', 'Uma Rao');
  await expect(output).toContainText('uma.rao@example.com');
  await expect(output).not.toContainText('jane.doe@example.com');
  // What was filled in for the first person is gone, and what was typed is still there.
  await expect(page.getByLabel('First name')).toHaveValue('Uma');
  await expect(page.getByLabel('Phone')).toHaveValue('');
  await expect(page.getByLabel('City')).toHaveValue('Utrecht');
});
