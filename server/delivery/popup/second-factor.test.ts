import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import type { PublicKeyCredentialRequestOptionsJSON } from '@simplewebauthn/server';
import { hashPassword } from '../../domain/accounts/passwords.ts';
import type { Account, NewAccount } from '../../storage/accounts.ts';
import type { FormValues, HttpBrowser, Page } from '../../testing/http-journey.ts';
import { mailedCode } from '../../testing/mailed-code.ts';
import { givePasskey, giveSecondFactor, type TestApp } from '../../testing/second-factor.ts';
import { SHOP_ORIGIN, startTestPlatform, type TestPlatform } from '../../testing/test-platform.ts';
import { GATES } from './gates/gates.ts';
import { GATE_NAMES } from './held-sign-in.ts';

const PASSWORD = 'a difference of engines';
const GATE = 'Enter the code from your app';
const RECOVERY = 'Enter a recovery code';
const CONSENT = /^Share your details with/;
const DAY_MS = 24 * 60 * 60 * 1000;
const MFA = 'https://refeds.org/profile/mfa';

interface Person extends Account {
  email: string;
  app: TestApp;
}

describe('a second factor in the popup', () => {
  let platform: TestPlatform;
  let strict: TestPlatform;
  let clientId: string;
  let strictClientId: string;
  let passwordHash: string;
  before(async () => {
    [platform, strict] = await Promise.all([startTestPlatform(), startTestPlatform({ SECOND_FACTOR: 'always' })]);
    ({ clientId } = await platform.createApp({ environment: 'production' }));
    ({ clientId: strictClientId } = await strict.createApp({ environment: 'production' }));
    passwordHash = await hashPassword(PASSWORD);
  });
  after(() => Promise.all([platform.close(), strict.close()]));

  const rows = (at = platform) => at.storage.realm('production');
  const open = (browser: HttpBrowser, more: Record<string, string> = {}): Promise<Page> =>
    browser.openPopup({
      client_id: clientId,
      origin: SHOP_ORIGIN,
      state: 's',
      nonce: 'n',
      ...more,
    });
  const newAccount = async (known: NewAccount = {}, at = platform): Promise<Account & { email: string }> => {
    const email = `ada.${randomUUID()}@example.com`;
    const name = { givenName: 'Ada', familyName: 'Byron' };
    const made = await rows(at).accounts.create({ email, emailVerified: true, ...name, passwordHash, ...known });
    return { ...made, email };
  };
  const newPerson = async (known: NewAccount = {}, at = platform): Promise<Person> => {
    const account = await newAccount(known, at);
    return { ...account, app: await giveSecondFactor(at, account.id) };
  };
  async function signIn({ email }: { email: string }, browser = platform.browser(), more: Record<string, string> = {}) {
    return {
      browser,
      page: await browser.submit(await open(browser), '/sign-in', { email, password: PASSWORD, ...more }),
    };
  }
  const type = (browser: HttpBrowser, page: Page, values: FormValues) => browser.submit(page, '/second-factor', values);
  const sessionsOf = async ({ id }: Account, at = platform) => (await rows(at).sessions.list(id)).total;
  const mailsTo = async ({ email }: { email: string }, at = platform) =>
    (await at.storage.mails.list()).filter(({ to }) => to === email).map(({ subject }) => subject);
  const noteUrl = (page: Page) => page.url.pathname.replace(/\/(sign-in|second-factor|recovery-code)$/, '');

  it('is asked for after the password, on each reload, before anything is shown or anybody is signed in', async () => {
    const person = await newPerson();
    const { browser, page } = await signIn(person);
    assert.equal(page.heading, GATE);
    assert.equal((await browser.get(page.url.pathname)).heading, GATE);
    assert.doesNotMatch(page.html, /Byron/);
    assert.equal(await sessionsOf(person), 0);
    const next = await type(browser, page, { code: await person.app.code() });
    assert.match(next.heading, CONSENT);
    assert.equal((await browser.submit(next, '/consent')).claims['email'], person.email);
    assert.equal(await sessionsOf(person), 1);
    assert.match((await signIn(await newAccount())).page.heading, CONSENT, 'nobody else is asked');
  });

  it('is the first gate, and the gates come in their order', () => {
    assert.deepEqual(
      GATES.map(({ name }) => name),
      [...GATE_NAMES],
    );
    assert.equal(GATES[0]?.name, 'second_factor');
  });

  for (const [what, code, message] of [
    ['a wrong code', '000000', /This isn’t the code/],
    ['too short a one', '12345', /The code has 6 digits/],
    ['letters', 'abcdef', /The code has 6 digits/],
    ['none', '', /The code has 6 digits/],
  ] as const)
    it(`is not there with ${what}`, async () => {
      const person = await newPerson();
      const { browser, page } = await signIn(person);
      const refused = await type(browser, page, { code });
      assert.equal(refused.status, 400);
      assert.match(refused.html, message);
      assert.equal(await sessionsOf(person), 0);
      assert.match((await type(browser, refused, { code: await person.app.code() })).heading, CONSENT);
    });

  it('may be of a clock that is 30 seconds off, and no more', async () => {
    for (const [steps, goesOn] of [
      [-1, true],
      [1, true],
      [-3, false],
      [3, false],
    ] as const) {
      const person = await newPerson();
      const { browser, page } = await signIn(person);
      const next = await type(browser, page, { code: person.app.codeAt(steps) });
      assert.equal(CONSENT.test(next.heading), goesOn, String(steps));
    }
  });

  it('is one code once, in whatever browser, and however many send it at the same moment', async () => {
    const person = await newPerson();
    const [first, second, third] = await Promise.all([signIn(person), signIn(person), signIn(person)]);
    const code = await person.app.code();
    const pages = await Promise.all([first, second, third].map(({ browser, page }) => type(browser, page, { code })));
    assert.equal(pages.filter(({ heading }) => CONSENT.test(heading)).length, 1);
    for (const page of pages.filter(({ heading }) => !CONSENT.test(heading)))
      assert.match(page.html, /This code was already used/);
    const { browser, page } = await signIn(person);
    assert.match((await type(browser, page, { code: person.app.codeAt(-1) })).html, /already used/, 'nor an older one');
  });

  it('is the account’s own: neither codes nor recovery codes of another one do', async () => {
    const [person, thief] = [await newPerson(), await newPerson()];
    const { browser, page } = await signIn(person);
    assert.match((await type(browser, page, { code: await thief.app.code() })).html, /This isn’t the code/);
    const recovery = await browser.get(`${noteUrl(page)}/recovery-code`);
    const [theirs = ''] = thief.app.recoveryCodes;
    assert.match((await type(browser, recovery, { recovery_code: theirs })).html, /isn’t one of your unused/);
    assert.equal(await rows().recoveryCodes.count(thief.id), 10);
    assert.equal(await sessionsOf(person), 0);
  });

  for (const [way, next] of [
    ['sign_up', CONSENT],
    ['forgot', /^Choose a new password$/],
  ] as const)
    it(`is asked for after a code by mail, too (${way}), and nothing is changed before it`, async () => {
      const person = await newPerson();
      const browser = platform.browser();
      const { action, values } = (await open(browser)).form('/sign-in');
      const asked = await browser.post(action.replace(/sign-in$/, 'code'), { ...values, email: person.email, way });
      const page = await browser.submit(asked, '/code-check', { code: await mailedCode(platform, asked) });
      assert.equal(page.heading, GATE);
      const { passwordHash: before } = (await rows().accounts.find(person.id)) ?? {};
      const target = action.replace(/sign-in$/, 'new-password');
      const past = await browser.post(target, {
        ...page.form('/second-factor').values,
        password: 'another difference',
      });
      assert.equal(past.heading, GATE);
      assert.equal((await rows().accounts.find(person.id))?.passwordHash, before);
      assert.equal(await sessionsOf(person), 0);
      assert.match((await type(browser, page, { code: await person.app.code() })).heading, next);
    });

  it('cannot be passed by the form of another page, or by going elsewhere in the popup', async () => {
    const person = await newPerson();
    const { browser, page } = await signIn(person);
    const action = page.form('/second-factor').action.replace(/\/second-factor$/, '');
    for (const path of [
      'link-identity',
      'breached-password',
      'new-password',
      'name',
      'passkey-offer',
      'code-not-now',
      'consent',
      'continue',
      'device',
      'second-factor-passkey',
    ]) {
      const { values } = page.form('/second-factor');
      const next = await browser.post(`${action}/${path}`, {
        ...values,
        link: 'yes',
        later: 'yes',
        share: 'email',
        agree: 'yes',
      });
      assert.ok(!next.delivery && !CONSENT.test(next.heading), path);
      assert.equal(await sessionsOf(person), 0, path);
    }
    assert.equal((await open(browser)).heading, 'Sign in', 'a new popup begins anew');
    assert.match((await type(browser, page, { code: await person.app.code() })).heading, CONSENT);
  });

  it('is nobody’s but of the browser that gave the first factor', async () => {
    const person = await newPerson();
    const { page } = await signIn(person);
    const thief = platform.browser();
    const other = (await open(thief)).form('/sign-in');
    const target = other.action.replace('/sign-in', '/second-factor');
    const answer = await thief.post(target, { ...other.values, code: await person.app.code() });
    assert.equal(answer.heading, 'Sign in');
    assert.notEqual((await thief.get(page.url.pathname)).status, 200);
    assert.equal(await sessionsOf(person), 0);
  });

  it('cannot be given when the account is blocked meanwhile, and need not when it was removed', async () => {
    const blocked = await newPerson();
    const first = await signIn(blocked);
    await rows().accounts.setBlocked(blocked.id, true);
    assert.equal((await type(first.browser, first.page, { code: await blocked.app.code() })).heading, 'Sign in');
    const removed = await newPerson();
    const second = await signIn(removed);
    await rows().authenticators.remove(removed.id);
    assert.match((await type(second.browser, second.page, { code: '123456' })).heading, CONSENT);
  });

  describe('recovery codes', () => {
    const recover = async (person: Person, recoveryCode: string) => {
      const { browser, page } = await signIn(person);
      const link = /href="([^"]*\/recovery-code)"/.exec(page.html)?.[1] ?? '';
      const asked = await browser.get(link);
      assert.equal(asked.heading, RECOVERY);
      return type(browser, asked, { recovery_code: recoveryCode });
    };

    it('stand in for the app once each, however they are typed, and their owner is told', async () => {
      const person = await newPerson();
      const [first = '', second = ''] = person.app.recoveryCodes;
      assert.match((await recover(person, ` ${first.toLowerCase().replaceAll('-', ' ')} `)).heading, CONSENT);
      assert.match((await recover(person, first)).html, /isn’t one of your unused recovery codes/);
      assert.match((await recover(person, second)).heading, CONSENT);
      assert.match((await recover(person, 'ABCD')).html, /has 16 letters and digits/);
      assert.equal((await mailsTo(person)).filter((subject) => /recovery code was used/.test(subject)).length, 2);
      const subject = `account:${person.id}`;
      const acts = await platform.storage.auditLog.list({ subject, act: 'second_factor.recovery_code_used' });
      assert.deepEqual(
        acts.map(({ detail }) => detail?.['left']),
        [9, 8],
      );
    });

    it('are used once by however many at the same moment', async () => {
      const person = await newPerson();
      const [code = ''] = person.app.recoveryCodes;
      const pages = await Promise.all([1, 2, 3].map(() => recover(person, code)));
      assert.equal(pages.filter(({ heading }) => CONSENT.test(heading)).length, 1);
    });
  });

  describe('guessing', () => {
    async function guess(person: Person, times: number, at?: HttpBrowser): Promise<Page[]> {
      const { browser, page } = await signIn(person, at);
      return Promise.all(
        Array.from({ length: times }, (_, index) => type(browser, page, { code: String(100_000 + index) })),
      );
    }

    it('ends after ten codes of an account, at once or from many browsers, but not for recovery codes', async () => {
      const person = await newPerson();
      const pages = [...(await guess(person, 6)), ...(await guess(person, 8))];
      assert.equal(pages.filter(({ status }) => status === 429).length, 4);
      const { browser, page } = await signIn(person);
      const right = await type(browser, page, { code: await person.app.code() });
      assert.equal(right.status, 429, 'a right code is not compared either');
      assert.ok(Number(right.headers.get('retry-after')) > 0);
      assert.equal((await mailsTo(person)).filter((subject) => /trying codes/.test(subject)).length, 1);
      const recovery = await browser.get(`${noteUrl(page)}/recovery-code`);
      const [code = ''] = person.app.recoveryCodes;
      assert.match((await type(browser, recovery, { recovery_code: code })).heading, CONSENT);
    });

    it('uses up nothing of a browser that the account knows', async () => {
      const person = await newPerson();
      const own = await signIn(person);
      await type(own.browser, own.page, { code: await person.app.code() });
      await guess(person, 11);
      own.browser.forgetSession();
      const again = await signIn(person, own.browser);
      assert.equal(again.page.heading, GATE);
      assert.match((await type(again.browser, again.page, { code: await person.app.code() })).heading, CONSENT);
    });

    it('gets no more by choosing a new password, which makes the browser a known one for passwords', async () => {
      const person = await newPerson();
      await guess(person, 10);
      const browser = platform.browser();
      const code = await rows().emailCodes.create(person.id, person.email, 60, 'reset_password');
      const reset = await browser.get(`/account/reset-password?code=${code}`);
      const password = 'yet another difference';
      assert.equal((await browser.submit(reset, '/reset-password', { password })).status, 200);
      const page = await browser.submit(await open(browser), '/sign-in', { email: person.email, password });
      assert.equal((await type(browser, page, { code: '123456' })).status, 429);
    });
  });

  describe('a browser that is trusted', () => {
    const trusted = async (person: Person, browser = platform.browser()) => {
      const { page } = await signIn(person, browser);
      await type(browser, page, { code: await person.app.code(), trust: 'yes' });
      browser.forgetSession();
      return browser;
    };

    it('is not asked again, and every other one is', async () => {
      const person = await newPerson();
      const browser = await trusted(person);
      assert.match((await signIn(person, browser)).page.heading, CONSENT);
      assert.equal((await signIn(person)).page.heading, GATE);
    });

    it('is trusted only if its person says so', async () => {
      const person = await newPerson();
      const { browser, page } = await signIn(person);
      await type(browser, page, { code: await person.app.code() });
      browser.forgetSession();
      assert.equal((await signIn(person, browser)).page.heading, GATE);
    });

    it('is one account’s alone', async () => {
      const [person, other] = [await newPerson(), await newPerson()];
      assert.equal((await signIn(other, await trusted(person))).page.heading, GATE);
    });

    it('is trusted for 30 days, until it is forgotten, or there is a new password', async () => {
      const person = await newPerson();
      const browser = await trusted(person);
      const [known] = await rows().knownBrowsers.list(person.id);
      assert.ok(Math.abs((known?.trustedUntil?.getTime() ?? 0) - Date.now() - 30 * DAY_MS) < DAY_MS);
      const expire = platform.database.db.updateTable('known_browsers').where('account_id', '=', person.id);
      await expire.set({ trusted_until: Date.now() - 1 }).execute();
      assert.equal((await signIn(person, browser)).page.heading, GATE);

      const second = await newPerson();
      const forgotten = await trusted(second);
      await rows().knownBrowsers.forget(second.id, (await rows().knownBrowsers.list(second.id))[0]?.id ?? '');
      assert.equal((await signIn(second, forgotten)).page.heading, GATE);

      const third = await newPerson();
      const stale = await trusted(third);
      const password = 'another difference of engines';
      await rows().accounts.setPasswordHash(third.id, await hashPassword(password));
      assert.equal((await signIn(third, stale, { password })).page.heading, GATE);
    });

    it('is asked where the operator wants it always, and cannot be trusted there', async () => {
      const person = await newPerson({}, strict);
      const browser = strict.browser();
      const signInThere = async () =>
        browser.submit(await open(browser, { client_id: strictClientId }), '/sign-in', {
          email: person.email,
          password: PASSWORD,
        });
      const page = await signInThere();
      assert.doesNotMatch(page.html, /name="trust"/);
      await type(browser, page, { code: await person.app.code(), trust: 'yes' });
      browser.forgetSession();
      assert.equal((await signInThere()).heading, GATE);
      const [known] = await rows(strict).knownBrowsers.list(person.id);
      assert.equal(known?.trustedUntil, undefined);
      // Of a time when the operator wanted it otherwise.
      const trustedUntil = new Date(Date.now() + DAY_MS);
      await strict.database.db.updateTable('known_browsers').set({ trusted_until: trustedUntil.getTime() }).execute();
      assert.equal((await signInThere()).heading, GATE);
    });

    it('is asked by an app that wants two factors', async () => {
      const person = await newPerson();
      const browser = await trusted(person);
      const url = authorizeUrl({ acr_values: MFA });
      const page = await browser.submit(await browser.get(url), '/sign-in', {
        email: person.email,
        password: PASSWORD,
      });
      assert.equal(page.heading, GATE);
    });
  });

  const authorizeUrl = (more: Record<string, string>) =>
    `/authorize?${new URLSearchParams({
      client_id: clientId,
      redirect_uri: SHOP_ORIGIN,
      response_type: 'id_token',
      response_mode: 'web_message',
      scope: 'openid email',
      state: 's',
      nonce: 'n',
      ...more,
    })}`;

  describe('what an app asks for by acr', () => {
    const essential = { claims: JSON.stringify({ id_token: { acr: { essential: true, value: MFA } } }) };
    const voluntary = { acr_values: MFA };
    /** Signed in by a password alone, before there was a second factor, and has agreed. */
    async function signedIn() {
      const account = await newAccount();
      const browser = platform.browser();
      const page = await browser.submit(await ask(browser, {}), '/sign-in', {
        email: account.email,
        password: PASSWORD,
      });
      assert.ok((await browser.submit(page, '/consent')).claims['email']);
      return { browser, account };
    }
    const ask = (browser: HttpBrowser, more: Record<string, string>) => browser.follow(authorizeUrl(more), SHOP_ORIGIN);
    const authTime = {
      ...essential,
      claims: JSON.stringify({ id_token: { acr: { essential: true, value: MFA }, auth_time: null } }),
    };

    it('is the second factor alone of whoever is signed in by a password, and makes their sign-in no newer', async () => {
      const { browser, account } = await signedIn();
      const app = await giveSecondFactor(platform, account.id);
      await movedBack(account);
      for (const more of [authTime, voluntary]) assert.equal((await ask(browser, more)).heading, GATE);
      const page = await ask(browser, authTime);
      const wrong = await type(browser, page, { code: '000000' });
      assert.equal(wrong.status, 400);
      const done = await type(browser, wrong, { code: await app.code() });
      assert.equal(done.claims['acr'], MFA);
      assert.ok(Date.now() / 1000 - Number(done.claims['auth_time']) > 3_000, 'auth_time is that of the password');
      assert.equal((await ask(browser, essential)).claims['acr'], MFA, 'the session keeps it');
      assert.equal((await ask(browser, { acr_values: `phr ${MFA}` })).claims['acr'], MFA);
      assert.equal((await ask(browser, {})).claims['acr'], undefined, 'who does not ask is not told');
      assert.equal(await sessionsOf(account), 1);
    });

    it('is not given to who has signed out meanwhile', async () => {
      const { browser, account } = await signedIn();
      const app = await giveSecondFactor(platform, account.id);
      const page = await ask(browser, essential);
      assert.equal(page.heading, GATE);
      await rows().sessions.endAll(account.id);
      assert.notEqual((await type(browser, page, { code: await app.code() })).heading, GATE);
      assert.equal(await sessionsOf(account), 0);

      const again = await signedIn();
      const itsApp = await giveSecondFactor(platform, again.account.id);
      const second = await ask(again.browser, essential);
      again.browser.forgetSession();
      const next = await type(again.browser, second, { code: await itsApp.code() });
      assert.equal(next.heading, 'Sign in');
      assert.equal(next.delivery, undefined);
    });

    it('is asked from the beginning when the app wants a new sign-in, too', async () => {
      const { browser, account } = await signedIn();
      await giveSecondFactor(platform, account.id);
      assert.equal((await ask(browser, { ...essential, prompt: 'login' })).heading, 'Sign in');
      assert.equal((await ask(browser, { ...essential, max_age: '0' })).heading, 'Sign in');
    });

    it('goes on without, where nobody has one: as a wish, and not as a condition', async () => {
      const { browser } = await signedIn();
      const wished = await ask(browser, voluntary);
      assert.ok(wished.claims['email']);
      assert.equal(wished.claims['acr'], undefined);
      const page = await ask(browser, essential);
      assert.equal(page.heading, 'Sign in', 'somebody else may have one');
      const silent = await ask(browser, { ...essential, prompt: 'none' });
      assert.equal(silent.message.error, 'login_required');
      const { browser: other, account } = await signedIn();
      const asked = await ask(other, essential);
      const unmet = await other.submit(asked, '/sign-in', { email: account.email, password: PASSWORD });
      assert.equal(unmet.message.error, 'unmet_authentication_requirements');
    });

    it('stays a condition when it is a wish, too', async () => {
      const { browser, account } = await signedIn();
      const asked = await ask(browser, { ...essential, ...voluntary });
      const unmet = await browser.submit(asked, '/sign-in', { email: account.email, password: PASSWORD });
      assert.equal(unmet.message.error, 'unmet_authentication_requirements');
    });

    it('is not asked silently as a wish', async () => {
      const { browser, account } = await signedIn();
      await giveSecondFactor(platform, account.id);
      assert.ok((await ask(browser, { ...voluntary, prompt: 'none' })).claims['email']);
    });

    /** As if they had signed in an hour ago. */
    async function movedBack({ id }: Account): Promise<void> {
      const { db } = platform.database;
      const [session] = (await rows().sessions.list(id)).sessions;
      const record = await db
        .selectFrom('oidc_records')
        .selectAll()
        .where('uid', '=', session?.uid ?? '')
        .where('model', '=', 'Session')
        .executeTakeFirstOrThrow();
      const payload = JSON.parse(record.payload) as { loginTs: number };
      await db
        .updateTable('oidc_records')
        .set({ payload: JSON.stringify({ ...payload, loginTs: payload.loginTs - 3_600 }) })
        .where('id_hash', '=', record.id_hash)
        .execute();
    }
  });

  describe('a passkey', () => {
    const requestOf = (page: Page): PublicKeyCredentialRequestOptionsJSON => {
      const [, json = ''] = / data-passkey-request="([^"]*)"/.exec(page.html) ?? [];
      return JSON.parse(json.replaceAll('&quot;', '"').replaceAll('&amp;', '&'));
    };

    it('is both factors', async () => {
      const person = await newPerson();
      const authenticator = await givePasskey(platform, person);
      const browser = platform.browser();
      const first = await open(browser);
      const response = authenticator.get(requestOf(first));
      assert.match((await browser.submit(first, '/passkey', { response })).heading, CONSENT);
      const asked = { claims: JSON.stringify({ id_token: { acr: { essential: true, value: MFA } } }) };
      const page = await browser.follow(authorizeUrl(asked), SHOP_ORIGIN);
      assert.match(page.heading, CONSENT);
      assert.equal((await browser.submit(page, '/consent')).claims['acr'], MFA);
      assert.equal((await browser.follow(authorizeUrl({ acr_values: 'phr' }), SHOP_ORIGIN)).claims['acr'], 'phr');
    });

    it('stands in for the code, if it is the account’s own', async () => {
      const [person, thief] = [await newPerson(), await newPerson()];
      const [own, others] = [await givePasskey(platform, person), await givePasskey(platform, thief)];
      const { browser, page } = await signIn(person);
      const refused = await browser.submit(page, '/second-factor-passkey', { response: others.get(requestOf(page)) });
      assert.equal(refused.status, 400);
      assert.equal(await sessionsOf(person), 0);
      assert.equal(await sessionsOf(thief), 0);
      const next = await browser.submit(refused, '/second-factor-passkey', { response: own.get(requestOf(refused)) });
      assert.match(next.heading, CONSENT);
      assert.doesNotMatch((await signIn(await newPerson())).page.html, /data-passkey-request/, 'who has none');
    });
  });

  describe('a new browser', () => {
    const news = async (person: { email: string }) =>
      (await mailsTo(person)).filter((subject) => /New sign-in/.test(subject)).length;

    it('is told to its owner, once, and only at the end of a sign-in', async () => {
      const person = await newPerson({}, platform);
      await platform.database.db.updateTable('accounts').set({ created_at: 1 }).where('id', '=', person.id).execute();
      const { browser, page } = await signIn(person);
      assert.equal(await news(person), 0);
      await type(browser, page, { code: await person.app.code() });
      assert.equal(await news(person), 1);
      const mail = (await platform.storage.mails.list()).find(
        ({ to, subject }) => to === person.email && /New sign-in/.test(subject),
      );
      assert.match(mail?.text ?? '', /An unknown browser[\s\S]*UTC/);
      browser.forgetSession();
      const again = await signIn(person, browser);
      await type(again.browser, again.page, { code: await person.app.code() });
      assert.equal(await news(person), 1);
      const [known, ...others] = await rows().knownBrowsers.list(person.id);
      assert.ok(known);
      assert.deepEqual(others, []);
    });

    it('is expected of a new account, of its second browser not', async () => {
      const account = await newAccount();
      await signIn(account);
      assert.equal(await news(account), 0);
      await signIn(account);
      assert.equal(await news(account), 1);
    });

    it('fills nobody’s mailbox: not that of a claimed address, and no more than five a day', async () => {
      const claim = await newAccount({ emailVerified: false });
      for (let index = 0; index < 3; index += 1) await signIn(claim);
      assert.equal(await news(claim), 0);
      const account = await newAccount();
      for (let index = 0; index < 8; index += 1) await signIn(account);
      assert.equal(await news(account), 5);
    });

    it('is forgotten with its sessions', async () => {
      const account = await newAccount();
      const first = await signIn(account);
      await first.browser.submit(first.page, '/consent');
      const other = await signIn(account);
      const [latest] = await rows().knownBrowsers.list(account.id);
      assert.ok(latest);
      const ended = await rows().sessions.endInBrowser(account.id, latest.browserHash);
      assert.equal(ended, 1);
      assert.equal(await sessionsOf(account), 1);
      const { url } = await other.browser.get('/account');
      assert.equal(url.pathname, '/account/sign-in');
    });
  });
});
