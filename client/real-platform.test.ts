import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startTestPlatform, type TestPlatform } from '../server/testing/test-platform.ts';
import createClient, * as client from './index.ts';

// Runs against a real platform, to prove what the other tests assume about its answers.

const PASSWORD = 'Orchid-lamp-42';
let platform: TestPlatform;
let secrets: Awaited<ReturnType<TestPlatform['createApp']>>;
before(async () => {
  platform = await startTestPlatform();
  secrets = await platform.createApp();
});
after(() => platform.close());

const withKey = () => createClient(secrets.apiKey, { baseUrl: platform.url });

test('a user from creation to deletion', async () => {
  const { users, auth, tokens } = withKey();
  const user = await users.create({
    email: 'jane@example.com',
    password: PASSWORD,
    username: 'jane',
    first_name: 'Jane',
  });
  assert.equal(user.first_name, 'Jane');
  assert.deepEqual(await users.find({ email: 'JANE@example.com' }), user);

  const { etag } = await users.get(user.id).withResponse();
  const changed = await users.update(user.id, { last_name: 'Doe', roles: ['vip'] }, { ifMatch: String(etag) });
  assert.deepEqual([changed.last_name, changed.roles], ['Doe', ['vip']]);
  await assert.rejects(
    users.update(user.id, { last_name: 'Roe' }, { ifMatch: String(etag) }),
    client.PreconditionFailedError,
  );

  const { token = '', ...signedIn } = await auth.signIn({ signin_id: 'jane', password: PASSWORD, create_token: true });
  assert.ok(signedIn.last_signin);
  assert.equal((await tokens.get(token)).data.id, user.id);
  await assert.rejects(tokens.get(token), client.NotFoundError);
  await assert.rejects(auth.signIn({ signin_id: 'jane', password: 'wrong-password' }), { code: 'invalid_credentials' });
  assert.deepEqual(await auth.confirm({ id: user.id, password: PASSWORD }), { confirmed: true });
  assert.deepEqual(await auth.forgotPassword({ email: 'nobody@example.com' }), { sent: true });
  await assert.rejects(auth.verify({ code: 'no-code' }), { code: 'invalid_code' });
  await assert.rejects(auth.resetPassword({ code: 'no-code', password: PASSWORD }), { code: 'invalid_code' });
  assert.equal((await auth.signOut({ id: user.id })).id, user.id);

  assert.equal((await users.delete(user.id)).id, user.id);
  await assert.rejects(users.get(user.id), client.NotFoundError);
});

test('the events of the log, over several pages', async () => {
  const { events, users } = withKey();
  const { id } = await users.create({ email: 'events@example.com', password: PASSWORD });
  await users.get(id);
  await users.delete(id);
  const seen: string[] = [];
  for await (const { type, user_id: user, detail } of events.list({ user: id, limit: 1 })) {
    assert.deepEqual([type, user], ['api.called', id]);
    seen.push(String(detail['method']));
  }
  assert.deepEqual(seen, ['DELETE', 'GET', 'POST']);
  const { data, has_more: hasMore } = await events.list({ type: 'popup.opened' });
  assert.deepEqual([data, hasMore], [[], false]);
  await assert.rejects(async () => events.list({ type: 'nothing' }), client.InvalidRequestError);
});

test('refusals come with their reasons', async () => {
  const { users } = withKey();
  await assert.rejects(users.create({ email: '', password: 'short' }), (error: unknown) => {
    assert.ok(error instanceof client.ValidationError);
    assert.deepEqual(error.validationErrors[0], { parameter: 'email', rule: 'required' });
    return error.requestId !== undefined;
  });
  const wrongKey = createClient('sk_test_nothing', { baseUrl: platform.url });
  await assert.rejects(wrongKey.users.get('anyone'), client.AuthenticationError);
});

test('the same idempotency key makes one user', async () => {
  const { users } = withKey();
  const create = () =>
    users.create({ email: 'once@example.com', password: PASSWORD }, { idempotencyKey: 'order-1' }).withResponse();
  const [first, second] = [await create(), await create()];
  assert.equal(first.data.id, second.data.id);
  assert.equal(second.headers.get('idempotency-replayed'), 'true');
});

test('pages can be read in both directions', async () => {
  const app = await platform.createApp();
  const { users } = createClient(app.apiKey, { baseUrl: platform.url });
  const repository = platform.storage.realm('sandbox').appUsers(app.clientId);
  for (let number = 0; number < 7; number += 1) {
    await repository.create({ email: `user-${number}@example.com`, passwordHash: 'none' });
  }
  const ids: string[] = [];
  for await (const { id } of users.list({ limit: 3 })) ids.push(id);
  assert.equal(new Set(ids).size, 7);
  const page = await users.list({ limit: 3 });
  assert.deepEqual([page.data.map(({ id }) => id), page.has_more], [ids.slice(0, 3), true]);

  const newer: string[] = [];
  for await (const { id } of users.list({ limit: 2, ending_before: String(ids[6]) })) newer.push(id);
  assert.deepEqual(newer.sort(), ids.slice(0, 6).sort());
});

test('a machine logs in with its client’s secret', async () => {
  const { clientId, clientSecret } = secrets;
  const machine = (secret: string) =>
    createClient({ clientId, clientSecret: secret, environment: 'localhost', baseUrl: platform.url });
  assert.ok((await machine(clientSecret).users.list()).data.length > 0);
  await assert.rejects(machine('wrong').users.list().page(), (error: unknown) => {
    assert.ok(error instanceof client.AuthenticationError);
    return /Invalid client_id or client_secret/.test(error.message);
  });
});
