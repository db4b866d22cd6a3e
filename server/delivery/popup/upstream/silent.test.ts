import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import type { HttpBrowser, Page } from '#testing/http-journey.ts';
import { giveSecondFactor } from '#testing/second-factor.ts';
import { SHOP_ORIGIN } from '#testing/test-platform.ts';
import {
  ADA,
  awayAddress,
  BOB,
  comeBack,
  press,
  signInThere,
  signOutThere,
  startUpstreamPlatform,
  type UpstreamPlatform,
} from '#testing/upstream-journey.ts';
import { until } from '../../../../scripts/testing/until.ts';

/** What somebody has at the platform's own login: its cookies, in the same browser. */
type SessionThere = Map<string, string>;

const EVE = { sub: 'eve-1', given_name: 'Eve', family_name: 'Day', email: 'eve@acme.example', email_verified: true };

describe('the platform’s own login', () => {
  let platform: UpstreamPlatform;
  let browser: HttpBrowser;
  let there: SessionThere;
  before(async () => {
    platform = await startUpstreamPlatform({ hand_over: true, trust_email: true });
    // It is looked at while the platform starts; until then, nobody waits for it.
    platform.people.push(EVE);
    await until(async () => isAtLogin(await platform.openPopup(platform.browser())));
  });
  after(() => platform.close());
  beforeEach(async () => {
    browser = platform.browser();
    there = new Map();
    platform.acme.auto = ADA.sub;
    platform.acme.asked.length = 0;
  });
  const rows = () => platform.storage.realm('production');
  const isAtLogin = (page: Page) => page.url.origin === platform.acme.issuer;

  /** Signs in on the website, by whatever way: here, another client of the same login. */
  async function signInOnWebsite(subject = ADA.sub): Promise<void> {
    platform.acme.auto = subject;
    const visitor = platform.browser();
    await signInThere(awayAddress(await press(visitor, await platform.openPopup(visitor, { prompt: 'login' }))), there);
    platform.acme.auto = undefined;
  }

  /** Opens the popup and goes where it is led, as a browser does, without seeing a page. */
  async function open(more: Record<string, string> = {}): Promise<Page> {
    const page = await platform.openPopup(browser, more);
    return isAtLogin(page) ? comeBack(browser, await signInThere(page.url, there), platform.acme) : page;
  }
  /** Agrees, unless they have before. */
  const agree = async (page: Page) =>
    /Share your details/.test(page.heading) ? browser.submit(page, '/consent', { share: [] }) : page;
  const isSignedIn = async (visitor = browser) => (await visitor.get('/account')).url.pathname !== '/account/sign-in';

  it('is asked without a page who is signed in there, who comes to the consent at once', async () => {
    await signInOnWebsite();
    const asked = await platform.openPopup(browser, { fields: 'name' });
    assert.deepEqual([asked.status, isAtLogin(asked)], [303, true]);
    assert.equal(asked.url.searchParams.get('prompt'), 'none');
    assert.equal(asked.html, '', 'nothing is shown on the way');
    const consent = await comeBack(browser, await signInThere(asked.url, there), platform.acme);
    assert.match(consent.heading, /Share your details/);
    const { claims } = await browser.submit(consent, '/consent', { share: 'name' });
    assert.equal(claims['name'], 'Ada Lovelace');
    const identity = await rows().identities.use({ issuer: platform.acme.issuer, subject: ADA.sub });
    assert.ok(identity);
  });

  it('says when the person signed in there, and that is when they have here (auth_time)', async () => {
    await signInOnWebsite();
    const signedInAt = Math.floor(Date.now() / 1000);
    await new Promise((resolve) => setTimeout(resolve, 2_100));
    await agree(await open());
    const records = await platform.database.db
      .selectFrom('oidc_records')
      .select('payload')
      .where('model', '=', 'Session')
      .execute();
    const times = records.map(({ payload }) => Number(JSON.parse(payload)['loginTs'] ?? 0));
    assert.ok(Math.max(...times) <= signedInAt, `${times} ${signedInAt}`);
  });

  it('leaves the first page as it is where nobody is signed in there, and is not asked again', async () => {
    platform.acme.auto = undefined;
    const first = await open();
    assert.equal(first.status, 200);
    assert.match(first.heading, /Sign in/);
    assert.doesNotMatch(first.html, /didn’t/);
    assert.match(first.html, /name="password"/);
    assert.ok(first.form('/upstream'), 'its button is still there');
    assert.equal(platform.acme.asked.length, 1);
    const again = await browser.get(first.url.pathname);
    assert.match(again.heading, /Sign in/);
    assert.equal(platform.acme.asked.length, 1);
  });

  it('is not asked where no page of the shop asks, so that nobody is passed on (invariant 15)', async () => {
    await signInOnWebsite();
    await agree(await open());
    const elsewhere = platform.browser();
    const app = await platform.createApp({ environment: 'production' });
    const address = `/popup?${new URLSearchParams({ client_id: app.clientId, origin: SHOP_ORIGIN, state: 's', nonce: 'n' })}`;
    for (const visit of [
      () => elsewhere.follow(address, 'https://evil.example'),
      () => elsewhere.get(address),
      () => elsewhere.get(address, { 'sec-fetch-site': 'cross-site' }),
    ])
      assert.match((await visit()).heading, /Sign in/);
  });

  describe('for a backend that asks by a redirect,', () => {
    const callback = `${SHOP_ORIGIN}/callback`;
    async function authorize(more: Record<string, string>): Promise<Page> {
      const { clientId } = await platform.createApp({ environment: 'production', redirectUris: [callback] });
      const request = {
        ...{ client_id: clientId, redirect_uri: callback, response_type: 'code', scope: 'openid', state: 's' },
        ...{ code_challenge: 'x'.repeat(43), code_challenge_method: 'S256' },
      };
      return browser.follow(`/authorize?${new URLSearchParams({ ...request, ...more })}`, SHOP_ORIGIN);
    }

    it('is asked, too, also where it wants the consent anew', async () => {
      for (const more of [{}, { prompt: 'consent' }]) {
        browser = platform.browser();
        assert.ok(isAtLogin(await authorize(more)), JSON.stringify(more));
      }
    });

    it('is not asked where it wants more than a session', async () => {
      for (const more of [{ prompt: 'login' }, { prompt: 'select_account' }, { prompt: 'create' }, { max_age: '60' }]) {
        browser = platform.browser();
        const page = await authorize(more);
        assert.deepEqual([page.status, isAtLogin(page)], [200, false], JSON.stringify(more));
      }
    });
  });

  it('answers in the browser that was sent there alone (login CSRF)', async () => {
    await signInOnWebsite(BOB.sub);
    const attacker = platform.browser();
    const theirs = await signInThere((await platform.openPopup(attacker)).url, there);
    await platform.openPopup(browser);
    const page = await comeBack(browser, theirs, platform.acme);
    assert.equal(page.status, 400);
    assert.equal(await isSignedIn(), false);
  });

  it('keeps out, in plain words, who is blocked here', async () => {
    await signInOnWebsite(BOB.sub);
    await agree(await open());
    const identity = await rows().identities.use({ issuer: platform.acme.issuer, subject: BOB.sub });
    await rows().accounts.setBlocked(identity?.accountId ?? '', true);
    browser = platform.browser();
    const page = await open();
    assert.equal(page.status, 400);
    assert.match(page.html, /can’t sign in with this account/);
  });

  describe('ends here what it has ended there', () => {
    it('by its own words, at once; the next popup asks for a sign-in', async () => {
      await signInOnWebsite();
      await agree(await open());
      assert.ok(await isSignedIn());
      await signOutThere(platform.acme, there);
      await until(async () => !(await isSignedIn()));
      platform.acme.auto = undefined;
      const next = await open();
      assert.match(next.heading, /Sign in/);
      const [entry] = await platform.storage.auditLog.list({ act: 'session.ended', limit: 1 });
      assert.deepEqual([entry?.actor, entry?.detail?.['upstream']], ['system', 'acme']);
    });

    it('and no other session of the same person', async () => {
      await signInOnWebsite();
      await agree(await open());
      const elsewhere = browser;
      browser = platform.browser();
      there = new Map();
      await signInOnWebsite();
      await agree(await open());
      assert.ok(await isSignedIn());
      await signOutThere(platform.acme, there);
      await until(async () => !(await isSignedIn()));
      assert.ok(await isSignedIn(elsewhere));
    });

    it('also a sign-in that is still under way, such as at the second factor, which is asked for as ever', async () => {
      await signInOnWebsite(EVE.sub);
      await agree(await open());
      const identity = await rows().identities.use({ issuer: platform.acme.issuer, subject: EVE.sub });
      const app = await giveSecondFactor(platform, identity?.accountId ?? '');
      browser = platform.browser();
      const gate = await open();
      assert.ok(gate.form('/second-factor'), gate.heading);
      await signOutThere(platform.acme, there);
      const db = platform.database.db;
      await until(async () =>
        (await db.selectFrom('sessions').select('ended_at').execute()).some(({ ended_at }) => ended_at !== null),
      );
      const page = await browser.submit(gate, '/second-factor', { code: await app.code() });
      assert.equal(page.status, 400);
      assert.match(page.heading, /took too long/);
      assert.equal(await isSignedIn(), false);
    });
  });
});
