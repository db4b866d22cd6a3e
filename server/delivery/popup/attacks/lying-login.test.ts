import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { openIn } from '#testing/code-journey.ts';
import type { HttpBrowser, Page } from '#testing/http-journey.ts';
import { type Lie, LyingLogin } from '#testing/lying-login.ts';
import { startTestPlatform, type TestPlatform } from '#testing/test-platform.ts';
import { awayAddress } from '#testing/upstream-journey.ts';

const CLIENT_ID = 'platform';
const CONSENT = /^Share your details/;
const VICTIM = 'victim@example.com';
let seed = 0;
const newSubject = () => `liar-${++seed}`;

describe('another login that lies', () => {
  let liar: LyingLogin;
  let other: LyingLogin;
  let platform: TestPlatform;
  let clientId: string;
  before(async () => {
    liar = await LyingLogin.start(CLIENT_ID);
    other = await LyingLogin.start(CLIENT_ID);
    const entry = (id: string, { issuer }: LyingLogin) => ({
      id,
      name: id,
      issuer,
      client_id: CLIENT_ID,
      client_secret: 'x'.repeat(32),
      coop: 'keeps',
    });
    const upstreams = [{ ...entry('liar', liar), trust_email: true, logout: true }, entry('other', other)];
    platform = await startTestPlatform({ UPSTREAMS: JSON.stringify(upstreams) });
    ({ clientId } = await platform.createApp({ environment: 'production' }));
  });
  after(async () => {
    await platform.close();
    await Promise.all([liar.close(), other.close()]);
  });
  afterEach(() => {
    liar.lie = {};
    liar.metadata = {};
  });
  const rows = () => platform.storage.realm('production');

  /** Goes there and comes back with what it says. */
  async function arrive(lie: Lie, { query = {} as Record<string, string>, back = 'liar' } = {}): Promise<Page> {
    const { browser, first } = await openIn(platform, clientId);
    return arriveIn(browser, first, lie, { query, back });
  }
  async function arriveIn(
    browser: HttpBrowser,
    page: Page,
    lie: Lie,
    { query = {} as Record<string, string>, back = 'liar' } = {},
  ): Promise<Page> {
    const away = awayAddress(await browser.submit(page, '/upstream', { upstream: 'liar' }));
    liar.nonce = away.searchParams.get('nonce') ?? '';
    liar.lie = lie;
    const answer = { code: 'code', state: away.searchParams.get('state') ?? '', ...query };
    return browser.follow(`/upstream/${back}/callback?${new URLSearchParams(answer)}`, liar.issuer);
  }

  it('is believed when it does not', async () => {
    const page = await arrive({ claims: { sub: newSubject(), given_name: 'Ada' } });
    assert.match(page.heading, CONSENT);
  });

  const past = () => Math.floor(Date.now() / 1000) - 3600;
  const LIES: [what: string, lie: () => Lie][] = [
    ['without a signature', () => ({ signing: 'none' })],
    ['with a signature by another key', () => ({ signing: 'stranger' })],
    ['with the client’s secret as the key', () => ({ signing: 'secret' })],
    ['with its public key as a secret', () => ({ signing: 'public' })],
    ['as another issuer', () => ({ claims: { iss: other.issuer } })],
    ['as an issuer that only looks like it', () => ({ claims: { iss: `${liar.issuer}/` } })],
    ['for another client', () => ({ claims: { aud: 'somebody-else' } })],
    ['for several clients, of whom another one asked', () => ({ claims: { aud: [CLIENT_ID, 'x'], azp: 'x' } })],
    ['without a nonce', () => ({ claims: { nonce: undefined } })],
    ['with another nonce', () => ({ claims: { nonce: 'another' } })],
    ['of an hour ago', () => ({ claims: { iat: past() - 60, exp: past() } })],
    ['of tomorrow', () => ({ claims: { nbf: Math.floor(Date.now() / 1000) + 86_400 } })],
    ['of nobody', () => ({ claims: { sub: '' } })],
    ['of somebody with a number as a name', () => ({ claims: { sub: 17 } })],
    ['of many', () => ({ claims: { sub: ['liar-1', 'liar-2'] } })],
    ['of somebody with a name without end', () => ({ claims: { sub: 'x'.repeat(256) } })],
    ['of somebody with NUL in the name', () => ({ claims: { sub: 'liar\0ada' } })],
    ['of somebody with half a character in the name', () => ({ claims: { sub: 'liar\ud800' } })],
    ['and says someone else at UserInfo', () => ({ claims: { sub: 'a' }, userInfo: { sub: 'b', email: VICTIM } })],
    ['that is no token', () => ({ tokenResponse: () => ({ body: '{"access_token":"a","token_type":"Bearer"}' }) })],
    ['that is a page', () => ({ tokenResponse: () => ({ type: 'text/html', body: '<script>alert(1)</script>' }) })],
    ['without end', () => ({ tokenResponse: () => ({ body: ' '.repeat(5_000_000) }) })],
    [
      'with an error',
      () => ({ tokenResponse: () => ({ status: 400, body: '{"error":"<script>alert(1)</script>"}' }) }),
    ],
  ];
  for (const [what, lie] of LIES) {
    it(`signs nobody in by an answer ${what}`, async () => {
      const before = await rows().accounts.list({ limit: 100 });
      const page = await arrive(lie());
      assert.ok(page.status === 400 || page.status === 503, `${page.status} ${page.heading}`);
      assert.match(page.heading, /^Sign in$/);
      assert.ok(!page.html.includes('<script>alert'));
      assert.deepEqual(await rows().accounts.list({ limit: 100 }), before);
    });
  }

  it('sends its answer as that of another login, which has asked for none', async () => {
    const page = await arrive({ claims: { sub: newSubject() } }, { back: 'other' });
    assert.match(page.heading, /^This took too long$/);
  });

  it('says that it is another issuer in the address (RFC 9207)', async () => {
    const page = await arrive({ claims: { sub: newSubject() } }, { query: { iss: other.issuer } });
    assert.match(page.heading, /^Sign in$/);
    assert.equal(page.status, 400);
  });

  // What it says of itself: no page of ours may run what it calls an address.
  for (const scheme of ['javascript:alert(1)//', 'data:text/html,x', 'vbscript:x'])
    it(`has its login at ${scheme}, and nobody is led there`, async () => {
      const lying = await LyingLogin.start(CLIENT_ID);
      lying.metadata = { authorization_endpoint: scheme };
      const upstreams = [
        { id: 'liar', name: 'liar', issuer: lying.issuer, client_id: CLIENT_ID, client_secret: 'x', coop: 'keeps' },
      ];
      const own = await startTestPlatform({ UPSTREAMS: JSON.stringify(upstreams) });
      try {
        const app = await own.createApp({ environment: 'production' });
        const { browser, first } = await openIn(own, app.clientId);
        const page = await browser.submit(first, '/upstream', { upstream: 'liar' });
        assert.ok(!page.html.includes(scheme.slice(0, 12)), page.heading);
        assert.ok(page.handed.every(({ relay }) => relay === undefined || /^https?:/.test(relay)));
        assert.match(page.heading, /^Sign in$/);
      } finally {
        await own.close();
        await lying.close();
      }
    });

  describe('about addresses', () => {
    it('does not get into the account that has one, nor adds itself to it (nOAuth)', async () => {
      const victim = await rows().accounts.create({ email: VICTIM, emailVerified: true });
      for (const email_verified of [true, 'true', false, undefined, 1]) {
        const page = await arrive({ claims: { sub: newSubject(), email: VICTIM, email_verified } });
        assert.ok(!page.html.includes('name="link"'));
        assert.deepEqual(await rows().identities.list(victim.id), []);
        const started = { subject: `account:${victim.id}`, act: 'session.started' as const };
        assert.deepEqual(await platform.storage.auditLog.list(started), []);
      }
    });

    it('is believed only where it says true, whatever else it calls true', async () => {
      for (const email_verified of ['yes', '1', 1, 'TRUE', [true], { true: true }, null]) {
        const email = `claim.${++seed}@example.com`;
        await arrive({ claims: { sub: newSubject(), email, email_verified } });
        assert.equal(await rows().accounts.findVerified(email), undefined, JSON.stringify(email_verified));
      }
    });

    it('has several, or what is none, and no account has it', async () => {
      for (const email of [
        [VICTIM, 'x@example.com'],
        { toString: 'x' },
        'a@b',
        `${VICTIM}\r\nBcc: x@example.com`,
        `<${VICTIM}>`,
        `x${VICTIM}, ${VICTIM}`,
      ]) {
        const sub = newSubject();
        const page = await arrive({ claims: { sub, email, email_verified: true } });
        assert.ok(page.status < 500, `${page.status}`);
        const identity = await rows().identities.use({ issuer: liar.issuer, subject: sub });
        const account = identity && (await rows().accounts.find(identity.accountId));
        assert.equal(account?.email, undefined, JSON.stringify(email));
        assert.ok(identity, JSON.stringify(email));
      }
    });
  });

  it('says markup and direction marks, and they are text', async () => {
    const name = '</title><script>alert(1)</script>';
    const page = await arrive({ claims: { sub: newSubject(), given_name: name, family_name: '\u202egpj.exe' } });
    assert.ok(!page.html.includes('<script>alert'));
    assert.ok(page.status < 500);
  });
});
