import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { pickLanguage } from '@signup-with-platform/messages';
import type { Environment } from '@signup-with-platform/protocol';
import type { AppSecrets } from '#storage/app-environments.ts';
import type { RecordedEvent } from '#storage/app-events.ts';
import { ApiCaller } from '#testing/api-caller.ts';
import { SHOP_ORIGIN, startTestPlatform, type TestPlatform } from '#testing/test-platform.ts';
import { until } from '../../../../scripts/testing/until.ts';
import { eventViewer } from './event-view.ts';

/** What belongs to one environment and is used at another: the caller is told nothing more, the app's developers are. */
describe('what belongs to another environment', () => {
  let platform: TestPlatform;
  let production: AppSecrets & { issuer: string };
  let sandbox: AppSecrets;
  let stranger: AppSecrets;
  before(async () => {
    platform = await startTestPlatform();
    production = await platform.createApp({ environment: 'production' });
    const added = await platform.storage.appEnvironments.add(production.appId, 'development:sandbox', [SHOP_ORIGIN]);
    assert.ok(added);
    sandbox = added;
    stranger = await platform.createApp({ environment: 'production' });
  });
  after(() => platform.close());

  const advice = (event: RecordedEvent) =>
    eventViewer(pickLanguage(['en']))(event).advice.replaceAll(/\p{Bidi_C}/gu, '');

  async function newest({ clientId }: AppSecrets, requestId: string | null): Promise<RecordedEvent> {
    let found: RecordedEvent | undefined;
    await until(async () => {
      await platform.flush();
      const { events } = await platform.storage.appEvents.list(clientId, { limit: 20 });
      found = events.find((event) => event.requestId === requestId);
      return found !== undefined;
    });
    return found as RecordedEvent;
  }

  async function logIn({ clientId }: AppSecrets, secret: string, environment: Environment | 'sandbox') {
    const response = await fetch(`${platform.url}/custom_api/external_login`, {
      method: 'POST',
      body: new URLSearchParams({ client_id: clientId, client_secret: secret, environment }),
    });
    return { status: response.status, text: await response.text(), requestId: response.headers.get('x-request-id') };
  }

  const REFUSED = JSON.stringify({ code: 401, message: 'fail', data: { error: 'Invalid client_id or client_secret' } });

  it('is explained to the app when its backend logs in, and to nobody else', async () => {
    const attempts: [Awaited<ReturnType<typeof logIn>>, RegExp | undefined, Record<string, string>?][] = [
      [
        await logIn(production, production.clientSecret, 'localhost'),
        /belong to production, but the call named localhost/,
        {
          sent: 'client_secret',
          client_environment: 'production',
          secret_environment: 'production',
          asked_environment: 'localhost',
        },
      ],
      [
        await logIn(production, sandbox.clientSecret, 'production'),
        /client ID belongs to production, the secret to development:sandbox/,
      ],
      [
        await logIn(production, sandbox.apiKey, 'production'),
        /^An API key of development:sandbox was sent where the client secret of production belongs/,
      ],
      [
        await logIn(production, stranger.apiKey, 'production'),
        /^An API key was sent where the client secret of production belongs/,
        { sent: 'api_key', client_environment: 'production', asked_environment: 'production' },
      ],
      [await logIn(production, stranger.clientSecret, 'production'), undefined, {}],
      [await logIn(production, 'wrong', 'production'), undefined, {}],
    ];
    for (const [answer, told, detail] of attempts) {
      assert.deepEqual([answer.status, answer.text], [401, REFUSED], 'the contract says the same to everybody');
      const event = await newest(production, answer.requestId);
      const { reason, ...rest } = event.detail;
      assert.equal(reason, 'Invalid client_id or client_secret');
      if (detail) assert.deepEqual(rest, detail);
      assert.match(advice(event), told ?? /must belong together/);
    }
    const { events } = await platform.storage.appEvents.list(stranger.clientId, { limit: 20 });
    assert.deepEqual(
      events,
      [],
      'an app whose secret somebody else has sent learns nothing, and is told of by nothing',
    );
  });

  it('is not blamed for a login with a wrong field, or of a disabled app', async () => {
    const app = await platform.createApp({ environment: 'production' });
    const named = /^“reason” in the details names the field/;
    for (const [secret, environment] of [
      [app.clientSecret, 'sandbox'],
      ['', 'production'],
    ] as const) {
      const answer = await logIn(app, secret, environment);
      assert.equal(answer.status, 401);
      assert.match(advice(await newest(app, answer.requestId)), named);
    }
    await platform.storage.apps.setDisabled(app.appId, true);
    const refused = await logIn(app, app.clientSecret, 'production');
    assert.equal(refused.status, 401);
    assert.match(advice(await newest(app, refused.requestId)), /^The app is disabled/);
  });

  it('is explained no further once somebody guesses too often, and the right login works', async () => {
    const app = await platform.createApp({ environment: 'production' });
    let answer = await logIn(app, app.apiKey, 'production');
    for (let guess = 0; guess < 200 && answer.status === 401; guess += 1) {
      answer = await logIn(app, app.apiKey, 'production');
    }
    assert.equal(answer.status, 429);
    assert.equal((await newest(app, answer.requestId)).detail['sent'], undefined);
    const right = await logIn(app, app.clientSecret, 'production');
    assert.equal(right.status, 200);
    const { detail, summary } = await newest(app, right.requestId);
    assert.deepEqual([detail, summary], [{}, 'external_login: token issued']);
  });

  async function token({ clientId }: AppSecrets, secret: string, issuer: string) {
    const response = await fetch(`${issuer}/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from(`${clientId}:${secret}`).toString('base64')}` },
      body: new URLSearchParams({ grant_type: 'authorization_code', code: 'x', redirect_uri: SHOP_ORIGIN }),
    });
    const { error } = (await response.json()) as { error: string };
    return { error, requestId: response.headers.get('x-request-id') };
  }

  it('is explained at the token endpoint: another issuer, another secret, a key', async () => {
    const { issuer } = production;
    for (const [answer, told] of [
      [
        await token(production, production.clientSecret, `${issuer}/sandbox`),
        new RegExp(`belongs to production.*${issuer}/\\.well-known/openid-configuration`),
      ],
      [await token(production, sandbox.clientSecret, issuer), /the secret to development:sandbox/],
      [await token(production, production.apiKey, issuer), /^An API key of production was sent/],
      [await token(production, 'wrong', issuer), /“error” and “hint” in the details say why/],
    ] as const) {
      assert.equal(answer.error, 'invalid_client');
      const event = await newest(production, answer.requestId);
      assert.equal(event.kind, 'token.refused');
      assert.match(advice(event), told);
    }
  });

  it('is explained at the authorization endpoint of the other issuer', async () => {
    const page = await platform
      .browser()
      .get(`/sandbox/authorize?client_id=${production.clientId}&response_type=code&redirect_uri=${SHOP_ORIGIN}`);
    assert.ok(page.status >= 400);
    const event = await newest(production, page.headers.get('x-request-id'));
    assert.deepEqual(event.detail, {
      reason: 'other_issuer',
      issuer: production.issuer,
      client_environment: 'production',
    });
    assert.match(advice(event), /belongs to production/);
  });

  it('is explained when a user is asked for with the key of another environment', async () => {
    const { id } = await new ApiCaller(platform, sandbox.apiKey).createUser();
    const caller = new ApiCaller(platform, production.apiKey);
    const nobody = await caller.get('/users/nobody-at-all');
    for (const [answer, told] of [
      [await caller.get(`/users/${id}`), /no such user, but development:sandbox has/],
      [await caller.delete(`/users/${id}`), /no such user, but development:sandbox has/],
      [nobody, /no longer shares anything/],
    ] as const) {
      assert.deepEqual([answer.status, answer.body], [404, nobody.body]);
      assert.match(advice(await newest(production, answer.headers.get('x-request-id'))), told);
    }
    const foreign = await new ApiCaller(platform, stranger.apiKey).get(`/users/${id}`);
    const event = await newest(stranger, foreign.headers.get('x-request-id'));
    assert.equal(event.detail['user_environment'], undefined, 'other apps learn nothing');
  });

  it('is said of names that a call does not know, without what could be a person', async () => {
    const caller = new ApiCaller(platform, sandbox.apiKey);
    const { id } = await caller.createUser();
    const answer = await caller.put(`/users/${id}`, { newsletter: true, 'ada@example.com': 1 });
    assert.equal(answer.status, 200);
    const event = await newest(sandbox, answer.headers.get('x-request-id'));
    assert.deepEqual(event.detail['ignored'], ['newsletter', '…']);
    assert.match(advice(event), /so they were ignored: newsletter,….*/);
  });
});
