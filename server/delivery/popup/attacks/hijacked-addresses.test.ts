import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/server';
import { askForCode, openIn, postStep, typeCode } from '#testing/code-journey.ts';
import type { HttpBrowser, Page } from '#testing/http-journey.ts';
import { LyingLogin } from '#testing/lying-login.ts';
import { SoftwareAuthenticator } from '#testing/software-authenticator.ts';
import { startTestPlatform, type TestPlatform } from '#testing/test-platform.ts';
import { awayAddress } from '#testing/upstream-journey.ts';

const PASSWORD = 'an engine of difference';
const CLIENT_ID = 'platform';
const CONSENT = /^Share your details/;
let seed = 0;
const newEmail = () => `victim.${++seed}@example.com`;
const dataOf = (page: Page, name: string) => {
  const [, json = ''] = new RegExp(` data-passkey-${name}="([^"]*)"`).exec(page.html) ?? [];
  return JSON.parse(json.replaceAll('&quot;', '"').replaceAll('&amp;', '&'));
};

/** `trusted` is believed about addresses, `hostile` is not; the attacker says there what they like. */
describe('somebody who has claimed an address before its owner comes', () => {
  let platform: TestPlatform;
  let trusted: LyingLogin;
  let hostile: LyingLogin;
  let clientId: string;
  let strict: string;
  before(async () => {
    trusted = await LyingLogin.start(CLIENT_ID);
    hostile = await LyingLogin.start(CLIENT_ID);
    const entry = (id: string, { issuer }: LyingLogin, more = {}) => ({
      id,
      name: id,
      issuer,
      client_id: CLIENT_ID,
      client_secret: 'x'.repeat(32),
      coop: 'keeps',
      realms: ['production', 'sandbox'],
      ...more,
    });
    const upstreams = [entry('trusted', trusted, { trust_email: true }), entry('hostile', hostile)];
    platform = await startTestPlatform({ UPSTREAMS: JSON.stringify(upstreams) });
    ({ clientId } = await platform.createApp({ environment: 'production' }));
    ({ clientId: strict } = await platform.createApp({ environment: 'production', requireVerifiedEmail: true }));
  });
  after(async () => {
    await platform.close();
    await Promise.all([trusted.close(), hostile.close()]);
  });
  const rows = () => platform.storage.realm('production');

  async function through(
    login: LyingLogin,
    claims: Record<string, unknown>,
    { app = clientId, browser = platform.browser() } = {},
  ): Promise<{ browser: HttpBrowser; page: Page }> {
    const upstream = login === trusted ? 'trusted' : 'hostile';
    const { first } = await openIn(platform, app, browser);
    const away = awayAddress(await postStep(browser, first, 'upstream', { upstream }));
    login.nonce = away.searchParams.get('nonce') ?? '';
    login.lie = { claims };
    const query = new URLSearchParams({ code: 'code', state: away.searchParams.get('state') ?? '' });
    return { browser, page: await browser.follow(`/upstream/${upstream}/callback?${query}`, login.issuer) };
  }
  async function signUp(email: string, app = clientId) {
    const { browser, first } = await openIn(platform, app);
    const form = await browser.get(first.signUpAddress);
    return { browser, page: await browser.submit(form, '/sign-up', { email, password: PASSWORD, given_name: 'Eve' }) };
  }
  const signIn = async (email: string, values: Record<string, string> = {}) => {
    const { browser, first } = await openIn(platform, clientId);
    return { browser, page: await browser.submit(first, '/sign-in', { email, password: PASSWORD, ...values }) };
  };
  /** Everything that the attacker has at the claim when the owner comes. */
  async function prepare(email: string) {
    const signedIn = await signUp(email);
    assert.match(signedIn.page.heading, CONSENT);
    await signedIn.browser.submit(signedIn.page, '/consent');
    const offer = await signIn(email, { passkeys: '1' });
    const authenticator = new SoftwareAuthenticator(platform.url);
    const creation: PublicKeyCredentialCreationOptionsJSON = dataOf(offer.page, 'creation');
    await offer.browser.submit(offer.page, '/passkey-offer', { response: authenticator.create(creation) });
    const subject = `eve-${++seed}`;
    await through(hostile, { sub: subject, email, email_verified: true });
    const waiting = await openIn(platform, strict);
    const atGate = await waiting.browser.submit(waiting.first, '/sign-in', { email, password: PASSWORD });
    assert.match(atGate.heading, /^Check your email$/);
    return { signedIn, authenticator, subject, atGate: { browser: waiting.browser, page: atGate } };
  }
  /** Tries all of it. */
  async function assertNothingIsLeft(email: string, prepared: Awaited<ReturnType<typeof prepare>>): Promise<void> {
    const { signedIn, authenticator, subject, atGate } = prepared;
    const all = await rows().accounts.findByEmail(email);
    const owner = all.find(({ emailVerified }) => emailVerified);
    assert.ok(owner);
    assert.deepEqual(await rows().passkeys.list(owner.id), []);
    assert.notEqual(owner.givenName, 'Eve');
    const reopened = await openIn(platform, clientId, signedIn.browser);
    assert.match(reopened.first.heading, /^Sign in$/, 'the session is over');
    assert.match((await signIn(email)).page.html, /don’t match/);
    const { browser, first } = await openIn(platform, clientId);
    const request: PublicKeyCredentialRequestOptionsJSON = dataOf(first, 'request');
    const refused = await browser.submit(first, '/passkey', { response: authenticator.get(request) });
    assert.equal(refused.status, 400);
    const again = await through(hostile, { sub: subject, email, email_verified: true });
    if (CONSENT.test(again.page.heading)) {
      const { claims } = await again.browser.submit(again.page, '/consent');
      assert.equal(claims['email_verified'], false, 'they are somebody else, who claims it once more');
    }
    for (const step of ['code-again', 'code-check', 'consent', 'name']) {
      const answer = await postStep(atGate.browser, atGate.page, step, { code: '000000' });
      assert.equal(answer.delivery, undefined);
      assert.doesNotMatch(answer.heading, CONSENT);
    }
    const started = await platform.storage.auditLog.list({ subject: `account:${owner.id}`, act: 'session.started' });
    assert.equal(started.length, 1, 'by the owner alone');
  }

  it('has a password, a passkey, a session, another login and open windows there, of which a code leaves nothing', async () => {
    const email = newEmail();
    const prepared = await prepare(email);
    const { browser, first } = await openIn(platform, clientId);
    const name = await typeCode(platform, browser, await askForCode(browser, first, email));
    assert.match(name.heading, /^What’s your name\?$/, 'an account of their own');
    assert.match((await browser.submit(name, '/name')).heading, CONSENT);
    await assertNothingIsLeft(email, prepared);
  });

  it('has nothing left either after the owner came by a login that is believed about addresses', async () => {
    const email = newEmail();
    const prepared = await prepare(email);
    const { page } = await through(trusted, { sub: `owner-${++seed}`, email, email_verified: true });
    assert.match(page.heading, CONSENT);
    await assertNothingIsLeft(email, prepared);
  });

  it('signs up again and again while the owner types the code, and gets into no account of theirs', async () => {
    for (let turn = 0; turn < 3; turn += 1) {
      const email = newEmail();
      await signUp(email);
      const { browser, first } = await openIn(platform, clientId);
      const code = await askForCode(browser, first, email);
      const [name] = await Promise.all([
        typeCode(platform, browser, code),
        signUp(email),
        signUp(email),
        signIn(email),
      ]);
      assert.match(name.heading, /^What’s your name\?$/);
      const verified = await rows().accounts.findVerified(email);
      assert.equal(verified?.passwordHash, undefined);
      const later = await signIn(email);
      if (CONSENT.test(later.page.heading)) {
        const { claims } = await later.browser.submit(later.page, '/consent');
        assert.equal(claims['email_verified'], false);
      }
    }
  });

  it('comes by a login that is believed, at the moment at which the owner types the code', async () => {
    for (let turn = 0; turn < 4; turn += 1) {
      const email = newEmail();
      const { browser, first } = await openIn(platform, clientId);
      const code = await askForCode(browser, first, email);
      await Promise.all([
        typeCode(platform, browser, code),
        through(trusted, { sub: `both-${++seed}`, email, email_verified: true }),
      ]);
      const verified = (await rows().accounts.findByEmail(email)).filter(({ emailVerified }) => emailVerified);
      assert.equal(verified.length, 1, 'one account has the address');
    }
  });

  it('is asked to confirm the claim, and confirms an address of their own instead', async () => {
    const [own, theirs] = [newEmail(), newEmail()];
    const { browser, page } = await signUp(theirs, strict);
    assert.match(page.heading, /^Check your email$/);
    const code = await askForCode(browser, page, own, 'confirm');
    const next = await typeCode(platform, browser, code);
    assert.match(next.heading, /^What’s your name\?$/, 'another account, which has that address');
    assert.equal(await rows().accounts.findVerified(theirs), undefined);
    const consent = await browser.submit(next, '/name', { given_name: 'Eve' });
    const { claims } = await browser.submit(consent, '/consent');
    assert.deepEqual([claims['email'], claims['email_verified']], [own, true]);
  });

  describe('of nobody, by a login that tells none,', () => {
    const CONFIRM = /^Confirm your email address$/;
    const anonymous = () => through(hostile, { sub: `none-${++seed}` }, { app: strict });

    it('is asked for one where the app wants it confirmed, and has it by a code alone', async () => {
      const { browser, page } = await anonymous();
      assert.match(page.heading, CONFIRM);
      for (const step of ['consent', 'name', 'code-check', 'code-not-now', 'code-again']) {
        const answer = await postStep(browser, page, step, { given_name: 'Eve', code: '000000' });
        assert.equal(answer.delivery, undefined, step);
        assert.doesNotMatch(answer.heading, CONSENT, step);
      }
      for (const email of ['', 'ada@']) {
        const wrong = await askForCode(browser, page, email, 'confirm');
        assert.deepEqual([wrong.status, CONFIRM.test(wrong.heading)], [400, true]);
        assert.equal(wrong.form('/code').values['email'], email);
      }
      const email = newEmail();
      const code = await askForCode(browser, page, email, 'confirm');
      assert.match(code.heading, /^Check your email$/);
      const consent = await typeCode(platform, browser, code);
      assert.match(consent.heading, CONSENT);
      const { claims } = await browser.submit(consent, '/consent', { given_name: 'Eve' });
      assert.deepEqual([claims['email'], claims['email_verified']], [email, true]);
    });

    it('lands in the account that has the address, whose person they have proven to be', async () => {
      const owner = await rows().accounts.create({ email: newEmail(), emailVerified: true, givenName: 'Ada' });
      const { browser, page } = await anonymous();
      const consent = await typeCode(platform, browser, await askForCode(browser, page, owner.email ?? '', 'confirm'));
      assert.match(consent.html, /Ada/);
      assert.deepEqual(await rows().identities.list(owner.id), [], 'the login is not added to it');
    });

    it('is asked, too, when they are signed in already', async () => {
      const elsewhere = await through(hostile, { sub: `none-${++seed}` });
      await elsewhere.browser.submit(elsewhere.page, '/consent', { given_name: 'Eve' });
      const { first } = await openIn(platform, strict, elsewhere.browser);
      assert.equal(first.delivery, undefined);
      assert.doesNotMatch(first.heading, CONSENT);
    });
  });

  it('takes what began in one realm to the other, and it is nothing there', async () => {
    const sandbox = await platform.createApp();
    for (const [app, other, prefix] of [
      [clientId, '/sandbox', ''],
      [sandbox.clientId, '', '/sandbox'],
    ] as const) {
      const { browser, first } = await openIn(platform, app);
      await openIn(platform, app === clientId ? sandbox.clientId : clientId, browser);
      const code = await askForCode(browser, first, newEmail());
      const csrf = String(code.form('/code-check').values['csrf']);
      const uid = /interaction\/([\w-]+)/.exec(code.html)?.[1];
      for (const step of ['code-check', 'name', 'new-password', 'consent']) {
        const answer = await browser.post(`${other}/interaction/${uid}/${step}`, { csrf, code: '000000' });
        assert.equal(answer.status, 400);
        assert.match(answer.heading, /^This took too long$/);
      }
      const away = awayAddress(await postStep(browser, code, 'upstream', { upstream: 'hostile' }));
      assert.ok(away.searchParams.get('redirect_uri')?.includes(`${prefix}/upstream/hostile/callback`));
      hostile.nonce = away.searchParams.get('nonce') ?? '';
      hostile.lie = { claims: { sub: `realm-${++seed}` } };
      const query = new URLSearchParams({ code: 'code', state: away.searchParams.get('state') ?? '' });
      const page = await browser.follow(`${other}/upstream/hostile/callback?${query}`, hostile.issuer);
      assert.match(page.heading, /^This took too long$/);
    }
  });
});
