import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { contentOf } from '#portal/testing/content-of.ts';
import { connect, csrfOf, openShop, resident, signInAs } from '#portal/testing/resident.ts';
import type { AppSecrets } from '#storage/app-environments.ts';
import type { HttpBrowser } from '#testing/http-journey.ts';
import { startTestPlatform, type TestPlatform } from '#testing/test-platform.ts';

const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';

describe('where an account is signed in', () => {
  let platform: TestPlatform;
  let shop: AppSecrets;
  before(async () => {
    platform = await startTestPlatform();
    shop = await platform.createApp({ environment: 'production' });
  });
  after(() => platform.close());

  const sessionsOf = async (accountId: string) =>
    (await platform.storage.realm('production').sessions.list(accountId)).sessions;
  const isSignedIn = async (browser: HttpBrowser) => (await browser.get('/account')).url.pathname === '/account';
  const textOf = (html: string) =>
    html.replaceAll(/<script[\s\S]*?<\/script>|<style[\s\S]*?<\/style>|<[^>]*>/g, '').replaceAll(/\s+/g, ' ');

  it('is a list of devices in words, of which one is this', async () => {
    const { browser, email } = await resident(platform);
    const elsewhere = platform.browser();
    elsewhere.headers['user-agent'] = FIREFOX;
    await openAs(elsewhere, email);
    const page = await browser.get('/account/sessions');
    assert.match(textOf(page.html), /Firefox on Linux/);
    assert.match(textOf(page.html), /A device we don’t recognize\s+This device/);
    assert.match(textOf(page.html), /127\.0\.0\.1|::1/);
    assert.equal(page.html.match(/This device/g)?.length, 1);
  });

  it('lists the latest, this one among them, and says how many more there are', async () => {
    const { browser, account } = await resident(platform);
    const { sessions, oidcRecords } = platform.storage.realm('production');
    for (let index = 0; index < 54; index += 1) {
      const uid = `other-${index}-${account.id}`;
      await sessions.seen(uid, account.id, {});
      await oidcRecords.save('Session', uid, { uid, accountId: account.id }, 60);
    }
    const { html } = await browser.get('/account/sessions');
    assert.equal(html.match(/This device/g)?.length, 1);
    const listed = html.match(/\/sessions\/other-/g)?.length ?? 0;
    assert.ok(listed === 49 || listed === 50, `${listed} are listed`);
    assert.match(textOf(html), new RegExp(`${54 - listed} more that were used longer ago aren’t listed`));
    await browser.submit(await browser.get('/account/sessions'), '/end-others');
    assert.deepEqual((await sessions.list(account.id)).total, 1, 'those that are not listed end, too');
  });

  it('stays ended when a request that is under way saves it once more', async () => {
    const { browser, email, account } = await resident(platform);
    const elsewhere = await signInAs(platform, email);
    const { oidcRecords, sessions } = platform.storage.realm('production');
    const save = oidcRecords.constructor.prototype.save as typeof oidcRecords.save;
    const [mine] = await sessionsOf(account.id);
    let heldBack: (() => Promise<void>) | undefined;
    const saved = new Promise<void>((resolve) => {
      oidcRecords.constructor.prototype.save = async function hold(...args: Parameters<typeof save>) {
        if (args[0] !== 'Session') return save.apply(this, args);
        heldBack = () => save.apply(this, args);
        resolve();
      };
    });
    try {
      // The engine saves a session at the end of each of its requests.
      await openShop(elsewhere, shop);
      await saved;
    } finally {
      oidcRecords.constructor.prototype.save = save;
    }
    assert.ok(mine && (await sessions.endAll(account.id)) === 2);
    await heldBack?.();
    assert.equal(await isSignedIn(elsewhere), false);
    assert.equal((await openShop(elsewhere, shop)).heading, 'Sign in');
    assert.equal(await isSignedIn(browser), false);
    assert.deepEqual(await sessionsOf(account.id), []);
  });

  it('ends one by one, in the popup too', async () => {
    const { browser, email, account } = await resident(platform);
    const elsewhere = platform.browser();
    await openAs(elsewhere, email);
    await connect(elsewhere, shop);
    assert.ok((await openShop(elsewhere, shop)).message.credential, 'signed in there');

    const list = await browser.get('/account/sessions');
    const page = await browser.submit(list, '/end');
    assert.match(textOf(page.html), /That device has been signed out/);
    assert.match(textOf(page.html), /You aren’t signed in anywhere else/);
    assert.equal((await openShop(elsewhere, shop)).heading, 'Sign in');
    assert.equal(await isSignedIn(elsewhere), false);
    assert.equal(await isSignedIn(browser), true);
    assert.equal((await sessionsOf(account.id)).length, 1);
  });

  it('ends everywhere else at once, and the person is told', async () => {
    const { browser, email, account } = await resident(platform);
    const others = [await signInAs(platform, email), await signInAs(platform, email)];
    const page = await browser.submit(await browser.get('/account/sessions'), '/end-others');
    assert.match(textOf(page.html), /You’ve been signed out everywhere else/);
    for (const other of others) assert.equal(await isSignedIn(other), false);
    assert.equal(await isSignedIn(browser), true);
    const [mail] = (await platform.storage.mails.list()).filter(({ to }) => to === email);
    assert.match(mail?.subject ?? '', /signed out of Platform everywhere/);
    const entry = (await platform.storage.auditLog.list({ actor: `account:${account.id}`, act: 'session.ended' })).at(
      -1,
    );
    assert.deepEqual(entry?.detail, { where: 'everywhere else', count: 2 });
  });

  it('ends here when this one is meant', async () => {
    const { browser, account } = await resident(platform);
    const [session] = await sessionsOf(account.id);
    const page = await browser.post(`/account/sessions/${session?.uid}/end`, { csrf: await csrfOf(browser) });
    assert.equal(page.url.pathname, '/account/sign-in');
    assert.equal(await isSignedIn(browser), false);
    assert.deepEqual(await sessionsOf(account.id), []);
  });

  it('is of no use from the moment that the account is blocked', async () => {
    const { browser, account } = await resident(platform);
    const { accounts } = platform.storage.realm('production');
    const csrf = await csrfOf(browser);
    await accounts.setBlocked(account.id, true);
    assert.equal(await isSignedIn(browser), false);
    const page = await browser.post('/account/profile/name', { csrf, given_name: 'Eve' });
    assert.equal(page.url.pathname, '/account/sign-in');
    assert.equal((await accounts.find(account.id))?.givenName, 'Ada');
  });

  it('is nobody else’s to end', async () => {
    const victim = await resident(platform);
    const { browser } = await resident(platform);
    const csrf = await csrfOf(browser);
    const [session] = await sessionsOf(victim.account.id);
    const earlier = await contentOf(platform.database);
    for (const uid of [session?.uid ?? '', 'unknown', '%00']) {
      assert.equal((await browser.post(`/account/sessions/${uid}/end`, { csrf })).status, 404);
    }
    assert.deepEqual(await contentOf(platform.database), earlier);
    assert.equal(await isSignedIn(victim.browser), true);
  });

  it('tells no developer where others play the same test person', async () => {
    const { clientId } = await platform.createApp();
    const play = async (agent: string) => {
      const browser = platform.browser();
      browser.headers['user-agent'] = agent;
      const first = await browser.openPopup({
        client_id: clientId,
        origin: 'https://shop.example',
        state: 's',
        nonce: 'n',
      });
      await browser.submit(first, '/persona', { persona: 'complete' });
      return browser;
    };
    await play(FIREFOX);
    const browser = await play('curl');
    const page = await browser.get('/sandbox/account/sessions');
    assert.equal(page.status, 200);
    assert.doesNotMatch(page.html, /Firefox/);
  });

  /** Signs in with the headers that a browser has already. */
  async function openAs(browser: HttpBrowser, email: string): Promise<void> {
    const form = await browser.get('/account/sign-in');
    await browser.submit(form, '/account/sign-in', { email, password: 'an engine of difference' });
  }
});
