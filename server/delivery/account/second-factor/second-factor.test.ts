import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import type { PublicKeyCredentialRequestOptionsJSON } from '@simplewebauthn/server';
import { makeStale, PASSWORD, type Resident, resident } from '#portal/testing/resident.ts';
import type { HttpBrowser, Page } from '#testing/http-journey.ts';
import { mailedCode } from '#testing/mailed-code.ts';
import { appCode, givePasskey, giveSecondFactor, type TestApp } from '#testing/second-factor.ts';
import { startTestPlatform, type TestPlatform } from '#testing/test-platform.ts';
import { ADA, awayAddress, comeBack, signInThere, startUpstreamPlatform } from '#testing/upstream-journey.ts';

const ASKED = /^Enter the code from your app$/;
const textOf = ({ html }: Page) => html.replaceAll(/<[^>]*>/g, '').replaceAll(/\s+/g, ' ');

describe('a second factor, at the account pages', () => {
  let platform: TestPlatform;
  before(async () => {
    platform = await startTestPlatform({ TRUST_PROXY: 'loopback' });
  });
  after(() => platform.close());

  let people = 0;
  const browserOf = (at = platform): HttpBrowser => {
    const browser = at.browser();
    people += 1;
    browser.headers = { ...browser.headers, 'x-forwarded-for': `203.0.113.${people}` };
    return browser;
  };
  const someone = async (at = platform): Promise<Resident & { app: TestApp }> => {
    const person = await resident(at);
    return { ...person, app: await giveSecondFactor(at, person.account.id) };
  };
  const signIn = async (browser: HttpBrowser, email: string, target = '/account'): Promise<Page> => {
    const form = await browser.get(`/account/sign-in?${new URLSearchParams({ continue: target })}`);
    return browser.submit(form, '/sign-in', { email, password: PASSWORD });
  };
  const isSignedIn = async (browser: HttpBrowser) => (await browser.get('/account')).url.pathname === '/account';
  const mailsTo = async (email: string) => (await platform.storage.mails.list()).filter(({ to }) => to === email);
  const acts = async (id: string) =>
    (await platform.storage.auditLog.list({ subject: `account:${id}` })).map(({ act }) => act);

  it('is set up by a secret and a first code, and then asked for', async () => {
    const { account, email, browser } = await resident(platform);
    const security = await browser.get('/account/security');
    assert.match(security.html, /href="\/account\/security\/second-factor\/new"/);
    const intro = await browser.get('/account/security/second-factor/new');
    const page = await browser.submit(intro, '/begin');
    const secret = /<code translate="no"><bdi dir="ltr">([A-Z2-7 ]+)</.exec(page.html)?.[1] ?? '';
    assert.match(secret, /^([A-Z2-7]{4} ?){8}$/);
    assert.match(page.html, /<svg class="qr-code" role="img" aria-label="QR code/);
    assert.ok(
      (await browser.get('/account/security/second-factor/new')).html.includes(secret),
      'the same when reloaded',
    );

    const right = appCode(secret);
    const wrong = right.startsWith('1') ? `2${right.slice(1)}` : `1${right.slice(1)}`;
    assert.equal((await browser.submit(page, '/second-factor/new', { code: '12' })).status, 400);
    const refused = await browser.submit(page, '/second-factor/new', { code: wrong });
    assert.equal(refused.status, 400);
    assert.ok(!(await acts(account.id)).includes('second_factor.added'));
    const codes = await browser.submit(refused, '/second-factor/new', { code: right });
    const shown = [...codes.html.matchAll(/<li><code>([\w-]+)<\/code>/g)].map(([, code]) => code);
    assert.equal(shown.length, 10);
    assert.match(codes.html, /download="recovery-codes.txt"/);
    assert.ok((await acts(account.id)).includes('second_factor.added'));
    assert.match((await mailsTo(email)).at(0)?.subject ?? '', /./);
    const card = textOf(await browser.get('/account/security'));
    assert.match(card, /Authenticator app, since/);
    assert.match(card, /10 recovery codes left/);

    const elsewhere = browserOf();
    const asked = await signIn(elsewhere, email);
    assert.match(asked.heading, ASKED);
    assert.equal(await isSignedIn(elsewhere), false);
    const recovery = await elsewhere.get(/href="([^"]*\?way=recovery)"/.exec(asked.html)?.[1] ?? '');
    const home = await elsewhere.submit(recovery, '/second-factor', { recovery_code: shown[0] ?? '' });
    assert.equal(home.url.pathname, '/account');
    assert.match(textOf(await elsewhere.get('/account/security')), /9 recovery codes left/);
  });

  it('comes before everything else, whichever way somebody came, and is not gone around', async () => {
    const { account, email, app } = await someone();
    const { accounts } = platform.storage.realm('production');
    await accounts.wantNewPassword(account.id, (await accounts.find(account.id))?.passwordHash ?? '');
    const thief = browserOf();
    const asked = await signIn(thief, email);
    assert.match(asked.heading, ASKED);
    const { action, values } = asked.form('/second-factor');
    const at = action.replace(/\/second-factor$/, '');
    for (const step of ['breached-password', 'new-password', 'name', 'code-check', 'code-again'])
      assert.match(
        (await thief.post(`${at}/${step}`, { ...values, password: 'of a thief', code: '000000' })).heading,
        ASKED,
      );
    assert.equal((await accounts.find(account.id))?.newPasswordDueAt !== undefined, true);
    assert.equal((await thief.submit(asked, '/second-factor', { code: '000000' })).status, 400);
    assert.equal(await isSignedIn(thief), false);

    const mailbox = browserOf();
    const { values: form } = (await mailbox.get('/account/forgot-password')).form('/forgot-password');
    const code = await mailbox.post('/account/sign-in/code', { ...form, email, way: 'forgot' });
    const gate = await mailbox.submit(code, '/code-check', { code: await mailedCode(platform, code) });
    assert.match(gate.heading, ASKED, 'whoever reads the mail has one factor');
    const { action: there } = gate.form('/second-factor');
    await mailbox.post(there.replace('second-factor', 'new-password'), { ...values, password: 'a loom of many cards' });
    assert.equal(await isSignedIn(mailbox), false);
    const choose = await mailbox.submit(gate, '/second-factor', { code: await app.code() });
    assert.match(choose.heading, /^Choose a new password$/);
  });

  it('takes each code once, and a recovery code once', async () => {
    const { account, email, app } = await someone();
    const [one, two] = [browserOf(), browserOf()];
    const [first, second] = [await signIn(one, email), await signIn(two, email)];
    const code = await app.code();
    assert.equal((await one.submit(first, '/second-factor', { code })).url.pathname, '/account');
    assert.match((await two.submit(second, '/second-factor', { code })).html, /already used/);
    const [recovery = ''] = app.recoveryCodes;
    assert.equal((await two.submit(second, '/second-factor', { recovery_code: recovery })).url.pathname, '/account');
    const three = browserOf();
    const third = await signIn(three, email);
    const refused = await three.submit(third, '/second-factor', { recovery_code: recovery });
    assert.equal(refused.status, 400);
    assert.match(refused.heading, /^Enter a recovery code$/);
    assert.ok((await acts(account.id)).includes('second_factor.recovery_code_used'));
  });

  it('is a passkey, too, which is asked for nothing when it signs in', async () => {
    const { account, email } = await someone();
    const key = await givePasskey(platform, account);
    const requestOf = (page: Page, action: string) => {
      const options = /action="([^"]*)" data-passkey-request="([^"]*)"/.exec(page.html) ?? [];
      assert.ok(options[1]?.endsWith(action));
      return JSON.parse(options[2]?.replaceAll('&quot;', '"') ?? '') as PublicKeyCredentialRequestOptionsJSON;
    };
    const browser = browserOf();
    const form = await browser.get('/account/sign-in');
    const response = key.get(requestOf(form, '/sign-in/passkey'));
    assert.equal((await browser.submit(form, '/sign-in/passkey', { response })).url.pathname, '/account');

    const other = browserOf();
    const asked = await signIn(other, email);
    const instead = key.get(requestOf(asked, '/second-factor-passkey'));
    assert.equal((await other.submit(asked, '/second-factor-passkey', { response: instead })).url.pathname, '/account');

    const thief = browserOf();
    const stolen = await signIn(thief, email);
    const own = await givePasskey(platform, (await resident(platform)).account);
    const wrong = own.get(requestOf(stolen, '/second-factor-passkey'));
    assert.equal((await thief.submit(stolen, '/second-factor-passkey', { response: wrong })).status, 400);
    assert.equal(await isSignedIn(thief), false);
  });

  it('is not asked for again where its owner says so, but for what needs a recent sign-in', async () => {
    const { account, email, app } = await someone();
    const browser = browserOf();
    const asked = await signIn(browser, email);
    await browser.submit(asked, '/second-factor', { code: await app.code(), trust: 'yes' });
    assert.equal((await browser.get('/account/security/password')).url.pathname, '/account/security/password');
    await browser.submit(await browser.get('/account'), '/sign-out');
    assert.equal((await signIn(browser, email)).url.pathname, '/account', 'trusted');

    const confirm = await browser.get('/account/security/password');
    assert.equal(confirm.url.pathname, '/account/confirm');
    const gate = await browser.submit(confirm, '/confirm');
    assert.match(gate.heading, ASKED, 'the password was given a moment ago');
    assert.equal((await browser.get('/account/security/second-factor/remove')).url.pathname, '/account/confirm');
    const page = await browser.submit(gate, '/second-factor', { code: await app.code() });
    assert.equal(page.url.pathname, '/account/security/password');

    await makeStale(platform, account.id);
    const later = await browser.get('/account/data/deletion/confirm');
    assert.equal(later.url.pathname, '/account/confirm');
    assert.equal((await browser.submit(later, '/confirm', { password: '' })).status, 400, 'no password, not recent');
    assert.match((await browser.submit(later, '/confirm', { password: PASSWORD })).heading, ASKED);
    assert.match((await signIn(browserOf(), email)).heading, ASKED, 'other browsers are asked');
  });

  it('is added to a session that is still there, and makes its sign-in no newer', async () => {
    const { account, email, app } = await someone();
    const browser = browserOf();
    await browser.submit(await signIn(browser, email), '/second-factor', { code: await app.code(), trust: 'yes' });
    await browser.submit(await browser.get('/account'), '/sign-out');
    await signIn(browser, email);
    const sessionRow = async () => {
      const { sessions } = await platform.storage.realm('production').sessions.list(account.id);
      const record = await platform.storage
        .realm('production')
        .oidcRecords.findByUid('Session', sessions[0]?.uid ?? '');
      return { uid: sessions[0]?.uid ?? '', loginTs: record?.payload['loginTs'] };
    };
    const gate = await browser.submit(await browser.get('/account/security/password'), '/confirm');
    const before = await sessionRow();
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    await browser.submit(gate, '/second-factor', { code: await app.code() });
    assert.equal((await sessionRow()).loginTs, before.loginTs);

    await browser.submit(await browser.get('/account'), '/sign-out');
    await signIn(browser, email);
    const asked = await browser.submit(await browser.get('/account/security/password'), '/confirm');
    await platform.storage.realm('production').sessions.end(account.id, (await sessionRow()).uid);
    const again = await browser.get(asked.url.href);
    assert.match(again.heading, ASKED);
    const page = await browser.submit(again, '/second-factor', { code: await app.code() });
    assert.equal(page.url.pathname, '/account/sign-in', 'the password of a session that has ended is nothing');
  });

  it('changes nothing that matters by a mailed code alone, in a trusted browser', async () => {
    const { account, email, app } = await someone();
    const browser = browserOf();
    await browser.submit(await signIn(browser, email), '/second-factor', { code: await app.code(), trust: 'yes' });
    await makeStale(platform, account.id);
    const confirm = await browser.get('/account/security/password');
    const code = await browser.submit(confirm, '/sign-in/code', { way: 'confirm' });
    const gate = await browser.submit(code, '/code-check', { code: await mailedCode(platform, code) });
    assert.match(gate.heading, ASKED);
    assert.equal((await browser.get('/account/security/password')).url.pathname, '/account/confirm');
    const page = await browser.submit(gate, '/second-factor', { code: await app.code() });
    assert.equal(page.url.pathname, '/account/security/password');
  });

  it('is turned off, and its recovery codes replaced, by whoever has just given it', async () => {
    const { account, email, app } = await someone();
    const browser = browserOf();
    await browser.submit(await signIn(browser, email), '/second-factor', { code: await app.code() });
    const question = await browser.get('/account/security/second-factor/codes');
    const fresh = await browser.submit(question, '/second-factor/codes');
    const [, code = ''] = /<li><code>([\w-]+)<\/code>/.exec(fresh.html) ?? [];
    assert.ok(code !== '' && !app.recoveryCodes.includes(code));
    const other = browserOf();
    const asked = await signIn(other, email);
    assert.equal(
      (await other.submit(asked, '/second-factor', { recovery_code: app.recoveryCodes[1] ?? '' })).status,
      400,
    );
    assert.equal((await other.submit(asked, '/second-factor', { recovery_code: code })).url.pathname, '/account');

    const remove = await browser.get('/account/security/second-factor/remove');
    assert.match((await browser.submit(remove, '/second-factor/remove')).html, /turned off/);
    assert.ok((await acts(account.id)).includes('second_factor.removed'));
    assert.equal((await signIn(browserOf(), email)).url.pathname, '/account');
    assert.equal((await browser.get('/account/security/second-factor/remove')).status, 404);
  });

  it('lists the browsers that the account knows, each to be forgotten with its sessions and its trust', async () => {
    const { email, app } = await someone();
    const phone = browserOf();
    phone.headers['user-agent'] = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';
    await phone.submit(await signIn(phone, email), '/second-factor', { code: await app.code(), trust: 'yes' });
    const own = browserOf();
    await own.submit(await signIn(own, email), '/second-factor', { code: await app.code() });
    const page = await own.get('/account/sessions');
    assert.match(textOf(page), /Firefox on Linux First sign-in: .*No code is asked for here until/);
    const [, path = ''] =
      /Firefox<\/bdi>[\s\S]*?action="([^"]*\/browsers\/[\w-]+\/forget)"/.exec(
        page.html.slice(page.html.indexOf('id="browsers"')),
      ) ?? [];
    const stranger = await resident(platform);
    const csrf = String((await stranger.browser.get('/account/sessions')).form('/sign-out').values['csrf']);
    assert.equal((await stranger.browser.post(path, { csrf })).status, 404, 'one’s own alone');
    assert.equal(await isSignedIn(phone), true);
    assert.match((await own.submit(page, path.replace('/account', ''))).html, /forgotten, and signed out/);
    assert.equal(await isSignedIn(phone), false);
    assert.equal(await isSignedIn(own), true);
    assert.match((await signIn(phone, email)).heading, ASKED, 'it is not trusted any more');
  });

  it('is always asked for where the operator wants that, and cannot be set up without a key for its secret', async () => {
    const own = await startTestPlatform({ SECOND_FACTOR: 'always' });
    try {
      const { email, app } = await someone(own);
      const browser = browserOf(own);
      const asked = await signIn(browser, email);
      assert.doesNotMatch(asked.html, /name="trust"/);
      await browser.submit(asked, '/second-factor', { code: await app.code(), trust: 'yes' });
      await browser.submit(await browser.get('/account'), '/sign-out');
      assert.match((await signIn(browser, email)).heading, ASKED);
    } finally {
      await own.close();
    }
  });
});

it('a second factor is asked for after another login, too, and then nothing is asked twice', async () => {
  const platform = await startUpstreamPlatform();
  try {
    platform.acme.auto = platform.other.auto = ADA.sub;
    const come = async (browser: HttpBrowser, path: string) => {
      const away = await browser.submit(await browser.get(path), '/sign-in/upstream', { upstream: 'acme' });
      return comeBack(browser, await signInThere(awayAddress(away)), platform.acme);
    };
    await come(platform.browser(), '/account/sign-in');
    const { issuer } = platform.acme;
    const { accountId = '' } =
      (await platform.storage.realm('production').identities.use({ issuer, subject: ADA.sub })) ?? {};
    const app = await giveSecondFactor(platform, accountId);
    const browser = platform.browser();
    const asked = await come(browser, '/account/sign-in?continue=/account/security/password');
    assert.match(asked.heading, ASKED);
    const page = await browser.submit(asked, '/second-factor', { code: await app.code(), trust: 'yes' });
    assert.equal(page.url.pathname, '/account/security/password');
    await makeStale(platform, accountId);
    // As long ago, and not swept away.
    const given = platform.database.db.updateTable('oidc_records').where('model', '=', 'SecondFactorGiven');
    await given.set({ expires_at: Date.now() - 1 }).execute();
    assert.equal((await browser.get('/account/security/password')).url.pathname, '/account/confirm');
    // Sign-ins are told apart by their second.
    await delay(1_000);
    const again = await come(browser, '/account/security/password');
    assert.match(again.heading, ASKED);
    const later = await browser.submit(again, '/second-factor', { code: await app.code() });
    assert.equal(later.url.pathname, '/account/security/password', 'given once more, it counts');
    // A sign-in of the same session without it, such as in a popup where the browser is trusted.
    const { db } = platform.database;
    const session = await db.selectFrom('oidc_records').selectAll().where('model', '=', 'Session').execute();
    for (const { id_hash, payload } of session) {
      const anew = JSON.stringify({ ...JSON.parse(payload), loginTs: Math.floor(Date.now() / 1000) + 1 });
      await db.updateTable('oidc_records').set({ payload: anew }).where('id_hash', '=', id_hash).execute();
    }
    assert.equal((await browser.get('/account/security/password')).url.pathname, '/account/confirm');
  } finally {
    await platform.close();
  }
});
