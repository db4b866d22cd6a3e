import type { Page } from '@playwright/test';
import {
  mailTo,
  openPopup,
  openShop,
  received,
  share,
  shareButton,
  signIn,
  signUp,
  somebody,
  somebodyWithAccount,
} from './support/people.ts';
import { expect, test } from './support/test.ts';

test('an address is confirmed by a button behind the link in the email, and shops learn of it', async ({
  page,
  platform,
  site,
}) => {
  const shop = await openShop({ platform, site });
  const ada = somebody();
  await page.goto(shop.url);
  const popup = await openPopup(page);
  await signUp(popup, ada);
  await share(popup);
  const first = await received(page, shop);
  expect(first).toMatchObject({ email: ada.email, email_verified: false });

  const mails = await mailTo(ada.email, platform);
  expect(mails.map(({ subject }) => subject)).toEqual(['Confirm your email address for Platform']);
  const [link = ''] = /http\S+/.exec(mails[0]?.text ?? '') ?? [];

  // An email scanner opens every link it finds.
  expect((await page.request.get(link)).status()).toBe(200);
  await page.reload();
  await openPopup(page);
  expect(await received(page, shop)).toMatchObject({ sub: first.sub, email_verified: false });

  await page.goto(link);
  await page.getByRole('button', { name: 'Confirm this address' }).click();
  await expect(page.getByRole('heading', { name: 'Your email address is confirmed' })).toBeVisible();
  await page.goto(shop.url);
  await openPopup(page);
  expect(await received(page, shop)).toMatchObject({ sub: first.sub, email_verified: true });

  await page.goto(link);
  await page.getByRole('button', { name: 'Confirm this address' }).click();
  await expect(page.getByRole('heading', { name: 'This link no longer works' })).toBeVisible();
});

test('signing up with a taken address looks the same, and only its owner is told', async ({
  browser,
  page,
  platform,
  site,
}) => {
  const shop = await openShop({ platform, site });
  const ada = await somebodyWithAccount(platform);
  await page.goto(shop.url);
  const adas = await openPopup(page);
  await signIn(adas, ada);
  await share(adas);
  const owner = await received(page, shop);

  // A stranger does the same steps, once with a new address and once with Ada's.
  const stranger = { givenName: 'Eve', familyName: 'Stranger', password: 'not the one of the owner' };
  const traces: string[][] = [];
  for (const email of [somebody().email, ada.email]) {
    const context = await browser.newContext();
    const strangers = await context.newPage();
    await strangers.goto(shop.url);
    const popup = await openPopup(strangers);
    const trace = traceOf(popup);
    await signUp(popup, somebody({ ...stranger, email }));
    await expect(shareButton(popup)).toBeVisible();
    trace.push(((await popup.locator('main').textContent()) ?? '').replaceAll(email, '(email)'));
    await share(popup);
    const credential = await received(strangers, shop);
    expect(credential).toMatchObject({ email, email_verified: false, is_new_user: true });
    expect(credential.sub).not.toBe(owner.sub);
    traces.push(trace);
    await context.close();
  }
  expect(traces[1]).toEqual(traces[0]);

  const mails = await mailTo(ada.email, platform);
  expect(mails.map(({ subject }) => subject)).toEqual(['You already have an account at Platform']);
  expect(mails[0]?.text).not.toMatch(/https?:|code/);

  // Ada's account is unchanged.
  await page.reload();
  await openPopup(page);
  expect(await received(page, shop)).toMatchObject({ sub: owner.sub, name: 'Ada Byron', email_verified: true });
});

/** The responses of a window, reduced to what could tell them apart. */
function traceOf(popup: Page): string[] {
  const trace: string[] = [];
  popup.on('response', (response) => {
    const path = new URL(response.url()).pathname.replace(/[\w-]{15,}/, '(uid)');
    trace.push(`${response.status()} ${response.request().method()} ${path}`);
  });
  return trace;
}
