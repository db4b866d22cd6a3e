import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { pickLanguage } from '@signup-with-platform/messages';
import { DELETION_GRACE_DAYS, deleteDueAccounts } from '#domain/accounts/deletion.ts';
import {
  CALLBACK,
  connect,
  openShop,
  PASSWORD,
  type Resident,
  redeemCode,
  resident,
  signInAs,
  tokenRequest,
  userinfo,
} from '#portal/testing/resident.ts';
import { everyCell } from '#storage/testing/every-cell.ts';
import { ApiCaller } from '#testing/api-caller.ts';
import { startTestPlatform, type TestPlatform } from '#testing/test-platform.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

describe('one’s own data', () => {
  let platform: TestPlatform;
  before(async () => {
    platform = await startTestPlatform();
  });
  after(() => platform.close());

  const realm = () => platform.storage.realm('production');
  const textOf = (html: string) =>
    html.replaceAll(/<script[\s\S]*?<\/script>|<style[\s\S]*?<\/style>|<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ');
  const subjects = async (email: string) =>
    (await platform.storage.mails.list()).filter(({ to }) => to === email).map(({ subject }) => subject);
  const acts = async ({ account }: Resident) =>
    (await platform.storage.auditLog.list({ subject: `account:${account.id}` })).map(({ act }) => act);
  const newShop = async (name = 'Test Shop') => {
    const secrets = await platform.createApp({
      name,
      environment: 'production',
      redirectUris: [CALLBACK],
      privacyPolicyUri: 'https://shop.example/privacy',
    });
    return { ...secrets, vendor: new ApiCaller(platform, secrets.apiKey) };
  };

  it('is downloaded as one file, of which the person is told', async () => {
    const person = await resident(platform);
    const shop = await newShop();
    const { sub } = await connect(person.browser, shop);
    await shop.vendor.get(`/users/${sub}`);
    const ask = await person.browser.get('/account/data/download');
    const file = await person.browser.submit(ask, '/download');
    assert.equal(file.status, 200);
    assert.equal(file.headers.get('content-type'), 'application/json; charset=utf-8');
    assert.match(
      file.headers.get('content-disposition') ?? '',
      /^attachment; filename="account-data-\d{4}-\d\d-\d\d\.json"$/,
    );
    assert.equal(file.headers.get('cache-control'), 'no-store');
    const { account, shops, audit_log: log } = JSON.parse(file.html);
    assert.equal(account.email, person.email);
    assert.deepEqual([shops[0].name, shops[0].user_id, shops[0].connected], ['Test Shop', sub, true]);
    assert.deepEqual(
      shops[0].disclosures.map((one: { field: string; read_at: unknown }) => [one.field, typeof one.read_at]),
      [
        ['email', 'string'],
        ['name', 'string'],
      ],
    );
    assert.equal(log.at(-1).act, 'account.data_downloaded', 'this download is part of it');
    assert.deepEqual(await subjects(person.email), ['Your Platform data was downloaded']);
  });

  describe('is deleted on request', () => {
    async function leave({ browser }: Resident) {
      const first = await browser.get('/account/data/deletion');
      assert.equal(first.heading, 'Delete your account?');
      const second = await browser.get('/account/data/deletion/confirm');
      return browser.submit(second, '/deletion', { understood: 'yes' });
    }

    it('not without being asked twice', async () => {
      const person = await resident(platform);
      const shop = await newShop('Marten Books');
      await connect(person.browser, shop);
      const first = await person.browser.get('/account/data/deletion');
      for (const words of [/For 14 days/, /Shops keep what they received from you before/, /Marten Books/])
        assert.match(textOf(first.html), words);
      assert.ok(first.html.includes('https://shop.example/privacy'));
      assert.doesNotMatch(first.html, /<form[^>]*action="[^"]*deletion"/, 'nothing to press yet');
      const second = await person.browser.get('/account/data/deletion/confirm');
      const refused = await person.browser.submit(second, '/deletion');
      assert.deepEqual(
        [refused.status, (await realm().accounts.find(person.account.id))?.deletionDueAt],
        [400, undefined],
      );
      assert.match(textOf(refused.html), /Tick this box to continue/);
    });

    it('with every shop disconnected and every other session ended at once, and a date', async () => {
      const person = await resident(platform);
      const { browser, email, account } = person;
      const shop = await newShop();
      const { sub } = await connect(browser, shop);
      const tokens = await redeemCode(platform, browser, shop);
      const elsewhere = await signInAs(platform, email);

      const page = await leave(person);
      assert.equal(page.heading, 'Your account is about to be deleted');
      const dueAt = (await realm().accounts.find(account.id))?.deletionDueAt ?? new Date(0);
      assert.ok(Math.abs(dueAt.getTime() - Date.now() - DELETION_GRACE_DAYS * DAY_MS) < 60_000);
      const date = pickLanguage(['en']).date(dueAt);
      assert.ok(textOf(page.html).includes(date));
      const [mail] = (await platform.storage.mails.list()).filter(({ to }) => to === email);
      assert.ok(mail?.text.includes(date));

      assert.equal((await shop.vendor.get(`/users/${sub}`)).status, 404);
      assert.equal((await userinfo(platform, tokens.access_token)).status, 401);
      const refresh = { grant_type: 'refresh_token', refresh_token: tokens.refresh_token ?? '' };
      assert.equal((await tokenRequest(platform, shop, refresh)).error, 'invalid_grant');
      assert.equal((await elsewhere.get('/account')).url.pathname, '/account/sign-in');
      assert.ok((await acts(person)).includes('account.deletion_requested'));
      await platform.flush();
      const { events } = await platform.storage.appEvents.list(shop.clientId, { limit: 100 });
      const withdrawn = events.filter(({ kind }) => kind === 'consent.withdrawn');
      assert.deepEqual(
        withdrawn.map(({ userId, detail }) => [userId, detail]),
        [[sub, {}]],
        'its app learns that, and not why',
      );

      // Until then: nothing but keeping it, wherever one goes.
      for (const path of ['', '/profile', '/shops', '/data', '/data/download', '/apps', '/sessions']) {
        assert.equal((await browser.get(`/account${path}`)).url.pathname, '/account/data/deletion', path);
      }
      const csrf = String(page.form('/keep').values['csrf']);
      const other = await browser.post('/account/sessions/end-others', { csrf });
      assert.equal(other.url.pathname, '/account/data/deletion');
      const again = await browser.post('/account/data/deletion', { csrf, understood: 'yes' });
      assert.equal(again.url.pathname, '/account/data/deletion');
      assert.equal((await realm().accounts.find(account.id))?.deletionDueAt?.getTime(), dueAt.getTime());
    });

    it('and of no use in the popup until it is kept', async () => {
      const person = await resident(platform);
      const { browser, email } = person;
      const shop = await newShop();
      const { sub } = await connect(browser, shop);
      await leave(person);

      const signedIn = await openShop(browser, shop);
      assert.equal(signedIn.heading, 'Sign in', 'a session is not enough');
      assert.match(textOf(signedIn.html), /about to be deleted.*Sign in to your account to keep it/);
      const stranger = platform.browser();
      const wrong = await stranger.submit(await openShop(stranger, shop), '/sign-in', {
        email,
        password: 'a guess at it',
      });
      assert.match(textOf(wrong.html), /Email and password don’t match/);
      assert.doesNotMatch(wrong.html, /about to be deleted/, 'told to nobody who does not know the password');
      const right = await stranger.submit(wrong, '/sign-in', { email, password: PASSWORD });
      assert.equal(right.status, 400);
      assert.match(textOf(right.html), /about to be deleted/);
      assert.ok(right.html.includes('href="/account"'));
      const signUp = await stranger.get(right.signUpAddress);
      const anew = await stranger.submit(signUp, '/sign-up', { given_name: 'Ada', email, password: PASSWORD });
      assert.equal(anew.status, 400, 'nor by signing up again with the password that it has');
      assert.match(textOf(anew.html), /about to be deleted/);
      assert.deepEqual((await realm().sessions.list(person.account.id)).total, 1, 'no session has begun by any of it');

      const keeper = await signInAs(platform, email);
      const kept = await keeper.submit(await keeper.get('/account'), '/keep');
      assert.deepEqual([kept.url.pathname, kept.heading], ['/account/data', 'Your data']);
      assert.match(textOf(kept.html), /You’ve kept your account/);
      assert.deepEqual((await subjects(email)).toReversed(), [
        'Your Platform account will be deleted',
        'New sign-in to your Platform account',
        'Your Platform account will be kept',
      ]);
      assert.ok((await acts(person)).includes('account.deletion_cancelled'));
      const consent = await openShop(keeper, shop);
      assert.equal(consent.heading, 'Share your details with Test Shop?', 'shops stay disconnected');
      assert.equal((await keeper.submit(consent, '/consent')).claims['sub'], sub);
    });

    it('not while an app would be left without an owner', async () => {
      const person = await resident(platform);
      const { appId } = await platform.createApp({ name: 'My <App>' });
      await platform.storage.appMembers.put(appId, person.account.id, 'owner');
      const first = await person.browser.get('/account/data/deletion');
      assert.match(textOf(first.html), /You’re the only owner of these apps/);
      assert.ok(first.html.includes(`href="/account/apps/${appId}"`) && first.html.includes('My &lt;App&gt;'));
      assert.doesNotMatch(first.html, /deletion\/confirm/);
      const second = await person.browser.get('/account/data/deletion/confirm');
      assert.equal(second.url.pathname, '/account/data/deletion');
      const csrf = String(first.form('/sign-out').values['csrf']);
      const refused = await person.browser.post('/account/data/deletion', { csrf, understood: 'yes' });
      assert.equal(refused.status, 409);
      assert.equal((await realm().accounts.find(person.account.id))?.deletionDueAt, undefined);

      const colleague = await resident(platform);
      await platform.storage.appMembers.put(appId, colleague.account.id, 'owner');
      assert.equal((await leave(person)).heading, 'Your account is about to be deleted');
    });

    it('and is gone when its time has come, from every table but the audit log', async () => {
      const person = await resident(platform, { givenName: 'Zyxwvuts', phoneNumber: '+31 20 7654321' });
      const shop = await newShop();
      const { sub } = await connect(person.browser, shop);
      await shop.vendor.get(`/users/${sub}`);
      await redeemCode(platform, person.browser, shop);
      await leave(person);
      const log = { error: () => {} };
      assert.equal(await deleteDueAccounts(platform.storage, log), 0, 'not before');
      // The popup once more, so that an open interaction names the account, too.
      await openShop(person.browser, shop);
      await platform.database.db
        .updateTable('accounts')
        .set({ deletion_due_at: Date.now() - 1 })
        .where('id', '=', person.account.id)
        .execute();
      // Whatever was still to be written is written now.
      await platform.app.close();
      assert.equal(await deleteDueAccounts(platform.storage, log), 1);

      const traces = (await everyCell(platform.database)).filter(({ value }) =>
        [person.account.id, person.email, 'Zyxwvuts', '7654321', String(sub)].some((text) =>
          value.toLowerCase().includes(text.toLowerCase()),
        ),
      );
      assert.deepEqual(
        traces.filter(({ table, value }) => table !== 'audit_log' || value !== `account:${person.account.id}`),
        [],
      );
      assert.ok((await acts(person)).includes('account.deleted'));
    });
  });
});
