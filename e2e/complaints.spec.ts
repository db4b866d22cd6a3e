import type { Page } from '@playwright/test';
import { openPopup, openShop } from './support/people.ts';
import { accountHolder, openPortal } from './support/portal.ts';
import { expect, test } from './support/test.ts';

/** Notes what the browser itself would say in a bubble: an `invalid` event that nobody has cancelled. */
async function watchBubbles(page: Page): Promise<() => Promise<string[]>> {
  await page.evaluate(() => {
    const watching = window as unknown as { bubbles: string[] };
    watching.bubbles = [];
    for (const input of document.querySelectorAll('input'))
      input.addEventListener('invalid', (event) => {
        if (!event.defaultPrevented) watching.bubbles.push(input.validationMessage);
      });
  });
  return () => page.evaluate(() => (window as unknown as { bubbles: string[] }).bubbles);
}

test('a form of the popup says what is missing or too short, in our words, and keeps what was typed', async ({
  page,
  platform,
  site,
}) => {
  const shop = await openShop({ platform, site }, { attributes: { language: 'de' } });
  await page.goto(shop.url);
  const popup = await openPopup(page);
  await popup.getByRole('link', { name: 'Konto erstellen' }).click();
  await popup.getByRole('link', { name: 'Stattdessen ein Passwort verwenden' }).click();
  await popup.getByRole('button', { name: 'Konto erstellen' }).waitFor();
  const bubbles = await watchBubbles(popup);
  const email = popup.getByRole('textbox', { name: 'E-Mail' });
  const password = popup.getByLabel('Passwort', { exact: true });
  await password.pressSequentially('zu kurz');
  await popup.getByRole('button', { name: 'Konto erstellen' }).click();
  await expect(email).toBeFocused();
  await expect(email).toHaveAccessibleDescription('Bitte füllen Sie dieses Feld aus.');
  await expect(password).toHaveAccessibleDescription(/Verwenden Sie mindestens \d+ Zeichen/);
  await expect(password).toHaveAttribute('aria-invalid', 'true');
  await expect(password).toHaveValue('zu kurz');
  await password.pressSequentially(', aber nun nicht mehr');
  await expect(password).toHaveAttribute('aria-invalid', 'false');
  await expect(popup.getByText('Verwenden Sie mindestens')).toHaveCount(0);
  expect(await bubbles()).toEqual([]);
  // What an address is, the server says.
  await email.fill('ada');
  await popup.getByRole('button', { name: 'Konto erstellen' }).click();
  await expect(popup.getByText('name@beispiel.de')).toBeVisible();
});

test('a form of the portal does the same', async ({ page, platform }) => {
  await page.goto(`${platform.url}/sandbox/account/sign-in`);
  const bubbles = await watchBubbles(page);
  await page.getByLabel('Password').fill('an engine of difference');
  await page.getByLabel('Password').press('Enter');
  await expect(page.getByLabel('Email')).toBeFocused();
  await expect(page.getByLabel('Email')).toHaveAccessibleDescription('Fill this in.');
  await page.getByLabel('Email').fill('ada@example.com');
  await expect(page.getByText('Fill this in.')).toHaveCount(0);
  expect(await bubbles()).toEqual([]);
});

test('half a date is not taken for none, which would remove the one that is stored', async ({ page, platform }) => {
  const person = await accountHolder(platform, { birthdate: '1990-12-10' });
  await openPortal(page, platform, person, '/profile/birthdate');
  const date = page.getByLabel('Date of birth');
  await expect(date).toHaveValue('1990-12-10');
  await date.press('Backspace');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(date).toBeFocused();
  await expect(date).toHaveAccessibleDescription(/^Fill this in\./);
  await date.fill('1990-12-11');
  await expect(page.getByText('Fill this in.')).toHaveCount(0);
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.locator('.notice')).toHaveText('Your date of birth has been saved.');
});
