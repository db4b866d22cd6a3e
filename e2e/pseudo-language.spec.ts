import type { Browser, Page } from '@playwright/test';
import { registerPseudoLanguages } from '../messages/testing/pseudo-languages.ts';
import { PORTAL_ROUTES } from '../server/composition/portal-routes.ts';
import { sampleContext, samplePages } from '../server/delivery/popup/pages/page-samples.ts';
import type { PortalRoute } from '../server/portal/route.ts';
import { appCode } from '../server/testing/second-factor.ts';
import { startTestPlatform } from '../server/testing/test-platform.ts';
import { askNothing } from './support/ask-nothing.ts';
import { mailTo, type SignInForm, somebody } from './support/people.ts';
import { accountHolder } from './support/portal.ts';
import { type Inhabitant, type Parameters, SHOP, settle } from './support/pseudo/inhabitant.ts';
import { Walk } from './support/pseudo/walk.ts';
import { expect, type RunningPlatform, test } from './support/test.ts';

// Every page, in languages that nobody speaks, on the narrowest screen: what is not in the catalogue shows, and so does what does not fit.

registerPseudoLanguages();

for (const tag of ['en-XA', 'ar-XB']) {
  test(`the start page in ${tag}, and the page where there is none`, async ({ browser, platform }) => {
    const walk = await startWalk(browser, tag);
    for (const path of ['/', '/nothing']) {
      await walk.page.goto(platform.url + path);
      await walk.look(path);
    }
    await walk.end();
  });

  test(`the popup in ${tag}: every page in every state`, async ({ browser }) => {
    const walk = await startWalk(browser, tag);
    for (const [name, { html }] of samplePages({ ...sampleContext, languages: [tag] })) {
      const address = `https://platform.example/${name}`;
      // What posts an answer by itself is seen only where there is no script.
      const body = name.startsWith('form-post') ? html.replaceAll(/<script[\s\S]*?<\/script>/g, '') : html;
      await walk.page.route(address, (route) => route.fulfill({ contentType: 'text/html', body }));
      await walk.page.goto(address);
      await walk.look(name);
    }
    await walk.end();
  });

  test(`the popup and the account pages in ${tag}: a person with something everywhere`, async ({
    browser,
    platform,
  }) => {
    test.slow();
    const inhabitant = await settle(platform, tag);
    const walk = await startWalk(browser, tag);
    await connectShop(walk, platform, inhabitant, tag);
    const { page } = walk;

    await page.goto(`${platform.url}/account/profile`);
    const other = await page.locator('a[href*="/addresses/"]:not([href$="/new"])').first().getAttribute('href');
    const address = other?.split('/addresses/')[1]?.split('/')[0] ?? '';
    const parameters = { ...inhabitant.parameters, address };
    const paths = PORTAL_ROUTES.flatMap((route) => pathsOf(route, parameters));
    const { newEmail, reset, invitation } = inhabitant.codes;
    const links = [
      `/security/new-email?code=${newEmail}`,
      `/reset-password?code=${reset}`,
      `/invitation?code=${invitation}`,
    ];
    const withForms: string[] = [];
    for (const path of [...paths, ...links, ...noticesFor(parameters)]) {
      await page.goto(`${platform.url}/account${path}`);
      await walk.look(path);
      if (!path.includes('?done=') && (await page.locator(TYPED).count()) > 0) withForms.push(path);
    }
    expect(withForms.length).toBeGreaterThan(0);
    for (const path of withForms) await sendForms(walk, `${platform.url}/account${path}`);
    await walk.end();
  });

  test(`the account pages in ${tag}: a person with nothing, and a test person`, async ({ browser, platform }) => {
    test.slow();
    const newcomer = await accountHolder(platform, { locale: tag, givenName: 'Nia', familyName: 'Newby' });
    const walk = await startWalk(browser, tag);
    const { page } = walk;
    for (const path of ['/sign-in', '/sign-up', '/forgot-password', '/reset-password', '/invitation'])
      await sendForms(walk, `${platform.url}/account${path}`);

    await page.goto(`${platform.url}/account/sign-in`);
    await signIn(page, newcomer);
    const appId = await createApp(walk, platform);
    const known = PORTAL_ROUTES.flatMap((route) =>
      pathsOf(route, { appId, environment: 'localhost' }, { partly: true }),
    );
    for (const path of [...known, '/nothing', '/apps/nothing']) {
      await page.goto(`${platform.url}/account${path}`);
      await walk.look(path);
    }

    await page.goto(`${platform.url}/sandbox/account/sign-in`);
    await walk.look('sandbox: sign-in');
    await page.locator('.persona').filter({ hasText: 'Noa Newcomer' }).click();
    await page.waitForURL('**/sandbox/account');
    for (const route of PORTAL_ROUTES.filter(({ realms = ['sandbox'] }) => realms.includes('sandbox')))
      for (const path of pathsOf(route, {}, { partly: true })) {
        await page.goto(`${platform.url}/sandbox/account${path}`);
        await walk.look(`sandbox: ${path}`);
      }
    await walk.end();
  });

  test(`the account pages in ${tag}: signing in, and a second factor`, async ({ browser, platform }) => {
    const person = await accountHolder(platform, { locale: tag, givenName: 'Nia', familyName: 'Newby' });
    const walk = await startWalk(browser, tag);
    const { page } = walk;
    const ask = async (path: string, email: string) => {
      await page.goto(`${platform.url}/account${path}`);
      await page.locator('main [name=email]').fill(email);
      await page.locator('button[name=way]').click();
      await page.locator('form[action$=code-check]').waitFor();
    };
    const enter = async (email: string) => {
      const mail = (await mailTo(email, platform)).find(({ subject }) => /\d{6}/.test(subject));
      await page.locator('[name=code]').fill(/\d{6}/.exec(mail?.subject ?? '')?.[0] ?? '');
      await submit(page, 'form[action$=code-check]');
    };
    await ask('/forgot-password', person.email);
    await walk.look('a code');
    await submit(page, 'form[action$=code-check]');
    await walk.look('no code');
    await submit(page, 'form[action$=code-again]');
    await walk.look('too soon');
    await enter(person.email);
    await walk.look('a new password');
    await page.goto(`${platform.url}/account/signing-in/none`);
    await walk.look('nothing under way');
    const newcomer = somebody();
    await ask('/sign-up', newcomer.email);
    await enter(newcomer.email);
    await walk.look('a name');

    await page.goto(`${platform.url}/account/sign-in`);
    await signIn(page, person);
    await page.goto(`${platform.url}/account/security/second-factor/new`);
    await submit(page, 'form[action$=begin]');
    await walk.look('an authenticator app');
    const secret = (await page.locator('code').textContent()) ?? '';
    await submit(page, 'main form');
    await walk.look('no code of the app');
    await page.locator('[name=code]').fill(appCode(secret));
    await submit(page, 'main form');
    await walk.look('recovery codes');
    for (const path of ['/security', '/security/second-factor/new', '/security?done=second_factor_removed']) {
      await page.goto(`${platform.url}/account${path}`);
      await walk.look(path);
    }
    await page.goto(`${platform.url}/account/security/second-factor/remove`);
    await walk.look('a second factor is lacking');
    await submit(page, 'main form');
    await walk.look('a second factor');
    await submit(page, '#second-factor');
    await walk.look('no second factor');
    await page.locator('main a[href$=recovery]').click();
    await walk.look('a recovery code');

    const { accounts } = platform.storage.realm('production');
    const breached = await accountHolder(platform, { locale: tag });
    await accounts.wantNewPassword(breached.account.id, breached.account.passwordHash ?? '');
    await page.context().clearCookies();
    await page.goto(`${platform.url}/account/sign-in`);
    await signIn(page, breached);
    await walk.look('a breached password');
    await walk.end();
  });

  test(`the account pages in ${tag}: what goes wrong`, async ({ browser, platform }) => {
    const { parameters } = await settle(platform, 'en');
    const reader = await accountHolder(platform, { locale: tag });
    await platform.storage.appMembers.put(parameters['appId'] ?? '', reader.account.id, 'read-only');
    const walk = await startWalk(browser, tag);
    const { page } = walk;
    await page.goto(`${platform.url}/account/sign-in`);
    await signIn(page, reader);
    for (const path of ['add', 'settings', 'members', 'production', 'production/keys', 'delete']) {
      await page.goto(`${platform.url}/account/apps/${parameters['appId']}/${path}`);
      await walk.look(`a reader at ${path}`);
    }
    await page.goto(`${platform.url}/account/profile/name`);
    await page
      .locator('main [name=csrf]')
      .first()
      .evaluate((input: HTMLInputElement) => {
        input.value = 'x';
      });
    await submit(page, 'main form');
    await walk.look('forbidden');
    const leaver = await accountHolder(platform, { locale: tag, deletionDueAt: new Date(Date.now() + DAY_MS) });
    await page.context().clearCookies();
    await page.goto(`${platform.url}/account/sign-in`);
    await signIn(page, leaver);
    await walk.look('an account that is to be deleted');

    const broken = await startTestPlatform();
    await broken.database.close();
    await page.goto(`${broken.url}/account`);
    await walk.look('server_error');
    await broken.close();
    await walk.end();
  });
}

const DAY_MS = 24 * 60 * 60 * 1000;
/** What does not come within this time does not come: a walk is long, and should not wait for its end. */
const TIMEOUT_MS = 30_000;

/** Each page that can say what has just been done, saying so. */
function noticesFor({ appId, clientId, environment }: Parameters): string[] {
  const app = `/apps/${appId}`;
  return [
    '/sign-in?done=password_reset',
    '/forgot-password?done=mailed',
    '/profile?done=addressDefault',
    '/security?done=password_changed_everywhere',
    '/security?done=passkey-renamed',
    '/sessions?done=ended_others',
    '/sessions?done=forgotten',
    `/shops/${clientId}?shared=phone_number`,
    '/shops?done=disconnected',
    '/data?done=kept',
    '/apps?done=deleted',
    `${app}?done=disabled`,
    `${app}/settings?done=logoDone`,
    `${app}/members?done=role_changed`,
    `${app}/${environment}?done=redirectUris_removed`,
    `${app}/${environment}/keys?done=secret_ended`,
  ];
}

async function startWalk(browser: Browser, tag: string): Promise<Walk> {
  const context = await browser.newContext({
    locale: tag,
    viewport: { width: 320, height: 640 },
    reducedMotion: 'reduce',
  });
  context.setDefaultTimeout(TIMEOUT_MS);
  return new Walk(await context.newPage(), tag);
}

/** Signs in at a shop, agrees to share everything, and so comes to be signed in to the account pages. */
async function connectShop(
  walk: Walk,
  platform: RunningPlatform,
  { person, liveClientId }: Inhabitant,
  language: string,
): Promise<void> {
  const { page } = walk;
  const fields = 'name email phone_number address locale picture';
  const request = { client_id: liveClientId, origin: SHOP, state: 's', nonce: 'n', fields, language };
  await page.goto(`${platform.url}/popup?${new URLSearchParams(request)}`);
  await walk.look('popup: sign-in');
  await signIn(page, { ...person, password: 'wrong' });
  await walk.look('popup: sign-in refused');
  await signIn(page, person);
  await page.locator('form[action$=consent]').waitFor();
  await walk.look('popup: consent');
  await submit(page, 'form[action$=consent]');
  await walk.look('popup: delivery');
}

/** Creates an app as a developer does, in the language of the page. */
async function createApp(walk: Walk, { url }: RunningPlatform): Promise<string> {
  const { page } = walk;
  await page.goto(`${url}/account/apps/new`);
  await page.locator('main [name=name]').fill('Fern & Field');
  await submit(page, 'main form');
  await walk.look('a new app');
  await page.locator('main a.button[href*="/account/apps/"]').last().click();
  return new URL(page.url()).pathname.split('/').at(-1) ?? '';
}

async function signIn(page: Page, { email, password }: SignInForm): Promise<void> {
  await page.locator('form[action$=sign-in] [name=email]').fill(email);
  await page.locator('form[action$=sign-in] [name=password]').fill(password);
  await submit(page, 'form[action$=sign-in]');
}

/** Sends a form without the browser's own checks, and waits for the page that answers. */
async function submit(page: Page, selector: string, index = 0): Promise<void> {
  // An agreement works a moment after its page has appeared.
  const isResting = (form: HTMLFormElement) =>
    [...form.elements].some((control) => control.getAttribute('aria-disabled') === 'true');
  await expect.poll(() => page.locator(selector).nth(index).evaluate(isResting)).toBe(false);
  const form = page.locator(selector).nth(index);
  await form.evaluate(askNothing);
  await Promise.all([
    page.waitForEvent('domcontentloaded'),
    form.evaluate((element: HTMLFormElement) => element.requestSubmit()),
  ]);
}

/** Not those that make a passkey, or that are answered by a file: the page stays. */
const TYPED = 'main form[method=post]:not([hidden], [data-passkey-creation], [data-download])';

/** Sends each form of a page that has something to fill in, once, with nothing typed: it answers with what is wrong, or what is done. */
async function sendForms(walk: Walk, url: string): Promise<void> {
  const { page } = walk;
  await page.goto(url);
  const count = await page.locator(TYPED).count();
  for (let index = 0; index < count; index += 1) {
    if (index > 0) await page.goto(url);
    const form = page.locator(TYPED).nth(index);
    const isFilledIn = await form.evaluate((element: HTMLFormElement) => {
      const inputs = element.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>(
        'input:not([type=hidden], [type=radio], [type=checkbox], [type=file]), textarea',
      );
      for (const input of inputs) input.value = '';
      return element.querySelector('input:not([type=hidden]), textarea') !== null;
    });
    if (!isFilledIn) continue;
    await test.step(`send form ${index} of ${url}`, () => submit(page, TYPED, index));
    await walk.look(`${new URL(url).pathname} sent`);
  }
}

const STREAM = '/apps/:appId/:environment/events/stream';

/** @param partly a path is left out when it has a parameter without a value, rather than refused */
function pathsOf({ method, path }: PortalRoute, parameters: Parameters, { partly = false } = {}): string[] {
  if (method !== 'GET' || path === STREAM) return [];
  const names = [...path.matchAll(/:(\w+)/g)].map(([, name = '']) => name);
  const missing = names.filter((name) => !parameters[name]);
  if (partly && missing.length > 0) return [];
  expect(missing, `${path}: inhabitant.ts has no value`).toEqual([]);
  return [path === '/' ? '' : path.replaceAll(/:(\w+)/g, (_, name: string) => parameters[name] ?? '')];
}
