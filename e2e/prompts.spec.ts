import { shareButton, signIn, signUp, somebody, somebodyWithAccount } from './support/people.ts';
import { registerRelyingParty } from './support/relying-party.ts';
import { expect, test } from './support/test.ts';

test('an app begins with sign-up, then lets the person choose another account, whose address it knows', async ({
  page,
  platform,
  site,
}) => {
  site.serve('/prompts', () => ({ html: '<!doctype html><title>Back</title>Back at the shop' }));
  const party = await registerRelyingParty(platform, { redirectUri: `${site.origin}/prompts` });
  const grace = await somebodyWithAccount(platform);
  const claimsOf = async (request: Awaited<ReturnType<typeof party.begin>>) => {
    await page.waitForURL(`${site.origin}/prompts?**`);
    return (await party.finish(request, new URL(page.url()))).claims();
  };

  const person = somebody();
  const first = await party.begin({ prompt: 'create', login_hint: person.email });
  await page.goto(first.url.href);
  await expect(page.getByRole('heading', { name: /^Create your/ })).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'Email' })).toHaveValue(person.email);
  await signUp(page, person);
  await shareButton(page).click();
  expect(await claimsOf(first)).toMatchObject({ email: person.email, is_new_user: true });

  const second = await party.begin({ prompt: 'select_account', login_hint: grace.email });
  await page.goto(second.url.href);
  await expect(page.getByText(person.email)).toBeVisible();
  await page.getByRole('button', { name: 'Use another account' }).click();
  await expect(page.getByRole('textbox', { name: 'Email' })).toHaveValue(grace.email);
  await signIn(page, grace);
  await shareButton(page).click();
  expect(await claimsOf(second)).toMatchObject({ email: grace.email });

  const third = await party.begin({ prompt: 'select_account', max_age: '3600' });
  await page.goto(third.url.href);
  await page.getByRole('button', { name: /^Continue as/ }).click();
  const claims = await claimsOf(third);
  expect([claims?.['email'], typeof claims?.auth_time]).toEqual([grace.email, 'number']);
});
