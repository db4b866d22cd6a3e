import assert from 'node:assert/strict';
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { hashPassword } from '#domain/accounts/passwords.ts';
import type { AppSecrets } from '#storage/app-environments.ts';
import type { RecordedEvent } from '#storage/app-events.ts';
import { createStorage } from '#storage/index.ts';
import { everyCell } from '#storage/testing/every-cell.ts';
import { ApiCaller, PASSWORD } from '#testing/api-caller.ts';
import type { HttpBrowser, Page } from '#testing/http-journey.ts';
import { SHOP_ORIGIN, startTestPlatform, type TestPlatform } from '#testing/test-platform.ts';
import { answering, TestVendorEndpoint } from '#testing/vendor-endpoint.ts';
import { until } from '../../../../scripts/testing/until.ts';

type App = AppSecrets & { issuer: string };

const REDIRECT_URI = `${SHOP_ORIGIN}/callback`;
const VERIFIER = randomBytes(32).toString('base64url');
const CHALLENGE = createHash('sha256').update(VERIFIER).digest('base64url');

describe('the log of an app', () => {
  let platform: TestPlatform;
  let vendor: TestVendorEndpoint;
  /** To whom nothing happens in these tests. */
  let bystander: App;
  /** Everything personal or secret that any of these tests has sent or been given. */
  const unspeakable = new Set<string>();

  before(async () => {
    platform = await startTestPlatform();
    vendor = await TestVendorEndpoint.start();
    bystander = await platform.createApp({ name: 'Bystander' });
  });
  after(async () => {
    await platform.close();
    await vendor.stop();
  });

  async function newApp(app: Parameters<TestPlatform['createApp']>[0] = {}): Promise<App> {
    const made = await platform.createApp({ redirectUris: [REDIRECT_URI], ...app });
    for (const secret of [made.apiKey, made.clientSecret]) unspeakable.add(secret);
    return made;
  }

  /** What the log holds by now, oldest first. */
  async function logOf({ clientId }: Pick<App, 'clientId'>): Promise<RecordedEvent[]> {
    await platform.flush();
    const { events } = await platform.storage.appEvents.list(clientId, { limit: 100 });
    return events.reverse();
  }

  async function kindsOf(app: App): Promise<string[]> {
    return (await logOf(app)).map(({ kind }) => kind);
  }

  const requestOf = (app: App, more: Record<string, string> = {}) => ({
    client_id: app.clientId,
    origin: SHOP_ORIGIN,
    state: 'state-1',
    nonce: 'nonce-1',
    ...more,
  });

  /** Somebody new, up to the consent page. */
  async function signUp(browser: HttpBrowser, page: Page): Promise<Page> {
    const email = `ada.${randomUUID()}@example.com`;
    for (const personal of [email, PASSWORD, 'Adelheid', 'Unverwechselbar']) unspeakable.add(personal);
    const empty = await browser.get(page.signUpAddress);
    const values = { given_name: 'Adelheid', family_name: 'Unverwechselbar', email, password: PASSWORD };
    return browser.submit(empty, '/sign-up', values);
  }

  describe('of what happens', { concurrency: true }, () => {
    it('tells a sign-up from the button to the credential', async () => {
      const app = await newApp();
      const browser = platform.browser();
      const signIn = await browser.openPopup(requestOf(app, { fields: 'name email phone_number' }));
      const failed = await browser.submit(signIn, '/sign-in', { email: 'ada@example.com', password: 'not hers' });
      const done = await browser.submit(await signUp(browser, failed), '/consent', { share: [] });
      unspeakable.add(String(done.message.credential));
      const events = await logOf(app);
      assert.deepEqual(
        events.map(({ summary }) => summary),
        [
          `Popup opened from ${SHOP_ORIGIN}`,
          'Sign-in shown',
          'Sign-in failed: the email address or password is wrong',
          'Consent asked for',
          'Consent given: name, email; declined: phone_number',
          'Credential issued for a new user',
        ],
      );
      const [opened, , , , consent, issued] = events;
      assert.equal(opened?.requestId, signIn.headers.get('x-request-id'));
      assert.equal(consent?.userId, done.claims['sub']);
      assert.equal(issued?.userId, done.claims['sub']);
      assert.deepEqual(issued?.detail, { response_type: 'id_token', is_new_user: true });

      const again = await browser.openPopup(requestOf(app, { fields: 'name email' }));
      assert.equal(again.claims['is_new_user'], false);
      const [, returned] = (await logOf(app)).slice(-2);
      assert.equal(returned?.summary, 'Credential issued for a known user');
      assert.equal(returned?.requestId, again.headers.get('x-request-id'));
    });

    it('tells of whoever cancels, and where', async () => {
      const app = await newApp();
      const browser = platform.browser();
      await browser.submit(await browser.openPopup(requestOf(app)), '/cancel');
      const page = await browser.openPopup(requestOf(app));
      await browser.submit(await browser.submit(page, '/persona', { persona: 'complete' }), '/cancel');
      const cancelled = (await logOf(app)).filter(({ kind }) => kind === 'popup.cancelled');
      assert.deepEqual(
        cancelled.map(({ detail }) => detail),
        [{ at: 'sign-in' }, { at: 'consent' }],
      );
    });

    it('tells why a request was refused, in the app that it names', async () => {
      const app = await newApp();
      const browser = platform.browser();
      const ask = (more: Record<string, string>) => browser.openPopup(requestOf(app, more));
      const refusals: [page: Page, detail: Record<string, string>][] = [
        [
          await ask({ origin: 'https://evil.example' }),
          { reason: 'origin_not_registered', origin: 'https://evil.example' },
        ],
        [
          await ask({ origin: `${SHOP_ORIGIN}/?email=ada@example.com` }),
          { reason: 'not_an_origin', origin: SHOP_ORIGIN },
        ],
        [
          await ask({ fields: 'shoe_size' }),
          {
            reason: 'invalid_request',
            origin: SHOP_ORIGIN,
            hint: "fields: 'shoe_size' is not a claim that can be asked for.",
          },
        ],
        [
          await ask({ state: '' }),
          {
            reason: 'invalid_request',
            origin: SHOP_ORIGIN,
            hint: 'state: must not be empty',
          },
        ],
        [
          await ask({ response_type: 'code' }),
          {
            reason: 'invalid_request',
            origin: SHOP_ORIGIN,
            hint: 'Authorization Server policy requires PKCE to be used for this request',
          },
        ],
      ];
      await platform.storage.apps.setDisabled(app.appId, true);
      refusals.push([await ask({}), { reason: 'app_disabled', origin: SHOP_ORIGIN }]);
      refusals.push([await browser.get(`/sandbox/authorize?client_id=${app.clientId}`), { reason: 'app_disabled' }]);
      unspeakable.add('ada@example.com');
      const logged = (await logOf(app)).filter(({ kind }) => kind === 'popup.refused');
      assert.deepEqual(
        logged.map(({ requestId, detail }) => [requestId, detail]),
        refusals.map(([page, detail]) => [page.headers.get('x-request-id'), detail]),
      );
    });

    it('writes nothing about a client_id that nobody has', async () => {
      const browser = platform.browser();
      const stranger = { clientId: 'x'.repeat(32) } as App;
      await browser.openPopup(requestOf(stranger));
      await browser.get(`/sandbox/authorize?client_id=${stranger.clientId}`);
      await logIn(stranger, 'anything');
      await new ApiCaller(platform, 'sk_test_nobody').get('/users');
      assert.deepEqual(await logOf(stranger), []);
    });

    it('tells of codes and tokens, issued, redeemed, refreshed and refused', async () => {
      const app = await newApp();
      const browser = platform.browser();
      const query = new URLSearchParams({
        client_id: app.clientId,
        redirect_uri: REDIRECT_URI,
        response_type: 'code',
        scope: 'openid offline_access',
        prompt: 'consent',
        state: 'state-1',
        code_challenge: CHALLENGE,
        code_challenge_method: 'S256',
      });
      const consent = await signUp(browser, await browser.get(`/sandbox/authorize?${query}`));
      const { url } = await browser.submit(consent, '/consent');
      const code = url.searchParams.get('code') ?? '';
      const token = async (values: Record<string, string>, secret = app.clientSecret) => {
        const response = await fetch(`${app.issuer}/token`, {
          method: 'POST',
          headers: { authorization: `Basic ${Buffer.from(`${app.clientId}:${secret}`).toString('base64')}` },
          body: new URLSearchParams({ redirect_uri: REDIRECT_URI, ...values }),
        });
        const body = (await response.json()) as Record<string, string>;
        for (const name of ['access_token', 'refresh_token', 'id_token']) if (body[name]) unspeakable.add(body[name]);
        return { body, requestId: response.headers.get('x-request-id') };
      };
      unspeakable.add(code);
      const redeemed = await token({ grant_type: 'authorization_code', code, code_verifier: VERIFIER });
      const refreshed = await token({
        grant_type: 'refresh_token',
        refresh_token: redeemed.body['refresh_token'] ?? '',
      });
      const userinfo = (bearer = '') =>
        fetch(`${app.issuer}/userinfo`, { headers: { authorization: `Bearer ${bearer}` } });
      const revoke = (value: string) =>
        fetch(`${app.issuer}/revoke`, {
          method: 'POST',
          headers: { authorization: `Basic ${Buffer.from(`${app.clientId}:${app.clientSecret}`).toString('base64')}` },
          body: new URLSearchParams({ token: value }),
        });
      const accessToken = refreshed.body['access_token'] ?? '';
      const read = await userinfo(accessToken);
      const nobody = await userinfo('unknown');
      const replayed = await token({ grant_type: 'authorization_code', code, code_verifier: VERIFIER });
      const wrong = await token({ grant_type: 'authorization_code', code, code_verifier: VERIFIER }, 'wrong');
      const again = await browser.submit(await browser.get(`/sandbox/authorize?${query}`), '/consent');
      const more = await token({
        grant_type: 'authorization_code',
        code: again.url.searchParams.get('code') ?? '',
        code_verifier: VERIFIER,
      });
      const revoked = await revoke(more.body['access_token'] ?? '');
      const gone = await revoke(accessToken);
      const foreign = await revoke('somebody.elses-token');
      const silent = await browser.get(`/sandbox/authorize?${query}&prompt=none`.replace('prompt=consent&', ''));
      const other = new URLSearchParams({ ...Object.fromEntries(query), redirect_uri: `${SHOP_ORIGIN}/elsewhere` });
      const elsewhere = await browser.get(`/sandbox/authorize?${other}`);

      const events = await logOf(app);
      const of = (answer: { requestId: string | null }) => events.find((one) => one.requestId === answer.requestId);
      const sub = JSON.parse(Buffer.from(redeemed.body['id_token']?.split('.')[1] ?? '', 'base64url').toString()).sub;
      const issued = events.find(({ kind }) => kind === 'credential.issued');
      assert.deepEqual([issued?.detail, issued?.userId], [{ response_type: 'code' }, sub]);
      assert.deepEqual([of(redeemed)?.summary, of(redeemed)?.userId], ['Code redeemed for a new user', sub]);
      assert.deepEqual([of(refreshed)?.summary, of(refreshed)?.userId], ['Token refreshed', sub]);
      assert.deepEqual(
        [of(replayed)?.summary, of(replayed)?.detail['hint']],
        ['authorization_code refused: invalid_grant', 'authorization code already consumed'],
      );
      assert.equal(of(wrong)?.summary, 'authorization_code refused: invalid_client');
      const called = (answer: Response) => {
        const found = events.find((one) => one.requestId === answer.headers.get('x-request-id'));
        return found && [found.kind, found.status, found.summary, found.userId];
      };
      assert.deepEqual(called(read), ['userinfo.called', 200, 'userinfo read', sub]);
      assert.equal(called(nobody), undefined, 'whose it was is not known');
      assert.deepEqual(called(revoked), ['revocation.called', 200, 'Revoked: access_token', undefined]);
      for (const answer of [gone, foreign]) {
        assert.deepEqual(called(answer)?.slice(1, 3), [200, 'Revocation of an unknown token']);
      }
      const refusalOf = (page: Page) => events.find(({ requestId }) => requestId === page.headers.get('x-request-id'));
      assert.equal(refusalOf(elsewhere)?.detail['reason'], 'redirect_uri_not_registered');
      assert.ok(silent.status < 500);
    });

    it('tells of a sign-up endpoint that refuses or fails, not in its own words', async () => {
      const app = await newApp({ signupEndpoint: vendor.url, signupKey: 'key of the endpoint' });
      unspeakable.add('key of the endpoint').add('Adelheid is on our list');
      const browser = platform.browser();
      vendor.will(answering(409, { message: 'Adelheid is on our list' }));
      const consent = await signUp(browser, await browser.openPopup(requestOf(app)));
      const refused = await browser.submit(consent, '/consent');
      vendor.will((response, received) => {
        const { userName, password } = received.body;
        return answering(200, `no JSON: ${userName} ${password}`)(response, received);
      });
      await browser.submit(refused, '/consent');
      const told = (await logOf(app)).filter(({ kind }) => kind.startsWith('endpoint.'));
      assert.deepEqual(
        told.map(({ summary }) => summary),
        [
          'Your sign-up endpoint refused the user with status 409',
          'Your sign-up endpoint did not answer as agreed: status 200 without an id',
        ],
      );
      assert.ok(told.every(({ userId }) => userId?.length === 22));
      const { answer, endpoint_status: status } = told[1]?.detail ?? {};
      assert.deepEqual([status, answer], [200, 'no JSON: … …']);
    });

    it('tells of each call of the user API by its route, with the id that its answer carries', async () => {
      const app = await newApp();
      const caller = new ApiCaller(platform, app.apiKey);
      const email = `ada.${randomUUID()}@example.com`;
      unspeakable.add(email);
      const user = await caller.createUser({ email, first_name: 'Adelheid' });
      const key = app.apiKey.slice(0, 12);
      const { key: reader } = await platform.storage.apiKeys.create(app.clientId, { name: 'r', readOnly: true });
      const { key: away } = await platform.storage.apiKeys.create(app.clientId, {
        name: 'a',
        addressRanges: ['192.0.2.1'],
      });
      const token = String(
        ((await (await logIn(app, app.clientSecret)).json()) as { data: { token: string } }).data.token,
      );
      unspeakable.add(token).add(reader).add(away);
      const withToken = () =>
        fetch(`${platform.url}/1/users/${user.id}`, { headers: { authorization: `Bearer ${token}` } });
      const calls: [answer: { headers: Headers }, event: Record<string, unknown>][] = [
        [
          await caller.get(`/users/${user.id}`),
          { status: 200, method: 'GET', route: '/1/users/:id', key, userId: user.id },
        ],
        [await withToken(), { status: 200, method: 'GET', route: '/1/users/:id', userId: user.id }],
        [
          await caller.get(`/users/${email}`),
          { status: 400, method: 'GET', route: '/1/users/:id', error: 'invalid_request', key },
        ],
        [
          await caller.post('/users', { email }),
          { status: 400, method: 'POST', route: '/1/users', error: 'validation_error', key },
        ],
        [
          await new ApiCaller(platform, reader).delete(`/users/${user.id}`),
          {
            status: 403,
            method: 'DELETE',
            route: '/1/users/:id',
            error: 'read_only_key',
            key: reader.slice(0, 12),
            userId: user.id,
          },
        ],
        [
          await new ApiCaller(platform, away).get('/users'),
          { status: 403, method: 'GET', route: '/1/users', error: 'address_not_allowed', key: away.slice(0, 12) },
        ],
      ];
      await platform.storage.apps.setDisabled(app.appId, true);
      calls.push([
        await caller.get('/users'),
        { status: 402, method: 'GET', route: '/1/users', error: 'app_disabled', key },
      ]);
      const logged = (await logOf(app)).filter(({ kind }) => kind === 'api.called').slice(1);
      assert.deepEqual(
        logged.map(({ requestId, status, userId, detail }) => ({
          requestId,
          status,
          ...detail,
          ...(userId && { userId }),
        })),
        calls.map(([{ headers }, event]) => ({ requestId: headers.get('x-request-id'), ...event })),
      );
    });

    it('tells of calls with a key whose time is over, as which it is refused', async () => {
      const app = await newApp();
      const { apiKeys } = platform.storage;
      const expired = await apiKeys.create(app.clientId, { name: 'e', expiresAt: new Date(Date.now() - 1) });
      const old = await apiKeys.create(app.clientId, { name: 'o' });
      await apiKeys.replace(app.clientId, old.id, 0);
      const revoked = await apiKeys.create(app.clientId, { name: 'r' });
      await apiKeys.revoke(app.clientId, revoked.id);
      const answers = [];
      for (const { key } of [expired, old, revoked]) {
        unspeakable.add(key);
        const answer = await new ApiCaller(platform, key).get('/users');
        answers.push([answer.status, { ...answer.body, message: undefined }]);
      }
      assert.equal(new Set(answers.map((answer) => JSON.stringify(answer))).size, 1, 'answered alike');
      const embedded = await fetch(`${platform.url}/embed/login`, {
        method: 'POST',
        headers: { 'x-api-key': expired.key, 'content-type': 'application/json' },
        body: '{}',
      });
      assert.equal(embedded.status, 401);
      const events = await logOf(app);
      assert.deepEqual(
        events.map(({ kind, status, detail, summary }) => [kind, status, detail['key'], detail['key_ended'], summary]),
        [
          ['api.called', 401, expired.prefix, 'expired', 'GET /1/users failed: invalid_api_key (the key has expired)'],
          ['api.called', 401, old.prefix, 'replaced', 'GET /1/users failed: invalid_api_key (the key was replaced)'],
          [
            'embed.called',
            401,
            expired.prefix,
            'expired',
            'POST /embed/login failed: invalid_api_key (the key has expired)',
          ],
        ],
      );
    });

    it('tells of logins of its backend, failed ones by whoever knows the client_id too', async () => {
      const app = await newApp();
      await logIn(app, app.clientSecret);
      await logIn(app, 'wrong');
      await logIn(app, '');
      const logged = await logOf(app);
      assert.deepEqual(
        logged.map(({ status, detail }) => [status, detail['reason']]),
        [
          [200, undefined],
          [401, 'Invalid client_id or client_secret'],
          [401, '[client_secret] This value should not be blank.'],
        ],
      );
    });

    it('tells of embedded calls', async () => {
      const app = await newApp();
      const userName = `ada.${randomUUID()}@example.com`;
      unspeakable.add(userName);
      const embed = async (path: string, body: object) =>
        fetch(`${platform.url}/embed${path}`, {
          method: 'POST',
          headers: { 'x-api-key': app.apiKey, 'content-type': 'application/json' },
          body: JSON.stringify({ userName, language: 'en', ...body }),
        });
      const { id } = (await (await embed('/signup', { password: PASSWORD })).json()) as { id: string };
      await embed('/login', { password: 'something else' });
      const logged = (await logOf(app)).map(({ summary, userId }) => [summary, userId]);
      assert.deepEqual(logged, [
        ['POST /embed/signup', id],
        ['POST /embed/login failed: invalid_credentials', undefined],
      ]);
    });
  });

  async function logIn({ clientId }: Pick<App, 'clientId'>, secret: string): Promise<Response> {
    return fetch(`${platform.url}/custom_api/external_login`, {
      method: 'POST',
      body: new URLSearchParams({ client_id: clientId, client_secret: secret, environment: 'localhost' }),
    });
  }

  describe('as its developers see it', () => {
    let app: App;
    let developer: HttpBrowser;
    let path: string;
    before(async () => {
      app = await newApp();
      path = `/account/apps/${app.appId}/localhost/events`;
      developer = await member(platform, app, 'read-only');
    });

    it('shows what happened a moment ago, and finds a call by the id of its answer', async () => {
      const caller = new ApiCaller(platform, app.apiKey);
      await caller.get('/users');
      const failing = await caller.get('/users/nobody');
      const id = failing.headers.get('x-request-id') ?? '';
      assert.match((await developer.get(path)).html, /GET \/1\/users</);
      const found = await developer.get(`${path}?q=${id}`);
      assert.match(found.html, /GET \/1\/users\/:id failed: not_found/);
      assert.doesNotMatch(found.html, /GET \/1\/users</);
      assert.match((await developer.get(`${path}?group=popup`)).html, /No events match/);
      assert.match((await developer.get(`${path}?group=problems`)).html, /404/);
    });

    it('makes sense of any query', async () => {
      for (const query of ['group=x', 'before=x', 'q=%00', `q=${'%25'.repeat(300)}`, 'q=a&q=b', 'group[]=api', "q='"]) {
        const page = await developer.get(`${path}?${query}`);
        assert.equal(page.status, 200, query);
      }
      const page = await developer.get(`${path}?q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E`);
      assert.doesNotMatch(page.html, /<script>alert/);
    });

    it('shows nothing that a stranger wrote, but what it was about', async () => {
      for (const fields of ['<img/src=x/onerror=alert(1)>', 'call +31201234567', 'pay:evil.example'])
        await platform.browser().openPopup(requestOf(app, { fields }));
      const page = await developer.get(path);
      assert.match(page.html, /fields: &#39;…&#39; is not a claim/);
      assert.doesNotMatch(page.html, /onerror|31201234567|evil\.example/);
    });

    it('streams what happens, from where the reader was, in a form that nothing keeps', async () => {
      const known = (await developer.get(path)).html.match(/data-after="(\w+)"/)?.[1] ?? '';
      const missed = await new ApiCaller(platform, app.apiKey).get('/users/missed');
      const stream = await open(platform, developer, `${path}/stream?group=api`, { 'last-event-id': known });
      assert.equal(stream.response.status, 200);
      assert.match(stream.response.headers.get('content-type') ?? '', /^text\/event-stream/);
      assert.equal(stream.response.headers.get('cache-control'), 'no-store');
      assert.equal(stream.response.headers.get('x-content-type-options'), 'nosniff');
      await stream.until(missed.headers.get('x-request-id') ?? '-');
      await platform.browser().openPopup(requestOf(app));
      const next = await new ApiCaller(platform, app.apiKey).get('/users/next');
      await stream.until(next.headers.get('x-request-id') ?? '-');
      assert.doesNotMatch(stream.text, /Popup opened/, 'the filter holds');
      stream.close();
    });

    it('lets one account read so many streams at a time', async () => {
      const streams = [];
      for (let count = 0; count < 4; count += 1) streams.push(await open(platform, developer, `${path}/stream`));
      assert.equal((await developer.get(`${path}/stream`)).status, 429);
      const [first] = streams;
      first?.close();
      await until(async () => {
        const another = await open(platform, developer, `${path}/stream`);
        streams.push(another);
        return another.response.status === 200;
      });
      for (const stream of streams) stream.close();
    });

    for (const [title, act] of [
      ['signs out', async (browser: HttpBrowser) => browser.submit(await browser.get('/account'), '/sign-out')],
      [
        'is about to leave',
        async () =>
          platform.database.db
            .updateTable('accounts')
            .set({ deletion_due_at: Date.now() + 60_000 })
            .where('id', 'in', (accounts) =>
              accounts.selectFrom('app_members').select('account_id').where('app_id', '=', app.appId),
            )
            .execute(),
      ],
      [
        'is no member any more',
        async () =>
          platform.database.db
            .deleteFrom('app_members')
            .where('app_id', '=', app.appId)
            .where('role', '=', 'owner')
            .execute(),
      ],
    ] as const) {
      it(`ends the stream of who ${title}, before anything more is sent`, async () => {
        const browser = await member(platform, app, 'owner');
        const stream = await open(platform, browser, `${path}/stream`);
        await act(browser);
        const call = await fetch(`${platform.url}/1/users`, { headers: { 'x-api-key': app.apiKey } });
        await platform.flush();
        await stream.end();
        assert.ok(!stream.text.includes(call.headers.get('x-request-id') ?? '-'));
        assert.equal(platform.app.server.listening, true);
      });
    }
  });

  it('keeps apps and environments apart, and holds nothing personal and no secret', async () => {
    assert.deepEqual(await kindsOf(bystander), []);
    const cells = (await everyCell(platform.database)).filter(({ table }) => table === 'app_events');
    assert.ok(cells.length > 300 && unspeakable.size > 20);
    const apps = new Set(
      (await everyCell(platform.database))
        .filter(({ table, column }) => table === 'environments' && column === 'client_id')
        .map(({ value }) => value),
    );
    for (const { column, value } of cells) {
      if (column === 'client_id') assert.ok(apps.has(value), 'an event of nobody');
      for (const text of unspeakable) assert.ok(!value.includes(text), `${column} tells ${text}: ${value}`);
      assert.doesNotMatch(value, /@|127\.0\.0\.1|::1/);
    }
  });

  it('is written to the end when the server stops, whoever reads it', async () => {
    const last = await startTestPlatform();
    const app = await last.createApp();
    const { clientId } = app;
    const path = `/account/apps/${app.appId}/localhost/events/stream`;
    const stream = await open(last, await member(last, app, 'read-only'), path);
    await last.browser().openPopup(requestOf(app));
    await Promise.all([last.close(), stream.end()]);
    const again = await startTestPlatform({ DATA_DIR: last.dataDir });
    const { events } = await createStorage(again.database).appEvents.list(clientId, { limit: 10 });
    assert.deepEqual(
      events.map(({ kind }) => kind),
      ['popup.sign_in_shown', 'popup.opened'],
    );
    await again.close();
  });

  /** Signs in a member whom nobody else is. */
  async function member(on: TestPlatform, { appId }: App, role: 'read-only' | 'owner'): Promise<HttpBrowser> {
    const email = `${randomUUID()}@example.com`;
    const { id } = await on.storage
      .realm('production')
      .accounts.create({ email, emailVerified: true, passwordHash: await hashPassword(PASSWORD) });
    await on.storage.appMembers.put(appId, id, role);
    const browser = on.browser();
    const home = await browser.submit(await browser.get('/account/sign-in'), '/sign-in', { email, password: PASSWORD });
    assert.equal(home.url.pathname, '/account');
    return browser;
  }

  /** Reads a stream as it comes. */
  async function open(on: TestPlatform, browser: HttpBrowser, path: string, headers: Record<string, string> = {}) {
    const abort = new AbortController();
    const response = await fetch(on.url + path, {
      headers: { cookie: browser.cookieHeader('/account'), ...headers },
      signal: abort.signal,
    });
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    const stream = {
      response,
      text: '',
      close: () => abort.abort(),
      async until(wanted: string): Promise<void> {
        while (!stream.text.includes(wanted)) {
          const { done, value } = (await reader?.read()) ?? { done: true };
          assert.ok(!done, `the stream ended without ${wanted}`);
          stream.text += value;
        }
      },
      async end(): Promise<void> {
        while (!(await reader?.read())?.done);
      },
    };
    return stream;
  }
});
