import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import type { HttpBrowser, Page } from '#testing/http-journey.ts';
import { SHOP_ORIGIN } from '#testing/test-platform.ts';
import {
  ADA,
  awayAddress,
  BOB,
  comeBack,
  press,
  signInThere,
  startUpstreamPlatform,
  through,
  type UpstreamPlatform,
} from '#testing/upstream-journey.ts';

const AGREE = { share: ['name', 'email'] };
/** Whoever has agreed before is not asked again. */
const agree = async (browser: HttpBrowser, page: Page) =>
  page.delivery ? page : browser.submit(page, '/consent', AGREE);

describe('signing in at another login', () => {
  let platform: UpstreamPlatform;
  let browser: HttpBrowser;
  before(async () => {
    platform = await startUpstreamPlatform({ trust_email: true });
  });
  after(() => platform.close());
  beforeEach(() => {
    browser = platform.browser();
    platform.acme.auto = platform.other.auto = ADA.sub;
  });
  const rows = () => platform.storage.realm('production');
  const open = (more?: Record<string, string>) => platform.openPopup(browser, more);

  it('tells the shop’s page that the window goes away, and asks with what belongs to this attempt', async () => {
    const page = await press(browser, await open());
    assert.equal(page.status, 200);
    const [handed] = page.handed;
    assert.deepEqual(handed?.message, { type: 'signup-with-platform:away', state: 'state-1' });
    assert.equal(handed?.targetOrigin, SHOP_ORIGIN);
    assert.ok(page.handed.every(({ message }) => (message as { type: string }).type !== 'signup-with-platform:ready'));
    const { searchParams } = awayAddress(page);
    assert.equal(searchParams.get('redirect_uri'), `${platform.url}/upstream/acme/callback`);
    assert.equal(searchParams.get('code_challenge_method'), 'S256');
    const again = awayAddress(await press(browser, await open()));
    for (const name of ['state', 'nonce', 'code_challenge'])
      assert.notEqual(again.searchParams.get(name), searchParams.get(name));
  });

  it('makes an account of somebody new, with what the login says, and goes on to the consent', async () => {
    const consent = await through(browser, await open({ fields: 'name email' }), platform.acme);
    assert.match(consent.heading, /Share your details/);
    const { claims } = await agree(browser, consent);
    assert.deepEqual([claims['name'], claims['email'], claims['email_verified']], ['Ada Lovelace', ADA.email, true]);
  });

  it('signs the same person in to the same account later, in another browser, whatever the login says of them', async () => {
    const first = await agree(browser, await through(browser, await open(), platform.acme));
    const elsewhere = platform.browser();
    const page = await through(elsewhere, await platform.openPopup(elsewhere), platform.acme);
    // Somebody who has agreed before is asked nothing.
    assert.equal(page.claims['sub'], first.claims['sub']);
  });

  it('takes an address that nobody has verified for a claim', async () => {
    platform.acme.auto = BOB.sub;
    const consent = await through(browser, await open({ fields: 'email' }), platform.acme);
    const { claims } = await browser.submit(consent, '/consent', { share: 'email' });
    assert.deepEqual([claims['email'], claims['email_verified']], [BOB.email, false]);
  });

  it('is another account for another subject, in the same browser, and ends the session of the first', async () => {
    const one = await agree(browser, await through(browser, await open(), platform.acme));
    platform.acme.auto = BOB.sub;
    const page = await through(browser, await open({ prompt: 'login' }), platform.acme);
    const two = await agree(browser, page);
    assert.notEqual(two.claims['sub'], one.claims['sub']);
  });

  describe('comes back into the window, in plain words,', () => {
    const back = (page: Page, words: RegExp, status = 400) => {
      assert.equal(page.status, status);
      assert.match(page.html, words);
      assert.equal(page.delivery, undefined);
      assert.ok(page.form('/upstream'), 'the person can try again');
      assert.ok(page.form('/cancel'), 'or give up');
      assert.doesNotMatch(page.url.href, /code=|state=/);
    };

    it('when the person declined there', async () => {
      platform.acme.auto = 'declines';
      const page = await through(browser, await open(), platform.acme);
      back(page, /You didn’t sign in at .*acme/);
      platform.acme.auto = ADA.sub;
      assert.doesNotMatch((await through(browser, page, platform.acme)).heading, /Sign in/);
    });

    it('when the login is down before, and after', async () => {
      const down = await startUpstreamPlatform({}, { alone: true });
      try {
        const visitor = down.browser();
        const first = await down.openPopup(visitor);
        const callback = await (async () => {
          down.acme.auto = ADA.sub;
          return signInThere(awayAddress(await press(visitor, first)));
        })();
        await down.acme.close();
        back(await comeBack(visitor, callback, down.acme), /can’t be reached/, 503);
      } finally {
        await down.close();
      }
    });

    it('when it took too long', async () => {
      const callback = await signInThere(awayAddress(await press(browser, await open())));
      await platform.database.db
        .updateTable('upstream_attempts')
        .set({ expires_at: Date.now() - 1 })
        .execute();
      back(await comeBack(browser, callback, platform.acme), /took too long/);
    });

    it('when the nonce is another one', async () => {
      const address = awayAddress(await press(browser, await open()));
      address.searchParams.set('nonce', 'of-somebody-else');
      back(await comeBack(browser, await signInThere(address), platform.acme), /didn’t work/);
    });

    it('when the answer is of another login (mix-up)', async () => {
      const address = awayAddress(await press(browser, await open()));
      const elsewhere = new URL(address);
      elsewhere.host = new URL(platform.other.issuer).host;
      elsewhere.searchParams.set('redirect_uri', `${platform.url}/upstream/other/callback`);
      const callback = await signInThere(elsewhere);
      // As the other login sends it: the attempt was none of it, and is not used up by it.
      assert.equal((await comeBack(browser, callback, platform.other)).status, 400);
      callback.pathname = '/upstream/acme/callback';
      back(await comeBack(browser, callback, platform.acme), /didn’t work/);
    });

    it('when the account is blocked, or about to be deleted', async () => {
      await agree(browser, await through(browser, await open(), platform.acme));
      const identity = await rows().identities.use({ issuer: platform.acme.issuer, subject: ADA.sub });
      assert.ok(identity);
      await rows().accounts.setBlocked(identity.accountId, true);
      try {
        const visitor = platform.browser();
        const page = await through(visitor, await platform.openPopup(visitor), platform.acme);
        back(page, /can’t sign in with this account/);
      } finally {
        await rows().accounts.setBlocked(identity.accountId, false);
      }
    });
  });

  describe('is nobody’s but the browser’s that began it:', () => {
    const refused = (page: Page) => {
      assert.equal(page.status, 400);
      assert.match(page.heading, /took too long|expired|over/i);
      assert.equal(page.delivery, undefined);
    };

    it('an attacker’s own answer signs nobody else in (login CSRF)', async () => {
      const attacker = platform.browser();
      platform.acme.auto = BOB.sub;
      const callback = await signInThere(awayAddress(await press(attacker, await platform.openPopup(attacker))));
      // The victim is at the popup, or has never been here.
      await open();
      refused(await comeBack(browser, callback, platform.acme));
      refused(await comeBack(platform.browser(), callback, platform.acme));
      assert.match((await open()).heading, /Sign in/);
      // The attempt is still the attacker's.
      assert.equal((await comeBack(attacker, callback, platform.acme)).status, 200);
    });

    it('a code of the attacker with the state of the victim is refused', async () => {
      const attacker = platform.browser();
      platform.acme.auto = BOB.sub;
      const theirs = await signInThere(awayAddress(await press(attacker, await platform.openPopup(attacker))));
      const own = awayAddress(await press(browser, await open()));
      theirs.searchParams.set('state', own.searchParams.get('state') ?? '');
      const page = await comeBack(browser, theirs, platform.acme);
      assert.match(page.html, /didn’t work/);
    });

    it('an answer counts once', async () => {
      const callback = await signInThere(awayAddress(await press(browser, await open())));
      assert.equal((await comeBack(browser, callback, platform.acme)).status, 200);
      refused(await comeBack(browser, callback, platform.acme));
    });

    it('a later attempt in the same window ends the one before', async () => {
      const page = await open();
      const first = await signInThere(awayAddress(await press(browser, page)));
      const second = await signInThere(awayAddress(await press(browser, page)));
      refused(await comeBack(browser, first, platform.acme));
      assert.equal((await comeBack(browser, second, platform.acme)).status, 200);
    });

    it('an address without anything, with nonsense, or with two states is no answer', async () => {
      const state = awayAddress(await press(browser, await open())).searchParams.get('state');
      for (const query of [
        '',
        'state=',
        `state=${'x'.repeat(5000)}`,
        `state=nobody&state=${state}`,
        'code=1&state=%00',
      ])
        refused(await browser.follow(`/upstream/acme/callback?${query}`, platform.acme.issuer));
    });

    it('a form of another site begins nothing', async () => {
      const { action, values } = (await open()).form('/upstream');
      const page = await browser.post(
        action,
        { ...values, upstream: 'acme' },
        { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
      );
      assert.equal(page.status, 403);
      const { csrf: _, ...without } = values;
      assert.equal((await browser.post(action, { ...without, upstream: 'acme' })).status, 403);
    });

    it('a login that there is not leads nowhere', async () => {
      for (const upstream of ['none', '__proto__', ''])
        assert.equal((await press(browser, await open(), upstream)).status, 404);
    });
  });
});

describe('another login that is trusted about addresses', () => {
  let platform: UpstreamPlatform;
  before(async () => {
    platform = await startUpstreamPlatform({ trust_email: true });
    platform.acme.auto = ADA.sub;
  });
  after(() => platform.close());
  const rows = () => platform.storage.realm('production');
  const PASSWORD = 'correct horse battery';

  it('does not sign in to the account that has the address; both sides are proven first, and then it may be added', async () => {
    const owner = platform.browser();
    const signUp = await owner.get((await platform.openPopup(owner)).signUpAddress);
    await owner.submit(signUp, '/sign-up', { email: ADA.email, password: PASSWORD });
    const [account] = await rows().accounts.findByEmail(ADA.email);
    assert.ok(account);
    await rows().accounts.markEmailVerified(account.id, ADA.email);

    const browser = platform.browser();
    const page = await through(browser, await platform.openPopup(browser), platform.acme);
    assert.equal(page.status, 400);
    assert.match(page.html, /already has an account with/);
    assert.equal(await rows().identities.use({ issuer: platform.acme.issuer, subject: ADA.sub }), undefined);

    const wrong = await browser.submit(page, '/sign-in', { email: ADA.email, password: 'not the password' });
    assert.equal(wrong.status, 400);
    const link = await browser.submit(page, '/sign-in', { email: ADA.email, password: PASSWORD });
    assert.match(link.heading, /Also sign in with .*acme/);
    const { action, values } = link.form('/link-identity');
    const consent = await browser.post(action, values);
    assert.match(consent.heading, /Share your details/);
    assert.deepEqual(
      (await rows().identities.list(account.id)).map(({ subject, email }) => [subject, email]),
      [[ADA.sub, ADA.email]],
    );
    const later = platform.browser();
    const again = await through(later, await platform.openPopup(later), platform.acme);
    assert.doesNotMatch(again.html, /already has an account/);
  });
});

describe('another login that is the only way in', () => {
  let platform: UpstreamPlatform;
  let browser: HttpBrowser;
  before(async () => {
    platform = await startUpstreamPlatform({ only: true, trust_email: true }, { alone: true });
    platform.acme.auto = ADA.sub;
  });
  after(() => platform.close());
  beforeEach(() => {
    browser = platform.browser();
  });

  it('is where the shop’s button leads, without a press, and the consent comes after', async () => {
    const away = await platform.openPopup(browser);
    assert.equal(away.status, 200);
    const consent = await comeBack(browser, await signInThere(awayAddress(away)), platform.acme);
    assert.match(consent.heading, /Share your details/);
    const { claims } = await browser.submit(consent, '/consent', { share: [] });
    assert.ok(claims['sub']);
  });

  it('takes a press where no page of the shop asks (invariant 15)', async () => {
    const app = await platform.createApp({ environment: 'production' });
    const request = { client_id: app.clientId, origin: SHOP_ORIGIN, state: 's', nonce: 'n' };
    for (const visit of [
      (address: string) => browser.follow(address, 'https://evil.example'),
      (address: string) => browser.get(address),
      (address: string) => browser.get(address, { 'sec-fetch-site': 'cross-site' }),
    ]) {
      const page = await visit(`/popup?${new URLSearchParams(request)}`);
      assert.equal(
        page.handed.find(({ relay }) => relay),
        undefined,
      );
      assert.ok(page.form('/upstream'));
    }
  });

  it('leaves no other way but passkeys, whatever is sent', async () => {
    const page = await browser.follow(
      `/popup?${new URLSearchParams({ client_id: (await platform.createApp({ environment: 'production' })).clientId, origin: SHOP_ORIGIN, state: 's', nonce: 'n' })}`,
      'https://evil.example',
    );
    assert.doesNotMatch(page.html, /name="password"|sign-up"/);
    assert.match(page.html, /data-passkey-request/);
    const { action, values } = page.form('/upstream');
    for (const way of ['sign-in', 'sign-up']) {
      const answer = await browser.post(action.replace(/upstream$/, way), {
        ...values,
        submission: 'x'.repeat(22),
        email: 'a@b.example',
        password: 'correct horse battery',
      });
      assert.doesNotMatch(answer.html, /Share your details/);
    }
    assert.deepEqual(await platform.storage.realm('production').accounts.findByEmail('a@b.example'), []);
  });

  it('does not send somebody there again who came back without', async () => {
    platform.acme.auto = 'declines';
    try {
      const away = await platform.openPopup(browser);
      const page = await comeBack(browser, await signInThere(awayAddress(away)), platform.acme);
      assert.equal(page.status, 400);
      assert.match(page.html, /You didn’t sign in/);
      const cancelled = await browser.submit(page, '/cancel');
      assert.equal(cancelled.message.error, 'access_denied');
    } finally {
      platform.acme.auto = ADA.sub;
    }
  });

  it('is no way into the sandbox, unless the operator says so', async () => {
    const sandbox = await platform.createApp();
    const page = await browser.openPopup({ client_id: sandbox.clientId, origin: SHOP_ORIGIN, state: 's', nonce: 'n' });
    assert.match(page.html, /name="password"/);
    assert.equal((await browser.get('/sandbox/upstream/acme/callback?code=1&state=2')).status, 404);
  });
});
