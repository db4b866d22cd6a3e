import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { hashPassword } from '#domain/accounts/passwords.ts';
import { MAX_KEYS } from '#storage/api-keys.ts';
import type { AppSecrets } from '#storage/app-environments.ts';
import type { AppRole } from '#storage/app-members.ts';
import { openDatabase } from '#storage/database.ts';
import { createStorage } from '#storage/index.ts';
import { ApiCaller } from '#testing/api-caller.ts';
import type { HttpBrowser, Page } from '#testing/http-journey.ts';
import { startTestPlatform, type TestPlatform } from '#testing/test-platform.ts';

const PASSWORD = 'an engine of difference';
const HOUR_MS = 60 * 60 * 1000;

describe('client secrets and API keys at the portal', () => {
  let platform: TestPlatform;
  let app: AppSecrets;
  const people = {} as Record<AppRole, HttpBrowser>;
  before(async () => {
    platform = await startTestPlatform();
    app = await platform.createApp({ name: 'Fern & Field' });
    const passwordHash = await hashPassword(PASSWORD);
    for (const role of ['owner', 'developer', 'read-only'] as const) {
      const email = `${role}@example.com`;
      const account = await platform.storage
        .realm('production')
        .accounts.create({ email, emailVerified: true, givenName: role, passwordHash });
      await platform.storage.appMembers.put(app.appId, account.id, role);
      people[role] = platform.browser();
      const form = await people[role].get('/account/sign-in');
      await people[role].submit(form, '/sign-in', { email, password: PASSWORD });
    }
  });
  after(() => platform.close());

  const path = (of = app) => `/account/apps/${of.appId}/localhost/keys`;
  const mayRead = async (key: string) => (await new ApiCaller(platform, key).get('/users')).status;
  const logIn = async (clientSecret: string) => {
    const body = JSON.stringify({ client_id: app.clientId, client_secret: clientSecret, environment: 'localhost' });
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(`${platform.url}/custom_api/external_login`, { method: 'POST', headers, body });
    return { status: answer.status, body: await answer.text() };
  };
  const redeem = async (clientSecret: string) => {
    const body = new URLSearchParams({
      grant_type: 'authorization_code',
      code: 'unknown',
      redirect_uri: 'https://shop.example/cb',
      client_id: app.clientId,
      client_secret: clientSecret,
    });
    const answer = await fetch(`${platform.url}/sandbox/token`, { method: 'POST', body });
    return ((await answer.json()) as { error: string }).error;
  };
  /** The secret that the page shows, this once. */
  const secretOn = (page: Page, id: string) => {
    const [, text = ''] = new RegExp(`<code id="${id}">(.*?)</code>`, 's').exec(page.html) ?? [];
    return text.replaceAll(/<[^>]*>/g, '');
  };
  const createKey = async (values: Record<string, string>, who: AppRole = 'developer') => {
    const form = await people[who].get(`${path()}/new`);
    return people[who].submit(form, '/keys/new', {
      name: 'Reports',
      rights: 'full',
      expiry: 'never',
      ...values,
    });
  };
  const noticesTo = async (email: string) =>
    (await platform.storage.mails.list()).filter(({ to }) => to === email).map(({ subject }) => subject);

  it('a new secret works at once, and the old one until its grace period ends, at both endpoints', async () => {
    const form = await people.developer.get(`${path()}/secret`);
    const page = await people.developer.submit(form, '/keys/secret', { grace: '1h' });
    assert.equal(page.status, 200);
    assert.equal(page.headers.get('cache-control'), 'no-store');
    const secret = secretOn(page, 'client-secret');
    assert.match(secret, /^[A-Za-z\d]{40}$/);
    for (const one of [secret, app.clientSecret]) {
      assert.equal((await logIn(one)).status, 200);
      assert.equal(await redeem(one), 'invalid_grant', 'the client is known, the code is not');
    }

    const list = await people.developer.get(path());
    assert.ok(!list.html.includes(secret));
    await platform.database.db
      .updateTable('environments')
      .set({ previous_secret_expires_at: Date.now() - 1 })
      .where('client_id', '=', app.clientId)
      .execute();
    assert.equal((await logIn(secret)).status, 200);
    const refused = await logIn(app.clientSecret);
    assert.equal(refused.status, 401);
    assert.equal(
      refused.body,
      '{"code":401,"message":"fail","data":{"error":"Invalid client_id or client_secret"}}',
      'as for any other wrong secret',
    );
    assert.equal(await redeem(app.clientSecret), 'invalid_client');
    assert.deepEqual((await noticesTo('owner@example.com')).at(0), 'A client secret of Fern & Field was replaced');
    assert.deepEqual(await noticesTo('developer@example.com'), [], 'owners are told');
    const [noted] = await platform.storage.auditLog.list({ act: 'environment.secret_replaced' });
    assert.ok(noted && !JSON.stringify(noted).includes(secret));
  });

  it('a form that is sent twice creates one secret, and the previous one can be ended', async () => {
    const { developer } = people;
    const form = (await developer.get(`${path()}/secret`)).form('/keys/secret');
    const first = await developer.post(form.action, { ...form.values, grace: '7d' });
    const secret = secretOn(first, 'client-secret');
    // Sent again at once, as after an answer that was lost, it shows the same; later it leads to what it has created.
    const resent = await developer.post(form.action, { ...form.values, grace: '7d' });
    assert.equal(secretOn(resent, 'client-secret'), secret);
    await platform.database.db.updateTable('submissions').set({ expires_at: 0 }).execute();
    const again = await developer.post(form.action, { ...form.values, grace: '7d' });
    assert.equal(again.url.pathname, path());
    assert.equal((await logIn(secret)).status, 200);
    assert.match(again.html, /The previous secret works until/);
    const ended = await developer.submit(again, '/end-previous');
    assert.match(ended.html, /no longer works/);
    assert.doesNotMatch(ended.html, /The previous secret works until/);
    // After a leak, the old secret stops at once.
    const now = await developer.submit(await developer.get(`${path()}/secret`), '/keys/secret', { grace: 'now' });
    assert.equal((await logIn(secret)).status, 401);
    assert.equal((await logIn(secretOn(now, 'client-secret'))).status, 200);
  });

  it('a key is created with its limits, shown once, replaced and revoked', async () => {
    const ranges = '203.0.113.0/24\n127.0.0.1';
    const page = await createKey({
      name: '=HYPERLINK("x")',
      rights: 'read-only',
      address_ranges: ranges,
      expiry: '90',
    });
    const key = secretOn(page, 'api-key');
    assert.equal(await mayRead(key), 200);
    const [stored] = await platform.storage.apiKeys.list(app.clientId);
    assert.deepEqual(
      [stored?.name, stored?.readOnly, stored?.addressRanges],
      ['=HYPERLINK("x")', true, ['203.0.113.0/24', '127.0.0.1']],
    );
    const list = await people.developer.get(path());
    assert.ok(!list.html.includes(key) && list.html.includes(key.slice(0, 12)));
    assert.match(list.html, /=HYPERLINK\(&quot;x&quot;\)/);

    const id = stored?.id ?? '';
    const form = await people.developer.get(`${path()}/${id}/replace`);
    const replaced = await people.developer.submit(form, '/replace', { grace: '24h' });
    const newKey = secretOn(replaced, 'api-key');
    assert.deepEqual([await mayRead(key), await mayRead(newKey)], [200, 200]);
    await platform.database.db
      .updateTable('api_keys')
      .set({ expires_at: Date.now() - 1 })
      .where('id', '=', id)
      .execute();
    assert.deepEqual([await mayRead(key), await mayRead(newKey)], [401, 200]);
    assert.equal((await people.developer.get(`${path()}/${id}/replace`)).status, 404, 'it is over');

    const newId = (await platform.storage.apiKeys.list(app.clientId)).find(({ prefix }) =>
      newKey.startsWith(prefix),
    )?.id;
    const question = await people.developer.get(`${path()}/${newId}/revoke`);
    assert.equal(await mayRead(newKey), 200, 'asking does nothing');
    const revoked = await people.developer.submit(question, '/revoke');
    assert.match(revoked.html, /The key is revoked/);
    assert.equal(await mayRead(newKey), 401);
    assert.deepEqual((await noticesTo('owner@example.com')).slice(0, 2), [
      'An API key of Fern & Field was replaced',
      'An API key of Fern & Field was created',
    ]);
    const acts = await platform.storage.auditLog.list({ subject: `key:${id}` });
    assert.deepEqual(
      acts.map(({ act }) => act),
      ['key.created', 'key.replaced'],
    );
    assert.ok(!JSON.stringify(acts).includes(key) && !JSON.stringify(acts).includes(newKey));
  });

  it('the time of the last use is stored after the request, at the latest when the server stops', async () => {
    const another = await startTestPlatform();
    const { clientId, apiKey } = await another.createApp();
    assert.equal((await new ApiCaller(another, apiKey).get('/users')).status, 200);
    await another.close();
    const database = openDatabase({ databaseUrl: undefined, dataDir: another.dataDir });
    const [key] = await createStorage(database).apiKeys.list(clientId);
    assert.ok(key?.lastUsedAt && Date.now() - key.lastUsedAt.getTime() < 60_000);
    await database.close();
  });

  const wrong: [values: Record<string, string>, message: RegExp][] = [
    [{ name: ' ' }, /Give the key a name/],
    [{ name: 'x'.repeat(101) }, /at most 100/],
    [{ name: '<img src=x onerror=alert(1)>' }, /not &lt; or &gt;/],
    [{ address_ranges: 'office' }, /“office” isn’t a network address/],
    [{ address_ranges: '10.0.0.1/8' }, /Did you mean 10\.0\.0\.0\/8/],
    [{ address_ranges: '10.0.0.0/33' }, /a number from 0 to 32/],
    [{ address_ranges: Array.from({ length: 21 }, (_, index) => `192.0.2.${index}`).join('\n') }, /at most 20/],
    [{ expiry: 'date', last_day: '2020-01-01' }, /from today on/],
    [{ expiry: 'date', last_day: '' }, /from today on/],
  ];
  for (const [values, message] of wrong) {
    it(`says what is wrong with ${JSON.stringify(values).slice(0, 60)}, and keeps what was typed`, async () => {
      const before = (await platform.storage.apiKeys.list(app.clientId)).length;
      const page = await createKey({ rights: 'read-only', ...values });
      assert.equal(page.status, 400);
      assert.match(page.html.replaceAll(/<[^>]*>/g, ''), message);
      assert.doesNotMatch(page.html, /<img src=x/);
      const [[name, typed] = ['', '']] = Object.entries(values);
      assert.equal(page.form('/keys/new').values[name]?.toString().includes(typed.slice(0, 4).trim()), true);
      assert.equal((await platform.storage.apiKeys.list(app.clientId)).length, before);
    });
  }

  it('refuses a form that lacks one of the limits', async () => {
    const form = (await people.developer.get(`${path()}/new`)).form('/keys/new');
    for (const missing of ['rights', 'address_ranges', 'expiry']) {
      const values = Object.fromEntries(
        Object.entries({ ...form.values, name: 'x', rights: 'full', expiry: 'never' }).filter(
          ([name]) => name !== missing,
        ),
      );
      assert.equal((await people.developer.post(form.action, values)).status, 400);
    }
    const twice = { ...form.values, name: 'x', rights: 'full', expiry: 'never', address_ranges: ['192.0.2.1', ''] };
    assert.equal((await people.developer.post(form.action, twice)).status, 400);
  });

  it('keys of other apps, and ids of no key, are not found', async () => {
    const other = await platform.createApp();
    const [theirs] = await platform.storage.apiKeys.list(other.clientId);
    const csrf = String((await people.owner.get(`${path()}/new`)).form('/keys/new').values['csrf']);
    for (const id of [theirs?.id ?? '', 'unknown', '%00', '..%2f..']) {
      for (const act of ['replace', 'revoke']) {
        assert.equal((await people.owner.get(`${path()}/${id}/${act}`)).status, 404);
        const values = { csrf, once: 'A'.repeat(22), grace: 'now' };
        assert.equal((await people.owner.post(`${path()}/${id}/${act}`, values)).status, 404);
      }
    }
    assert.equal(await mayRead(other.apiKey), 200);
    assert.equal((await people.owner.get(path(other))).status, 404);
  });

  it('read-only members see the list and no way to change it', async () => {
    const page = await people['read-only'].get(path());
    assert.equal(page.status, 200);
    assert.doesNotMatch(page.html, /\/keys\/(new|secret)|\/(replace|revoke)"/);
  });

  it('warns when a key is about to expire, and escapes its name', async () => {
    const expiresAt = new Date(Date.now() + 13 * 24 * HOUR_MS);
    await platform.storage.apiKeys.create(app.clientId, { name: '<script>alert(1)</script>', expiresAt });
    const { html } = await people.owner.get(path());
    assert.match(html, /The key <b><bdi>&lt;script&gt;alert\(1\)&lt;\/script&gt;<\/bdi><\/b> expires on/);
    assert.doesNotMatch(html, /<script>alert/);
  });

  it('limits the number of keys, and says so', async () => {
    for (;;) {
      const made = await platform.storage.apiKeys.create(app.clientId, { name: 'more' }).catch(() => undefined);
      if (!made) break;
    }
    const page = await createKey({});
    assert.equal(page.status, 400);
    assert.match(page.html, new RegExp(`There are already ${MAX_KEYS} keys`));
  });
});
