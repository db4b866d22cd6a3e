import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { until } from '../../scripts/testing/until.ts';
import { hashPassword } from '../domain/accounts/passwords.ts';
import { type RangeServer, startRangeServer } from '../domain/breaches/testing/range-server.ts';
import { openShop, PASSWORD, resident } from '../portal/testing/resident.ts';
import type { NewAccount } from '../storage/accounts.ts';
import type { AppSecrets } from '../storage/app-environments.ts';
import type { Page } from '../testing/http-journey.ts';
import { startTestPlatform, type TestPlatform } from '../testing/test-platform.ts';

const LISTED = 'ljcnjtdcrbq';
/** Known to the service alone. */
const PUBLISHED = 'a password of thieves';
const GOOD = 'a difference of engines';
const REFUSED = /This password is on lists of stolen passwords/;
const PLACES = [
  'signing up in the popup',
  'signing up at the portal',
  'changing a password',
  'a forgotten password',
  'starting over behind a mailed link',
] as const;
const CARD = /Your password is on lists of passwords that were stolen/;

/** A platform, an app on it, and what people do there. */
async function openWorld(setting: string) {
  const platform = await startTestPlatform({ BREACHED_PASSWORDS: setting });
  const shop = await platform.createApp({ environment: 'production' });
  return { platform, shop, ...journeys(platform, shop) };
}
type World = Awaited<ReturnType<typeof openWorld>>;

function journeys(platform: TestPlatform, shop: AppSecrets) {
  const rows = platform.storage.realm('production');
  const newAddress = () => `ada.${randomUUID()}@example.com`;

  /** Each place where somebody chooses a password, by the page that answers. */
  const choosing: Record<(typeof PLACES)[number], (password: string) => Promise<Page>> = {
    'signing up in the popup': async (password) => {
      const browser = platform.browser();
      const first = await openShop(browser, shop);
      const form = await browser.get(first.signUpAddress);
      return browser.submit(form, '/sign-up', { email: newAddress(), password });
    },
    'signing up at the portal': async (password) => {
      const browser = platform.browser();
      return browser.submit(await browser.get('/account/sign-up'), '/sign-up', { email: newAddress(), password });
    },
    'changing a password': async (password) => {
      const { browser } = await resident(platform);
      return browser.submit(await browser.get('/account/security/password'), '/password', { password });
    },
    'a forgotten password': async (password) => {
      const { account, email } = await resident(platform);
      const code = await rows.emailCodes.create(account.id, email, 60, 'reset_password');
      const browser = platform.browser();
      return browser.submit(await browser.get(`/account/reset-password?code=${code}`), '/reset-password', { password });
    },
    'starting over behind a mailed link': async (password) => {
      const email = newAddress();
      const { id } = await rows.accounts.create({ email, passwordHash: await hashPassword(PASSWORD) });
      const code = await rows.emailCodes.create(id, email, 60);
      const browser = platform.browser();
      return browser.submit(await browser.get(`/confirm-email/anew?code=${code}`), '/anew', { password });
    },
  };

  async function newAccount(password: string, more: NewAccount = {}) {
    const email = newAddress();
    const passwordHash = await hashPassword(password);
    const account = await rows.accounts.create({ email, emailVerified: true, passwordHash, ...more });
    return { id: account.id, email, password };
  }
  async function signInAtPortal({ email, password }: { email: string; password: string }) {
    const browser = platform.browser();
    return {
      browser,
      page: await browser.submit(await browser.get('/account/sign-in'), '/sign-in', { email, password }),
    };
  }
  const isFoundOut = async (id: string) => (await rows.accounts.find(id))?.newPasswordDueAt !== undefined;
  return { rows, choosing, newAccount, signInAtPortal, isFoundOut };
}

describe('with the list of breached passwords', () => {
  let world: World;
  before(async () => {
    world = await openWorld('list');
  });
  after(() => world.platform.close());

  for (const place of PLACES) {
    it(`refuses one of them, and takes another: ${place}`, async () => {
      const choose = world.choosing[place];
      const refused = await choose(LISTED);
      assert.equal(refused.status, 400);
      assert.match(refused.html, REFUSED);
      assert.doesNotMatch(refused.html, /<input id="password"[^>]* value=/);
      const taken = await choose(GOOD);
      assert.equal(taken.status, 200);
      assert.doesNotMatch(taken.html, REFUSED);
    });
  }

  it('asks somebody with one of them for another, at the account’s home page, too, until there is one', async () => {
    const { signInAtPortal, newAccount, isFoundOut } = world;
    const ada = await newAccount(LISTED);
    const { browser, page: question } = await signInAtPortal(ada);
    const { action, values } = question.form('/breached-password');
    const page = await browser.post(action, { ...values, later: 'yes' });
    assert.equal(page.url.pathname, '/account');
    assert.match(page.html, CARD);
    assert.ok(page.html.includes('href="/account/security/password"'));
    const changed = await browser.submit(await browser.get('/account/security/password'), '/password', {
      password: GOOD,
    });
    assert.match(changed.html, /Your password has been changed/);
    assert.doesNotMatch((await browser.get('/account')).html, CARD);
    assert.equal(await isFoundOut(ada.id), false);
    assert.doesNotMatch((await signInAtPortal({ ...ada, password: GOOD })).page.html, CARD);
  });

  it('says nothing to whoever has another password, and to whoever has not proven theirs', async () => {
    const { signInAtPortal, newAccount, isFoundOut } = world;
    const bob = await newAccount(PASSWORD);
    assert.doesNotMatch((await signInAtPortal(bob)).page.html, CARD);
    const eve = await newAccount(GOOD);
    assert.equal((await signInAtPortal({ ...eve, password: LISTED })).page.status, 400);
    const blocked = await newAccount(LISTED, { blocked: true });
    assert.equal((await signInAtPortal(blocked)).page.status, 400);
    for (const { id } of [bob, eve, blocked]) assert.equal(await isFoundOut(id), false);
  });

  it('has it in what a person downloads of their data', async () => {
    const ada = await world.newAccount(LISTED);
    await world.signInAtPortal(ada);
    const records = await world.rows.accountRecords.read(ada.id);
    assert.ok(records?.account.new_password_due_at);
  });
});

describe('with a service that knows breached passwords', () => {
  let range: RangeServer;
  let world: World;
  before(async () => {
    range = await startRangeServer([PUBLISHED]);
    world = await openWorld(range.address.href);
  });
  after(async () => {
    await world.platform.close();
    await range.close();
  });

  it('refuses what it knows, and asks about nothing that is refused anyway', async () => {
    const choose = world.choosing['signing up in the popup'];
    assert.match((await choose(PUBLISHED)).html, REFUSED);
    const asked = range.asked.length;
    for (const password of ['short', 'password1', LISTED]) assert.equal((await choose(password)).status, 400);
    assert.equal(range.asked.length, asked);
  });

  it('asks only about a password that is right, and holds up nobody who signs in', async () => {
    const { signInAtPortal, newAccount, isFoundOut } = world;
    const ada = await newAccount(PUBLISHED);
    const asked = range.asked.length;
    const held: (() => void)[] = [];
    range.answer = (request, response) => {
      held.push(() => {
        const path = request.url ?? '';
        // The honest answer, late.
        range.answer = undefined;
        fetch(new URL(path.slice(-5), range.address))
          .then((answer) => answer.text())
          .then((text) => response.end(text));
      });
    };
    assert.equal((await signInAtPortal({ ...ada, password: 'a wrong password' })).page.status, 400);
    assert.equal(range.asked.length, asked);
    const { page } = await signInAtPortal(ada);
    assert.equal(page.url.pathname, '/account', 'signed in, although nobody has answered');
    assert.doesNotMatch(page.html, CARD);
    await until(async () => held.length === 1);
    held[0]?.();
    await until(() => isFoundOut(ada.id));
    assert.match((await signInAtPortal(ada)).page.html, CARD);
  });

  it('lets everybody in and sign up when it fails', async () => {
    range.answer = (_request, response) => response.writeHead(500).end();
    const ada = await world.newAccount(PUBLISHED);
    assert.equal((await world.signInAtPortal(ada)).page.url.pathname, '/account');
    for (const choose of Object.values(world.choosing)) assert.equal((await choose(`${PUBLISHED}!`)).status, 200);
  });
});

describe('without breached passwords', () => {
  it('takes all that nobody would guess', async () => {
    const world = await openWorld('off');
    try {
      for (const choose of Object.values(world.choosing)) assert.equal((await choose(LISTED)).status, 200);
      const ada = await world.newAccount(LISTED);
      assert.doesNotMatch((await world.signInAtPortal(ada)).page.html, CARD);
    } finally {
      await world.platform.close();
    }
  });
});
