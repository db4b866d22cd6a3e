import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import type { AppSecrets } from '#storage/app-environments.ts';
import type { NewApp } from '#storage/apps.ts';
import { ApiCaller, type ApiUser } from '#testing/api-caller.ts';
import type { HttpBrowser, Page } from '#testing/http-journey.ts';
import { SHOP_ORIGIN, startTestPlatform, type TestPlatform } from '#testing/test-platform.ts';

const ACCOUNT_PASSWORD = 'an engine of difference';
const VENDOR_PASSWORD = 'a trap laid by the vendor';
const CALLBACK = `${SHOP_ORIGIN}/callback`;

describe('users who came through the popup', () => {
  let platform: TestPlatform;
  before(async () => {
    platform = await startTestPlatform();
  });
  after(() => platform.close());

  interface Shop extends AppSecrets {
    vendor: ApiCaller;
  }
  async function newShop(app: Partial<NewApp> = {}): Promise<Shop> {
    const secrets = await platform.createApp({ redirectUris: [CALLBACK], ...app });
    return { ...secrets, vendor: new ApiCaller(platform, secrets.apiKey) };
  }

  const open = (person: HttpBrowser, { clientId }: Shop, fields?: string) =>
    person.openPopup({
      client_id: clientId,
      origin: SHOP_ORIGIN,
      state: 's',
      nonce: 'n',
      ...(fields !== undefined && { fields }),
    });

  /** Up to the consent page. */
  async function signUp(person: HttpBrowser, shop: Shop, email: string, fields?: string): Promise<Page> {
    const first = await open(person, shop, fields);
    const form = await person.get(first.signUpAddress);
    const names = { given_name: 'Ada', family_name: 'Byron' };
    return person.submit(form, '/sign-up', { ...names, email, password: ACCOUNT_PASSWORD });
  }

  /** @returns the user's id */
  async function comeThrough(person: HttpBrowser, shop: Shop, email: string): Promise<string> {
    const last = await person.submit(await signUp(person, shop, email), '/consent');
    return String(last.claims['sub']);
  }

  it('show what was agreed to, and nothing else', async () => {
    const shop = await newShop();
    const person = platform.browser();
    const id = await comeThrough(person, shop, 'fields@example.com');
    const { body } = await shop.vendor.get(`/users/${id}`);
    const { created_at, updated_at, ...rest } = body;
    assert.ok(created_at && updated_at);
    assert.deepEqual(rest, {
      id,
      email: 'fields@example.com',
      username: null,
      first_name: 'Ada',
      last_name: 'Byron',
      roles: [],
      is_active: true,
      is_email_verified: false,
      last_signin: null,
      name: 'Ada Byron',
    });

    const more = await open(person, shop, 'name email phone_number address');
    const address = { street_address: '12 Canal Street', locality: 'Amsterdam', country: 'NL' };
    await person.submit(more, '/consent', { share: 'address', ...address });
    const { body: richer } = await shop.vendor.get(`/users/${id}`);
    assert.deepEqual({ ...(richer['address'] as object) }, { ...(richer['address'] as object), ...address });
    assert.ok(!('phone_number' in richer), 'unticked');
    assert.deepEqual(((await shop.vendor.get('/users')).body['data'] as ApiUser[])[0], richer);
  });

  it('show the account as it is now', async () => {
    const shop = await newShop();
    const id = await comeThrough(platform.browser(), shop, 'live@example.com');
    const etag = (await shop.vendor.get(`/users/${id}`)).headers.get('etag') ?? '';
    const { accounts } = platform.storage.realm('sandbox');
    const [account] = await accounts.findByEmail('live@example.com');
    await accounts.updateProfile(account?.id ?? '', { givenName: 'Augusta', phoneNumber: '+31612345678' });
    const { status, body } = await shop.vendor.get(`/users/${id}`, { 'if-none-match': etag });
    assert.equal(status, 200);
    assert.deepEqual([body['first_name'], body['name']], ['Augusta', 'Augusta Byron']);
    assert.ok(!('phone_number' in body));
  });

  it('are found by an email address that they share, after those of the vendor', async () => {
    const shop = await newShop();
    const id = await comeThrough(platform.browser(), shop, 'found@example.com');
    assert.equal((await shop.vendor.get('/users?email=FOUND@example.com')).body['id'], id);
    const made = await shop.vendor.createUser({ email: 'found@example.com' });
    assert.equal((await shop.vendor.get('/users?email=found@example.com')).body['id'], made.id);
  });

  it('are not found by one that they keep to themselves', async () => {
    const fields = [
      { field: 'name', required: true },
      { field: 'email', required: false },
    ] as const;
    const shop = await newShop({ fields });
    const person = platform.browser();
    const consent = await signUp(person, shop, 'private@example.com', 'name email');
    const last = await person.submit(consent, '/consent', { share: [] });
    const { body } = await shop.vendor.get(`/users/${last.claims['sub']}`);
    assert.deepEqual([body['email'], body['is_email_verified'], body['first_name']], [null, false, 'Ada']);
    assert.equal((await shop.vendor.get('/users?email=private@example.com')).status, 404);
  });

  it('keep for themselves to change what is the account’s', async () => {
    const shop = await newShop();
    const id = await comeThrough(platform.browser(), shop, 'managed@example.com');
    const changes = [
      { email: 'mine@example.com' },
      { password: VENDOR_PASSWORD },
      { first_name: 'Mine' },
      { last_name: null },
    ];
    for (const change of changes) {
      const { status, body } = await shop.vendor.put(`/users/${id}`, { ...change, roles: 'vip' });
      assert.deepEqual([status, body['error']], [403, 'managed_by_account']);
      assert.match(String(body['message']), new RegExp(Object.keys(change)[0] ?? ''));
    }
    const { body } = await shop.vendor.put(`/users/${id}`, { username: 'ada', roles: 'vip', is_active: false });
    assert.deepEqual(
      [body['username'], body['roles'], body['is_active'], body['email']],
      ['ada', ['vip'], false, 'managed@example.com'],
    );
  });

  it('are gone at once when consent is withdrawn, and the same when they come back', async () => {
    const shop = await newShop();
    const person = platform.browser();
    const id = await comeThrough(person, shop, 'withdrawn@example.com');
    const realm = platform.storage.realm('sandbox');
    const [account] = await realm.accounts.findByEmail('withdrawn@example.com');
    const grant = await realm.grants.findFor(shop.clientId, account?.id ?? '');
    await realm.grants.delete(grant?.id ?? '');
    for (const gone of [
      shop.vendor.get(`/users/${id}`),
      shop.vendor.put(`/users/${id}`, { roles: 'vip' }),
      shop.vendor.delete(`/users/${id}`),
      shop.vendor.get('/users?email=withdrawn@example.com'),
    ]) {
      const { status, body } = await gone;
      assert.deepEqual([status, body['error']], [404, 'not_found']);
    }
    assert.deepEqual((await shop.vendor.get('/users')).body['data'], []);
    const again = await person.submit(await open(person, shop), '/consent');
    assert.equal(again.claims['sub'], id);
    assert.equal((await shop.vendor.get(`/users/${id}`)).status, 200);
  });

  it('take consent and tokens along when the vendor deletes them', async () => {
    const shop = await newShop();
    const person = platform.browser();
    const id = await comeThrough(person, shop, 'deleted@example.com');
    const accessToken = await redeemCode(person, shop);
    const userinfo = async () => {
      const headers = { authorization: `Bearer ${accessToken}` };
      return (await fetch(`${platform.url}/sandbox/userinfo`, { headers })).status;
    };
    assert.equal(await userinfo(), 200);

    const { status, body } = await shop.vendor.delete(`/users/${id}`);
    assert.deepEqual([status, body['email']], [200, 'deleted@example.com']);
    assert.equal((await shop.vendor.get(`/users/${id}`)).status, 404);
    assert.equal(await userinfo(), 401);
    const consent = await open(person, shop);
    assert.equal(consent.heading, 'Share your details with Test Shop?', 'asked again');
    const again = await person.submit(consent, '/consent');
    assert.equal(again.claims['is_new_user'], true);
    assert.notEqual(again.claims['sub'], id);
  });

  async function redeemCode(person: HttpBrowser, { clientId, clientSecret }: Shop): Promise<string> {
    const verifier = randomBytes(32).toString('base64url');
    const authorization = new URLSearchParams({
      client_id: clientId,
      redirect_uri: CALLBACK,
      response_type: 'code',
      scope: 'openid',
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
    });
    const page = await person.get(`/sandbox/authorize?${authorization}`);
    const response = await fetch(`${platform.url}/sandbox/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${btoa(`${clientId}:${clientSecret}`)}` },
      body: new URLSearchParams({
        grant_type: 'authorization_code',
        code: page.url.searchParams.get('code') ?? '',
        redirect_uri: CALLBACK,
        code_verifier: verifier,
      }),
    });
    const { access_token: accessToken } = (await response.json()) as { access_token?: string };
    assert.ok(accessToken);
    return accessToken;
  }

  describe('when a vendor has made a user of the same address before (pre-hijacking)', () => {
    const EMAIL = 'victim@example.com';
    let shop: Shop;
    let made: ApiUser;
    let id: string;
    before(async () => {
      shop = await newShop();
      made = await shop.vendor.createUser({ email: EMAIL, password: VENDOR_PASSWORD, first_name: 'Trap' });
      id = await comeThrough(platform.browser(), shop, EMAIL);
    });

    it('are another user, of which the first one shows nothing', async () => {
      assert.notEqual(id, made.id);
      assert.deepEqual((await shop.vendor.get(`/users/${made.id}`)).body, made);
      const { body } = await shop.vendor.get(`/users/${id}`);
      assert.deepEqual([body['first_name'], body['email']], ['Ada', EMAIL]);
    });

    it('sign in with the password of the account alone', async () => {
      const page = await open(platform.browser(), shop);
      const person = platform.browser();
      const again = await open(person, shop);
      assert.equal(page.heading, again.heading);
      const refused = await person.submit(again, '/sign-in', { email: EMAIL, password: VENDOR_PASSWORD });
      assert.equal(refused.status, 400);
      const accepted = await person.submit(refused, '/sign-in', { email: EMAIL, password: ACCOUNT_PASSWORD });
      assert.equal(accepted.claims['sub'], id);
    });

    it('are not who signs in at the API, whichever password it is', async () => {
      const signIn = (password: string) => shop.vendor.post('/auth/signin', { signin_id: EMAIL, password });
      assert.equal((await signIn(VENDOR_PASSWORD)).body['id'], made.id);
      assert.equal((await signIn(ACCOUNT_PASSWORD)).body['error'], 'invalid_credentials');
    });

    it('stay when the other is deleted', async () => {
      assert.equal((await shop.vendor.delete(`/users/${made.id}`)).status, 200);
      assert.equal((await shop.vendor.get(`/users/${id}`)).body['email'], EMAIL);
    });
  });

  it('are nobody to another app, or to the same app in the other realm', async () => {
    const shop = await newShop();
    const id = await comeThrough(platform.browser(), shop, 'elsewhere@example.com');
    for (const other of [await newShop(), await newShop({ environment: 'production' })]) {
      assert.equal((await other.vendor.get(`/users/${id}`)).status, 404);
      assert.equal((await other.vendor.get('/users?email=elsewhere@example.com')).status, 404);
      assert.equal((await other.vendor.delete(`/users/${id}`)).status, 404);
    }
    assert.equal((await shop.vendor.get(`/users/${id}`)).status, 200);
  });
});
