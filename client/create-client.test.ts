import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { until } from '../scripts/testing/until.ts';
import createClient, * as client from './index.ts';
import { failure, hangUp, JANE, silence, startFakePlatform } from './testing-support/fake-platform.ts';
import { VERSION } from './version.ts';

const SECRET_KEY = 'sk_test_4f1cD0b2A9e8';
/** Retries follow each other without a pause. */
const NOW = { 'retry-after': '0' };

async function rejection(promise: PromiseLike<unknown>): Promise<client.PlatformError> {
  const error = await Promise.resolve(promise).then(
    () => assert.fail('it succeeded'),
    (thrown: unknown) => thrown,
  );
  assert.ok(error instanceof client.PlatformError, String(error));
  assert.ok(!`${error.message}${error.stack}`.includes(SECRET_KEY), 'the key is in the message');
  return error;
}

test('require gives the function, with the named exports as its properties', async () => {
  const required = createRequire(import.meta.url)('@signup-with-platform/client') as typeof createClient &
    typeof client;
  const { default: _function, ...named } = client;
  assert.equal(typeof required, 'function');
  for (const name of Object.keys(named)) assert.ok(name in required, name);
  assert.ok(!('__esModule' in required));
  await using platform = await startFakePlatform({ body: JANE });
  assert.deepEqual(await required(SECRET_KEY, { baseUrl: platform.url }).users.get(JANE.id), JANE);
});

test('each call is sent as the contract says', async () => {
  await using platform = await startFakePlatform();
  const { users, auth, tokens } = createClient(SECRET_KEY, { baseUrl: `${platform.url}/1/` });
  const calls: [() => PromiseLike<unknown>, string, object?][] = [
    [() => users.get('a b/c'), 'GET /1/users/a%20b%2Fc'],
    [() => users.find({ email: 'jane+1@example.com' }), 'GET /1/users?email=jane%2B1%40example.com'],
    [() => users.list(), 'GET /1/users'],
    [() => users.list({ limit: 2, starting_after: 'x' }), 'GET /1/users?limit=2&starting_after=x'],
    [
      () => users.create({ email: 'j@example.com', password: 'p', verify_user: true, send_email: false }),
      'POST /1/users?send_email=false&verify_user=true',
      { email: 'j@example.com', password: 'p' },
    ],
    [() => users.update('id', { roles: ['admin'] }), 'PUT /1/users/id', { roles: ['admin'] }],
    [() => users.delete('id'), 'DELETE /1/users/id'],
    [
      () => auth.signIn({ signin_id: 'jane', password: 'p' }),
      'POST /1/auth/signin',
      { signin_id: 'jane', password: 'p' },
    ],
    [() => auth.signOut({ id: 'id' }), 'POST /1/auth/signout', { id: 'id' }],
    [() => auth.confirm({ id: 'id', password: 'p' }), 'POST /1/auth/confirm', { id: 'id', password: 'p' }],
    [() => auth.verify({ code: 'c' }), 'POST /1/auth/verify', { code: 'c' }],
    [() => auth.forgotPassword({ email: 'e' }), 'POST /1/auth/forgot-password', { email: 'e' }],
    [
      () => auth.resetPassword({ code: 'c', password: 'p' }),
      'POST /1/auth/reset-password',
      { code: 'c', password: 'p' },
    ],
    [() => tokens.get('t'), 'GET /1/tokens/t'],
  ];
  for (const [call, line, body] of calls) {
    platform.script.push({ body: { data: [] } });
    await call();
    const request = platform.requests.at(-1);
    assert.equal(`${request?.method} ${request?.url}`, line);
    assert.equal(request?.headers.authorization, `Basic ${btoa(`${SECRET_KEY}:`)}`);
    assert.equal(request?.headers['user-agent'], `signup-with-platform-client/${VERSION}`);
    assert.deepEqual(request?.body ? JSON.parse(request.body) : undefined, body);
  }
});

test('an id that would change the path of the URL is refused', async () => {
  const { users } = createClient(SECRET_KEY, { baseUrl: 'http://localhost:1' });
  for (const id of ['', '.', '..', undefined, 7]) {
    assert.throws(() => users.get(id as string), client.InvalidOptionError);
  }
  assert.throws(() => users.find({} as { email: string }), client.InvalidOptionError);
});

test('each status has its error class, with what the platform said', async () => {
  const rows = [
    [400, 'email_taken', client.InvalidRequestError],
    [401, 'invalid_api_key', client.AuthenticationError],
    [402, 'app_disabled', client.AppDisabledError],
    [403, 'read_only_key', client.PermissionError],
    [404, 'not_found', client.NotFoundError],
    [409, 'idempotency_key_reused', client.ConflictError],
    [412, 'precondition_failed', client.PreconditionFailedError],
    [413, 'body_too_large', client.InvalidRequestError],
    [429, 'too_many_requests', client.RateLimitError],
    [500, 'internal_error', client.ServerError],
  ] as const;
  await using platform = await startFakePlatform();
  const { users } = createClient(SECRET_KEY, { baseUrl: platform.url, maxRetries: 0 });
  for (const [status, code, kind] of rows) {
    platform.script.push(failure(status, code, { 'x-request-id': 'req-1' }));
    const error = await rejection(users.get('id'));
    assert.ok(error instanceof kind, `${status}: ${error.name}`);
    assert.equal(error.name, kind.name);
    assert.deepEqual([error.status, error.code, error.requestId], [status, code, 'req-1']);
    assert.match(error.message, new RegExp(`About ${code}`));
  }
});

test('a validation error says which parameter breaks which rule', async () => {
  const validation_error = [
    { parameter: 'email', rule: 'required' },
    { parameter: 'password', rule: 'min_length[8]' },
  ];
  await using platform = await startFakePlatform({
    status: 400,
    body: { error: 'validation_error', status: 400, validation_error },
  });
  const { users } = createClient(SECRET_KEY, { baseUrl: platform.url });
  const error = await rejection(users.create({ email: '', password: 'x' }));
  assert.ok(error instanceof client.ValidationError && error instanceof client.InvalidRequestError);
  assert.deepEqual(error.validationErrors, validation_error);
  assert.match(error.message, /email required, password min_length\[8\]/);
});

test('an answer that does not come from the platform is reported as such', async () => {
  await using platform = await startFakePlatform(
    { body: '<!doctype html>', headers: { 'content-type': 'text/html' } },
    { status: 302, headers: { location: 'https://elsewhere.example/login?x=1' } },
    { status: 502, body: '<h1>Bad gateway</h1>' },
  );
  const { users } = createClient(SECRET_KEY, { baseUrl: platform.url, maxRetries: 0 });
  assert.match((await rejection(users.get('id'))).message, /not JSON.*baseUrl/);
  assert.match((await rejection(users.get('id'))).message, /redirects to https:\/\/elsewhere\.example:/);
  assert.match((await rejection(users.get('id'))).message, /proxy/);
  assert.equal(platform.requests.length, 3);
});

test('a user is created once, however many tries it takes', async () => {
  await using platform = await startFakePlatform(
    hangUp,
    failure(503, 'unavailable', NOW),
    failure(409, 'request_under_way', NOW),
    { body: JANE },
  );
  const { users } = createClient(SECRET_KEY, { baseUrl: platform.url, maxRetries: 3 });
  const answer = await users.create({ email: 'jane@example.com', password: 'p' }).withResponse();
  assert.deepEqual([answer.data, answer.status], [JANE, 200]);
  const keys = platform.requests.map(({ headers }) => headers['idempotency-key']);
  assert.equal(keys.length, 4);
  assert.equal(new Set(keys).size, 1);
  assert.match(String(keys[0]), /^[\da-f-]{36}$/);

  platform.script.push({ body: JANE }, { body: JANE });
  await users.create({ email: 'jane@example.com', password: 'p' });
  await users.create({ email: 'jane@example.com', password: 'p' }, { idempotencyKey: 'order-7' });
  assert.notEqual(platform.requests[4]?.headers['idempotency-key'], keys[0]);
  assert.equal(platform.requests[5]?.headers['idempotency-key'], 'order-7');
});

test('a call that uses something up is tried again only if the first try certainly had no effect', async () => {
  await using platform = await startFakePlatform(hangUp, failure(500, 'internal_error', NOW), failure(429, 'x', NOW), {
    body: { type: 'signin', data: JANE },
  });
  const { auth, tokens, users } = createClient(SECRET_KEY, { baseUrl: platform.url });
  assert.ok((await rejection(auth.verify({ code: 'c' }))) instanceof client.ConnectionError);
  assert.ok((await rejection(users.update('id', {}, { ifMatch: '"v1"' }))) instanceof client.ServerError);
  assert.equal(platform.requests[1]?.headers['if-match'], '"v1"');
  assert.deepEqual((await tokens.get('t')).data, JANE);
  assert.equal(platform.requests.length, 4);
});

test('a refused call is not sent again, nor one that would have to wait for long', async () => {
  await using platform = await startFakePlatform(
    failure(404, 'not_found'),
    failure(429, 'too_many_requests', { 'retry-after': '3000' }),
  );
  const { users } = createClient(SECRET_KEY, { baseUrl: platform.url });
  await rejection(users.get('id'));
  assert.equal((await rejection(users.get('id'))).retryAfterSeconds, 3000);
  assert.equal(platform.requests.length, 2);
});

test('a call ends in time', async () => {
  await using platform = await startFakePlatform(silence);
  const { users } = createClient(SECRET_KEY, { baseUrl: platform.url, maxRetries: 0, timeoutMs: 30 });
  const error = await rejection(users.get('id'));
  assert.ok(error instanceof client.TimeoutError && error instanceof client.ConnectionError);
});

test('a call ends when its signal says so', async () => {
  await using platform = await startFakePlatform(silence, failure(503, 'x', { 'retry-after': '9' }));
  const { users } = createClient(SECRET_KEY, { baseUrl: platform.url, maxRetries: 0 });
  const reason = new Error('the customer left');
  const abort = async (call: (signal: AbortSignal) => PromiseLike<unknown>) => {
    const controller = new AbortController();
    const before = platform.requests.length;
    const rejected = assert.rejects(Promise.resolve(call(controller.signal)), reason);
    await until(() => platform.requests.length > before);
    controller.abort(reason);
    await rejected;
  };
  await abort((signal) => users.get('id', { signal, timeoutMs: 60_000 }));
  // While it waits to try again.
  await abort((signal) => users.list({}, { signal, timeoutMs: 60_000, maxRetries: 1 }));
  await assert.rejects(users.get('id', { signal: AbortSignal.abort(reason) }), reason);
  assert.equal(platform.requests.length, 2);
});

test('an unreachable platform is a ConnectionError', async () => {
  const { users } = createClient(SECRET_KEY, { baseUrl: 'http://127.0.0.1:1', maxRetries: 0 });
  const error = await rejection(users.get('id'));
  assert.ok(error instanceof client.ConnectionError);
  assert.match(error.message, /\b(ECONNREFUSED|bad port)/);
});

test('a list is one page when awaited, all users when iterated over', async () => {
  const user = (id: string) => ({ ...JANE, id });
  const page = (ids: string[], next: string | null) => ({
    body: { data: ids.map(user), has_more: next !== null, next, previous: null },
  });
  await using platform = await startFakePlatform(
    page(['a', 'b'], 'https://evil.example/1/users?limit=2&starting_after=b'),
    page(['a', 'b'], '/1/users?limit=2&starting_after=b'),
    page(['c', 'd'], '/1/users?limit=2&starting_after=d'),
    page(['e'], null),
  );
  const { users } = createClient(SECRET_KEY, { baseUrl: platform.url });
  const first = await users.list({ limit: 2 });
  assert.deepEqual([first.data.map(({ id }) => id), first.has_more], [['a', 'b'], true]);
  const ids: string[] = [];
  for await (const { id } of users.list({ limit: 2 })) ids.push(id);
  assert.deepEqual(ids, ['a', 'b', 'c', 'd', 'e']);
  assert.deepEqual(
    platform.requests.map(({ url }) => url),
    ['/1/users?limit=2', '/1/users?limit=2', '/1/users?limit=2&starting_after=b', '/1/users?limit=2&starting_after=d'],
  );
});

test('iteration stops when the loop is left, and never runs in a circle', async () => {
  const round = { body: { data: [JANE], has_more: true, next: '/1/users?starting_after=x', previous: null } };
  await using platform = await startFakePlatform(round, round, round, round);
  const { users } = createClient(SECRET_KEY, { baseUrl: platform.url });
  for await (const { id } of users.list()) {
    assert.equal(id, JANE.id);
    break;
  }
  assert.equal(platform.requests.length, 1);
  for await (const _user of users.list());
  assert.equal(platform.requests.length, 3);
});

test('options that cannot work are refused at once, without showing the secret', () => {
  const baseUrl = 'https://platform.example';
  const rows: [() => unknown, RegExp][] = [
    [() => createClient(undefined, { baseUrl }), /`secretKey` is undefined.*environment variable/],
    [() => createClient('', { baseUrl }), /`secretKey` is empty/],
    [() => createClient(`${SECRET_KEY}\n`, { baseUrl }), /surrounded by white space/],
    [() => createClient('sk_test_ab cd', { baseUrl }), /white space in it/],
    [() => createClient(`Bearer ${SECRET_KEY}`, { baseUrl }), /without the name/],
    [() => createClient(`${SECRET_KEY}:`, { baseUrl }), /colon/],
    [() => createClient('eyJhbGciOiJFUzI1NiJ9.e30.x', { baseUrl }), /token, not a secret key/],
    [() => createClient(SECRET_KEY, { baseUrl, environment: 'production' }), /test key.*live key/],
    [() => createClient('sk_live_abc', { baseUrl, environment: 'localhost' }), /live key.*test key/],
    [() => createClient('sk_live_abc', { baseUrl: 'http://platform.example' }), /unencrypted/],
    [() => createClient(SECRET_KEY, { baseUrl: 'platform.example' }), /must begin with https/],
    [() => createClient(SECRET_KEY, { baseUrl: 'https://me:pw@platform.example' }), /name or password/],
    [() => createClient(SECRET_KEY, { baseUrl: '' }), /PLATFORM_URL/],
    [() => createClient(SECRET_KEY, { baseUrl, timeoutMs: 0 }), /milliseconds/],
    [() => createClient(SECRET_KEY, { baseUrl, maxRetries: 1.5 }), /whole number/],
    [() => createClient(SECRET_KEY, { baseUrl, clientId: 'x', clientSecret: 'y' }), /either/],
    [() => createClient({ baseUrl, clientId: 'x', clientSecret: 'y' }), /`environment` must be one of localhost/],
    [() => createClient({ baseUrl, clientId: 'x', environment: 'localhost' }), /`clientSecret` is undefined/],
  ];
  for (const [call, message] of rows) {
    assert.throws(call, (error: unknown) => {
      assert.ok(error instanceof client.InvalidOptionError);
      assert.match(error.message, message);
      return !error.message.includes(SECRET_KEY);
    });
  }
  createClient('sk_live_abc', { baseUrl: 'http://localhost:4000' });
  createClient('sk_live_abc', { baseUrl: 'http://platform:4000', dangerouslyAllowInsecureHttp: true });
});

test('it refuses to start with a secret in a browser', (t) => {
  Object.assign(globalThis, { window: globalThis, document: {} });
  t.after(() => {
    Reflect.deleteProperty(globalThis, 'window');
    Reflect.deleteProperty(globalThis, 'document');
  });
  const baseUrl = 'https://platform.example';
  assert.throws(() => createClient(SECRET_KEY, { baseUrl }), /browser/);
  createClient(SECRET_KEY, { baseUrl, dangerouslyAllowBrowser: true });
});

test('the hint for a refused key depends on its kind', async () => {
  await using platform = await startFakePlatform();
  for (const [key, hint] of [
    [SECRET_KEY, /test key/],
    ['sk_live_abc', /replaced by a newer one/],
    ['cOaWg1cFuBK7ytOOdnSjxf536R1ANIA3', /client_id/],
    ['something', /begin with sk_/],
  ] as const) {
    platform.script.push(failure(401, 'invalid_api_key'));
    const error = await rejection(createClient(key, { baseUrl: platform.url }).users.get('id'));
    assert.match(String(error.hint), hint);
    assert.ok(!error.message.includes(key) || key === 'something');
  }
});

test('PLATFORM_URL may name the platform, and VERSION is the package’s', () => {
  const before = process.env['PLATFORM_URL'];
  process.env['PLATFORM_URL'] = 'https://platform.example';
  try {
    createClient(SECRET_KEY);
  } finally {
    if (before === undefined) delete process.env['PLATFORM_URL'];
    else process.env['PLATFORM_URL'] = before;
  }
  const manifest = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8')) as { version: string };
  assert.equal(VERSION, manifest.version);
});
