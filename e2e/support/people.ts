import { randomUUID } from 'node:crypto';
import type { Locator, Page } from '@playwright/test';
import type { CredentialPayload } from '@signup-with-platform/protocol';
import { verifyCredential } from '../../client/index.ts';
import { hashPassword } from '../../server/domain/accounts/passwords.ts';
import type { Account, NewAccount } from '../../server/storage/accounts.ts';
import type { AppField, NewApp } from '../../server/storage/apps.ts';
import { expect, type RunningPlatform } from './test.ts';
import { tagOf, type VendorSite } from './vendor-site.ts';

export { tagOf };

/** A person with the data to fill in a form. */
export interface Person {
  givenName: string;
  familyName: string;
  email: string;
  password: string;
}

/** Makes a new person. */
export function somebody(known: Partial<Person> = {}): Person {
  return {
    givenName: 'Ada',
    familyName: 'Byron',
    email: `ada.${randomUUID()}@example.com`,
    password: 'an engine of difference',
    ...known,
  };
}

/** Makes a person with an account in the sandbox. */
export async function somebodyWithAccount(
  platform: RunningPlatform,
  profile: NewAccount = {},
): Promise<Person & { account: Account }> {
  const { givenName, familyName, email } = profile;
  const person = somebody({
    ...(givenName && { givenName }),
    ...(familyName && { familyName }),
    ...(email && { email }),
  });
  const account = await platform.storage.realm('sandbox').accounts.create({
    givenName: person.givenName,
    familyName: person.familyName,
    email: person.email,
    emailVerified: true,
    ...profile,
    passwordHash: await hashPassword(person.password),
  });
  return { ...person, account };
}

/** A vendor's page with the tag, registered on the platform. */
export interface Shop {
  readonly url: string;
  readonly clientId: string;
  readonly issuer: string;
  /** The nonce of its page. It is the same for every view, which is enough for a test. */
  readonly nonce: string;
}

export interface ShopOptions {
  app?: Partial<Omit<NewApp, 'origins'>>;
  /** More attributes of the tag, which every page view reads again. */
  attributes?: Record<string, string>;
  /** Headers of the page's response. */
  headers?: Record<string, string>;
  /** The content of the page, with its own tag. */
  html?: (tag: string, script: string) => string;
}

/** Registers a shop, and serves its page on `site` at a path of its own. */
export async function openShop(
  { platform, site }: { platform: RunningPlatform; site: VendorSite },
  { app, attributes = {}, headers = {}, html = plainPage }: ShopOptions = {},
): Promise<Shop> {
  const { clientId, issuer } = await platform.createApp({ ...app, origins: [site.origin] });
  const nonce = randomUUID();
  const path = `/${randomUUID()}`;
  const script = `<script type="module" src="${platform.url}/widget.js"></script>`;
  site.serve(path, () => ({ html: html(tagOf({ 'client-id': clientId, nonce, ...attributes }), script), headers }));
  return { url: site.origin + path, clientId, issuer, nonce };
}

export function plainPage(tag: string, script: string): string {
  return `<!doctype html><html lang="en"><title>A shop</title>${script}<main>${tag}</main></html>`;
}

/** The claims that the app may ask for. */
export function fields(names: { required?: AppField['field'][]; optional?: AppField['field'][] }): AppField[] {
  return [
    ...(names.required ?? []).map((field) => ({ field, required: true })),
    ...(names.optional ?? []).map((field) => ({ field, required: false })),
  ];
}

/** The element on a page, as a person sees it. */
export function widgetOn(page: Page, selector = 'signup-with-platform') {
  const element = page.locator(selector);
  return {
    element,
    button: element.getByRole('button'),
    status: element.getByRole('status'),
    /** Who signed up. */
    person: element.locator('[part=person]'),
  };
}

/** Presses the button on a page. @returns the window that opens */
export async function openPopup(page: Page, button: Locator = widgetOn(page).button): Promise<Page> {
  const [popup] = await Promise.all([page.waitForEvent('popup'), button.click()]);
  return popup;
}

/** Waits until a window is closed. */
export async function untilClosed(popup: Page): Promise<void> {
  if (!popup.isClosed()) await popup.waitForEvent('close');
}

/**
 * Does `act`, after which the window closes. It may close before the act is answered, because a page that closes
 * itself within a press takes the answer along.
 *
 * @throws what `act` throws, unless the window was gone
 */
export async function closesAfter(popup: Page, act: () => Promise<unknown>): Promise<void> {
  await Promise.all([
    popup.waitForEvent('close'),
    act().catch((error: Error) => {
      if (!error.message.includes('has been closed')) throw error;
    }),
  ]);
}

/** What is needed to sign in. */
export type SignInForm = Pick<Person, 'email' | 'password'>;

export async function fillInSignIn(popup: Page, { email, password }: SignInForm): Promise<void> {
  await popup.getByLabel('Email').fill(email);
  await popup.getByLabel('Password').fill(password);
}

export async function signIn(popup: Page, form: SignInForm): Promise<void> {
  await fillInSignIn(popup, form);
  await popup.getByRole('button', { name: 'Sign in' }).click();
}

/** Goes to the sign-up form with a password, starting from any page of the popup before it. */
export async function openSignUpForm(popup: Page): Promise<void> {
  const signUp = popup.getByRole('link', { name: 'Create an account' });
  const usePassword = popup.getByRole('link', { name: 'Use a password instead' });
  const firstName = popup.getByLabel('First name');
  await signUp.or(usePassword).or(firstName).first().waitFor();
  if (await signUp.isVisible()) await signUp.click();
  await usePassword.or(firstName).first().waitFor();
  if (await usePassword.isVisible()) await usePassword.click();
  await firstName.waitFor();
}

/** Fills in the sign-up form with a password, starting from any page of the popup before it. */
export async function fillInSignUp(popup: Page, person: Person): Promise<void> {
  const firstName = popup.getByLabel('First name');
  await openSignUpForm(popup);
  await firstName.fill(person.givenName);
  await popup.getByLabel('Last name').fill(person.familyName);
  await popup.getByLabel('Email').fill(person.email);
  await popup.getByLabel('Password').fill(person.password);
}

export async function signUp(popup: Page, person: Person): Promise<void> {
  await fillInSignUp(popup, person);
  await popup.getByRole('button', { name: 'Create account' }).click();
}

export function shareButton(popup: Page): Locator {
  return popup.getByRole('button', { name: /^Share and continue/ });
}

/** Agrees, after which the popup delivers and closes. */
export async function share(popup: Page): Promise<void> {
  await closesAfter(popup, () => shareButton(popup).click());
}

export async function cancel(popup: Page): Promise<void> {
  await closesAfter(popup, () => popup.getByRole('button', { name: 'Cancel' }).click());
}

/** Verifies the page's credential, as the shop's backend does. */
export async function received(page: Page, shop: Shop, selector?: string): Promise<CredentialPayload> {
  const { element } = widgetOn(page, selector);
  await expect(element).toHaveAttribute('state', 'completed');
  const credential = await element.evaluate(
    (widget) => (widget as HTMLElementTagNameMap['signup-with-platform']).credential,
  );
  return verifyCredential(credential, shop);
}

/** Records the events of the tag from the next page on. @returns a function that returns their names so far */
export async function watchEvents(page: Page): Promise<() => Promise<string[]>> {
  const events: string[] = [];
  await page.exposeFunction('noteSignupEvent', (name: string) => void events.push(name));
  await page.addInitScript(() => {
    const { noteSignupEvent } = window as unknown as { noteSignupEvent(name: string): void };
    for (const name of ['signup-start', 'signup-success', 'signup-cancel', 'signup-error']) {
      addEventListener(name, (event) => {
        const code = (event as CustomEvent<{ code?: string } | null>).detail?.code;
        noteSignupEvent(name === 'signup-error' ? `${name} ${code}` : name);
      });
    }
  });
  return async () => events;
}

/** Counts the requests to the platform from every window except `page`. */
export function watchPopupRequests(page: Page, platform: RunningPlatform): string[] {
  const requests: string[] = [];
  page.context().on('request', (request) => {
    const isOurs = request.url().startsWith(platform.url);
    // The first request of a window does not belong to a page yet.
    const isFromPage = !request.isNavigationRequest() && request.frame().page() === page;
    if (isOurs && !isFromPage) requests.push(`${request.method()} ${new URL(request.url()).pathname}`);
  });
  return requests;
}

/** The emails to a person, newest first. */
export async function mailTo(email: string, platform: RunningPlatform): Promise<{ subject: string; text: string }[]> {
  const answer = await fetch(platform.mailPage ?? '', { headers: { accept: 'application/json' } });
  const { mails } = (await answer.json()) as { mails: { to: string; subject: string; text: string }[] };
  return mails.filter(({ to }) => to === email);
}
