import assert from 'node:assert/strict';
import { it } from 'node:test';
import { PASSWORD } from '#testing/api-caller.ts';
import { onEachPlatform } from '#testing/each-platform.ts';
import { ROLES_IN_FORMS } from '../../../../scripts/testing/hostile-inputs.ts';

onEachPlatform('PUT /1/users/:id', (context) => {
  const { newCaller } = context;
  const rulesOf = (body: Record<string, unknown>) =>
    (body['validation_error'] as { parameter: string; rule: string }[]).map(
      ({ parameter, rule }) => `${parameter} ${rule}`,
    );

  it('changes what is sent and nothing else', async () => {
    const vendor = await newCaller();
    const user = await vendor.createUser({ username: 'jane', first_name: 'Jane', last_name: 'Doe' });
    const answer = await vendor.put(`/users/${user.id}`, {
      first_name: 'Joan',
      roles: ' vip, staff ,,vip',
      is_active: false,
    });
    assert.equal(answer.status, 200, answer.text);
    const { updated_at: updatedAt, ...rest } = answer.body;
    const { updated_at: createdAt, ...before } = user;
    assert.deepEqual(rest, { ...before, first_name: 'Joan', roles: ['vip', 'staff'], is_active: false });
    assert.ok(String(updatedAt) > String(createdAt));
    const read = await vendor.get(`/users/${user.id}`);
    assert.deepEqual(read.body, answer.body);
    assert.equal(read.headers.get('etag'), answer.headers.get('etag'));
  });

  it('accepts forms, with booleans as text', async () => {
    const vendor = await newCaller();
    const { id } = await vendor.createUser();
    const form = new URLSearchParams([
      ['roles', 'vip'],
      ['roles', 'staff'],
      ['is_active', '0'],
    ]);
    const { body } = await vendor.put(`/users/${id}`, form);
    assert.deepEqual([body['roles'], body['is_active']], [['vip', 'staff'], false]);
    assert.equal((await vendor.put(`/users/${id}`, { is_active: 'true' })).body['is_active'], true);
  });

  for (const { input, value, what } of ROLES_IN_FORMS.understood) {
    it(`understands roles in a form: ${what}`, async () => {
      const vendor = await newCaller();
      const { id } = await vendor.createUser();
      await vendor.put(`/users/${id}`, { roles: ['admin'] });
      const { body } = await vendor.put(`/users/${id}`, new URLSearchParams(input));
      assert.deepEqual(body['roles'], value);
    });
  }
  for (const { input, refusal, what } of ROLES_IN_FORMS.refused) {
    it(`refuses what it cannot understand, naming it: ${what}`, async () => {
      const vendor = await newCaller();
      const user = await vendor.createUser();
      for (const sent of [new URLSearchParams(input), Object.fromEntries(new URLSearchParams(input))]) {
        const { status, body, text } = await vendor.put(`/users/${user.id}`, sent);
        assert.deepEqual([status, body['error']], [400, 'invalid_request']);
        assert.ok(text.includes(refusal), text);
      }
      assert.deepEqual((await vendor.get(`/users/${user.id}`)).body, user);
    });
  }

  it('takes a user as it was read', async () => {
    const vendor = await newCaller();
    const user = await vendor.createUser();
    const { body } = await vendor.put(`/users/${user.id}`, { ...user, first_name: 'Joan' });
    assert.deepEqual({ ...body, updated_at: '' }, { ...user, first_name: 'Joan', updated_at: '' });
  });

  it('changes nothing when nothing is sent', async () => {
    const vendor = await newCaller();
    const user = await vendor.createUser();
    for (const body of [{}, undefined]) assert.deepEqual((await vendor.put(`/users/${user.id}`, body)).body, user);
  });

  for (const empty of [null, '', '  ']) {
    it(`removes what a user can be without: ${JSON.stringify(empty)}`, async () => {
      const vendor = await newCaller();
      const { id } = await vendor.createUser({ username: 'jane', first_name: 'Jane', last_name: 'Doe' });
      await vendor.put(`/users/${id}`, { roles: ['vip'] });
      const sent = { username: empty, first_name: empty, last_name: empty, roles: empty };
      const { body } = await vendor.put(`/users/${id}`, sent);
      assert.deepEqual(
        [body['username'], body['first_name'], body['last_name'], body['roles']],
        [null, null, null, []],
      );
      await vendor.createUser({ username: 'jane' });
    });
  }

  it('removes no email address, no password', async () => {
    const vendor = await newCaller();
    const { id } = await vendor.createUser();
    for (const empty of [null, '']) {
      const { body } = await vendor.put(`/users/${id}`, { email: empty, password: empty, is_active: empty });
      assert.deepEqual(rulesOf(body), ['email required', 'password required', 'is_active required']);
    }
  });

  it('applies the rules of creating, and those of roles', async () => {
    const vendor = await newCaller();
    const { id } = await vendor.createUser();
    const { body } = await vendor.put(`/users/${id}`, {
      is_active: 'maybe',
      roles: ['x'.repeat(51)],
      last_name: 'Shithead',
      username: 'a b',
      email: 'none',
      password: 'qzvkw7',
      password_confirmation: 'other',
    });
    assert.deepEqual(rulesOf(body), [
      'email valid_email',
      'password min_length[8]',
      'password_confirmation matches[password]',
      'username valid_characters',
      'last_name appropriate',
      'roles max_length[50]',
      'is_active valid_characters',
    ]);
    const fifty = Array.from({ length: 50 }, (_, index) => `${'🦉'.repeat(48)}${index}`);
    assert.deepEqual((await vendor.put(`/users/${id}`, { roles: fifty })).body['roles'], fifty);
    for (const roles of [[...fifty, 'one more'], 'a,<b>', ['a,b'], ['a', 1], 5, { a: 1 }]) {
      assert.equal(
        (await vendor.put(`/users/${id}`, { roles })).body['error'],
        'validation_error',
        JSON.stringify(roles),
      );
    }
  });

  it('compares a new password with what the user has already', async () => {
    const vendor = await newCaller();
    const { id } = await vendor.createUser({ username: 'jane.doe.the.1st', email: 'jane@example.com' });
    const answers = await Promise.all(
      ['Jane.Doe.the.1st', 'JANE@example.com'].map((password) => vendor.put(`/users/${id}`, { password })),
    );
    assert.deepEqual(
      answers.map(({ body }) => rulesOf(body)),
      [['password cant_match[username]'], ['password cant_match[email]']],
    );
    const both = { username: 'another', password: 'Jane.Doe.the.1st' };
    assert.equal((await vendor.put(`/users/${id}`, both)).status, 200, 'it is no more');
  });

  it('sets another password', async () => {
    const vendor = await newCaller();
    const { id, email } = await vendor.createUser();
    await vendor.put(`/users/${id}`, { password: 'another engine of difference' });
    const signIn = async (password: string) =>
      (await vendor.post('/auth/signin', { signin_id: email, password })).status;
    assert.equal(await signIn('another engine of difference'), 200);
    assert.equal(await signIn(PASSWORD), 400);
  });

  it('takes another email address for unconfirmed, the same one not', async () => {
    const vendor = await newCaller();
    const { id } = await vendor.createUser({ email: 'jane@example.com' });
    await context.platform.database.db
      .updateTable('users')
      .set({ email_verified_at: 1 })
      .where('id', '=', id)
      .execute();
    const same = await vendor.put(`/users/${id}`, { email: 'Jane@Example.com' });
    assert.deepEqual([same.body['email'], same.body['is_email_verified']], ['Jane@Example.com', true]);
    const other = await vendor.put(`/users/${id}`, { email: 'joan@example.com' });
    assert.deepEqual([other.body['email'], other.body['is_email_verified']], ['joan@example.com', false]);
  });

  it('refuses an email address or username that another user has, and says which', async () => {
    const vendor = await newCaller();
    await vendor.createUser({ email: 'jane@example.com', username: 'jane' });
    const { id } = await vendor.createUser({ email: 'joan@example.com', username: 'joan' });
    const refusals: [Record<string, string>, string][] = [
      [{ email: 'JANE@example.com' }, 'email_taken'],
      [{ username: 'JANE' }, 'username_taken'],
      [{ email: 'joan@example.com', username: 'jane' }, 'username_taken'],
    ];
    for (const [body, error] of refusals) {
      const answer = await vendor.put(`/users/${id}`, body);
      assert.deepEqual([answer.status, answer.body['error']], [400, error]);
    }
    assert.equal((await vendor.put(`/users/${id}`, { email: 'Joan@example.com', username: 'JOAN' })).status, 200);
  });

  it('refuses an outdated If-Match', async () => {
    const vendor = await newCaller();
    const { id } = await vendor.createUser();
    const etag = (await vendor.get(`/users/${id}`)).headers.get('etag') ?? '';
    for (const known of ['"other"', 'W/"other"', etag.slice(1, -1), '', '"']) {
      const { status, body } = await vendor.put(`/users/${id}`, { first_name: 'Joan' }, { 'if-match': known });
      assert.deepEqual([status, body['error']], [412, 'precondition_failed'], known);
    }
    // The last three as proxies that compress hand it on: nginx, Apache, Jetty.
    const marked = [`W/${etag}`, `${etag.slice(0, -1)}-gzip"`, `W/${etag.slice(0, -1)}--gzip"`];
    for (const known of ['*', `"other", ${etag}`, ...marked]) {
      const { id: another } = await vendor.createUser();
      const current = (await vendor.get(`/users/${another}`)).headers.get('etag') ?? '';
      const answer = await vendor.put(
        `/users/${another}`,
        { first_name: 'Joan' },
        { 'if-match': known.replace(etag.slice(1, -1), current.slice(1, -1)) },
      );
      assert.equal(answer.status, 200, known);
    }
  });

  it('accepts one of ten concurrent updates with the same If-Match', async () => {
    const vendor = await newCaller();
    const { id } = await vendor.createUser();
    const etag = (await vendor.get(`/users/${id}`)).headers.get('etag') ?? '';
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        vendor.put(`/users/${id}`, { first_name: `Name ${index}` }, { 'if-match': etag }),
      ),
    );
    assert.deepEqual(answers.map(({ status }) => status).sort(), [200, ...Array<number>(9).fill(412)]);
    const winner = answers.find(({ status }) => status === 200);
    assert.deepEqual((await vendor.get(`/users/${id}`)).body, winner?.body);
  });

  it('does not find users of another app', async () => {
    const [vendor, other] = [await newCaller(), await newCaller()];
    const user = await other.createUser();
    assert.equal((await vendor.put(`/users/${user.id}`, { first_name: 'Mine' })).status, 404);
    assert.deepEqual((await other.get(`/users/${user.id}`)).body, user);
  });
});
