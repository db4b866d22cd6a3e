import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { hashPassword } from '#domain/accounts/passwords.ts';
import { makeStale } from '#portal/testing/resident.ts';
import type { Account, NewAccount } from '#storage/accounts.ts';
import { HttpBrowser, type Page } from '#testing/http-journey.ts';
import { startTestPlatform, type TestPlatform } from '#testing/test-platform.ts';

const PASSWORD = 'an engine of difference';
const SESSION = 'production-session';

/** What a page shows, without what differs from one visit to the next. */
function bytesOf({ html, status }: Page, ...own: string[]): string {
  const stable = html.replaceAll(/(name="(?:csrf|submission|code)" value|data-passkey-request)="[^"]*"/g, '$1');
  return `${status} ${own.reduce((text, part) => text.replaceAll(part, '(own)'), stable)}`;
}

describe('signing in to the portal', () => {
  let platform: TestPlatform;
  before(async () => {
    // Behind a proxy, so that each test comes from an address of its own.
    platform = await startTestPlatform({ TRUST_PROXY: 'loopback' });
  });
  after(() => platform.close());

  let people = 0;
  const browserOf = (): HttpBrowser => {
    const browser = platform.browser();
    people += 1;
    browser.headers = { ...browser.headers, 'x-forwarded-for': `203.0.113.${people}` };
    return browser;
  };
  const create = async (account: NewAccount = {}): Promise<Account & { email: string }> => {
    const email = `ada.${randomUUID()}@example.com`;
    const made = await platform.storage
      .realm('production')
      .accounts.create({ email, emailVerified: true, passwordHash: await hashPassword(PASSWORD), ...account });
    return { ...made, email: made.email ?? '' };
  };
  const signIn = async (browser: HttpBrowser, email: string, password = PASSWORD): Promise<Page> =>
    browser.submit(await browser.get('/account/sign-in'), '/sign-in', { email, password });
  const sessionOf = (browser: HttpBrowser): string =>
    new RegExp(`(?:^|; )${SESSION}=([^;]*)`).exec(browser.cookieHeader('/account'))?.[1] ?? '';
  const mailsTo = async (email: string) => (await platform.storage.mails.list()).filter(({ to }) => to === email);

  it('goes on where one wanted to go, and nowhere else', async () => {
    const { email } = await create();
    for (const [wanted, reached] of [
      ['/account/security', '/account/security'],
      ['https://evil.example/account', '/account'],
      ['//evil.example/account', '/account'],
    ] as const) {
      const browser = browserOf();
      const form = await browser.get(`/account/sign-in?${new URLSearchParams({ continue: wanted })}`);
      const page = await browser.submit(form, '/sign-in', { email, password: PASSWORD });
      assert.equal(page.url.href, platform.url + reached);
      const tampered = await browser.submit(page, '/sign-out');
      const again = await browser.submit(tampered, '/sign-in', { email, password: PASSWORD, continue: wanted });
      assert.equal(again.url.href, platform.url + reached);
    }
  });

  it('begins under a new identifier each time, and no other can be laid in', async () => {
    const { email } = await create();
    const browser = browserOf();
    await signIn(browser, email);
    const first = sessionOf(browser);
    assert.match(first, /^[\w-]{20,}$/);
    const kept = browser.cookieHeader('/account');
    const whereWith = async (cookie: string) => (await browserOf().get('/account/security', { cookie })).url.pathname;
    assert.equal(await whereWith(kept), '/account/security', 'control: with its signature the cookie is enough');
    const page = await browser.get('/account/confirm');
    await browser.submit(page, '/confirm', { password: PASSWORD });
    const second = sessionOf(browser);
    assert.notEqual(second, first, 'proving it once more changes it too');
    assert.equal(await whereWith(kept), '/account/sign-in', 'the first is worth nothing now');
    assert.equal(await whereWith(browser.cookieHeader('/account')), '/account/security');

    const laid = browserOf();
    const cookie = `${SESSION}=chosen-by-an-attacker; ${SESSION}.sig=x`;
    const form = await laid.get('/account/sign-in', { cookie });
    const { values } = form.form('/sign-in');
    const own = laid.cookieHeader('/account');
    await laid.post('/account/sign-in', { ...values, email, password: PASSWORD }, { cookie: `${own}; ${cookie}` });
    assert.notEqual(sessionOf(laid), 'chosen-by-an-attacker');
    assert.notEqual(sessionOf(laid), '');
  });

  it('is nothing to somebody whose own session was laid in before', async () => {
    const [attacker, victim] = [await create(), await create()];
    const browser = browserOf();
    const home = await signIn(browser, attacker.email);
    const laid = browser.cookieHeader('/account');
    const csrf = home.form('/sign-out').values['csrf'] ?? '';
    await browser.post('/account/sign-in', { csrf, email: victim.email, password: PASSWORD });
    const page = await browser.get('/account/security');
    assert.ok(page.html.includes(victim.email) && !page.html.includes(attacker.email));
    const attackers = await browserOf().get('/account/security', { cookie: laid });
    assert.equal(attackers.url.pathname, '/account/sign-in');
  });

  it('keeps its cookies from scripts and other sites', async () => {
    const { email } = await create();
    const browser = browserOf();
    await signIn(browser, email);
    const lines = browser.cookieLines.filter((line) => !/expires=Thu, 01 Jan 1970/i.test(line));
    assert.ok(lines.some((line) => line.startsWith(`${SESSION}=`)));
    for (const line of lines) assert.match(line, /httponly/i);
    // FedCM's goes to other sites, and opens nothing that they can ask for (server/delivery/fedcm/fedcm.test.ts).
    for (const line of lines.filter((text) => !text.includes('-fedcm='))) assert.match(line, /samesite=(lax|strict)/i);
  });

  it('takes no form of somebody else: who is signed in is decided by the person', async () => {
    const attacker = await create();
    const attackers = browserOf();
    const { values } = (await attackers.get('/account/sign-in')).form('/sign-in');
    const victims = browserOf();
    await victims.get('/account/sign-in');
    const form = { ...values, email: attacker.email, password: PASSWORD };
    assert.equal((await victims.post('/account/sign-in', form)).status, 403);
    assert.equal((await victims.post('/account/sign-in', form, { origin: 'https://evil.example' })).status, 403);
    assert.equal((await victims.get('/account')).url.pathname, '/account/sign-in');
  });

  it('ends by signing out, for the server too', async () => {
    const { email } = await create();
    const browser = browserOf();
    const home = await signIn(browser, email);
    const cookie = browser.cookieHeader('/account');
    const out = await browser.submit(home, '/sign-out');
    assert.equal(out.url.pathname, '/account/sign-in');
    assert.equal(sessionOf(browser), '');
    const replay = await browserOf().get('/account', { cookie });
    assert.equal(replay.url.pathname, '/account/sign-in');
  });

  it('answers alike whether or not there is such an account', async () => {
    const known = await create();
    const blocked = await create({ blocked: true });
    const unknown = `nobody.${randomUUID()}@example.com`;
    const answers: string[] = [];
    for (const email of [known.email, blocked.email, unknown]) {
      const page = await signIn(browserOf(), email, 'not the password');
      assert.equal(page.status, 400);
      answers.push(bytesOf(page, email));
    }
    assert.equal(new Set(answers).size, 1);
  });

  it('is slowed for each account and network, and keeps nobody else out', async () => {
    const { email } = await create();
    const here = browserOf();
    for (let guess = 0; guess < 10; guess += 1) assert.equal((await signIn(here, email, `guess ${guess}`)).status, 400);
    const page = await signIn(here, email, 'guess 11');
    assert.equal(page.status, 429);
    assert.ok(Number(page.headers.get('retry-after')) > 0);
    assert.match(page.html, /Too many attempts/);
    assert.equal((await signIn(browserOf(), email)).url.pathname, '/account');
  });

  it('confirms somebody’s password whatever others have tried from the same network', async () => {
    const { email, id } = await create();
    const mine = browserOf();
    await signIn(mine, email);
    await makeStale(platform, id);
    const form = await mine.get('/account/confirm');
    const colleague = platform.browser();
    colleague.headers = mine.headers;
    for (let guess = 0; guess < 12; guess += 1) await signIn(colleague, email, `guess ${guess}`);
    assert.equal((await signIn(colleague, email)).status, 429);
    assert.equal((await mine.submit(form, '/confirm', { password: PASSWORD })).status, 200);
  });

  it('knows the browser in which somebody has chosen a new password by mail', async () => {
    const { email } = await create();
    const mine = browserOf();
    await mine.submit(await mine.get('/account/forgot-password'), '/forgot-password', { email });
    const link = /http:\S+/.exec((await mailsTo(email))[0]?.text ?? '')?.[0] ?? '';
    const colleague = platform.browser();
    colleague.headers = mine.headers;
    for (let guess = 0; guess < 13; guess += 1) await signIn(colleague, email, `guess ${guess}`);
    const reset = await mine.get(link.replace(platform.url, ''));
    await mine.submit(reset, '/reset-password', { password: 'a difference of engines' });
    assert.equal((await signIn(mine, email, 'a difference of engines')).url.pathname, '/account');
  });

  it('shows a sign-up alike for a known address, and tells its owner by mail', async () => {
    const owner = await create();
    const answers: string[] = [];
    for (const email of [owner.email, `new.${randomUUID()}@example.com`]) {
      const browser = browserOf();
      const form = await browser.get('/account/sign-up?continue=/account/security');
      const page = await browser.submit(form, '/sign-up', {
        given_name: 'Eve',
        email,
        password: 'not that of the owner',
      });
      assert.equal(page.url.pathname, '/account/security');
      answers.push(bytesOf(page, email));
    }
    assert.equal(answers[0], answers[1]);
    assert.match((await mailsTo(owner.email))[0]?.subject ?? '', /already have an account/);
  });

  it('fills in no address that a link made up', async () => {
    for (const query of [
      'email=eve@example.com',
      'continue=/account/invitation%3Fcode=unknown%26email=eve@example.com',
    ]) {
      const page = await browserOf().get(`/account/sign-up?${query}`);
      assert.equal(page.form('/sign-up').values['email'] ?? '', '');
    }
  });

  it('says after a sign-up that a mail was sent, and sends it again, until the address is confirmed', async () => {
    const email = `new.${randomUUID()}@example.com`;
    const browser = browserOf();
    const form = await browser.get('/account/sign-up');
    const home = await browser.submit(form, '/sign-up', { given_name: 'Eve', email, password: PASSWORD });
    assert.equal(home.url.pathname, '/account');
    assert.match(home.html, new RegExp(`We sent an email to <bdi dir="ltr">${email}</bdi>`));
    assert.equal((await mailsTo(email)).length, 1);
    const again = await browser.submit(home, '/security/confirmation');
    assert.match(again.html, /We sent you the link again/);
    assert.equal((await mailsTo(email)).length, 2);
    const [account] = await platform.storage.realm('production').accounts.findByEmail(email);
    await platform.storage.realm('production').accounts.markEmailVerified(account?.id ?? '', email);
    assert.doesNotMatch((await browser.get('/account')).html, /We sent an email/);
  });

  it('shows what is wrong with a sign-up, and what was typed but for the password', async () => {
    const browser = browserOf();
    const form = await browser.get('/account/sign-up');
    const page = await browser.submit(form, '/sign-up', { given_name: 'Ada', email: 'nonsense', password: 'password' });
    assert.equal(page.status, 400);
    assert.match(page.html, /id="email-error"/);
    assert.match(page.html, /id="password-error"/);
    assert.equal(page.form('/sign-up').values['given_name'], 'Ada');
    assert.doesNotMatch(page.html, /value="password"/);
  });

  it('mails a forgotten password’s link, with the same answer for everybody', async () => {
    const answers: string[] = [];
    const known = await create();
    for (const email of [known.email, `nobody.${randomUUID()}@example.com`, (await create({ blocked: true })).email]) {
      const browser = browserOf();
      const page = await browser.submit(await browser.get('/account/forgot-password'), '/forgot-password', { email });
      assert.equal(page.url.search, '?done=mailed');
      answers.push(bytesOf(page, email));
    }
    assert.equal(new Set(answers).size, 1);
    const link = /http:\S+/.exec((await mailsTo(known.email))[0]?.text ?? '')?.[0] ?? '';
    assert.ok(link.startsWith(`${platform.url}/account/reset-password?code=`), link);
  });

  it('sets a new password behind that link once, and signs out everywhere', async () => {
    const ada = await create();
    const elsewhere = browserOf();
    await signIn(elsewhere, ada.email);
    const code = await platform.storage.realm('production').emailCodes.create(ada.id, ada.email, 600, 'reset_password');
    const link = `/account/reset-password?code=${code}`;

    // Mail scanners open links, any number of times.
    for (let visit = 0; visit < 3; visit += 1) assert.equal((await browserOf().get(link)).status, 200);
    const browser = browserOf();
    const form = await browser.get(link);
    const slip = await browser.submit(form, '/reset-password', { password: ada.email });
    assert.equal(slip.status, 400);
    assert.match(slip.html, /id="password-error"/);
    const done = await browser.submit(slip, '/reset-password', { password: 'a difference of engines' });
    assert.equal(done.url.pathname, '/account/sign-in');
    assert.match(done.html, /role="status"/);

    assert.equal((await elsewhere.get('/account')).url.pathname, '/account/sign-in');
    const again = await browser.submit(form, '/reset-password', { password: 'somebody else’s choice' });
    assert.equal(again.status, 400);
    assert.equal(again.heading, 'This link no longer works');
    assert.equal((await signIn(browserOf(), ada.email)).status, 400, 'the old one is gone');
    assert.equal((await signIn(browserOf(), ada.email, 'a difference of engines')).url.pathname, '/account');
    const acts = await platform.storage.auditLog.list({ subject: `account:${ada.id}` });
    assert.ok(acts.some(({ act }) => act === 'account.password_reset'));
    assert.ok(!JSON.stringify(acts).includes(code));
  });

  it('refuses every link that does not work with the same words', async () => {
    const { id, email } = await create();
    const late = await platform.storage.realm('production').emailCodes.create(id, email, -1, 'reset_password');
    const verify = await platform.storage.realm('production').emailCodes.create(id, email, 600);
    const answers = new Set<string>();
    for (const query of [`?code=${late}`, `?code=${verify}`, '?code=x', '', '?code=', '?code=a&code=b', '?code=%00']) {
      answers.add(bytesOf(await browserOf().get(`/account/reset-password${query}`)));
    }
    assert.equal(answers.size, 1);
  });

  it('stops mailing an address that is asked about too often, whether or not it has an account', async () => {
    for (const email of [(await create()).email, `nobody.${randomUUID()}@example.com`]) {
      const browser = browserOf();
      const ask = async () => {
        return browser.submit(await browser.get('/account/forgot-password'), '/forgot-password', { email });
      };
      for (let count = 0; count < 5; count += 1) assert.equal((await ask()).status, 200);
      assert.equal((await mailsTo(email)).length, 3);
    }
  });

  it('is confirmed by one’s own password, not by that of another who claims the address', async () => {
    const email = `claimed.${randomUUID()}@example.com`;
    const other = 'a difference of engines';
    const mine = await create({ email, emailVerified: false });
    await create({ email, emailVerified: false, passwordHash: await hashPassword(other) });
    const browser = browserOf();
    await signIn(browser, email);
    await makeStale(platform, mine.id);
    const confirm = await browser.get('/account/security/password');
    assert.equal(confirm.url.pathname, '/account/confirm');
    const refused = await browser.submit(confirm, '/confirm', { password: other });
    assert.equal(refused.status, 400);
    assert.equal((await browser.get('/account/security/password')).url.pathname, '/account/confirm', 'not recent');
    const page = await browser.submit(refused, '/confirm', { password: PASSWORD });
    assert.equal(page.url.pathname, '/account/security/password');
  });

  it('lets an account without a password confirm by other means', async () => {
    const account = await create();
    const browser = browserOf();
    await signIn(browser, account.email);
    await platform.database.db
      .updateTable('accounts')
      .set({ password_hash: null })
      .where('id', '=', account.id)
      .execute();
    const page = await browser.get('/account/confirm');
    assert.equal(page.status, 200);
    assert.match(page.html, /Email me a link to set a password/);
    assert.throws(() => page.form('/account/confirm'));
  });
});

it('over https, ties each cookie to this very host and to encrypted connections', async () => {
  const publicUrl = 'https://id.example';
  const platform = await startTestPlatform({ PUBLIC_URL: publicUrl });
  try {
    const { port } = platform.app.server.address() as AddressInfo;
    const browser = new HttpBrowser(publicUrl, [`http://localhost:${port}`]);
    const email = 'ada@example.com';
    const passwordHash = await hashPassword(PASSWORD);
    await platform.storage.realm('production').accounts.create({ email, emailVerified: true, passwordHash });
    const form = await browser.get('/account/sign-in');
    assert.deepEqual(
      browser.cookieLines.filter((line) => line.includes('-browser')).map((line) => line.replace(/=[\w-]+/, '=…')),
      ['__Host-production-browser=…; Path=/; HttpOnly; SameSite=Lax; Secure'],
    );
    const home = await browser.submit(form, '/sign-in', { email, password: PASSWORD });
    assert.equal(home.url.pathname, '/account');
    const sessions = browser.cookieLines.filter((line) => line.includes('-session'));
    assert.ok(sessions.length >= 2, 'the session and its signature');
    for (const line of sessions) {
      assert.match(line, /^__Host-production-session(\.sig)?=[^;]*; path=\/;/i);
      for (const attribute of [/; secure/i, /; httponly/i, /; samesite=lax/i]) assert.match(line, attribute);
      assert.doesNotMatch(line, /; domain/i);
    }
  } finally {
    await platform.close();
  }
});

describe('test people at the portal', () => {
  let platform: TestPlatform;
  before(async () => {
    platform = await startTestPlatform();
  });
  after(() => platform.close());

  const as = async (persona: string, browser = platform.browser()): Promise<Page> => {
    const form = await browser.get('/sandbox/account/sign-in?continue=/sandbox/account/security');
    return browser.submit(form, '/persona', { persona });
  };

  it('sign in by one click, as themselves', async () => {
    for (const persona of ['complete', 'returning', 'long_name', 'right_to_left', 'unverified_email', 'declines']) {
      const page = await as(persona);
      assert.equal(page.url.pathname, '/sandbox/account/security', persona);
      assert.doesNotMatch(page.html, /<div class="warning">/);
    }
  });

  it('are somebody new each time when they are new', async () => {
    const [first, second] = [await as('newcomer'), await as('newcomer')];
    const [one, two] = [first, second].map(({ html }) => /noa\.newcomer\+\w{8}@example\.com/.exec(html)?.[0]);
    assert.ok(one && two && one !== two);
    assert.doesNotMatch(first.html, /<div class="warning">/);
  });

  it('stay out when they are blocked, or nobody', async () => {
    const browser = platform.browser();
    const page = await as('blocked', browser);
    assert.equal(page.status, 403);
    assert.match(page.html, /You can’t sign in with this account/);
    for (const persona of ['nobody', '__proto__', '']) assert.equal((await as(persona, browser)).status, 404);
    assert.equal((await browser.get('/sandbox/account')).url.pathname, '/sandbox/account/sign-in');
  });

  it('are offered in the sandbox only', async () => {
    const browser = platform.browser();
    const page = await browser.get('/account/sign-in');
    assert.throws(() => page.form('/persona'));
    const { csrf = '' } = page.form('/sign-in').values;
    assert.equal((await browser.post('/account/persona', { csrf, persona: 'complete' })).status, 404);
  });

  it('change what they like, without a password to confirm who they are', async () => {
    for (const persona of ['complete', 'newcomer']) {
      const browser = platform.browser();
      const page = await as(persona, browser);
      const email = /[\w.+]+@example\.com/.exec(page.html)?.[0] ?? '';
      const found = await platform.storage.realm('sandbox').accounts.list({ email, limit: 1 });
      await makeStale(platform, found[0]?.id ?? assert.fail(email));
      for (const path of ['security/password', 'security/email', 'data/deletion/confirm'])
        assert.equal((await browser.get(`/sandbox/account/${path}`)).url.pathname, `/sandbox/account/${path}`);
    }
  });
});
