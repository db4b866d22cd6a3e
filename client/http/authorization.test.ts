import assert from 'node:assert/strict';
import { test } from 'node:test';
import { until } from '../../scripts/testing/until.ts';
import createClient, { AuthenticationError, ServerError } from '../index.ts';
import { type Answer, failure, JANE, startFakePlatform } from '../testing-support/fake-platform.ts';

const token = (name: string, lifeSeconds = 3600) => {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const iat = 1_000_000_000;
  return `${part({ alg: 'ES256' })}.${part({ jti: name, iat, exp: iat + lifeSeconds })}.c2ln`;
};
const login = (value: string): Answer => ({ body: { code: 200, message: 'success', data: { token: value } } });
const client = { clientId: 'shop', clientSecret: 'gGQlhpSl5Rpanz0m', environment: 'development:sandbox' } as const;

test('concurrent calls wait for one login, and its token is kept', async () => {
  await using platform = await startFakePlatform(login(token('a')), { body: JANE }, { body: JANE }, { body: JANE });
  const { users } = createClient({ ...client, baseUrl: platform.url });
  await Promise.all([users.get('x'), users.get('y')]);
  await users.get('z');
  const [first, ...others] = platform.requests;
  assert.equal(first?.url, '/custom_api/external_login');
  assert.equal(first?.headers.authorization, undefined);
  assert.deepEqual(JSON.parse(first?.body ?? ''), {
    client_id: 'shop',
    client_secret: 'gGQlhpSl5Rpanz0m',
    environment: 'development:sandbox',
  });
  assert.deepEqual(
    others.map(({ headers }) => headers.authorization),
    Array(3).fill(`Bearer ${token('a')}`),
  );
});

test('the token is renewed before it expires, by the platform’s own clock', async (t) => {
  await using platform = await startFakePlatform(login(token('a')), { body: JANE }, { body: JANE }, login(token('b')), {
    body: JANE,
  });
  const { users } = createClient({ ...client, baseUrl: platform.url });
  t.mock.timers.enable({ apis: ['Date'], now: Date.now() });
  await users.get('x');
  t.mock.timers.tick(3_539_000);
  await users.get('x');
  t.mock.timers.tick(2_000);
  await users.get('x');
  assert.deepEqual(
    platform.requests.map(({ url, headers }) => headers.authorization ?? url),
    [
      '/custom_api/external_login',
      `Bearer ${token('a')}`,
      `Bearer ${token('a')}`,
      '/custom_api/external_login',
      `Bearer ${token('b')}`,
    ],
  );
});

test('a refused token is renewed once', async () => {
  const refused = failure(401, 'invalid_token');
  await using platform = await startFakePlatform(login(token('a')), refused, login(token('b')), { body: JANE });
  const { users } = createClient({ ...client, baseUrl: platform.url });
  assert.deepEqual(await users.get('x'), JANE);
  platform.script.push(refused, login(token('c')), refused);
  await assert.rejects(users.get('x'), AuthenticationError);
  assert.equal(platform.requests.length, 7);
});

test('a refused login says why, and the next call logs in again', async () => {
  await using platform = await startFakePlatform(
    { status: 401, body: { code: 401, message: 'fail', data: { error: 'Invalid client_id or client_secret' } } },
    { status: 401, body: { code: 401, message: 'fail', data: { '[client_id]': ['This value should not be blank.'] } } },
    { body: { code: 200, message: 'success', data: {} } },
    login(token('a')),
    { body: JANE },
  );
  const { users } = createClient({ ...client, baseUrl: platform.url, maxRetries: 0 });
  await assert.rejects(users.get('x'), (error: unknown) => {
    assert.ok(error instanceof AuthenticationError);
    assert.equal(error.code, 'invalid_client');
    assert.match(error.message, /Invalid client_id or client_secret\..*environment development:sandbox/);
    return !error.message.includes(client.clientSecret);
  });
  await assert.rejects(users.get('x'), /\[client_id\] This value should not be blank/);
  await assert.rejects(users.get('x'), ServerError);
  assert.deepEqual(await users.get('x'), JANE);
});

test('an aborted call does not end the login for the others', async () => {
  let answerLogin = () => {};
  await using platform = await startFakePlatform(
    (response) => {
      answerLogin = () => void response.end(JSON.stringify({ data: { token: token('a') } }));
    },
    { body: JANE },
  );
  const { users } = createClient({ ...client, baseUrl: platform.url });
  const controller = new AbortController();
  const left = users.get('x', { signal: controller.signal });
  const stays = users.get('y');
  const rejected = assert.rejects(left, { name: 'AbortError' });
  await until(() => platform.requests.length === 1);
  controller.abort();
  await rejected;
  answerLogin();
  assert.deepEqual(await stays, JANE);
});
