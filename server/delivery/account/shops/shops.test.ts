import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { contentOf } from '#portal/testing/content-of.ts';
import {
  CALLBACK,
  connect,
  csrfOf,
  openShop,
  payloadOf,
  type Resident,
  redeemCode,
  resident,
  tokenRequest,
  userinfo,
} from '#portal/testing/resident.ts';
import type { AppSecrets } from '#storage/app-environments.ts';
import type { NewApp } from '#storage/apps.ts';
import { ApiCaller } from '#testing/api-caller.ts';
import { startTestPlatform, type TestPlatform } from '#testing/test-platform.ts';

const ADDRESS = { street_address: '12 Canal Street', locality: 'Amsterdam', country: 'NL' };
const FIELDS = [
  { field: 'name', required: true },
  { field: 'email', required: true },
  { field: 'address', required: false },
] as const;

describe('connected shops', () => {
  let platform: TestPlatform;
  before(async () => {
    platform = await startTestPlatform();
  });
  after(() => platform.close());

  interface Shop extends AppSecrets {
    vendor: ApiCaller;
  }
  async function newShop(app: Partial<NewApp> = {}): Promise<Shop> {
    const secrets = await platform.createApp({
      environment: 'production',
      redirectUris: [CALLBACK],
      fields: FIELDS,
      ...app,
    });
    return { ...secrets, vendor: new ApiCaller(platform, secrets.apiKey) };
  }
  const connectedShops = () => platform.storage.realm('production').connectedShops;
  const pathOf = ({ clientId }: Shop) => `/account/shops/${clientId}`;
  const actsAbout = async ({ clientId }: Shop) =>
    (await platform.storage.auditLog.list({ subject: `environment:${clientId}` }))
      .map(({ act }) => act)
      .filter((act) => act !== 'consent.given');

  /** What the app's developers read of consent that changed, oldest first. */
  const toldTo = async ({ clientId }: Shop) => {
    await platform.flush();
    const { events } = await platform.storage.appEvents.list(clientId, { limit: 100 });
    return events
      .reverse()
      .filter(({ kind }) => kind.startsWith('consent.'))
      .map(({ kind, userId, detail }) => ({ kind, userId, detail }));
  };

  /** Somebody who has agreed to share everything with a shop, which has tokens. */
  async function customer() {
    const shop = await newShop();
    const person = await resident(platform, { address: ADDRESS });
    const { sub } = await connect(person.browser, shop, 'name email address');
    const tokens = await redeemCode(platform, person.browser, shop);
    assert.ok(tokens.refresh_token && tokens.access_token);
    return { shop, person, id: String(sub), tokens };
  }

  it('are listed by name, with what each got and when', async () => {
    const person = await resident(platform, { address: ADDRESS });
    const empty = await person.browser.get('/account/shops');
    assert.match(empty.html, /You don’t share anything with a shop yet/);
    const [books, anchors] = [
      await newShop({ name: 'Marten <Books>', homePageUri: 'https://marten.example/start' }),
      await newShop({ name: 'Anchors' }),
    ];
    await connect(person.browser, books, 'name email address');
    const { sub } = await connect(person.browser, anchors);
    const list = await person.browser.get('/account/shops');
    assert.ok(list.html.indexOf('Anchors') < list.html.indexOf('Marten &lt;Books&gt;'));
    assert.match(list.html, /https:\/\/marten\.example/);

    const before = await person.browser.get(pathOf(anchors));
    assert.equal(before.heading, 'Anchors');
    assert.doesNotMatch(before.html, /12 Canal Street/, 'never agreed to');
    assert.match(before.html, /Last received: <time [^>]*>just now<\/time> · Not read yet/);
    await anchors.vendor.get(`/users/${sub}`);
    assert.match((await person.browser.get(pathOf(anchors))).html, /Last read: <time [^>]*>just now<\/time>/);
    assert.match((await person.browser.get(pathOf(books))).html, /12 Canal Street/);
  });

  it('read over each API, and only what is in the answer is noted', async () => {
    const { shop, person, id, tokens } = await customer();
    /** Fields by how the shop got them; the page writes down what waits. */
    const noted = async () => {
      await person.browser.get(pathOf(shop));
      const fields = await platform.storage.disclosures.list(id);
      const names = (part: 'receivedAt' | 'readAt') =>
        fields
          .filter((one) => one[part])
          .map(({ field }) => field)
          .sort();
      return { received: names('receivedAt'), read: names('readAt') };
    };
    const all = ['address', 'email', 'name'];
    assert.deepEqual(await noted(), { received: all, read: [] });
    await shop.vendor.get('/users?email=nobody@example.com');
    await shop.vendor.get('/users/unknown');
    assert.deepEqual((await noted()).read, []);
    assert.equal((await userinfo(platform, tokens.access_token)).status, 200);
    assert.deepEqual((await noted()).read, [], 'the token is for an ID only');
    await stop(person, shop, 'address');
    await shop.vendor.get('/users');
    assert.deepEqual(await noted(), { received: all, read: ['email', 'name'] });
    const more = await redeemCode(platform, person.browser, shop, 'openid offline_access address');
    assert.ok((await userinfo(platform, more.access_token)).claims['address'], 'agreed to once more');
    assert.deepEqual((await noted()).read, all);
  });

  it('stop getting an optional field at once, and do not ask for it again', async () => {
    const { shop, person, id, tokens } = await customer();
    const { browser } = person;
    assert.ok('address' in (await shop.vendor.get(`/users/${id}`)).body);

    const page = await stop(person, shop, 'address');
    assert.equal(page.url.pathname, pathOf(shop));
    assert.match(page.html.replaceAll(/<[^>]*>/g, ''), /You no longer share your address with Test Shop\./);
    const [, mayReceive = '', notShared = ''] = page.html.split(/<section class="?card"? aria-labelledby/);
    assert.doesNotMatch(mayReceive, /12 Canal Street|Address</);
    assert.match(notShared, /Not shared.*12 Canal Street/s);
    assert.ok(!('address' in (await shop.vendor.get(`/users/${id}`)).body), 'the API');
    assert.ok(!('address' in (await userinfo(platform, tokens.access_token)).claims), 'userinfo');
    const refreshed = await tokenRequest(platform, shop, {
      grant_type: 'refresh_token',
      refresh_token: tokens.refresh_token ?? '',
    });
    assert.ok(!('address' in payloadOf(refreshed.id_token)), 'a credential by refresh token');
    const again = await openShop(browser, shop, 'name email address');
    assert.ok(!('address' in again.claims) && again.claims['email'] === person.email, 'a credential in the popup');
    assert.deepEqual(await actsAbout(shop), ['consent.changed']);
    await stop(person, shop, 'address');
    assert.deepEqual(await actsAbout(shop), ['consent.changed'], 'twice is once');
    assert.deepEqual(await toldTo(shop), [{ kind: 'consent.changed', userId: id, detail: { stopped: 'address' } }]);
  });

  it('get a field again that was stopped, from the very next request, and what was declined', async () => {
    const { shop, person, id, tokens } = await customer();
    for (const field of ['address', 'email']) await stop(person, shop, field);
    const page = await person.browser.get(pathOf(shop));
    assert.equal(page.html.match(/Share again</g)?.length, 2);
    const shared = await share(person, shop, 'address');
    assert.match(shared.html.replaceAll(/<[^>]*>/g, ''), /You now share your address with Test Shop\./);
    const { body } = await shop.vendor.get(`/users/${id}`);
    assert.ok('address' in body && body['email'] === null);
    assert.ok('address' in (await openShop(person.browser, shop, 'name address')).claims);
    const refreshed = await tokenRequest(platform, shop, {
      grant_type: 'refresh_token',
      refresh_token: tokens.refresh_token ?? '',
    });
    assert.equal(refreshed.error, undefined);
    await share(person, shop, 'email');
    assert.equal((await shop.vendor.get(`/users/${id}`)).body['email'], person.email);
    assert.doesNotMatch((await person.browser.get(pathOf(shop))).html, /Not shared/);
    const entries = await platform.storage.auditLog.list({
      act: 'consent.changed',
      subject: `environment:${shop.clientId}`,
    });
    assert.deepEqual(
      entries.slice(2).map(({ detail }) => detail),
      [{ shared: 'address' }, { shared: 'email' }],
    );
    await share(person, shop, 'email');
    assert.equal((await actsAbout(shop)).length, 4, 'twice is once');

    const newcomer = await resident(platform, { address: ADDRESS });
    const consent = await openShop(newcomer.browser, shop, 'name email address');
    await newcomer.browser.submit(consent, '/consent', { share: [] });
    const declined = await newcomer.browser.get(pathOf(shop));
    assert.match(declined.html, />Share</);
    assert.doesNotMatch(declined.html, /Share again</);
    await share(newcomer, shop, 'address');
    assert.ok('address' in (await openShop(newcomer.browser, shop, 'name email address')).claims);
  });

  it('get nothing that they do not ask for, that nobody was asked for, or that the account does not know', async () => {
    const shop = await newShop();
    const person = await resident(platform);
    const consent = await openShop(person.browser, shop, 'name email address');
    await person.browser.submit(consent, '/consent', { share: [] });
    const grant = async () => (await connectedShops().find(person.account.id, shop.clientId))?.grant;
    const earlier = await grant();
    for (const field of ['address', 'phone_number', 'picture', 'name']) await share(person, shop, field);
    assert.deepEqual(await grant(), earlier);
    for (const field of ['', 'nonsense', '__proto__']) assert.equal((await share(person, shop, field)).status, 400);
    await stop(person, shop, 'email');
    await platform.database.db
      .updateTable('apps')
      .set({ fields: JSON.stringify([{ field: 'name', required: true }]) })
      .where('id', '=', shop.appId)
      .execute();
    await share(person, shop, 'email');
    assert.doesNotMatch((await person.browser.get(pathOf(shop))).html, /Not shared/);
    const stranger = await resident(platform);
    assert.equal((await share(stranger, shop, 'email')).status, 404);
    assert.deepEqual(await actsAbout(shop), ['consent.changed']);
  });

  it('stop getting a required field, and ask for it again', async () => {
    const { shop, person, id } = await customer();
    const page = await stop(person, shop, 'email');
    assert.match(page.html.replaceAll(/<[^>]*>/g, ''), /Test Shop requires it, so it will ask you for it/);
    assert.deepEqual((await shop.vendor.get(`/users/${id}`)).body['email'], null);
    assert.equal((await shop.vendor.get(`/users?email=${person.email}`)).status, 404, 'nor is it found by it');
    const consent = await openShop(person.browser, shop);
    assert.equal(consent.heading, 'Share your details with Test Shop?');
    assert.equal(consent.form('/consent').values['share'], 'email', 'that and nothing else');
    assert.equal((await person.browser.submit(consent, '/consent')).claims['email'], person.email);
  });

  it('are an ID without anything when everything is stopped', async () => {
    const { shop, person, id } = await customer();
    for (const field of ['name', 'email', 'address']) await stop(person, shop, field);
    const { status, body } = await shop.vendor.get(`/users/${id}`);
    assert.deepEqual([status, body['email'], body['first_name'], body['name']], [200, null, null, undefined]);
    assert.match((await person.browser.get(pathOf(shop))).html, /Only an ID created for/);
  });

  it('lose everything at once when they are disconnected, and know the person who comes back', async () => {
    const { shop, person, id, tokens } = await customer();
    const { browser } = person;
    const ask = await browser.get(`${pathOf(shop)}/disconnect`);
    assert.equal(ask.heading, 'Disconnect Test Shop?');
    assert.equal((await shop.vendor.get(`/users/${id}`)).status, 200, 'asking does nothing');

    const page = await browser.submit(ask, '/disconnect');
    assert.equal(page.url.pathname, '/account/shops');
    assert.match(page.html, /The shop has been disconnected/);
    assert.doesNotMatch(page.html, /Test Shop/);
    for (const { status } of [
      await shop.vendor.get(`/users/${id}`),
      await shop.vendor.get(`/users?email=${person.email}`),
    ])
      assert.equal(status, 404);
    assert.deepEqual((await shop.vendor.get('/users')).body['data'], []);
    assert.equal((await userinfo(platform, tokens.access_token)).status, 401);
    const refresh = { grant_type: 'refresh_token', refresh_token: tokens.refresh_token ?? '' };
    assert.equal((await tokenRequest(platform, shop, refresh)).error, 'invalid_grant');
    const records = await platform.database.db
      .selectFrom('oidc_records')
      .select('model')
      .where('model', 'in', ['AccessToken', 'RefreshToken', 'AuthorizationCode'])
      .where('payload', 'like', `%${person.account.id}%`)
      .execute();
    assert.deepEqual(records, []);
    assert.deepEqual(await actsAbout(shop), ['consent.withdrawn']);
    assert.deepEqual(await toldTo(shop), [{ kind: 'consent.withdrawn', userId: id, detail: {} }]);
    assert.equal((await browser.get(pathOf(shop))).status, 404);

    const consent = await openShop(browser, shop);
    assert.equal(consent.heading, 'Share your details with Test Shop?', 'asked again');
    const { claims } = await browser.submit(consent, '/consent');
    assert.deepEqual([claims['sub'], claims['is_new_user']], [id, false]);
    assert.equal((await tokenRequest(platform, shop, refresh)).error, 'invalid_grant', 'old tokens stay dead');
  });

  it('are disconnected once when it is asked for twice at the same moment', async () => {
    const { shop, person } = await customer();
    const csrf = await csrfOf(person.browser);
    const pages = await Promise.all([1, 2, 3].map(() => person.browser.post(`${pathOf(shop)}/disconnect`, { csrf })));
    for (const page of pages) assert.ok([200, 404].includes(page.status), page.heading);
    assert.ok(pages.some(({ status }) => status === 200));
    assert.deepEqual(await actsAbout(shop), ['consent.withdrawn']);
    assert.equal((await toldTo(shop)).length, 1);
    const { account } = person;
    assert.equal(await connectedShops().disconnect(account.id, shop.clientId), false);
  });

  it('are nobody else’s to see, to change or to disconnect', async () => {
    const { shop, id } = await customer();
    const { browser } = await resident(platform);
    const csrf = await csrfOf(browser);
    const earlier = await contentOf(platform.database);
    for (const page of [
      await browser.get(pathOf(shop)),
      await browser.get(`${pathOf(shop)}/disconnect`),
      await browser.post(`${pathOf(shop)}/stop`, { csrf, field: 'email' }),
      await browser.post(`${pathOf(shop)}/disconnect`, { csrf }),
      await browser.post('/account/shops/%00/disconnect', { csrf }),
    ]) {
      assert.equal(page.status, 404);
      assert.doesNotMatch(page.html, /Test Shop/);
    }
    assert.deepEqual(await contentOf(platform.database), earlier);
    assert.equal((await shop.vendor.get(`/users/${id}`)).status, 200);
  });

  it('take no field that there is not', async () => {
    const { shop, person } = await customer();
    for (const field of ['', 'password', '__proto__', 'given_name']) {
      assert.equal((await stop(person, shop, field)).status, 400);
    }
    assert.deepEqual(await actsAbout(shop), []);
  });

  it('are, for a test person, those of the browser alone whose copy it is', async () => {
    const { clientId } = await platform.createApp({ name: 'Secret Shop' });
    const play = async () => {
      const browser = platform.browser();
      const request = { client_id: clientId, origin: 'https://shop.example', state: 's', nonce: 'n' };
      return {
        browser,
        consent: await browser.submit(await browser.openPopup(request), '/persona', { persona: 'complete' }),
      };
    };
    const [mine, theirs] = [await play(), await play()];
    await mine.browser.submit(mine.consent, '/consent');
    assert.match((await mine.browser.get('/sandbox/account/shops')).html, /Secret Shop/);
    for (const [path, status] of [
      ['/shops', 200],
      [`/shops/${clientId}`, 404],
    ] as const) {
      const page = await theirs.browser.get(`/sandbox/account${path}`);
      assert.equal(page.status, status);
      assert.doesNotMatch(page.html, /Secret Shop/);
    }
  });

  async function share({ browser }: Resident, shop: Shop, field: string) {
    return browser.post(`${pathOf(shop)}/share`, { csrf: await csrfOf(browser), field });
  }
  async function stop({ browser }: Resident, shop: Shop, field: string) {
    return browser.post(`${pathOf(shop)}/stop`, { csrf: await csrfOf(browser), field });
  }
});
