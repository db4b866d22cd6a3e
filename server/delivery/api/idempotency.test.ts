import assert from 'node:assert/strict';
import { it } from 'node:test';
import { hashSecret } from '../../storage/ids.ts';
import { PASSWORD } from '../../testing/api-caller.ts';
import { onEachPlatform } from '../../testing/each-platform.ts';

onEachPlatform('Idempotency-Key', (context) => {
  const { newCaller } = context;
  const BODY = { email: 'jane@example.com', password: PASSWORD };
  const withKey = (key: string = crypto.randomUUID()) => ({ 'idempotency-key': key });

  it('repeats the first answer, and says so', async () => {
    const vendor = await newCaller();
    const key = withKey();
    const first = await vendor.post('/users', BODY, key);
    assert.equal(first.status, 200);
    assert.equal(first.headers.get('idempotency-replayed'), null);
    await vendor.put(`/users/${first.body['id']}`, { first_name: 'Changed' });
    const second = await vendor.post('/users', BODY, key);
    assert.deepEqual([second.status, second.text], [200, first.text]);
    assert.equal(second.headers.get('idempotency-replayed'), 'true');
    assert.equal(second.headers.get('content-type'), first.headers.get('content-type'));
  });

  it('belongs to one request', async () => {
    const vendor = await newCaller();
    const key = withKey();
    await vendor.post('/users', BODY, key);
    for (const [path, body] of [
      ['/users', { ...BODY, first_name: 'Joan' }],
      ['/users', { ...BODY, password: 'another engine of difference' }],
      ['/users?send_email=false', BODY],
    ] as const) {
      const answer = await vendor.post(path, body, key);
      assert.deepEqual([answer.status, answer.body['error']], [409, 'idempotency_key_reused']);
    }
  });

  it('belongs to one app', async () => {
    const key = withKey();
    const users = [];
    for (const vendor of [await newCaller(), await newCaller()])
      users.push((await vendor.post('/users', BODY, key)).body);
    assert.notEqual(users[0]?.['id'], users[1]?.['id']);
  });

  it('creates one user for ten concurrent requests', async () => {
    const vendor = await newCaller();
    const key = withKey();
    const answers = await Promise.all(Array.from({ length: 10 }, () => vendor.post('/users', BODY, key)));
    const [first] = answers;
    for (const { status, text } of answers) assert.deepEqual([status, text], [200, first?.text]);
    const ids = answers.map(({ body }) => body['id']);
    assert.equal(answers.filter(({ headers }) => headers.get('idempotency-replayed') === 'true').length, 9);
    assert.equal(((await vendor.get('/users')).body['data'] as unknown[]).length, 1);
    assert.equal((await vendor.post('/users', BODY, key)).body['id'], ids[0]);
  });

  it('is free again after a refusal', async () => {
    const vendor = await newCaller();
    const key = withKey();
    assert.equal((await vendor.post('/users', { email: 'none' }, key)).status, 400);
    assert.equal((await vendor.post('/users', BODY, key)).status, 200);
    const taken = withKey();
    assert.equal((await vendor.post('/users', BODY, taken)).body['error'], 'email_taken');
    assert.equal((await vendor.post('/users', { ...BODY, email: 'joan@example.com' }, taken)).status, 200);
  });

  for (const key of ['', 'x'.repeat(256)]) {
    it(`has 1 to 255 characters, not ${key.length}`, async () => {
      const answer = await (await newCaller()).post('/users', BODY, withKey(key));
      assert.deepEqual([answer.status, answer.body['error']], [400, 'invalid_idempotency_key']);
    });
  }

  it('is free again after the process that began has died, and after a day', async () => {
    const vendor = await newCaller();
    const { db } = context.platform.database;
    const age = (key: string, milliseconds: number, more = {}) =>
      db
        .updateTable('idempotency_keys')
        .set({ created_at: Date.now() - milliseconds, ...more })
        .where('key_hash', '=', hashSecret(key))
        .execute();
    const [died, old] = [crypto.randomUUID(), crypto.randomUUID()];
    await vendor.post('/users', { ...BODY, email: 'a@example.com' }, withKey(died));
    await age(died, 1_000, { status: null, body: null });
    assert.equal((await vendor.post('/users', { ...BODY, email: 'a@example.com' }, withKey(died))).status, 409);
    await age(died, 3 * 60_000);
    assert.equal((await vendor.post('/users', { ...BODY, email: 'b@example.com' }, withKey(died))).status, 200);

    await vendor.post('/users', { ...BODY, email: 'c@example.com' }, withKey(old));
    await age(old, 23 * 60 * 60_000);
    const replayed = await vendor.post('/users', { ...BODY, email: 'c@example.com' }, withKey(old));
    assert.equal(replayed.headers.get('idempotency-replayed'), 'true');
    await age(old, 25 * 60 * 60_000);
    assert.equal((await vendor.post('/users', { ...BODY, email: 'd@example.com' }, withKey(old))).status, 200);
  });

  it('goes with the user', async () => {
    const vendor = await newCaller();
    const [key, other] = [crypto.randomUUID(), crypto.randomUUID()];
    const kept = (one: string) =>
      context.platform.database.db
        .selectFrom('idempotency_keys')
        .select('body')
        .where('key_hash', '=', hashSecret(one))
        .executeTakeFirst();
    const { body } = await vendor.post('/users', BODY, withKey(key));
    await vendor.post('/users', { ...BODY, email: 'other@example.com' }, withKey(other));
    await vendor.delete(`/users/${body['id']}`);
    assert.equal(await kept(key), undefined);
    assert.ok(await kept(other));
    const anew = await vendor.post('/users', BODY, withKey(key));
    assert.equal(anew.status, 200);
    assert.notEqual(anew.body['id'], body['id']);
  });

  it('repeats what an earlier version has kept in the clear', async () => {
    const vendor = await newCaller();
    const key = crypto.randomUUID();
    const { text } = await vendor.post('/users', BODY, withKey(key));
    await context.platform.database.db
      .updateTable('idempotency_keys')
      .set({ body: text, user_id: null })
      .where('key_hash', '=', hashSecret(key))
      .execute();
    const again = await vendor.post('/users', BODY, withKey(key));
    assert.deepEqual([again.text, again.headers.get('idempotency-replayed')], [text, 'true']);
  });

  it('leaves nothing behind by which a password could be guessed, and no word of the person', async () => {
    const vendor = await newCaller();
    const key = crypto.randomUUID();
    await vendor.post('/users', BODY, withKey(key));
    const row = await context.platform.database.db
      .selectFrom('idempotency_keys')
      .selectAll()
      .where('key_hash', '=', hashSecret(key))
      .executeTakeFirstOrThrow();
    for (const clear of [key, PASSWORD, BODY.email]) assert.ok(!JSON.stringify(row).includes(clear));
    assert.notEqual(row.request_hash, hashSecret(JSON.stringify(['POST', '/1/users', BODY])));
    assert.equal(row.request_hash, hashSecret(JSON.stringify([key, 'POST', '/1/users', BODY])), 'salted with the key');
  });
});
