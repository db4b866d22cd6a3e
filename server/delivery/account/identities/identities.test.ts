import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { PASSWORD, resident } from '#portal/testing/resident.ts';
import type { HttpBrowser, Page } from '#testing/http-journey.ts';
import {
  ADA,
  awayAddress,
  BOB,
  comeBack,
  signInThere,
  startUpstreamPlatform,
  type UpstreamPlatform,
} from '#testing/upstream-journey.ts';

describe('other logins on the account pages', () => {
  let platform: UpstreamPlatform;
  before(async () => {
    platform = await startUpstreamPlatform();
  });
  after(() => platform.close());
  beforeEach(() => {
    platform.acme.auto = platform.other.auto = ADA.sub;
  });
  const identities = () => platform.storage.realm('production').identities;
  const opened = (subject: string) => identities().use({ issuer: platform.acme.issuer, subject });
  let count = 0;
  /** Somebody whom the login has never sent. */
  const newcomer = () => {
    count += 1;
    const person = { sub: `new-${count}`, email: `new-${count}@acme.example` };
    platform.people.push(person);
    platform.acme.auto = platform.other.auto = person.sub;
    return person.sub;
  };
  const start = async (browser: HttpBrowser, path: string, action: string, upstream = 'acme') =>
    browser.submit(await browser.get(path), action, { upstream });
  const back = async (browser: HttpBrowser, away: Page) =>
    comeBack(browser, await signInThere(awayAddress(away)), platform.acme);
  const add = (browser: HttpBrowser, upstream = 'acme') =>
    start(browser, '/account/security', '/security/identities/add', upstream);

  it('sign in, and go on to where the person wanted to be', async () => {
    const subject = newcomer();
    const browser = platform.browser();
    const page = await browser.get('/account/profile');
    const there = await back(browser, await browser.submit(page, '/sign-in/upstream', { upstream: 'acme' }));
    assert.equal(there.url.pathname, '/account/profile');
    assert.ok(await opened(subject));
  });

  it('are added by whoever is signed in and proves who they are there, and then open the account', async () => {
    const subject = newcomer();
    const { account, browser } = await resident(platform);
    const page = await back(browser, await add(browser));
    assert.equal(page.url.pathname, '/account/security');
    assert.match(page.html, /It can sign you in from now on/);
    assert.match(page.html.replaceAll(/<[^>]*>/g, ''), /acme\s*new-\d+@acme\.example · Added \w+ \d+, \d+ · Last used/);
    assert.equal((await opened(subject))?.accountId, account.id);
    await back(browser, await add(browser, 'acme'));
    assert.equal((await identities().list(account.id)).length, 1);
    const elsewhere = platform.browser();
    await back(elsewhere, await start(elsewhere, '/account/sign-in', '/sign-in/upstream'));
    assert.match((await elsewhere.get('/account/security')).html, new RegExp(account.email ?? ''));
  });

  it('are not added when they open another account', async () => {
    const subject = newcomer();
    const [one, two] = [await resident(platform), await resident(platform)];
    await back(one.browser, await add(one.browser));
    const page = await back(two.browser, await add(two.browser));
    assert.match(page.html, /opens another account already/);
    assert.equal((await opened(subject))?.accountId, one.account.id);
  });

  it('are not added to the account of whoever is lured to an answer, nor in another session than they were asked for in', async () => {
    const subject = newcomer();
    const [attacker, victim] = [await resident(platform), await resident(platform)];
    const callback = await signInThere(awayAddress(await add(attacker.browser)));
    await comeBack(victim.browser, callback, platform.acme);
    assert.deepEqual(await identities().list(victim.account.id), []);
    // The attacker signs out, and the victim in, in the same browser.
    const security = await attacker.browser.get('/account/security');
    await attacker.browser.submit(security, '/sign-out');
    const form = await attacker.browser.get('/account/sign-in');
    await attacker.browser.submit(form, '/account/sign-in', { email: victim.email, password: PASSWORD });
    await comeBack(attacker.browser, callback, platform.acme);
    assert.deepEqual(await identities().list(victim.account.id), []);
    assert.equal(await opened(subject), undefined);
  });

  it('are removed, unless they are the last way in', async () => {
    newcomer();
    const { account, browser } = await resident(platform);
    await back(browser, await add(browser));
    const [identity] = await identities().list(account.id);
    const remove = `/account/security/identities/${identity?.id}/remove`;
    const page = await browser.submit(await browser.get(remove), '/remove');
    assert.match(page.html, /no longer signs you in/);
    assert.deepEqual(await identities().list(account.id), []);
    assert.equal((await browser.get(remove)).status, 404);

    const subject = newcomer();
    const visitor = platform.browser();
    await back(visitor, await start(visitor, '/account/sign-in', '/sign-in/upstream'));
    const only = await opened(subject);
    const kept = await visitor.submit(await visitor.get(`/account/security/identities/${only?.id}/remove`), '/remove');
    assert.match(kept.html, /only way in/);
    assert.ok(await opened(subject));
  });

  it('are nobody else’s to remove', async () => {
    newcomer();
    const [one, two] = [await resident(platform), await resident(platform)];
    await back(one.browser, await add(one.browser));
    const [identity] = await identities().list(one.account.id);
    assert.equal((await two.browser.get(`/account/security/identities/${identity?.id}/remove`)).status, 404);
  });

  it('say in plain words when they came to nothing', async () => {
    platform.acme.auto = 'declines';
    const browser = platform.browser();
    const page = await back(browser, await start(browser, '/account/sign-in', '/sign-in/upstream'));
    assert.equal(page.url.pathname, '/account/sign-in');
    assert.match(page.html, /You didn’t sign in at .*acme/);
    const { browser: person } = await resident(platform);
    assert.match((await back(person, await add(person))).html, /You didn’t sign in at .*acme/);
  });

  it('say no words of whoever made the link to the page', async () => {
    const about = (email: string) =>
      `/account/sign-in?${new URLSearchParams({ upstream: 'acme', problem: 'address_known', email })}`;
    const browser = platform.browser();
    assert.match((await browser.get(about('ada@acme.example'))).html, /already has an account with/);
    const page = await browser.get(about('your account is locked: call 0900 1234'));
    assert.doesNotMatch(page.html, /0900|already has an account with/);
  });
});

describe('the only other login', () => {
  it('is the only way in on the account pages, too', async () => {
    const platform = await startUpstreamPlatform({ only: true }, { alone: true });
    platform.acme.auto = BOB.sub;
    try {
      const browser = platform.browser();
      const page = await browser.get('/account/sign-in');
      assert.doesNotMatch(page.html, /name="password"/);
      for (const path of ['sign-up', 'forgot-password', 'reset-password?code=1'])
        assert.equal((await browser.get(`/account/${path}`)).url.pathname, '/account/sign-in', path);
      const { values } = page.form('/sign-in/upstream');
      await platform.storage.realm('production').accounts.create({ email: 'a@b.example', emailVerified: true });
      const sent = await browser.post('/account/sign-in', { ...values, email: 'a@b.example', password: PASSWORD });
      assert.equal(sent.url.pathname, '/account/sign-in');
      const away = await browser.submit(page, '/sign-in/upstream', { upstream: 'acme' });
      const there = await comeBack(browser, await signInThere(awayAddress(away)), platform.acme);
      assert.equal(there.url.pathname, '/account');
    } finally {
      await platform.close();
    }
  });
});

describe('signing out', () => {
  it('leads to signing out at the login by which somebody came, and to no other', async () => {
    const platform = await startUpstreamPlatform({ logout: true });
    platform.acme.auto = platform.other.auto = BOB.sub;
    try {
      for (const [upstream, expected] of [
        ['acme', true],
        ['other', false],
      ] as const) {
        const browser = platform.browser();
        const away = await browser.submit(await browser.get('/account/sign-in'), '/sign-in/upstream', { upstream });
        await comeBack(browser, await signInThere(awayAddress(away)), platform[upstream]);
        const out = await browser.submit(await browser.get('/account/security'), '/sign-out');
        if (!expected) {
          assert.equal(out.url.pathname, '/account/sign-in');
          continue;
        }
        const address = awayAddress(out);
        assert.equal(`${address.origin}${address.pathname}`, `${platform.acme.issuer}/session/end`);
        assert.equal(address.searchParams.get('post_logout_redirect_uri'), `${platform.url}/account/sign-in`);
        assert.equal(address.searchParams.get('client_id'), 'platform');
        assert.equal((await browser.get('/account/security')).url.pathname, '/account/sign-in');
        assert.doesNotMatch(out.html, /action="[^"]*sign-out"/);
      }
    } finally {
      await platform.close();
    }
  });
});
