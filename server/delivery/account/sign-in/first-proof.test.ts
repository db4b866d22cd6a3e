import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { it } from 'node:test';
import { CALLBACK, connect, csrfOf, PASSWORD, redeemCode, tokenRequest, userinfo } from '#portal/testing/resident.ts';
import { ApiCaller } from '#testing/api-caller.ts';
import { onEachPlatform } from '#testing/each-platform.ts';
import type { HttpBrowser } from '#testing/http-journey.ts';

const NEW_PASSWORD = 'a difference of engines';

onEachPlatform('the first proof of an address', (context) => {
  const rows = () => context.platform.storage.realm('production');

  /** The link in the newest mail to an address that leads to `path`. */
  async function linkTo(path: string, email: string): Promise<string> {
    for (const { to, text } of await context.platform.storage.mails.list()) {
      const link = /http\S+/.exec(text)?.[0] ?? '';
      if (to === email && link.includes(path)) return link;
    }
    throw new Error(`no mail to ${email} leads to ${path}`);
  }

  /** Somebody signs up with an address, and agrees to their own app, whose backend keeps what it got. */
  async function claim() {
    const { platform } = context;
    const email = `owner.${randomUUID()}@example.com`;
    const browser = platform.browser();
    const form = await browser.get('/account/sign-up');
    await browser.submit(form, '/sign-up', { given_name: 'Mallory', email, password: PASSWORD });
    const [account] = await rows().accounts.findByEmail(email);
    assert.ok(account);
    const shop = await platform.createApp({ environment: 'production', redirectUris: [CALLBACK] });
    const { sub } = await connect(browser, shop, 'name email phone_number');
    const tokens = await redeemCode(platform, browser, shop);
    assert.ok(tokens.refresh_token && tokens.access_token);
    const vendor = new ApiCaller(platform, shop.apiKey);
    assert.equal((await vendor.get(`/users/${sub}`)).status, 200);
    return { email, browser, account, shop, vendor, sub: String(sub), tokens };
  }

  type Claim = Awaited<ReturnType<typeof claim>>;

  async function reset(reader: HttpBrowser, email: string) {
    await reader.submit(await reader.get('/account/forgot-password'), '/forgot-password', { email });
    const page = await reader.get(await linkTo('/reset-password', email));
    const done = await reader.submit(page, '/reset-password', { password: NEW_PASSWORD });
    assert.equal(done.status, 200);
    return page;
  }

  /** What an app's developers read of withdrawals in its log, and the operator in the audit log. */
  async function withdrawals({ shop, account }: Claim) {
    const { storage } = context.platform;
    await context.platform.flush();
    const { events } = await storage.appEvents.list(shop.clientId, { limit: 100 });
    const acts = await storage.auditLog.list({ act: 'consent.withdrawn', subject: `environment:${shop.clientId}` });
    return {
      told: events.filter(({ kind }) => kind === 'consent.withdrawn').map(({ userId, detail }) => [userId, detail]),
      acts: acts.map(({ actor, detail }) => [actor, detail?.['account'] === account.id]),
    };
  }
  /** Not which user it was, because nothing that shows that id outlives the account. */
  const WITHDRAWN = { told: [[undefined, {}]], acts: [['system', true]] };

  const signIn = async (email: string, password: string) => {
    const browser = context.platform.browser();
    const page = await browser.submit(await browser.get('/account/sign-in'), '/account/sign-in', { email, password });
    return { browser, isSignedIn: page.url.pathname === '/account' };
  };

  const refresh = ({ shop, tokens }: Claim) =>
    tokenRequest(context.platform, shop, { grant_type: 'refresh_token', refresh_token: tokens.refresh_token ?? '' });

  /** What the stranger still gets of the account, by every way that they had. */
  async function waysIn(stranger: Claim): Promise<string[]> {
    const { platform } = context;
    const open: string[] = [];
    if ((await signIn(stranger.email, PASSWORD)).isSignedIn) open.push('password');
    if ((await stranger.browser.get('/account/profile')).url.pathname === '/account/profile') open.push('session');
    if ((await stranger.vendor.get(`/users/${stranger.sub}`)).status !== 404) open.push('API key');
    const refreshed = await refresh(stranger);
    if (!refreshed.error) open.push('refresh token');
    stranger.tokens.refresh_token = refreshed.refresh_token ?? stranger.tokens.refresh_token ?? '';
    if ((await userinfo(platform, stranger.tokens.access_token ?? '')).status !== 401) open.push('access token');
    return open;
  }
  const ALL_WAYS = ['password', 'session', 'API key', 'refresh token', 'access token'];

  /** What the person behind an account has of it, as the person and their shop see it. */
  async function holdings(person: Claim) {
    const { browser, vendor, sub } = person;
    const { updated_at: _changed, ...user } = (await vendor.get(`/users/${sub}`)).body;
    return { ways: await waysIn(person), name: (await browser.get('/account/profile')).html.includes('Mallory'), user };
  }

  it('by a reset ends what a stranger did under the address before', async () => {
    const stranger = await claim();
    assert.deepEqual(await waysIn(stranger), ALL_WAYS);
    const page = await reset(context.platform.browser(), stranger.email);
    assert.match(page.html, /everything that was set up with it before is removed/, 'says so before');
    const owner = await signIn(stranger.email, NEW_PASSWORD);
    assert.ok(owner.isSignedIn);
    const csrf = await csrfOf(owner.browser);
    await owner.browser.post('/account/profile/name', { csrf, given_name: 'Ada', family_name: 'Byron' });
    assert.deepEqual(await waysIn(stranger), []);
    assert.deepEqual(await withdrawals(stranger), WITHDRAWN);
    assert.doesNotMatch((await owner.browser.get('/account/profile')).html, /Mallory/);
    // The shop asks anew, and meets somebody else than the stranger's customer.
    const anew = await connect(owner.browser, stranger.shop, 'name email');
    assert.notEqual(anew['sub'], stranger.sub);
    assert.equal(anew['is_new_user'], true);
    assert.equal(anew['name'], 'Ada Byron');
    assert.deepEqual(await waysIn(stranger), []);
  });

  it('by a link on another device ends it too, for whoever does not know the password', async () => {
    const stranger = await claim();
    const reader = context.platform.browser();
    const page = await reader.get(await linkTo('/confirm-email', stranger.email));
    const anew = await reader.get(hrefOf(page.html, '/confirm-email/anew'));
    assert.match(anew.html, /everything that was set up with it before is removed/, 'says so before');
    assert.equal((await reader.submit(anew, '/anew', { password: stranger.email })).status, 400);
    assert.deepEqual(await waysIn(stranger), ALL_WAYS, 'a slip ends nothing');
    const done = await reader.submit(anew, '/anew', { password: NEW_PASSWORD });
    assert.equal(done.heading, 'Your email address is confirmed');
    assert.deepEqual(await waysIn(stranger), []);
    assert.deepEqual(await withdrawals(stranger), WITHDRAWN);
    const owner = await signIn(stranger.email, NEW_PASSWORD);
    assert.ok(owner.isSignedIn);
    assert.equal((await rows().accounts.findByEmail(stranger.email))[0]?.emailVerified, true);
    assert.equal((await reader.submit(anew, '/anew', { password: NEW_PASSWORD })).status, 400, 'once');
  });

  it('keeps everything for whoever is signed in', async () => {
    const person = await claim();
    const before = await holdings(person);
    const { browser } = person;
    const page = await browser.get(await linkTo('/confirm-email', person.email));
    assert.throws(() => page.form('/anew'));
    assert.equal((await browser.submit(page, '/confirm-email')).status, 200);
    assert.deepEqual(await holdings(person), { ...before, user: { ...before.user, ...confirmed(person) } });
    assert.deepEqual(await withdrawals(person), { told: [], acts: [] });
  });

  it('keeps everything for whoever types the password on another device', async () => {
    const person = await claim();
    const before = await holdings(person);
    const reader = context.platform.browser();
    const page = await reader.get(await linkTo('/confirm-email', person.email));
    const wrong = await reader.submit(page, '/confirm-email', { password: 'not the password' });
    assert.equal(wrong.status, 400);
    assert.equal((await rows().accounts.find(person.account.id))?.emailVerified, false);
    assert.equal((await reader.submit(wrong, '/confirm-email', { password: PASSWORD })).status, 200);
    assert.deepEqual(await holdings(person), { ...before, user: { ...before.user, ...confirmed(person) } });
  });

  it('keeps everything for whoever signs in on another device by any means', async () => {
    const person = await claim();
    const before = await holdings(person);
    const reader = context.platform.browser();
    const page = await reader.get(await linkTo('/confirm-email', person.email));
    const form = await reader.get(hrefOf(page.html, '/account/confirm-email'));
    assert.equal(form.url.pathname, '/account/sign-in');
    const ask = await reader.submit(form, '/account/sign-in', { email: person.email, password: PASSWORD });
    assert.equal(ask.url.pathname, '/confirm-email');
    assert.equal((await reader.submit(ask, '/confirm-email')).status, 200);
    assert.deepEqual(await holdings(person), { ...before, user: { ...before.user, ...confirmed(person) } });
  });

  it('by a reset keeps everything but the password and the sessions for whoever is signed in', async () => {
    const person = await claim();
    const page = await reset(person.browser, person.email);
    assert.doesNotMatch(page.html, /is removed/);
    assert.deepEqual(
      await waysIn(person),
      ALL_WAYS.filter((way) => way !== 'password' && way !== 'session'),
    );
    assert.equal((await rows().accounts.find(person.account.id))?.emailVerified, true);
  });

  it('by a reset keeps everything for whoever remembers the password at the last moment', async () => {
    const person = await claim();
    const reader = context.platform.browser();
    await reader.submit(await reader.get('/account/forgot-password'), '/forgot-password', { email: person.email });
    const page = await reader.get(await linkTo('/reset-password', person.email));
    const form = await reader.get(hrefOf(page.html, '/account/sign-in'));
    const again = await reader.submit(form, '/account/sign-in', { email: person.email, password: PASSWORD });
    assert.equal(again.url.pathname, '/account/reset-password');
    assert.doesNotMatch(again.html, /is removed/);
    await reader.submit(again, '/reset-password', { password: NEW_PASSWORD });
    assert.equal((await rows().accounts.find(person.account.id))?.givenName, 'Mallory');
  });

  it('does not let a password of another account with the address keep this one', async () => {
    const [first, password] = [await claim(), 'the other one’s password'];
    const other = context.platform.browser();
    await other.submit(await other.get('/account/sign-up'), '/sign-up', { email: first.email, password });
    const reader = context.platform.browser();
    const code = await rows().emailCodes.create(first.account.id, first.email, 60);
    const page = await reader.get(`/confirm-email?code=${code}`);
    assert.equal((await reader.submit(page, '/confirm-email', { password })).status, 400);
    const theirs = await other.get(`/confirm-email?code=${code}`);
    assert.equal((await other.submit(theirs, '/confirm-email')).status, 400, 'nor a session of it');
    assert.equal((await rows().accounts.find(first.account.id))?.emailVerified, false);
  });
});

/** Where a page leads, by a link whose path starts so. */
function hrefOf(html: string, path: string): string {
  const href = new RegExp(`href="(${path}[^"]*)"`).exec(html)?.[1];
  assert.ok(href, `no link to ${path}`);
  return href.replaceAll('&amp;', '&');
}

/** What a shop sees differently of somebody who has confirmed the address. */
function confirmed({ email }: { email: string }) {
  return { email, is_email_verified: true };
}
