import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { askedWith, type HandOverPlatform, startHandOverPlatform } from '#testing/hand-over-journey.ts';
import type { WebsiteLie } from '#testing/handing-website.ts';
import type { HttpBrowser, Page } from '#testing/http-journey.ts';

const CONSENT = /^Share your details/;
const now = () => Math.floor(Date.now() / 1000);
let seed = 0;

describe('an assertion of the platform’s own website', () => {
  let platform: HandOverPlatform;
  let browser: HttpBrowser;
  before(async () => {
    platform = await startHandOverPlatform();
  });
  after(() => platform.close());
  beforeEach(() => {
    browser = platform.browser();
  });
  const isSignedIn = async (visitor = browser) => (await visitor.get('/account')).url.pathname !== '/account/sign-in';

  /** Opens the popup, which is led to the website, and comes back with what that says. */
  async function arrive(lie: WebsiteLie = {}, headers: Record<string, string> = {}): Promise<Page> {
    const { state, nonce } = askedWith(await platform.openPopup(browser));
    return platform.postFrom(browser, { state, assertion: await platform.website.assertion(nonce, lie) }, headers);
  }
  /** Nobody has asked for anything, so that the first page is as it always is. */
  async function isNotBelieved(page: Page): Promise<void> {
    assert.equal(page.status, 200);
    assert.equal(page.heading, 'Sign in');
    assert.equal(await isSignedIn(), false);
  }

  it('signs in when it is true', async () => {
    assert.match((await arrive({ claims: { sub: 'honest' } })).heading, CONSENT);
    assert.ok(await isSignedIn());
  });

  const LIES: [what: string, lie: () => WebsiteLie][] = [
    ['without a signature (none)', () => ({ signing: 'none' })],
    ['by another key under its name (kid confusion)', () => ({ signing: 'stranger' })],
    [
      'by another key that it brings along',
      () => ({ signing: 'stranger', header: { jwk: platform.website.jwk, kid: undefined } }),
    ],
    ['by a key that nobody knows', () => ({ header: { kid: 'none' } })],
    ['with the public key as a secret (alg confusion)', () => ({ signing: 'public' })],
    ['of the sandbox', () => ({ claims: { aud: `${platform.website.audience}/sandbox` } })],
    ['for somebody else', () => ({ claims: { aud: 'https://other.example' } })],
    ['for nobody', () => ({ claims: { aud: undefined } })],
    ['by another issuer', () => ({ claims: { iss: 'https://evil.example' } })],
    ['of a type that is another one', () => ({ header: { typ: 'JWT' } })],
    ['that is a logout token', () => ({ header: { typ: 'logout+jwt' } })],
    ['with another nonce (swap)', () => ({ claims: { nonce: 'another' } })],
    ['without a nonce', () => ({ claims: { nonce: undefined } })],
    ['without a jti', () => ({ claims: { jti: undefined } })],
    ['without a subject', () => ({ claims: { sub: undefined } })],
    ['of somebody with NUL in the name', () => ({ claims: { sub: 'a\0b' } })],
    ['that does not say when the person signed in', () => ({ claims: { auth_time: undefined } })],
    ['that is over', () => ({ claims: { iat: now() - 90, exp: now() - 30 } })],
    ['that never ends', () => ({ claims: { exp: undefined } })],
    ['that is good for longer than a minute', () => ({ claims: { exp: now() + 61 } })],
    ['of tomorrow', () => ({ claims: { iat: now() + 3600, exp: now() + 3660 } })],
    ['of an hour ago that is still good', () => ({ claims: { iat: now() - 3600, exp: now() + 30 } })],
  ];
  for (const [what, lie] of LIES)
    it(`is not believed ${what}`, async () => {
      await isNotBelieved(await arrive({ ...lie(), claims: { sub: `liar-${++seed}`, ...lie().claims } }));
    });

  it('is believed by a clock that is a few seconds off', async () => {
    const page = await arrive({ claims: { sub: 'early', iat: now() + 5, exp: now() + 60 } });
    assert.match(page.heading, CONSENT);
  });

  it('counts once, and in no other attempt (replay)', async () => {
    const { state, nonce } = askedWith(await platform.openPopup(browser));
    const assertion = await platform.website.assertion(nonce);
    assert.match((await platform.postFrom(browser, { state, assertion })).heading, CONSENT);
    assert.equal((await platform.postFrom(browser, { state, assertion })).status, 400);
    browser = platform.browser();
    const later = askedWith(await platform.openPopup(browser));
    await isNotBelieved(await platform.postFrom(browser, { state: later.state, assertion }));
  });

  it('signs in nobody but the browser that asked for it (login CSRF, stolen assertion)', async () => {
    const attacker = platform.browser();
    const theirs = askedWith(await platform.openPopup(attacker));
    const assertion = await platform.website.assertion(theirs.nonce, { claims: { sub: 'attacker' } });
    // The victim's browser is made to post it: with the attacker's state, and with its own.
    const own = askedWith(await platform.openPopup(browser));
    assert.equal((await platform.postFrom(browser, { state: theirs.state, assertion })).status, 400);
    await isNotBelieved(await platform.postFrom(browser, { state: own.state, assertion }));
    // Whoever has stolen the victim's assertion has neither the browser nor the attempt.
    const stolen = await platform.website.assertion(askedWith(await platform.openPopup(browser)).nonce);
    await platform.postFrom(attacker, { state: theirs.state, assertion: stolen });
    assert.equal(await isSignedIn(attacker), false);
  });

  it('is posted by the website’s own origin, in a window, and by nothing else (CSRF)', async () => {
    const foreign: Record<string, string>[] = [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { origin: `${platform.website.origin}.evil.example` },
      { origin: platform.url },
      { 'sec-fetch-dest': 'empty' },
      { 'sec-fetch-dest': 'iframe' },
    ];
    for (const headers of foreign) {
      const page = await arrive({}, headers);
      assert.equal(page.status, 403, JSON.stringify(headers));
      assert.equal(await isSignedIn(), false);
    }
  });

  it('is nothing without a form, and nothing is what it cannot be', async () => {
    const { state } = askedWith(await platform.openPopup(browser));
    await isNotBelieved(await browser.follow(`/handover?state=${state}`, platform.website.origin));
    for (const assertion of ['', 'x', 'a.b.c', 'x'.repeat(9_000)]) {
      const asked = askedWith(await platform.openPopup(browser));
      await isNotBelieved(await platform.postFrom(browser, { state: asked.state, assertion }));
    }
    assert.equal((await platform.postFrom(browser, { state: 'nobody’s', assertion: 'x' })).status, 400);
  });

  it('opens no account that has only the same address (invariant 17)', async () => {
    const rows = platform.storage.realm('production');
    const owner = await rows.accounts.create({ email: 'victim@example.com', emailVerified: true });
    const page = await arrive({ claims: { sub: 'taker', email: 'victim@example.com', email_verified: true } });
    assert.equal(page.status, 400);
    assert.match(page.html, /already has an account with/);
    assert.equal(await isSignedIn(), false);
    assert.deepEqual(await rows.identities.list(owner.id), []);
  });

  describe('and its word that somebody has signed out', () => {
    const handOver = async (claims: Record<string, unknown>): Promise<HttpBrowser> => {
      browser = platform.browser();
      assert.match((await arrive({ claims })).heading, CONSENT);
      return browser;
    };
    const refused = async (token: string, because: RegExp) => {
      const response = await platform.tellLogout(token);
      const { error, error_description: description } = (await response.json()) as Record<string, string>;
      assert.deepEqual(
        [response.status, error, response.headers.get('cache-control')],
        [400, 'invalid_request', 'no-store'],
      );
      assert.match(String(description), because);
    };

    it('end the session that it names, and no other', async () => {
      const one = await handOver({ sub: 'two-places', sid: 'one' });
      const other = await handOver({ sub: 'two-places', sid: 'other' });
      const response = await platform.tellLogout(await platform.website.logoutToken({ claims: { sid: 'one' } }));
      assert.deepEqual([response.status, await response.text()], [200, '']);
      assert.deepEqual([await isSignedIn(one), await isSignedIn(other)], [false, true]);
    });

    it('end all of somebody’s where it names none, and nobody else’s', async () => {
      const [one, other] = [
        await handOver({ sub: 'leaver', sid: 'a' }),
        await handOver({ sub: 'leaver', sid: undefined }),
      ];
      const stranger = await handOver({ sub: 'stayer', sid: 'b' });
      await platform.tellLogout(await platform.website.logoutToken({ claims: { sid: undefined, sub: 'leaver' } }));
      assert.deepEqual(
        [await isSignedIn(one), await isSignedIn(other), await isSignedIn(stranger)],
        [false, false, true],
      );
    });

    it('count once', async () => {
      await handOver({ sub: 'again', sid: 'again' });
      const token = await platform.website.logoutToken({ claims: { sid: 'again' } });
      assert.equal((await platform.tellLogout(token)).status, 200);
      const later = await handOver({ sub: 'again', sid: 'again' });
      await refused(token, /used before/);
      assert.ok(await isSignedIn(later));
    });

    const WRONG: [what: string, lie: () => WebsiteLie, because: RegExp][] = [
      ['without a signature', () => ({ signing: 'none' }), /alg/i],
      ['by another key', () => ({ signing: 'stranger' }), /signature/],
      ['with the public key as a secret', () => ({ signing: 'public' }), /alg/i],
      ['for another realm', () => ({ claims: { aud: `${platform.website.audience}/sandbox` } }), /iss and aud/],
      ['of another issuer', () => ({ claims: { iss: 'https://evil.example' } }), /iss and aud/],
      ['that is an assertion', () => ({ header: { typ: 'handover+jwt' } }), /another type/],
      ['with a nonce', () => ({ claims: { nonce: 'x' } }), /nonce/],
      ['without the event', () => ({ claims: { events: {} } }), /events/],
      ['without a jti', () => ({ claims: { jti: undefined } }), /jti/],
      ['about nobody', () => ({ claims: { sid: undefined } }), /neither sub nor sid/],
      ['of an hour ago', () => ({ claims: { iat: now() - 3600, exp: now() + 60 } }), /iat/],
    ];
    for (const [what, lie, because] of WRONG)
      it(`ends nothing ${what}`, async () => {
        const victim = await handOver({ sub: 'kept', sid: 'kept' });
        const made = lie();
        await refused(
          await platform.website.logoutToken({ ...made, claims: { sid: 'kept', ...made.claims } }),
          because,
        );
        assert.ok(await isSignedIn(victim));
      });

    it('is a form with a token, and nothing else', async () => {
      for (const token of ['', 'x', 'a.b.c', 'x'.repeat(9_000)]) await refused(token, /form|JWT/);
      const url = `${platform.url}/backchannel-logout`;
      const bodies = ['{"logout_token":"x"}', 'x'.repeat(40_000)];
      for (const body of bodies)
        assert.equal(
          (await fetch(url, { method: 'POST', body, headers: { 'content-type': 'application/json' } })).status,
          400,
        );
      assert.equal((await fetch(`${platform.url}/sandbox/backchannel-logout`, { method: 'POST' })).status, 404);
    });
  });
});
