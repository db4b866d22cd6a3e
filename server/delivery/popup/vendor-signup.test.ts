import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { LANGUAGES, pickLanguage } from '@signup-with-platform/messages';
import type { AppSecrets } from '../../storage/app-environments.ts';
import type { NewApp } from '../../storage/apps.ts';
import type { HttpBrowser, Page } from '../../testing/http-journey.ts';
import { SHOP_ORIGIN, startTestPlatform, type TestPlatform } from '../../testing/test-platform.ts';
import { answering, TestVendorEndpoint } from '../../testing/vendor-endpoint.ts';

const PASSWORD = 'an engine of difference';
const KEY = 'key-of-the-platform-at-the-vendor';

describe('an app with a sign-up endpoint of its own', () => {
  let platform: TestPlatform;
  let vendor: TestVendorEndpoint;
  before(async () => {
    platform = await startTestPlatform();
    vendor = await TestVendorEndpoint.start();
  });
  after(async () => {
    await platform.close();
    await vendor.stop();
  });

  const createApp = (more: Partial<NewApp> = {}) =>
    platform.createApp({ name: 'Bonsai', signupEndpoint: vendor.url, signupKey: KEY, ...more });
  const open = (person: HttpBrowser, { clientId }: Pick<AppSecrets, 'clientId'>, more: Record<string, string> = {}) =>
    person.openPopup({ client_id: clientId, origin: SHOP_ORIGIN, state: 'state-1', nonce: 'nonce-1', ...more });

  let counter = 0;
  /** Somebody new, at the consent page. */
  async function arrive(app: AppSecrets, more: Record<string, string> = {}) {
    const person = platform.browser();
    const email = `person${++counter}@example.com`;
    const first = await open(person, app, more);
    const form = await person.get(first.signUpAddress);
    const filledIn = { given_name: 'Ada', family_name: 'Byron', email, password: PASSWORD };
    const consent = await person.submit(form, '/sign-up', filledIn);
    return { person, email, consent, agree: (page: Page = consent) => person.submit(page, '/consent') };
  }
  const appUsers = (clientId: string) => platform.storage.realm('sandbox').appUsers(clientId);
  const userOf = async ({ clientId }: AppSecrets, page: Page) => appUsers(clientId).find(String(page.claims['sub']));
  const usersOf = async ({ clientId }: AppSecrets) => (await appUsers(clientId).list(10))?.users;

  it('gets the user before the credential, and its id is kept', async () => {
    const app = await createApp();
    vendor.will(answering(201, { id: 'customer-7' }));
    const { email, agree } = await arrive(app);
    const last = await agree();
    assert.equal((await userOf(app, last))?.externalId, 'customer-7');
    const [{ headers, body } = assert.fail()] = vendor.received;
    const { password, ...others } = body;
    assert.deepEqual(others, { userName: email, firstName: 'Ada', lastName: 'Byron', language: 'en' });
    assert.deepEqual(Object.keys(body), ['userName', 'password', 'firstName', 'lastName', 'language']);
    assert.match(password ?? '', /^[\w-]{24}-Aa1!$/);
    assert.notEqual(password, PASSWORD);
    assert.equal(headers['x-api-key'], KEY);
    assert.equal(headers['user-agent'], `signup-with-platform (+${platform.url})`);
  });

  it('is asked once', async () => {
    const app = await createApp();
    vendor.will(answering(201, { id: 'customer-8' }));
    const { person, agree } = await arrive(app);
    await agree();
    assert.equal((await open(person, app)).claims['is_new_user'], false);
    const askedAgain = await open(person, app, { prompt: 'consent' });
    if (!askedAgain.delivery) await agree(askedAgain);
    assert.equal(vendor.received.length, 1);
  });

  it('gets another password for every user', async () => {
    const app = await createApp();
    vendor.will(answering(201, { id: 'a' }));
    const people = [await arrive(app), await arrive(app)];
    for (const { agree } of people) await agree();
    assert.equal(new Set(vendor.received.map(({ body }) => body['password'])).size, 2);
    assert.equal(new Set(vendor.received.map(({ headers }) => headers['idempotency-key'])).size, 2);
  });

  it('learns nothing that is not shared', async () => {
    const app = await createApp({ fields: [{ field: 'email', required: false }] });
    vendor.will(answering(201, { id: 'a' }));
    const { person, consent } = await arrive(app);
    const last = await person.submit(consent, '/consent', { share: [] });
    const [{ body } = assert.fail()] = vendor.received;
    assert.deepEqual(Object.keys(body), ['userName', 'password', 'language']);
    assert.equal(body['userName'], last.claims['sub']);
  });

  it('learns nothing that was shared before and is no more', async () => {
    const fields = [{ field: 'name', required: true } as const, { field: 'email', required: false } as const];
    const app = await platform.createApp({ fields });
    const { person, email, agree } = await arrive(app, { fields: 'name email' });
    const { sub, email: shared } = (await agree()).claims;
    assert.equal(shared, email);
    await platform.storage.signupEndpoints.set(app.clientId, { url: vendor.url, key: KEY });
    vendor.will(answering(201, { id: 'a' }));
    const askedAgain = new URLSearchParams({
      client_id: app.clientId,
      redirect_uri: SHOP_ORIGIN,
      response_type: 'id_token',
      response_mode: 'web_message',
      scope: 'openid',
      claims: JSON.stringify({ id_token: { given_name: null, email: null } }),
      prompt: 'consent',
      state: 's',
      nonce: 'n',
    });
    const consent = await person.get(`${app.issuer}/authorize?${askedAgain}`);
    await person.submit(consent, '/consent', { share: [] });
    const [{ body } = assert.fail()] = vendor.received;
    assert.deepEqual([body['userName'], body['firstName']], [sub, 'Ada']);
    assert.ok(!JSON.stringify(body).includes(email));
  });

  for (const [what, act] of [
    [
      'has signed out at the portal meanwhile',
      async (_id: string, person: HttpBrowser) =>
        void (await person.submit(await person.get('/sandbox/account'), '/sign-out')),
    ],
    ['has been signed out from elsewhere', (id: string) => platform.storage.realm('sandbox').sessions.endAll(id)],
    ['has been blocked', (id: string) => platform.storage.realm('sandbox').accounts.setBlocked(id, true)],
    [
      'has asked to be forgotten',
      (id: string) => platform.storage.realm('sandbox').accountDeletion.request(id, new Date(Date.now() + 60_000)),
    ],
  ] as const) {
    it(`learns nothing of a person who ${what}`, async () => {
      const app = await createApp();
      vendor.will(answering(201, { id: 'a' }));
      const { person, email, agree } = await arrive(app);
      const { accounts, grants } = platform.storage.realm('sandbox');
      const [account = assert.fail()] = await accounts.findByEmail(email);
      await act(account.id, person);
      assert.equal((await agree()).status, 400);
      assert.deepEqual(vendor.received, []);
      assert.equal(await grants.findFor(app.clientId, account.id), undefined);
    });
  }

  it('is told the language of the page', async () => {
    const app = await createApp();
    vendor.will(answering(201, { id: 'a' }));
    for (const [asked, told] of [
      ['nl-BE', 'nl-BE'],
      ['xx de', 'de'],
      ['xx', 'en'],
    ] as const) {
      await (await arrive(app, { language: asked })).agree();
      assert.equal(vendor.received.at(-1)?.body['language'], told);
    }
  });

  it('may refuse, in words that the person reads as they are; nothing is delivered, and agreeing again goes on', async () => {
    const app = await createApp();
    vendor.will(answering(422, { message: 'Sorry, <img src=x onerror=alert(1)> "Ada" & co', code: 'no' }));
    const { agree } = await arrive(app);
    const refused = await agree();
    assert.equal(refused.status, 400);
    assert.equal(refused.heading, 'Share your details with Bonsai?');
    assert.match(refused.html, /role="alert"[^>]*>.*<bdi>Bonsai<\/bdi> couldn’t be created/s);
    assert.ok(refused.html.includes('Sorry, &lt;img src=x onerror=alert(1)&gt; &quot;Ada&quot; &amp; co'));
    assert.equal(refused.delivery, undefined);
    assert.deepEqual(await usersOf(app), [], 'the vendor sees a user who has not got through');

    const keys = vendor.received.map(({ headers }) => headers['idempotency-key']);
    const sent = vendor.received.map(({ body }) => JSON.stringify(body));
    vendor.will(answering(201, { id: 'customer-9' }));
    const last = await agree(refused);
    assert.equal((await userOf(app, last))?.externalId, 'customer-9');
    assert.deepEqual(
      vendor.received.map(({ headers }) => headers['idempotency-key']),
      keys,
    );
    assert.deepEqual(
      vendor.received.map(({ body }) => JSON.stringify(body)),
      sent,
    );
  });

  it('may know the user already; what that means is for it to say', async () => {
    const app = await createApp();
    vendor.will(answering(409, { message: 'You are a customer already. Log in first.', code: 'user_exists' }));
    const { agree } = await arrive(app);
    const refused = await agree();
    assert.ok(refused.html.includes('You are a customer already. Log in first.'));
    assert.equal(refused.delivery, undefined);
  });

  it('is tried again after a failure, and the person notices nothing', async () => {
    const app = await createApp();
    vendor.will(answering(500, 'oops'), answering(201, { id: 'customer-10' }));
    const { agree } = await arrive(app);
    assert.equal((await userOf(app, await agree()))?.externalId, 'customer-10');
    assert.equal(vendor.received.length, 2);
  });

  for (const { tag } of LANGUAGES) {
    it(`may fail: the person is told in plain words (${tag}), and nothing is delivered`, async () => {
      const app = await createApp();
      vendor.will(answering(201, { message: 'no id <here>' }));
      const { agree } = await arrive(app, { language: tag });
      const failed = await agree();
      assert.equal(failed.status, 503);
      const name = '<bdi>Bonsai</bdi>';
      assert.ok(failed.html.includes(pickLanguage([tag]).t('popup.consent.vendorUnavailable', { vendor: name })));
      assert.ok(!failed.html.includes('no id'));
      assert.equal(failed.delivery, undefined);
      assert.deepEqual(await usersOf(app), []);
    });
  }

  it('keeps what was ticked while it fails', async () => {
    const app = await createApp({
      fields: [
        { field: 'email', required: true },
        { field: 'locale', required: false },
      ],
    });
    vendor.will(answering(400, { message: 'No' }));
    const { person, consent } = await arrive(app);
    const refused = await person.submit(consent, '/consent', { share: ['email'] });
    assert.doesNotMatch(refused.html, /id="share-locale"[^>]*\schecked/);
  });

  it('is not knocked at all day', async () => {
    const app = await createApp();
    vendor.will(answering(400, { message: 'No' }));
    const { agree } = await arrive(app);
    for (let attempt = 0; attempt < 10; attempt += 1) assert.equal((await agree()).status, 400);
    assert.equal((await agree()).status, 503);
    assert.equal(vendor.received.length, 10);
  });

  it('may refuse what another window has just done', async () => {
    const app = await createApp();
    vendor.will(async (response, received) => {
      const own = platform.database.db.updateTable('users').where('client_id', '=', app.clientId);
      await own.set({ external_id: 'customer-11' }).execute();
      answering(409, { message: 'Taken' })(response, received);
    });
    const { agree } = await arrive(app);
    assert.equal((await userOf(app, await agree()))?.externalId, 'customer-11');
  });

  it('works against our own answer to the contract', async () => {
    const shop = await platform.createApp({ name: 'Embedded' });
    const app = await createApp({ signupEndpoint: `${platform.url}/embed/signup`, signupKey: shop.apiKey });
    const { email, agree } = await arrive(app);
    const user = await userOf(app, await agree());
    const [made] = (await usersOf(shop)) ?? [];
    assert.equal(made?.id, user?.externalId);
    assert.equal(made?.email, email);
  });
});

it('an app without one is asked nothing', async () => {
  const platform = await startTestPlatform();
  try {
    const { clientId } = await platform.createApp();
    assert.equal(await platform.storage.signupEndpoints.find(clientId), undefined);
  } finally {
    await platform.close();
  }
});
