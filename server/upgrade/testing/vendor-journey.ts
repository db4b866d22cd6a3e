import assert from 'node:assert/strict';
import { it } from 'node:test';
import { ENVIRONMENTS, issuerOf, REALMS, realmOf } from '@signup-with-platform/protocol';
import { createLocalJWKSet, decodeJwt, jwtVerify } from 'jose';
import { PUBLIC_URL } from './installation.ts';
import type { UpgradeContext } from './upgrade-context.ts';
import {
  ALL_FIELDS,
  addressOf,
  askForTokens,
  openFresh,
  openShop,
  publishedKeys,
  redeemCode,
  signIn,
} from './visits.ts';

/** What a vendor has in its code and its settings works as before. */
export function vendorJourney(context: UpgradeContext): void {
  const production = () => context.world.environments.production;

  it('names the same issuers, and publishes the keys that have signed', async () => {
    const { installation, world } = context;
    for (const realm of REALMS) {
      const url = `${addressOf(installation, realm)}/.well-known/openid-configuration`;
      const { issuer } = (await (await fetch(url)).json()) as { issuer: string };
      assert.equal(issuer, issuerOf(PUBLIC_URL, realm));
      const { keys } = await publishedKeys(installation, realm);
      const kids = keys.map(({ kid }) => kid);
      for (const kid of world.signing_keys[realm]) assert.ok(kids.includes(kid));
      const added = keys.filter(({ kid = '' }) => !world.signing_keys[realm].includes(kid));
      assert.ok(
        added.every(({ alg }) => alg !== 'ES256'),
        'only of algorithms that there were no keys of',
      );
      assert.deepEqual(
        [...new Set(keys.map(({ alg }) => alg))],
        ['ES256', 'RS256', 'EdDSA'],
        'after those that there were',
      );
    }
    const { credential } = world.ada;
    await jwtVerify(credential, createLocalJWKSet(await publishedKeys(installation, 'production')), {
      issuer: PUBLIC_URL,
      audience: production().client_id,
      algorithms: ['ES256'],
      currentDate: new Date((decodeJwt(credential).iat ?? 0) * 1000),
    });
  });

  for (const environment of ENVIRONMENTS) {
    it(`logs a backend in with its secret, and opens the API to it (${environment})`, async () => {
      const { installation, world } = context;
      const { client_id, client_secret, api_key, sub } = world.environments[environment];
      const logIn = async (secret: string) => {
        const response = await fetch(`${installation.url}/custom_api/external_login`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ client_id, client_secret: secret, environment }),
        });
        assert.equal(response.status, 200);
        return ((await response.json()) as { data: { token: string } }).data.token;
      };
      const tokens = [await logIn(client_secret)];
      if (environment === 'production') tokens.push(await logIn(world.previous_client_secret));
      for (const token of tokens) {
        const headers = { authorization: `Bearer ${token}` };
        assert.equal((await fetch(`${installation.url}/1/users/${sub}`, { headers })).status, 200);
      }
      const { status, body } = await installation.vendor(api_key).get(`/users/${sub}`);
      assert.equal(status, 200);
      assert.equal(body['email'], realmOf(environment) === 'sandbox' ? world.emails.tess : world.emails.ada);
    });
  }

  it('takes every API key, each within its limits', async () => {
    const { vendor } = context.installation;
    const { replaced, read_only, from_here, from_elsewhere } = context.world.keys;
    for (const key of [production().api_key, replaced, read_only, from_here]) {
      assert.equal((await vendor(key).get('/users')).status, 200);
    }
    const written = await vendor(read_only).put(`/users/${production().sub}`, { roles: 'vip' });
    assert.deepEqual([written.status, written.body['error']], [403, 'read_only_key']);
    const called = await vendor(from_elsewhere).get('/users');
    assert.deepEqual([called.status, called.body['error']], [403, 'address_not_allowed']);
  });

  it('lists those who came through the popup and those whom the vendor made, each as they were', async () => {
    const { installation, world } = context;
    const { sub, api_key } = production();
    const { body } = await installation.vendor(api_key).get('/users?limit=100');
    const users = body['data'] as Record<string, unknown>[];
    const ada = users.find(({ id }) => id === sub);
    const { phone_number } = world.ada;
    assert.deepEqual(
      [ada?.['email'], ada?.['name'], ada?.['phone_number'], ada?.['address'], ada?.['is_email_verified']],
      [world.emails.ada, 'Ada Byron', phone_number, undefined, true],
    );
    const jane = users.find(({ id }) => id === world.vendor_user.id);
    const { email, username } = world.vendor_user.request;
    assert.deepEqual([jane?.['email'], jane?.['username'], jane?.['roles']], [email, username, ['admin', 'vip']]);
    assert.deepEqual(
      users.filter((user) => user['is_active'] === false).map((user) => user['email']),
      ['off@example.com'],
    );
  });

  it('signs in the users whom the vendor made, and knows what was answered and mailed before', async () => {
    const { installation, world } = context;
    const { id, idempotency_key, request, reset_code } = world.vendor_user;
    const backend = installation.vendor(production().api_key);
    const signInWith = (signin_id: string, password: string) => backend.post('/auth/signin', { signin_id, password });
    for (const signinId of [request.email, request.username]) {
      const { status, body } = await signInWith(signinId, request.password);
      assert.deepEqual([status, body['id']], [200, id]);
    }
    const replayed = await backend.post('/users', request, { 'idempotency-key': idempotency_key });
    assert.deepEqual([replayed.status, replayed.body['id']], [200, id]);
    assert.equal(replayed.headers.get('idempotency-replayed'), 'true');

    const password = 'Another-lamp-43';
    assert.equal((await backend.post('/auth/reset-password', { code: reset_code, password })).status, 200);
    assert.equal((await signInWith(request.email, password)).status, 200);
  });

  it('redeems codes at the redirect URI with the secret, and refresh tokens of before', async () => {
    const { installation, world } = context;
    for (const environment of ENVIRONMENTS) {
      const secrets = world.environments[environment];
      const { ada, tess } = world.cookies;
      const browser = installation.browser(environment === 'production' ? ada : tess);
      const { id_token = '', error } = await redeemCode(installation, browser, environment, secrets);
      assert.deepEqual([error, decodeJwt(id_token).sub], [undefined, secrets.sub]);
    }
    const old = { ...production(), client_secret: world.previous_client_secret };
    const refreshed = await askForTokens(installation, 'production', old, {
      grant_type: 'refresh_token',
      refresh_token: world.ada.refresh_token,
    });
    assert.deepEqual([refreshed.error, decodeJwt(refreshed.id_token ?? '').sub], [undefined, production().sub]);
  });

  it('shows the app to its members as they left it, with what happened around it', async () => {
    const { installation, world } = context;
    const { password, app, emails } = world;
    const owner = installation.browser();
    await signIn(owner, { email: emails.owner, password });
    const path = `/account/apps/${app.id}`;
    const { values } = (await openFresh(owner, `${path}/settings`, password)).form('/settings');
    assert.deepEqual(
      [values['name'], values['privacyPolicyUri'], values['reason_email']],
      [app.name, 'https://shop.example/privacy', 'For your receipt.'],
    );
    for (const [page, shown] of [
      ['settings', app.logo],
      ['production', production().origin],
      ['production', 'https://www.shop.example'],
      ['production', production().redirect_uri],
      ['sandbox', world.signup_endpoint],
      ['members', emails.developer],
      ['members', emails.reader],
      ['members', emails.invited],
      ['production/keys', world.keys.read_only.slice(0, 12)],
      ['production/events', production().sub],
    ] as const) {
      const { status, html } = await openFresh(owner, `${path}/${page}`, password);
      assert.ok(status === 200 && html.includes(shown), `${page} shows ${shown}`);
    }
    assert.equal((await fetch(`${installation.url}${app.logo}`)).headers.get('content-type'), 'image/webp');

    for (const [email, statusOfApp, statusOfInvite] of [
      [emails.developer, 200, 403],
      [emails.reader, 200, 403],
      [emails.ada, 404, 404],
    ] as const) {
      const member = installation.browser();
      await signIn(member, { email, password });
      assert.equal((await member.get(path)).status, statusOfApp, email);
      assert.equal((await openFresh(member, `${path}/members/invite`, password)).status, statusOfInvite, email);
    }
  });

  it('gets a new customer by the popup, with what the app asks for', async () => {
    const { installation } = context;
    const { client_id, origin } = production();
    const { consent, browser } = await context.newcomer('nina@example.com', ALL_FIELDS);
    const last = await browser.submit(consent, '/consent', { share: [] });
    assert.equal(last.delivery?.targetOrigin, origin);
    const keys = createLocalJWKSet(await publishedKeys(installation, 'production'));
    const { payload, protectedHeader } = await jwtVerify(last.message.credential ?? '', keys, {
      issuer: PUBLIC_URL,
      audience: client_id,
    });
    assert.equal(protectedHeader.alg, 'ES256');
    assert.deepEqual(
      [payload['is_new_user'], payload['email'], payload['environment']],
      [true, 'nina@example.com', 'production'],
    );
    const again = (await openShop(browser, production())).claims;
    assert.deepEqual([again['sub'], again['is_new_user']], [payload.sub, false]);
  });
}
