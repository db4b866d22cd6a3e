import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import { hashPassword } from '#domain/accounts/passwords.ts';
import type { NewAccount } from '#storage/accounts.ts';
import { askForCode, openIn, postStep, stepOf, typeCode } from '#testing/code-journey.ts';
import type { HttpBrowser, Page } from '#testing/http-journey.ts';
import { mailedCode } from '#testing/mailed-code.ts';
import { SHOP_ORIGIN, startTestPlatform, type TestPlatform } from '#testing/test-platform.ts';
import { STEP_ROUTES } from '../routes.ts';

const PASSWORD = 'an engine of difference';
/** On the list of breached ones. */
const BREACHED = 'princess1234';
let seed = 0;
const newEmail = () => `ada.${++seed}@example.com`;

describe('somebody who wants past a question of the popup', () => {
  let platform: TestPlatform;
  let clientId: string;
  let strict: string;
  before(async () => {
    platform = await startTestPlatform();
    ({ clientId } = await platform.createApp({ environment: 'production' }));
    ({ clientId: strict } = await platform.createApp({ environment: 'production', requireVerifiedEmail: true }));
  });
  after(() => platform.close());

  const accounts = () => platform.storage.realm('production').accounts;
  const newAccount = async (known: NewAccount = {}) =>
    accounts().create({
      email: newEmail(),
      emailVerified: true,
      passwordHash: await hashPassword(PASSWORD),
      ...known,
    });
  const isSignedIn = async (id: string) =>
    (await platform.storage.auditLog.list({ subject: `account:${id}`, act: 'session.started' })).length > 0;
  /** At each gate: a browser there, its page, and whose sign-in it is. */
  const GATES: Record<string, () => Promise<{ browser: HttpBrowser; page: Page; id: string; app: string }>> = {
    'for another password': async () => {
      const { email = '', id } = await newAccount({ passwordHash: await hashPassword(BREACHED) });
      const { browser, first } = await openIn(platform, clientId);
      const page = await browser.submit(first, '/sign-in', { email, password: BREACHED });
      assert.match(page.html, /\/breached-password"/);
      return { browser, page, id, app: clientId };
    },
    'for a new password': async () => {
      const { email = '', id } = await newAccount();
      const { browser, first } = await openIn(platform, clientId);
      const page = await typeCode(platform, browser, await askForCode(browser, first, email, 'forgot'));
      assert.match(page.heading, /^Choose a new password$/);
      return { browser, page, id, app: clientId };
    },
    'for the code of the address': async () => {
      const { email = '', id } = await newAccount({ emailVerified: false });
      const { browser, first } = await openIn(platform, strict);
      const page = await browser.submit(first, '/sign-in', { email, password: PASSWORD });
      assert.match(page.heading, /^Check your email$/);
      return { browser, page, id, app: strict };
    },
    'for the name': async () => {
      const email = newEmail();
      const { browser, first } = await openIn(platform, clientId);
      const page = await typeCode(platform, browser, await askForCode(browser, first, email, 'sign_up'));
      assert.match(page.heading, /^What’s your name\?$/);
      const [account] = await accounts().findByEmail(email);
      return { browser, page, id: account?.id ?? '', app: clientId };
    },
    'about a passkey': async () => {
      const { email = '', id } = await newAccount();
      const { browser, first } = await openIn(platform, clientId);
      const page = await browser.submit(first, '/sign-in', { email, password: PASSWORD, passkeys: '1' });
      assert.match(page.heading, /^Next time, without a password$/);
      return { browser, page, id, app: clientId };
    },
  };
  /** The forms that answer a gate, which are tried where they do not belong; and those that end the window or sign in as somebody else. */
  const OWN: Record<string, readonly string[]> = {
    'for another password': ['breached-password'],
    'for a new password': ['new-password'],
    'for the code of the address': [],
    'for the name': ['name'],
    'about a passkey': ['passkey-offer'],
  };
  const ENDS = ['cancel', 'switch-account', 'persona', 'start-over'];
  const forms = STEP_ROUTES.filter(({ method }) => method === 'POST').map(({ path }) => path.slice(1));

  for (const [gate, arrive] of Object.entries(GATES)) {
    it(`sends every other form at the question ${gate}, and is not signed in`, async () => {
      for (const form of forms) {
        if (OWN[gate]?.includes(form) || ENDS.includes(form)) continue;
        const { browser, page, id } = await arrive();
        const answer = await postStep(browser, page, form, {
          later: 'yes',
          link: 'yes',
          code: '000000',
          response: '{}',
        });
        assert.equal(answer.delivery, undefined, form);
        assert.equal(await isSignedIn(id), false, form);
        assert.doesNotMatch(answer.heading, /^Share your details/, form);
      }
    });

    it(`goes where the engine goes on after the question ${gate}, and is asked to sign in`, async () => {
      const { browser, page, id, app } = await arrive();
      const uid = /interaction\/([\w-]+)/.exec(page.html)?.[1] ?? '';
      for (const target of [`/authorize/${uid}`, `/device/${uid}`, `/interaction/${uid}/upstream-return`]) {
        const answer = await browser.get(target);
        assert.equal(answer.delivery, undefined, target);
        assert.doesNotMatch(answer.heading, /^Share your details/, target);
      }
      const again = await openIn(platform, app, browser);
      assert.equal(again.first.delivery, undefined);
      assert.doesNotMatch(again.first.heading, /^Share your details/);
      assert.equal(await isSignedIn(id), false);
      assert.equal(
        browser.cookieNames.some((name) => /session/i.test(name)),
        false,
        browser.cookieNames.join(),
      );
    });

    it(`takes the sign-in at the question ${gate} to another browser, and finds none`, async () => {
      const { page, id } = await arrive();
      const other = await openIn(platform, clientId);
      for (const form of [...(OWN[gate] ?? []), 'code-check', 'name', 'new-password']) {
        const answer = await postStep(other.browser, page, form, { later: 'yes' });
        assert.equal(answer.status, 400, form);
        assert.match(answer.heading, /^This took too long$/);
      }
      assert.equal(await isSignedIn(id), false);
    });
  }

  it('is signed in already with an address that is not confirmed, and nothing that they send gets them to an app that wants it', async () => {
    const { email = '' } = await newAccount({ emailVerified: false });
    const { browser, first } = await openIn(platform, clientId);
    const consent = await browser.submit(first, '/sign-in', { email, password: PASSWORD });
    await browser.submit(consent, '/consent', { given_name: 'Ada' });
    for (const form of forms) {
      if (ENDS.includes(form)) continue;
      const { first: asked } = await openIn(platform, strict, browser);
      assert.match(asked.heading, /^Confirm your email address$/);
      const answer = await postStep(browser, asked, form, {
        later: 'yes',
        way: 'confirm',
        given_name: 'Ada',
        share: 'email',
      });
      assert.equal(answer.delivery, undefined, form);
      const uid = /interaction\/([\w-]+)/.exec(asked.html)?.[1] ?? '';
      const onward = await browser.get(`/authorize/${uid}`);
      assert.equal(onward.delivery, undefined, form);
    }
    const query = new URLSearchParams({
      client_id: strict,
      origin: SHOP_ORIGIN,
      state: 's',
      nonce: 'n',
      prompt: 'none',
    });
    const silent = await browser.follow(`/popup?${query}`, SHOP_ORIGIN);
    assert.equal(silent.delivery?.message.credential, undefined);
  });

  it('keeps a sign-in at a question, in many windows, and each ends when the password is changed', async () => {
    const { email = '' } = await newAccount();
    const thief: { browser: HttpBrowser; page: Page }[] = [];
    for (let window = 0; window < 4; window += 1) {
      const { browser, first } = await openIn(platform, clientId);
      const page = await browser.submit(first, '/sign-in', { email, password: PASSWORD, passkeys: '1' });
      assert.match(page.heading, /^Next time, without a password$/);
      thief.push({ browser, page });
      // The offer is made once a month.
      await platform.database.db.updateTable('accounts').set({ passkey_offered_at: null }).execute();
    }
    const { browser, first } = await openIn(platform, clientId);
    const choose = await typeCode(platform, browser, await askForCode(browser, first, email, 'forgot'));
    // Two of them go on at the same moment, and two later.
    const [mine] = await Promise.all([
      browser.submit(choose, '/new-password', { password: 'a loom of many cards' }),
      ...thief.slice(0, 2).map((each) => postStep(each.browser, each.page, 'passkey-offer')),
    ]);
    assert.match(mine.heading, /^Share your details/);
    for (const each of thief.slice(2)) {
      const answer = await postStep(each.browser, each.page, 'passkey-offer');
      assert.doesNotMatch(answer.heading, /^Share your details/);
      assert.equal(answer.delivery, undefined);
    }
    for (const each of thief) {
      const again = await openIn(platform, clientId, each.browser);
      assert.match(again.first.heading, /^Sign in$/, 'nobody is signed in there');
    }
  });

  it('signs in with the old password while the owner chooses a new one, and does not stay', async () => {
    for (let turn = 0; turn < 5; turn += 1) {
      const { email = '', id } = await newAccount();
      const owner = await openIn(platform, clientId);
      const choose = await typeCode(
        platform,
        owner.browser,
        await askForCode(owner.browser, owner.first, email, 'forgot'),
      );
      const windows = await Promise.all([1, 2, 3].map(() => openIn(platform, clientId)));
      const [mine, ...theirs] = await Promise.all([
        owner.browser.submit(choose, '/new-password', { password: 'a loom of many cards' }),
        ...windows.map(({ browser, first }) => browser.submit(first, '/sign-in', { email, password: PASSWORD })),
      ]);
      assert.match(mine?.heading ?? '', /^Share your details/);
      for (const [index, { browser }] of windows.entries()) {
        const page = theirs[index];
        assert.ok(page);
        // The new password may have ended their window already, whose page then is no step.
        const goOn = async () => postStep(browser, page, 'consent');
        const consent = await goOn().catch(() => undefined);
        assert.equal(consent?.delivery?.message.credential, undefined, `turn ${turn}`);
        const again = await openIn(platform, clientId, browser);
        assert.match(again.first.heading, /^Sign in$/, `turn ${turn}`);
      }
      assert.ok(await isSignedIn(id));
    }
  });

  it('signs in a moment before everything is ended, and begins no session after it', async () => {
    const { email = '' } = await newAccount();
    const { browser, first } = await openIn(platform, clientId);
    // Between the proof, which the log notes, and the request that begins the session.
    const { db } = platform.database;
    await sql`create trigger ended_between after insert on audit_log when new.act = 'session.started'
      begin update accounts set sign_out_count = sign_out_count + 1 where 'account:' || id = new.subject; end`.execute(
      db,
    );
    try {
      await browser.submit(first, '/sign-in', { email, password: PASSWORD });
    } finally {
      await sql`drop trigger ended_between`.execute(db);
    }
    assert.match((await openIn(platform, clientId, browser)).first.heading, /^Sign in$/);
  });

  it('answers for two accounts in two windows of one browser, and each window has its own', async () => {
    const [one, two] = [await newAccount({ givenName: 'One' }), await newAccount({ givenName: 'Two' })];
    const browser = platform.browser();
    const first = await openIn(platform, clientId, browser);
    const second = await openIn(platform, clientId, browser);
    const codeOne = await askForCode(browser, first.first, one.email ?? '');
    const codeTwo = await askForCode(browser, second.first, two.email ?? '');
    // Each code in the other window.
    const [right, wrong] = [await mailedCode(platform, codeOne), await mailedCode(platform, codeTwo)];
    assert.match((await postStep(browser, codeOne, 'code-check', { code: wrong })).html, /This isn’t the code/);
    assert.match((await postStep(browser, codeTwo, 'code-check', { code: right })).html, /This isn’t the code/);
    const consentOne = await typeCode(platform, browser, codeOne);
    const consentTwo = await typeCode(platform, browser, codeTwo);
    assert.match(consentTwo.html, /Two/);
    const late = await postStep(browser, consentOne, 'consent', consentOne.form('/consent').values as never);
    assert.equal(late.delivery?.message.credential, undefined, 'the first window is not that of the second person');
    const { claims } = await browser.submit(consentTwo, '/consent');
    assert.equal(claims['email'], two.email);
  });

  it('goes back to the code after it was used, and sends it again', async () => {
    const { email = '' } = await newAccount();
    const { browser, first } = await openIn(platform, clientId);
    const page = await askForCode(browser, first, email);
    const code = await mailedCode(platform, page);
    const consent = await postStep(browser, page, 'code-check', { code });
    assert.match(consent.heading, /^Share your details/);
    await browser.get('/account/sign-out').catch(() => undefined);
    const stranger = platform.browser();
    await openIn(platform, clientId, stranger);
    for (const each of [browser, stranger]) {
      const again = await postStep(each, page, 'code-check', { code });
      assert.equal(again.delivery, undefined);
      if (each === stranger) assert.doesNotMatch(again.heading, /^Share your details/);
    }
    assert.ok(stepOf(page, 'code-check'));
  });
});
