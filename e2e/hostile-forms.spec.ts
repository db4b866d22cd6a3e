import { randomUUID } from 'node:crypto';
import type { BrowserContext, Page } from '@playwright/test';
import { DataKeys } from '../server/data-key/data-keys.ts';
import { findByPassword } from '../server/domain/accounts/find-by-password.ts';
import { hashLike, hashPassword } from '../server/domain/accounts/passwords.ts';
import type { Account } from '../server/storage/accounts.ts';
import { HttpBrowser, type Page as HttpPage } from '../server/testing/http-journey.ts';
import { beginAttempt, expect, test, watchedPage } from './support/forger.ts';
import { mailTo, openPopup, openShop, signIn, somebodyWithAccount } from './support/people.ts';
import type { RunningPlatform } from './support/test.ts';

/** Tests foreign forms, planted sessions and guessed passwords (invariants 8 and 9). */

const ORIGIN = 'https://shop.example';
const NO_KEYS = new DataKeys(async () => [], { isAvailable: false });
const STEPS = ['sign-in', 'sign-up', 'persona', 'start-over', 'consent', 'switch-account', 'cancel'];

async function openInteraction(
  platform: RunningPlatform,
  environment: 'localhost' | 'production' = 'localhost',
): Promise<{ browser: HttpBrowser; page: HttpPage; clientId: string; base: string; csrf: string }> {
  const { clientId } = await platform.createApp({ origins: [ORIGIN], environment });
  const browser = new HttpBrowser(platform.url);
  const page = await browser.openPopup({ client_id: clientId, origin: ORIGIN, state: 's', nonce: 'n' });
  const { action, values } = page.form('/sign-in');
  return { browser, page, clientId, base: action.replace(/\/sign-in$/, ''), csrf: String(values['csrf']) };
}

test('a form of another site is refused, even if it knows the token', async ({ page, platform, site, attacker }) => {
  const ada = await somebodyWithAccount(platform);
  const { popup } = await beginAttempt(page, { platform, site });
  const csrf = await popup.locator('form[action$=sign-in] [name=csrf]').inputValue();
  const base = (await popup.locator('form[action$=sign-in]').getAttribute('action'))?.replace(/\/sign-in$/, '');
  for (const step of STEPS) {
    const inputs = Object.entries({
      csrf,
      email: ada.email,
      password: ada.password,
      persona: 'complete',
      share: 'email',
    })
      .map(([name, value]) => `<input name="${name}" value="${value}">`)
      .join('');
    const form = `<form method="post" action="${platform.url}${base}/${step}">${inputs}<button>Go</button></form>`;
    attacker.serve('/csrf', () => ({ html: watchedPage('', form) }));
    const other = await page.context().newPage();
    await other.goto(`${attacker.origin}/csrf`);
    const answered = other.waitForResponse((response) => response.url().endsWith(step));
    await other.getByRole('button', { name: 'Go' }).click();
    expect((await answered).status()).toBe(403);
    await expect(other.getByRole('heading', { level: 1 })).toHaveText('We couldn’t accept this form');
    await other.close();
  }
  // The person at the popup does not notice it.
  await popup.reload();
  await expect(popup.getByRole('button', { name: 'Sign in' })).toBeVisible();
});

/** Tests each line of defence separately, while the other ones are satisfied. */
const CROSS_SITE: Record<string, Record<string, string>> = {
  'Origin of another site': { origin: 'https://evil.example' },
  'Origin of a registered shop': { origin: ORIGIN },
  'Origin: null': { origin: 'null' },
  'Sec-Fetch-Site: cross-site': { 'sec-fetch-site': 'cross-site' },
  'Sec-Fetch-Site: same-site': { 'sec-fetch-site': 'same-site' },
  'Sec-Fetch-Site: none': { 'sec-fetch-site': 'none' },
};

for (const realm of ['production', 'localhost'] as const) {
  test(`each form in ${realm} requires our origin and the token of its interaction`, async ({ platform }) => {
    const { browser, base, csrf } = await openInteraction(platform, realm);
    const other = await openInteraction(platform, realm);
    expect(csrf).not.toBe(other.csrf);
    const email = `${randomUUID()}@example.com`;
    const values = { email, password: 'an engine of difference', persona: 'complete' };
    for (const step of STEPS) {
      for (const [name, headers] of Object.entries(CROSS_SITE)) {
        const answer = await browser.post(`${base}/${step}`, { ...values, csrf }, headers);
        expect([step, name, answer.status]).toEqual([step, name, 403]);
      }
      for (const token of [
        undefined,
        '',
        other.csrf,
        csrf.slice(0, -1),
        `${csrf}x`,
        csrf.toLowerCase(),
        [csrf, csrf],
      ]) {
        const answer = await browser.post(`${base}/${step}`, token === undefined ? values : { ...values, csrf: token });
        expect([step, token, answer.status]).toEqual([step, token, 403]);
      }
      // text/plain, which a form of another site can send, is not accepted.
      for (const type of ['text/plain', 'multipart/form-data; boundary=x']) {
        const answer = await browser.post(`${base}/${step}`, JSON.stringify({ ...values, csrf }), {
          'content-type': type,
        });
        expect([403, 415]).toContain(answer.status);
      }
    }
    expect(
      await platform.storage.realm(realm === 'production' ? 'production' : 'sandbox').accounts.findByEmail(email),
    ).toEqual([]);
    expect((await browser.get(base)).heading).toBe('Sign in');
  });
}

test('a confirmation requires our origin and its own token', async ({ platform }) => {
  const browser = new HttpBrowser(platform.url);
  for (const prefix of ['', '/sandbox']) {
    const page = await browser.get(`${prefix}/confirm-email?code=abc`);
    const { action, values } = page.form('/confirm-email');
    for (const headers of Object.values(CROSS_SITE))
      expect((await browser.post(action, values, headers)).status).toBe(403);
    expect((await browser.post(action, { ...values, code: 'abd' })).status).toBe(403);
    expect((await browser.post(action, values)).heading).toBe('This link no longer works');
  }
});

test('the interaction of one browser does not work in another', async ({ platform }) => {
  const mine = await openInteraction(platform);
  const victim = await openInteraction(platform);
  const values = { csrf: mine.csrf, email: 'x@example.com', password: 'an engine of difference', persona: 'complete' };
  for (const path of [mine.base, `${mine.base}/sign-up`]) {
    expect((await victim.browser.get(path)).heading).toBe('This took too long');
  }
  for (const step of STEPS) {
    const answer = await victim.browser.post(`${mine.base}/${step}`, values);
    expect([step, answer.status, answer.heading]).toEqual([step, 400, 'This took too long']);
  }
  // Browsers send a cookie only to its own path, but the server also checks that it fits the interaction.
  const cookie = victim.browser.cookieHeader(victim.base);
  for (const path of [mine.base, `${mine.base}/sign-up`]) {
    expect((await victim.browser.get(path, { cookie })).heading).toBe('This took too long');
  }
  expect((await victim.browser.post(`${mine.base}/persona`, values, { cookie })).heading).toBe('This took too long');
  // A finished interaction cannot be handed over either, because that would sign the victim in as somebody else (login CSRF).
  const path = `${mine.base}/persona`;
  const finished = await fetch(platform.url + path, {
    method: 'POST',
    redirect: 'manual',
    headers: { cookie: mine.browser.cookieHeader(path), origin: platform.url },
    body: new URLSearchParams(values),
  });
  expect(finished.status).toBe(303);
  const resumed = await victim.browser.get(finished.headers.get('location') ?? '');
  expect([resumed.status, resumed.heading]).toEqual([400, 'This took too long']);
  expect(victim.browser.cookieNames.filter((name) => name.includes('session'))).toEqual([]);
});

test('an interaction of one realm does not exist in the other', async ({ platform }) => {
  const { browser, base, csrf } = await openInteraction(platform, 'production');
  const cookie = browser.cookieHeader(base);
  const elsewhere = `/sandbox${base}`;
  for (const sent of [cookie, cookie.replaceAll('production-', 'sandbox-')]) {
    const page = await fetch(platform.url + elsewhere, { headers: { cookie: sent } });
    expect(page.status).toBe(400);
    const post = await fetch(`${platform.url}${elsewhere}/persona`, {
      method: 'POST',
      redirect: 'manual',
      headers: { cookie: sent, origin: platform.url },
      body: new URLSearchParams({ csrf, persona: 'complete' }),
    });
    expect(post.status).toBe(400);
  }
  // Personas exist in the sandbox only, whatever the form says.
  expect((await browser.post(`${base}/persona`, { csrf, persona: 'complete' })).status).toBe(404);
});

test('a planted session does not become the victim’s, and ends when the victim signs in', async ({
  browser,
  page,
  platform,
  site,
}) => {
  const shop = await openShop({ platform, site });
  const mallory = await somebodyWithAccount(platform, { givenName: 'Mallory' });
  const ada = await somebodyWithAccount(platform);
  const malloryContext = await browser.newContext();
  const malloryPage = await malloryContext.newPage();
  const openedBy = async (visitor: Page) => {
    await visitor.goto(shop.url);
    return openPopup(visitor);
  };
  const first = await openedBy(malloryPage);
  await signIn(first, mallory);
  await expect(first.getByText(mallory.email).first()).toBeVisible();
  await first.close();
  const planted = await sessionCookies(malloryContext);
  expect(planted.map(({ name }) => name)).toEqual(['sandbox-session', 'sandbox-session.sig']);

  await page.context().addCookies(planted);
  const popup = await openedBy(page);
  // The page shows which account this would be.
  await expect(popup.getByText(mallory.email).first()).toBeVisible();
  await popup.getByRole('button', { name: 'Use another account' }).click();
  await signIn(popup, ada);
  await expect(popup.getByText(ada.email).first()).toBeVisible();

  const renewed = await sessionCookies(page.context());
  expect(renewed[0]?.value).not.toBe(planted[0]?.value);
  // Mallory's cookie opens nothing now, neither Ada's account nor her own.
  const second = await openedBy(malloryPage);
  await expect(second.getByLabel('Password')).toBeVisible();
  await expect(second.getByText(ada.email)).toHaveCount(0);
  await malloryContext.close();
});

test('a session gets a new id at each sign-in, and an id that was never issued is not accepted', async ({
  page,
  platform,
  site,
}) => {
  const { origin, hostname } = new URL(platform.url);
  const value = 'a'.repeat(43);
  for (const path of ['/', '/sandbox'])
    await page.context().addCookies([{ name: 'sandbox-session', value, domain: hostname, path, httpOnly: true }]);
  expect(origin).toContain(hostname);
  const ada = await somebodyWithAccount(platform);
  const seen = new Set([value]);
  const shop = await openShop({ platform, site }, { attributes: { prompt: 'login' } });
  const query = new URLSearchParams({
    client_id: shop.clientId,
    origin: site.origin,
    state: 's',
    nonce: 'n',
    prompt: 'login',
  });
  for (let count = 1; count <= 2; count += 1) {
    await page.goto(`${platform.url}/popup?${query}`);
    await signIn(page, ada);
    await expect(page.getByText(ada.email).first()).toBeVisible();
    const [session] = (await sessionCookies(page.context())).filter(({ path }) => path === '/');
    expect(seen).not.toContain(session?.value);
    seen.add(session?.value ?? '');
  }
});

async function sessionCookies(context: BrowserContext) {
  const cookies = await context.cookies();
  return cookies.filter(({ name }) => name.startsWith('sandbox-session')).sort((a, b) => a.name.localeCompare(b.name));
}

test.describe('guessing', () => {
  const LIMIT = 10;
  const words = (page: HttpPage, email: string) =>
    page.html
      .replaceAll('<wbr>', '')
      .replaceAll(email, '(email)')
      .replaceAll(/interaction\/[\w-]+|confirm-email\?code=[\w-]+/g, '')
      .replaceAll(/(name="(?:csrf|submission)" value|data-passkey-request|data-masked)="[^"]*"/g, '');

  test('is stopped after ten wrong passwords, for known and unknown addresses alike', async ({ platform }) => {
    const ada = await somebodyWithAccount(platform);
    const grace = await somebodyWithAccount(platform);
    const { browser, page } = await openInteraction(platform);
    const attempt = (email: string, password: string) => browser.submit(page, '/sign-in', { email, password });
    const unknown = `${randomUUID()}@example.com`;
    for (let count = 1; count <= LIMIT + 1; count += 1) {
      const answers = [await attempt(ada.email, `wrong ${count}`), await attempt(unknown, `wrong ${count}`)] as const;
      expect(answers.map(({ status }) => status)).toEqual(count > LIMIT ? [429, 429] : [400, 400]);
      expect(words(answers[0], ada.email)).toBe(words(answers[1], unknown));
      if (count <= LIMIT) continue;
      for (const { headers, html } of answers) {
        expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
        expect(html).toContain('Too many attempts');
      }
    }
    // Even the right password is refused, with any spelling of the address, from any browser. Other accounts are not affected.
    const elsewhere = await openInteraction(platform);
    for (const email of [ada.email, ada.email.toUpperCase(), ` ${ada.email} `]) {
      expect(
        (await elsewhere.browser.submit(elsewhere.page, '/sign-in', { email, password: ada.password })).status,
      ).toBe(429);
    }
    expect((await attempt(grace.email, grace.password)).heading).toContain('Share your details');
  });

  test('concurrent attempts are counted like consecutive ones', async ({ platform }) => {
    const ada = await somebodyWithAccount(platform);
    const { browser, page } = await openInteraction(platform);
    const answers = await Promise.all(
      Array.from({ length: 2 * LIMIT }, (_, index) =>
        browser.submit(page, '/sign-in', { email: ada.email, password: `wrong ${index}` }),
      ),
    );
    expect(answers.filter(({ status }) => status === 400)).toHaveLength(LIMIT);
  });

  test('learns nothing from the work of a sign-in, whether or not the address is known', async ({ platform }) => {
    const rows = platform.storage.realm('sandbox');
    const { accounts } = rows;
    const email = `${randomUUID()}@example.com`;
    const passwordHash = await hashPassword('an engine of difference');
    // One that an earlier version made: the work is that for all people of the realm from then on.
    await accounts.create({ email: `${randomUUID()}@example.com`, emailVerified: false, passwordHash });
    const works: number[] = [];
    let account: Account | undefined;
    for (let claims = 0; claims <= 6; claims += 1) {
      let checks = 0;
      const hash: typeof hashLike = (password, model) => {
        checks += 1;
        // Uses real hashes, so that each check is real work.
        expect(model).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
        return hashLike(password, model);
      };
      const attempt = { email, password: 'wrong', payer: 'test' };
      const context = { realm: 'sandbox', rows, passwordKey: 'key', dataKeys: NO_KEYS } as const;
      account = (await findByPassword(context, attempt, hash)).account;
      expect(account).toBeUndefined();
      works.push(checks);
      await accounts.create({ email, emailVerified: claims === 0, passwordHash });
    }
    expect(new Set(works).size).toBe(1);
  });

  test('learns nothing from signing up with another person’s address, whose owner is told', async ({ platform }) => {
    const [known, unknown] = [`${randomUUID()}@example.com`, `${randomUUID()}@example.com`];
    const seen: string[] = [];
    for (const email of [known, unknown]) {
      const { browser, page } = await openInteraction(platform);
      if (email === known) await somebodyWithAccount(platform, { email });
      const form = await browser.get(page.signUpAddress);
      expect(page.heading).toBe('Sign in');
      const consent = await browser.submit(form, '/sign-up', {
        given_name: 'Eve',
        email,
        password: 'a password of my own',
      });
      expect(consent.heading).toContain('Share your details');
      seen.push(words(consent, email));
      // It is Eve's account, without anything of Ada's, and with an unconfirmed address.
      expect((await browser.submit(consent, '/consent')).claims).toMatchObject({
        given_name: 'Eve',
        email_verified: false,
      });
    }
    expect(seen[0]).toBe(seen[1]);
    const [notice] = await mailTo(known, platform);
    expect(notice?.text).not.toMatch(/https?:\/\/\S*code=/);
    expect(await mailTo(unknown, platform)).toHaveLength(1);
  });
});
