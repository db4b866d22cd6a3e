import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { promisify } from 'node:util';
import {
  CALLBACK,
  connect,
  openShop,
  type Resident,
  redeemCode,
  resident,
  tokenRequest,
  userinfo,
} from '#portal/testing/resident.ts';
import type { AppSecrets } from '#storage/app-environments.ts';
import { TestDnsServer } from '#testing/dns-server.ts';
import { HttpBrowser, type Page } from '#testing/http-journey.ts';
import { SHOP_ORIGIN, startTestPlatform, type TestPlatform } from '#testing/test-platform.ts';

const COMMAND_LINE = join(import.meta.dirname, '../../cli/platform.ts');
const PUBLIC_URL = 'https://id.example';

/** Runs `npm run platform`: another process than the server's. */
async function command(env: Record<string, string>, ...words: string[]): Promise<Record<string, unknown>> {
  const options = { env: { PATH: process.env['PATH'] ?? '', ...env } };
  const { stdout } = await promisify(execFile)(process.execPath, [COMMAND_LINE, ...words, '--json'], options);
  return JSON.parse(stdout) as Record<string, unknown>;
}

/** @returns what a command that fails says */
async function failing(env: Record<string, string>, ...words: string[]): Promise<string> {
  const { stderr } = await command(env, ...words).then(
    () => assert.fail('it should have failed'),
    (error: { stderr: string }) => error,
  );
  return stderr;
}

/** A PNG of one pixel. */
const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==';

/** An owner's app, and its production environment as the portal made it. */
async function goLive(platform: TestPlatform, owner: Resident, name = 'Fern & Field'): Promise<AppSecrets> {
  const { appId } = await platform.createApp({ name, ownerId: owner.account.id });
  const policy = { name, privacyPolicyUri: `${SHOP_ORIGIN}/privacy`, wish_email: 'required' };
  const settings = await owner.browser.get(`/account/apps/${appId}/settings`);
  await owner.browser.submit(settings, '/settings', policy);
  const form = await owner.browser.get(`/account/apps/${appId}/add?environment=production`);
  const made = await owner.browser.submit(form, '/add', { origin: SHOP_ORIGIN });
  const shown = (id: string) => new RegExp(`<code id="?${id}"?>(?:<[^>]*>)*([\\w-]+)`).exec(made.html)?.[1] ?? '';
  const [clientId, clientSecret, apiKey] = [shown('client-id'), shown('client-secret'), shown('api-key')];
  assert.match(apiKey, /^sk_live_/, 'keys exist from the beginning');
  return { appId, clientId, clientSecret, apiKey };
}

function assertSilent(page: Page, status: number, heading: RegExp): void {
  assert.equal(page.status, status);
  assert.match(page.heading, heading);
  assert.equal(page.delivery, undefined);
  assert.doesNotMatch(page.html, /data-target-origin/);
}

describe('a production environment under review', () => {
  let platform: TestPlatform;
  let env: Record<string, string>;
  let owner: Resident;
  let app: AppSecrets;
  before(async () => {
    platform = await startTestPlatform({ APP_REVIEW: 'required' });
    env = { DATA_DIR: platform.dataDir, APP_REVIEW: 'required' };
    owner = await resident(platform);
    app = await goLive(platform, owner);
  });
  after(() => platform.close());

  const overview = () => owner.browser.get(`/account/apps/${app.appId}`);
  const mails = async () => (await platform.storage.mails.list()).filter(({ to }) => to === owner.email);
  const api = (key: string) =>
    fetch(`${platform.url}/1/users`, { headers: { authorization: `Basic ${btoa(`${key}:`)}` } });
  const login = () =>
    fetch(`${platform.url}/custom_api/external_login`, {
      method: 'POST',
      body: new URLSearchParams({
        client_id: app.clientId,
        client_secret: app.clientSecret,
        environment: 'production',
      }),
    });
  /** Each way in answers as its own contract has it. */
  async function assertHeld(message: RegExp): Promise<void> {
    const refused = await api(app.apiKey);
    const body = (await refused.json()) as { error: string; message: string };
    assert.deepEqual([refused.status, body.error], [402, 'app_disabled']);
    assert.match(body.message, message);
    const loggedIn = await login();
    assert.equal(loggedIn.status, 401);
    assert.deepEqual(await loggedIn.json(), { code: 401, message: 'fail', data: { error: 'This app is disabled' } });
    assert.equal(
      (await tokenRequest(platform, app, { grant_type: 'authorization_code', code: 'x' })).error,
      'invalid_client',
    );
    const embed = {
      method: 'POST',
      headers: { 'x-api-key': app.apiKey, 'content-type': 'application/json' },
      body: '{}',
    };
    assert.equal((await fetch(`${platform.url}/embed/login`, embed)).status, 402);
    const metadata = await fetch(`${platform.url}/fedcm/client-metadata?client_id=${app.clientId}`);
    assert.ok(metadata.status >= 400);
  }

  it('is held: the popup says so and sends no message, and no key works', async () => {
    assertSilent(await openShop(platform.browser(), app), 403, /^This shop isn’t approved yet$/);
    await assertHeld(/not approved the app for production yet/);
    assert.match((await overview()).html, /Production is waiting for approval/);
    const { apps } = (await command(env, 'app', 'list', '--status', 'pending')) as { apps: { app_id: string }[] };
    assert.deepEqual(
      apps.map(({ app_id: id }) => id),
      [app.appId],
    );
    const [asked] = await platform.storage.auditLog.list({ act: 'app.review_requested' });
    assert.equal(asked?.subject, `app:${app.appId}`);
  });

  it('is declined with a reason, which members read, and may be asked for again', async () => {
    await command(env, 'app', 'decline', app.appId, '--reason', 'Whose <shop> is it?');
    assertSilent(await openShop(platform.browser(), app), 403, /isn’t approved yet/);
    const page = await overview();
    assert.match(page.html, /Production wasn’t approved/);
    assert.match(page.html, /Whose &lt;shop&gt; is it\?/);
    assert.match((await mails()).map(({ text }) => text).join('\n'), /The reason given: Whose <shop> is it\?/);
    const reader = await resident(platform);
    await platform.storage.appMembers.put(app.appId, reader.account.id, 'developer');
    const readers = await reader.browser.get(`/account/apps/${app.appId}`);
    assert.match(readers.html, /Whose &lt;shop&gt; is it\?/);
    assert.doesNotMatch(readers.html, /Ask for another review/, 'owners ask');
    const again = await owner.browser.submit(page, '/review');
    assert.match(again.html, /We’ve asked for another review/);
    assert.match(again.html, /Production is waiting for approval/);
  });

  it('works once it is approved, at once and in every process', async () => {
    assert.equal((await command(env, 'app', 'approve', app.clientId))['status'], 'approved');
    assert.equal((await api(app.apiKey)).status, 200);
    assert.equal((await login()).status, 200);
    const person = await resident(platform, { givenName: 'Tess' });
    assert.ok((await connect(person.browser, app))['sub']);
    assert.doesNotMatch((await overview()).html, /waiting for approval|wasn’t approved/);
    assert.ok((await mails()).some(({ subject }) => subject === 'Fern & Field was approved'));
  });

  it('keeps its name until another one is approved', async () => {
    const settings = () => owner.browser.get(`/account/apps/${app.appId}/settings`);
    const rename = async (name: string) => owner.browser.submit(await settings(), '/settings', { name });
    const shownName = async () =>
      /<bdi>(Fern[^<]*|Oak[^<]*)<\/bdi>/.exec((await openShop(platform.browser(), app)).html)?.[1];
    const saved = await rename('Oak Books');
    assert.match(saved.html, /Changes are waiting for approval/);
    assert.equal(await shownName(), 'Fern &amp; Field');
    const listed = (await command(env, 'app', 'list', '--status', 'pending'))['apps'] as { requested_name: string }[];
    assert.deepEqual(
      listed.map(({ requested_name: name }) => name),
      ['Oak Books'],
    );
    assert.equal((await api(app.apiKey)).status, 200, 'the app goes on working');

    await command(env, 'app', 'decline', app.appId, '--reason', 'Oak is somebody else.');
    assert.match((await settings()).html, /The changes weren’t approved.*Oak is somebody else\./s);
    assert.equal(await shownName(), 'Fern &amp; Field');
    assert.equal((await api(app.apiKey)).status, 200);
    const again = await rename('Oak & Elm');
    assert.match(again.html, /Changes are waiting for approval/);
    await command(env, 'app', 'approve', app.appId);
    assert.equal(await shownName(), 'Oak &amp; Elm');
    await rename('Fern & Field');
    const withdrawn = await rename('Oak & Elm');
    assert.doesNotMatch(withdrawn.html, /waiting for approval/);
  });

  it('is not approved unseen by withdrawing and asking again, and what was declined stays declined', async () => {
    const settings = () => owner.browser.get(`/account/apps/${app.appId}/settings`);
    const rename = async (name: string) => owner.browser.submit(await settings(), '/settings', { name });
    const shownName = async () => (await platform.storage.appEnvironments.findByClientId(app.clientId))?.name;
    const before = (await shownName()) ?? '';
    await rename('Oak Books');
    await rename(before);
    await rename('Elm Bank');
    assert.match(await failing(env, 'app', 'approve', app.appId), /was changed at .*while it waited/s);
    await command(env, 'app', 'decline', app.appId, '--reason', 'It is no bank.');
    await command(env, 'app', 'approve', app.appId);
    assert.equal(await shownName(), before);
    await rename(before);
  });

  it('keeps its pages and logo, too, and is approved as the operator saw it', async () => {
    const settings = () => owner.browser.get(`/account/apps/${app.appId}/settings`);
    const change = async (values: Record<string, string>) =>
      owner.browser.submit(await settings(), '/settings', values);
    const shown = async () => platform.storage.appEnvironments.findByClientId(app.clientId);
    const before = await shown();
    const saved = await change({ privacyPolicyUri: 'https://fern.example/new-privacy' });
    assert.match(saved.html, /Changes are waiting for approval.*fern\.example\/new-privacy/s);
    assert.equal((await shown())?.privacyPolicyUri, before?.privacyPolicyUri);
    const seen = await command(env, 'app', 'show', app.appId);
    assert.deepEqual(seen['requested_changes'], { privacyPolicyUri: 'https://fern.example/new-privacy' });
    const form = (await settings()).form('/logo');
    const body = new FormData();
    body.set('csrf', String(form.values['csrf']));
    body.append('logo', new Blob([Buffer.from(PIXEL, 'base64')]), 'logo.png');
    const cookie = owner.browser.cookieHeader('/account');
    const headers = { cookie, origin: platform.url };
    const uploaded = await fetch(platform.url + form.action, { method: 'POST', body, headers, redirect: 'manual' });
    assert.equal(uploaded.headers.get('location')?.split('?')[1], 'done=saved');
    assert.equal((await shown())?.logoUri, before?.logoUri, 'people see the one before');
    await change({ privacyPolicyUri: 'https://evil.example/privacy' });

    const refused = await failing(env, 'app', 'approve', app.appId, '--revision', String(seen['revision']));
    assert.match(refused, /is no longer as it was then.*app show .*--revision/s);
    assert.match(await failing(env, 'app', 'approve', app.appId), /was changed at .*while it waited/s);
    assert.equal((await shown())?.privacyPolicyUri, before?.privacyPolicyUri);
    await change({ privacyPolicyUri: 'https://fern.example/new-privacy' });
    const { revision } = await command(env, 'app', 'show', app.appId);
    await command(env, 'app', 'approve', app.appId, '--revision', String(revision));
    assert.equal((await shown())?.privacyPolicyUri, 'https://fern.example/new-privacy');
    assert.match((await shown())?.logoUri ?? '', /\/pictures\//);
    assert.ok((await mails()).some(({ subject }) => /^The changes to .* were approved$/.test(subject)));
  });

  for (const [what, stop, start, heading] of [
    [
      'suspended by the operator, which its owner cannot undo,',
      () => command(env, 'app', 'suspend', app.appId, '--reason', 'It asks for bank details.'),
      () => command(env, 'app', 'enable', app.appId),
      /disabled/,
    ],
    [
      'disabled by its owner',
      async () => owner.browser.submit(await owner.browser.get(`/account/apps/${app.appId}/settings`), '/disable'),
      async () => owner.browser.submit(await owner.browser.get(`/account/apps/${app.appId}/settings`), '/enable'),
      /disabled/,
    ],
  ] as const) {
    it(`that is ${what} ends popups, codes and tokens at once and for good`, async () => {
      await platform.database.db
        .updateTable('environments')
        .set({ redirect_uris: JSON.stringify([CALLBACK]) })
        .where('client_id', '=', app.clientId)
        .execute();
      const person = await resident(platform, { givenName: 'Tess' });
      await connect(person.browser, app);
      const tokens = await redeemCode(platform, person.browser, app);
      assert.equal((await userinfo(platform, tokens.access_token)).status, 200);
      const newcomer = await resident(platform);
      const consent = await openShop(newcomer.browser, app);
      assert.equal(consent.status, 200);

      await stop();
      assertSilent(await newcomer.browser.submit(consent, '/consent'), 403, heading);
      assertSilent(await openShop(platform.browser(), app), 403, heading);
      assert.equal((await userinfo(platform, tokens.access_token)).status, 401);
      await assertHeld(/suspended|disabled/);
      if (what.startsWith('suspended')) {
        await platform.storage.apps.setDisabled(app.appId, false);
        const page = await overview();
        assert.match(page.html, /The platform has suspended this app.*It asks for bank details\./s);
        const settings = await owner.browser.get(`/account/apps/${app.appId}/settings`);
        assert.doesNotMatch(settings.html, /\/enable"|\/disable"/);
        assertSilent(await openShop(platform.browser(), app), 403, heading);
      }

      await start();
      assert.equal((await api(app.apiKey)).status, 200);
      assert.equal((await userinfo(platform, tokens.access_token)).status, 401, 'an ended token stays ended');
      const refresh = { grant_type: 'refresh_token', refresh_token: tokens.refresh_token ?? '' };
      assert.equal((await tokenRequest(platform, app, refresh)).error, 'invalid_grant');
      assert.ok((await openShop(person.browser, app)).claims['sub'], 'the person goes on as before');
    });
  }

  it('is not held where the operator made it, or where reviews are off', async () => {
    const words = ['--name', 'Own Shop', '--environment', 'production', '--origin', SHOP_ORIGIN];
    const made = await command(env, 'app', 'create', ...words);
    assert.equal((await api(String(made['api_key']))).status, 200);
    const relaxed = await startTestPlatform({ APP_REVIEW: 'off' });
    try {
      const free = await goLive(relaxed, await resident(relaxed));
      assert.equal((await openShop(relaxed.browser(), free)).status, 200);
    } finally {
      await relaxed.close();
    }
  });
});

describe('the domain of an origin in production', () => {
  let platform: TestPlatform;
  let dns: TestDnsServer;
  let owner: Resident;
  let app: AppSecrets;
  before(async () => {
    const started = await startTestPlatform({ PUBLIC_URL });
    const local = `http://127.0.0.1:${(started.app.server.address() as AddressInfo).port}`;
    platform = { ...started, url: local, browser: () => new HttpBrowser(PUBLIC_URL, [local]) };
    dns = await TestDnsServer.start();
    owner = await resident(platform);
    app = await goLive(platform, owner);
  });
  after(async () => {
    dns.stop();
    await platform.close();
  });

  const setup = () => owner.browser.get(`/account/apps/${app.appId}/production`);
  const check = async (page?: Page) => owner.browser.submit(page ?? (await setup()), '/domains/check');
  const tokenOn = (page: Page) => /signup-with-platform=[\w-]{22}/.exec(page.html)?.[0] ?? '';

  it('is not used before it is proven, and the page says how to prove it', async () => {
    assertSilent(await openShop(platform.browser(), app), 403, /may not ask/);
    const page = await setup();
    assert.match(page.html, /Prove your domains/);
    assert.ok(page.html.includes('https://shop.example/.well-known/signup-with-platform-domain-verification'));
    assert.ok(page.html.includes('_signup-with-platform.shop.example'));
    assert.ok(tokenOn(page));
    assert.match((await owner.browser.get(`/account/apps/${app.appId}`)).html, /Prove your domains/);
  });

  it('is not proven by a record with another token, or below another name', async () => {
    dns.records.set('_signup-with-platform.shop.example', ['signup-with-platform=AAAAAAAAAAAAAAAAAAAAAA']);
    dns.records.set('shop.example', [tokenOn(await setup())]);
    const page = await check();
    assert.match(page.html, /Last checked/);
    assertSilent(await openShop(platform.browser(), app), 403, /may not ask/);
  });

  it('is proven by a DNS record, and used from then on', async () => {
    dns.records.set('_signup-with-platform.shop.example', ['something else', tokenOn(await setup())]);
    const page = await check();
    assert.match(page.html, /The domain is proven/);
    assert.doesNotMatch(page.html, /Prove your domains/);
    assert.equal((await openShop(platform.browser(), app)).status, 200);
    const [entry] = await platform.storage.auditLog.list({ act: 'environment.domain_proven' });
    assert.deepEqual(entry?.detail, { host: 'shop.example', by: 'dns' });
  });

  it('of a redirect URI, too, and of each further origin; one that comes back after it was removed is new', async () => {
    const added = await owner.browser.submit(await setup(), '/redirect-uris', { redirect_uri: `${SHOP_ORIGIN}/back` });
    assert.doesNotMatch(added.html, /Prove your domains/, 'the host is proven');
    const other = await owner.browser.submit(added, '/redirect-uris', {
      redirect_uri: 'https://www.shop.example/back',
    });
    assert.match(other.html, /Domain not proven/);
    const found = await platform.storage.appEnvironments.findByClientId(app.clientId);
    assert.deepEqual(found?.redirectUris, [`${SHOP_ORIGIN}/back`]);
    assert.deepEqual(found?.waiting.redirectUris, ['https://www.shop.example/back']);
    for (const address of [SHOP_ORIGIN, `${SHOP_ORIGIN}/back`]) {
      const list = address === SHOP_ORIGIN ? '/origins/remove' : '/redirect-uris/remove';
      await owner.browser.submit(await setup(), list, { address });
    }
    const again = await owner.browser.submit(await setup(), '/origins', { origin: SHOP_ORIGIN });
    assert.match(again.html, /id="domain-1"/, 'both hosts wait');
  });

  it('is not looked for where the environment does not name it', async () => {
    const page = await setup();
    const { csrf } = page.form('/domains/check').values;
    for (const host of ['127.0.0.1', 'localhost', 'evil.example', '', 'shop.example/x']) {
      assert.equal((await owner.browser.submit(page, '/domains/check', { host, csrf: String(csrf) })).status, 400);
    }
  });

  it('needs no proof in the sandbox, nor of what the operator made', async () => {
    assert.equal((await openShop(platform.browser(), await platform.createApp())).status, 200);
    const words = ['--name', 'Own', '--environment', 'production', '--origin', SHOP_ORIGIN];
    const made = await command({ DATA_DIR: platform.dataDir, PUBLIC_URL }, 'app', 'create', ...words);
    const own = { ...app, clientId: String(made['client_id']) };
    assert.equal((await openShop(platform.browser(), own)).status, 200);
    await command({ DATA_DIR: platform.dataDir, PUBLIC_URL }, 'app', 'approve', app.appId, '--domains');
    assert.equal((await openShop(platform.browser(), app)).status, 200, 'the operator takes it for proven');
  });
});
