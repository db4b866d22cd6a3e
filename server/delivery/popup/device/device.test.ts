import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import { REDIRECT_URI, type SandboxApp } from '#testing/code-flow.ts';
import type { HttpBrowser, Page } from '#testing/http-journey.ts';
import { SHOP_ORIGIN, startTestPlatform, type TestPlatform } from '#testing/test-platform.ts';

const GRANT = 'urn:ietf:params:oauth:grant-type:device_code';
const HERE = { 'x-forwarded-for': '198.51.100.7' };
const SECRET_IN_DATABASE = /^[\w-]{43}$/;

interface Answer {
  status: number;
  body: Record<string, unknown> & { error?: string };
}

/** RFC 8628. */
describe('signing in on a device', () => {
  let platform: TestPlatform;
  let app: SandboxApp;
  before(async () => {
    platform = await startTestPlatform({ TRUST_PROXY: 'loopback' });
    app = await platform.createApp({ name: 'Fern & Field', redirectUris: [REDIRECT_URI], deviceFlow: true });
  });
  after(() => platform.close());

  const basic = ({ clientId, clientSecret }: SandboxApp) => ({
    authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`,
  });
  const ask = async (
    by: SandboxApp,
    path: string,
    values: Record<string, string>,
    headers: HeadersInit = basic(by),
  ): Promise<Answer> => {
    const response = await fetch(by.issuer + path, { method: 'POST', headers, body: new URLSearchParams(values) });
    return { status: response.status, body: (await response.json()) as Answer['body'] };
  };
  const begin = async (by: SandboxApp = app, more: Record<string, string> = {}, headers: HeadersInit = basic(by)) => {
    const answer = await ask(
      by,
      '/device_authorization',
      { client_id: by.clientId, scope: 'openid', ...more },
      headers,
    );
    return { ...answer, device: String(answer.body['device_code']), shown: String(answer.body['user_code']) };
  };
  const poll = (device: string, by: SandboxApp = app, headers: HeadersInit = basic(by)) =>
    ask(by, '/token', { grant_type: GRANT, device_code: device, client_id: by.clientId }, headers);
  const open = (browser: HttpBrowser, shown: string, by: SandboxApp = app, headers = HERE as Record<string, string>) =>
    browser.get(`${by.issuer}/device?user_code=${encodeURIComponent(shown)}`, headers);
  /** Says that the device is theirs, is Jane where that is asked, and agrees. */
  const approve = async (browser: HttpBrowser, confirm: Page): Promise<Page> => {
    let page = await browser.submit(confirm, '/device');
    if (page.html.includes('/persona"')) page = await browser.submit(page, '/persona', { persona: 'complete' });
    return page.html.includes('/consent"') ? browser.submit(page, '/consent') : page;
  };
  const DONE = 'Done: go back to the device';
  const ENTER = 'Enter the code from your device';
  const CONFIRM = 'Sign in to Fern & Field on another device?';

  it('goes from the code on the device to its tokens', async () => {
    const { status, body, device, shown } = await begin(app, {
      scope: 'openid email',
      claims: '{"id_token":{"name":null}}',
    });
    assert.equal(status, 200);
    assert.match(shown, /^[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}$/);
    assert.deepEqual(
      [body['verification_uri'], body['verification_uri_complete'], body['expires_in'], body['interval']],
      [`${app.issuer}/device`, `${app.issuer}/device?user_code=${shown}`, 600, 5],
    );
    assert.deepEqual((await poll(device)).body.error, 'authorization_pending');
    const browser = platform.browser();
    const form = await browser.get(String(body['verification_uri']));
    assert.deepEqual([form.status, form.heading], [200, ENTER]);
    const confirm = await open(browser, ` ${shown.toLowerCase().replace('-', ' ')}`);
    assert.equal(confirm.heading, CONFIRM);
    const end = await approve(browser, confirm);
    assert.deepEqual([end.status, end.heading], [200, DONE]);
    const tokens = await poll(device);
    assert.equal(tokens.status, 200, JSON.stringify(tokens.body));
    const idToken = String(tokens.body['id_token']);
    assert.equal(decodeProtectedHeader(idToken).alg, 'RS256');
    const { aud, name, email, is_new_user: isNew } = decodeJwt(idToken);
    assert.deepEqual([aud, typeof name, isNew], [app.clientId, 'string', true]);
    assert.ok(email);
    await platform.flush();
    const events = await platform.storage.appEvents.listSince(app.clientId, new Date(0), 50);
    const kinds = events.map(({ kind }) => kind);
    for (const kind of ['device.shown', 'popup.consent_given', 'device.approved', 'code.redeemed'])
      assert.ok(kinds.includes(kind as never), `${kind} in ${kinds}`);
    assert.ok(!kinds.includes('token.refused'), 'waiting is no refusal');
    assert.equal(new Set(events.map(({ attempt }) => attempt)).size, 1, 'one attempt, from the code to the tokens');
    assert.equal(events[0]?.attempt?.length, 22);
  });

  it('is announced', async () => {
    const response = await fetch(`${app.issuer}/.well-known/openid-configuration`);
    const metadata = (await response.json()) as Record<string, unknown>;
    assert.equal(metadata['device_authorization_endpoint'], `${app.issuer}/device_authorization`);
    assert.ok((metadata['grant_types_supported'] as string[]).includes(GRANT));
  });

  describe('asks whether the device is theirs', () => {
    it('with the shop, its address, the code and a warning, before anybody signs in', async () => {
      const { shown } = await begin();
      const page = await open(platform.browser(), shown);
      assert.equal(page.heading, CONFIRM);
      for (const text of ['shop.example', shown, 'a device in front of you', 'Cancel'])
        assert.ok(page.html.includes(text), text);
      assert.doesNotMatch(page.html, /\/persona"|name="password"/);
      assert.equal(page.headers.get('x-frame-options'), 'DENY');
      assert.match(page.headers.get('content-security-policy') ?? '', /frame-ancestors 'none'/);
    });

    it('also whoever is signed in and has agreed before, and tells them who they are', async () => {
      const browser = platform.browser();
      await approve(browser, await open(browser, (await begin()).shown));
      const { shown, device } = await begin();
      const page = await open(browser, shown);
      assert.equal(page.heading, CONFIRM);
      assert.match(page.html, /@/, 'the account');
      assert.deepEqual((await poll(device)).body.error, 'authorization_pending', 'nothing passes by opening it');
      assert.equal((await browser.submit(page, '/device')).heading, DONE);
    });

    it('and takes no other answer for it: who skips it is asked again', async () => {
      const { shown, device } = await begin();
      const browser = platform.browser();
      const page = await open(browser, shown);
      const uid = page.form('/device').action.split('/').at(-2);
      const resumed = await browser.get(`${app.issuer}/device/${uid}`);
      assert.equal(resumed.heading, CONFIRM);
      assert.deepEqual((await poll(device)).body.error, 'authorization_pending');
    });

    it('only in the browser that opened it, from our own page, with its token', async () => {
      const { shown, device } = await begin();
      const browser = platform.browser();
      const page = await open(browser, shown);
      const { action, values } = page.form('/device');
      assert.equal((await platform.browser().post(action, values)).status, 400, 'another browser');
      assert.equal(
        (await browser.post(action, values, { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' })).status,
        403,
      );
      assert.equal((await browser.post(action, { ...values, csrf: 'x' })).status, 403);
      assert.deepEqual((await poll(device)).body.error, 'authorization_pending');
      assert.equal((await approve(browser, page)).heading, DONE);
    });
  });

  describe('is declined', () => {
    for (const at of ['the question about the device', 'consent'])
      it(`at ${at}: the device hears so`, async () => {
        const { shown, device } = await begin();
        const other = await platform.createApp({
          name: 'Fern & Field',
          redirectUris: [REDIRECT_URI],
          deviceFlow: true,
        });
        const [by, code, secret] =
          at === 'consent'
            ? [other, ...(await begin(other).then((one) => [one.shown, one.device] as const))]
            : [app, shown, device];
        const browser = platform.browser();
        let page = await open(browser, String(code), by);
        if (at === 'consent') {
          page = await browser.submit(page, '/device');
          page = await browser.submit(page, '/persona', { persona: 'complete' });
          assert.ok(page.html.includes('/consent"'));
        }
        const end = await browser.submit(page, '/cancel');
        assert.equal(end.heading, 'The device was not connected');
        assert.deepEqual((await poll(String(secret), by)).body.error, 'access_denied');
      });
  });

  describe('has codes that', () => {
    it('work once, for the device and for people', async () => {
      const { shown, device } = await begin();
      const browser = platform.browser();
      await approve(browser, await open(browser, shown));
      const again = await open(platform.browser(), shown);
      assert.deepEqual([again.status, again.heading], [400, ENTER]);
      assert.match(again.html, /has expired, or has been used/);
      const answers = await Promise.all([1, 2, 3].map(() => poll(device)));
      assert.equal(answers.filter(({ status }) => status === 200).length, 1);
      assert.equal((await poll(device)).body.error, 'invalid_grant');
    });

    it('are for one of two people who both said that it is theirs', async () => {
      const { shown, device } = await begin();
      const [first, second] = [platform.browser(), platform.browser()];
      const pages = [await open(first, shown), await open(second, shown)] as const;
      assert.equal((await approve(first, pages[0])).heading, DONE);
      const late = await approve(second, pages[1]);
      assert.deepEqual([late.status, late.heading], [400, ENTER]);
      assert.equal((await poll(device)).status, 200);
    });

    it('expire, and say so', async () => {
      const { shown, device } = await begin();
      await platform.database.db
        .updateTable('oidc_records')
        .set(({ fn, val }) => ({
          payload: fn('json_set', ['payload', val('$.exp'), val(Math.floor(Date.now() / 1000) - 60)]) as never,
        }))
        .where('model', '=', 'DeviceCode')
        .where('uid', '=', shown.replace('-', ''))
        .execute();
      assert.deepEqual((await poll(device)).body.error, 'expired_token');
      assert.match((await open(platform.browser(), shown)).html, /has expired, or has been used/);
    });

    it('are one client’s, and one realm’s', async () => {
      const other = await platform.createApp({ name: 'Other', redirectUris: [REDIRECT_URI], deviceFlow: true });
      const { shown, device } = await begin();
      assert.equal((await poll(device, other)).body.error, 'invalid_grant');
      const production = { ...app, issuer: platform.url };
      assert.match((await open(platform.browser(), shown, production)).html, /No device is waiting/);
      assert.equal((await begin(production)).status, 401);
      const browser = platform.browser();
      await approve(browser, await open(browser, shown));
      assert.equal((await poll(device, other)).body.error, 'invalid_grant', 'not after it either');
      assert.equal((await poll(device)).status, 200);
    });

    it('are in the database as hashes only, and a hash opens nothing', async () => {
      const { shown, device } = await begin();
      const browser = platform.browser();
      const page = await open(browser, shown);
      assert.match(device, SECRET_IN_DATABASE);
      const records = await platform.database.db.selectFrom('oidc_records').selectAll().execute();
      assert.ok(!JSON.stringify(records).includes(device));
      const hash = records.find(({ uid }) => uid === shown.replace('-', ''))?.id_hash;
      await approve(browser, page);
      assert.equal((await poll(`hashed.${hash}`)).body.error, 'invalid_grant');
      assert.equal((await poll(device)).status, 200);
    });

    it('are not chosen by the client', async () => {
      const { status, body } = await begin(app, { user_code: 'BBBBBBBB' });
      assert.deepEqual([status, body.error], [400, 'invalid_request']);
    });
  });

  it('tells a device that asks too often to slow down, and one that keeps the interval not', async () => {
    const { device, shown } = await begin();
    assert.equal((await poll(device)).body.error, 'authorization_pending');
    assert.equal((await poll(device)).body.error, 'slow_down');
    const browser = platform.browser();
    await approve(browser, await open(browser, shown));
    assert.equal((await poll(device)).status, 200, 'what is decided is not kept waiting');
    const patient = await begin();
    await poll(patient.device);
    await delay(4_100);
    assert.equal((await poll(patient.device)).body.error, 'authorization_pending');
  });

  describe('is for', () => {
    it('apps that have turned it on', async () => {
      const off = await platform.createApp({ redirectUris: [REDIRECT_URI] });
      const { status, body } = await begin(off);
      assert.equal(status, 400);
      assert.match(String(body['error_description']), /not allowed for this client/);
    });

    it('backends with the secret, and not for pages', async () => {
      for (const headers of [
        {},
        { origin: SHOP_ORIGIN },
        basic({ ...app, clientSecret: 'wrong' }),
      ] satisfies HeadersInit[])
        assert.equal((await begin(app, {}, headers)).body.error, 'invalid_client');
      const { device, shown } = await begin();
      const browser = platform.browser();
      await approve(browser, await open(browser, shown));
      for (const headers of [{}, { origin: SHOP_ORIGIN }] satisfies HeadersInit[])
        assert.equal((await poll(device, app, headers)).body.error, 'invalid_client');
    });

    it('native apps without one', async () => {
      const native = await platform.createApp({
        name: 'Till',
        kind: 'native',
        origins: [],
        redirectUris: ['com.example.till:/cb'],
        deviceFlow: true,
      });
      const { device, shown } = await begin(native, {}, {});
      const browser = platform.browser();
      const page = await open(browser, shown, native);
      assert.equal(page.heading, 'Sign in to Till on another device?');
      assert.equal((await approve(browser, page)).heading, DONE);
      assert.equal((await poll(device, native, {})).status, 200);
    });
  });

  const REFUSED: [what: string, more: Record<string, string>, error: string][] = [
    ['claims of fields that are not registered', { claims: '{"id_token":{"birthdate":null}}' }, 'invalid_request'],
    ['a request of elsewhere', { request_uri: 'https://evil.example/' }, 'request_uri_not_supported'],
    ['more than is kept', { login_hint: 'x'.repeat(5_000) }, 'invalid_request'],
  ];
  for (const [what, more, error] of REFUSED)
    it(`refuses in JSON: ${what}`, async () => {
      const { status, body } = await begin(app, more);
      assert.deepEqual([status, body.error], [400, error]);
    });

  describe('slows who guesses codes', () => {
    const HOSTILE = { 'x-forwarded-for': '203.0.113.5' };
    const letters = 'BCDFGHJKLMNPQRSTVWXZ';
    const guess = (number: number) =>
      Array.from({ length: 8 }, (_, index) => letters[(number * 7 + index * 3 + (number >> index)) % 20]).join('');

    it('by network, in parallel too, and nobody else', async () => {
      const browser = platform.browser();
      const answers = await Promise.all(
        Array.from({ length: 40 }, (_, number) => open(browser, guess(number), app, HOSTILE)),
      );
      assert.equal(answers.filter(({ status }) => status === 400).length, 30);
      const refused = answers.find(({ status }) => status === 429);
      assert.ok(Number(refused?.headers.get('retry-after') ?? 0) > 0);
      assert.equal(refused?.heading, ENTER);
      const { shown } = await begin();
      assert.equal((await open(platform.browser(), shown, app, HOSTILE)).status, 429, 'not even with the right one');
      assert.equal((await open(platform.browser(), shown)).heading, CONFIRM, 'another network');
    });

    it('and no honest person: what cannot be a code, and right ones, cost nothing', async () => {
      const place = { 'x-forwarded-for': '203.0.113.99' };
      for (let mistake = 0; mistake < 35; mistake += 1) {
        const page = await open(platform.browser(), 'HELLO', app, place);
        assert.deepEqual([page.status, page.heading], [400, ENTER]);
      }
      for (let time = 0; time < 35; time += 1)
        assert.equal((await open(platform.browser(), (await begin()).shown, app, place)).heading, CONFIRM);
    });
  });

  it('keeps no session for who comes with nothing', async () => {
    const sessions = async () =>
      (await platform.database.db.selectFrom('oidc_records').selectAll().where('model', '=', 'Session').execute())
        .length;
    const before = await sessions();
    const browser = platform.browser();
    for (const path of ['/device', '/device?user_code=BBBBBBBB', '/device?user_code=%3Cb%3E', '/device/unknown'])
      assert.ok((await browser.get(app.issuer + path)).heading, path);
    assert.equal((await browser.get(`${app.issuer}/device/unknown`)).status, 400);
    assert.equal(await sessions(), before);
  });

  it('goes on after the back button, and as somebody else: each time it asks anew', async () => {
    const { shown, device } = await begin();
    const browser = platform.browser();
    const confirm = await open(browser, shown);
    const signIn = await browser.submit(confirm, '/device');
    assert.match(signIn.html, /\/persona"/);
    assert.equal((await browser.get(confirm.url.href)).heading, CONFIRM, 'back');
    const consent = await browser.submit(signIn, '/persona', { persona: 'newcomer' });
    const anew = await browser.submit(consent, '/switch-account');
    assert.equal(anew.heading, CONFIRM);
    assert.equal((await approve(browser, anew)).heading, DONE);
    assert.equal((await poll(device)).status, 200);
  });

  it('lets the app stay connected when people were shown so, with one algorithm, and told of sign-outs', async () => {
    const by = await platform.createApp({
      redirectUris: [REDIRECT_URI],
      deviceFlow: true,
      backchannelLogoutUri: `${SHOP_ORIGIN}/logged-out`,
    });
    const { shown, device } = await begin(by, { scope: 'openid offline_access' });
    const browser = platform.browser();
    await approve(browser, await open(browser, shown, by));
    const { body } = await poll(device, by);
    const refreshed = await ask(by, '/token', {
      grant_type: 'refresh_token',
      refresh_token: String(body['refresh_token']),
    });
    for (const idToken of [body['id_token'], refreshed.body['id_token']])
      assert.equal(decodeProtectedHeader(String(idToken)).alg, 'RS256');
    const told = await platform.database.db
      .selectFrom('session_clients')
      .selectAll()
      .where('client_id', '=', by.clientId)
      .execute();
    assert.deepEqual(
      told.map(({ user_id: id }) => id),
      [decodeJwt(String(body['id_token'])).sub],
    );
  });
});
