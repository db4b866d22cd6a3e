import assert from 'node:assert/strict';
import { it } from 'node:test';
import { PASSWORD } from '#testing/api-caller.ts';
import { onEachPlatform } from '#testing/each-platform.ts';
import { USERNAMES } from '../../../../scripts/testing/hostile-inputs.ts';

onEachPlatform('POST /1/users', (context) => {
  const { newCaller } = context;

  it('refuses what would change rights and belongs to another call', async () => {
    const vendor = await newCaller();
    for (const [name, value] of [
      ['roles', ['admin']],
      ['roles[]', 'admin'],
      ['is_active', false],
      ['isActive', false],
    ] as const) {
      const { status, body } = await vendor.post('/users', {
        email: 'a@example.com',
        password: PASSWORD,
        [name]: value,
      });
      assert.deepEqual([status, body['error']], [400, 'invalid_request'], name);
      assert.match(String(body['message']), /PUT \/users\/:id/);
    }
    assert.equal((await vendor.get('/users?email=a@example.com')).status, 404);
  });

  it('refuses a misspelt name, and names what it ignores', async () => {
    const vendor = await newCaller();
    const person = { email: 'a@example.com', password: PASSWORD };
    for (const [name, meant] of [
      ['fisrt_name', 'first_name'],
      ['lastname', 'last_name'],
      ['usernmae', 'username'],
    ] as const) {
      for (const body of [{ ...person, [name]: 'Jane' }, new URLSearchParams({ ...person, [name]: 'Jane' })]) {
        const answer = await vendor.post('/users', body);
        const message = `There is no parameter "${name}" in this call. Did you mean ${meant}?`;
        assert.deepEqual([answer.status, answer.body['message']], [400, message]);
      }
    }
    const made = await vendor.post('/users', {
      ...person,
      newsletter: true,
      'schoen größe': 42,
      emial: 'b@example.com',
    });
    assert.equal(made.status, 200, made.text);
    assert.equal(made.headers.get('x-ignored-parameters'), 'newsletter, schoen%20gr%C3%B6%C3%9Fe, emial');
    const again = await vendor.put(`/users/${String(made.body['id'])}`, made.body);
    assert.deepEqual(
      [again.status, again.headers.get('x-ignored-parameters')],
      [200, null],
      'sent back as it was read',
    );
    const many = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`unheard${index}`.padEnd(200, 'x'), 1]));
    const bounded = (await vendor.put(`/users/${String(made.body['id'])}`, many)).headers.get('x-ignored-parameters');
    assert.ok((bounded ?? '').length < 500 && bounded?.split(', ').length === 10, String(bounded));
    // nginx refuses an answer whose headers have more than 4 KB.
    const long = Object.fromEntries(Array.from({ length: 10 }, (_, index) => [`${index}${'名'.repeat(60)}`, 1]));
    const encoded = (await vendor.put(`/users/${String(made.body['id'])}`, long)).headers.get('x-ignored-parameters');
    assert.ok(encoded?.startsWith('0%E5%90%8D') && encoded.length < 1_500, String(encoded?.length));
  });

  it('takes nothing of its query in the body, where it would be ignored, nor the other way round', async () => {
    const vendor = await newCaller();
    const person = { email: 'a@example.com', password: PASSWORD };
    for (const [name, meant] of [
      ['verify_user', 'verify_user'],
      ['verifyUser', 'verify_user'],
      ['send_email', 'send_email'],
      ['verify_url', 'verify_url'],
    ] as const) {
      for (const body of [{ ...person, [name]: 'true' }, new URLSearchParams({ ...person, [name]: 'true' })]) {
        const answer = await vendor.post('/users', body);
        const message = `Send "${name}" in the query of the URL: POST /1/users?${meant}=….`;
        assert.deepEqual([answer.status, answer.body['message']], [400, message]);
      }
    }
    const inQuery = await vendor.post('/users?password=s3cret', person);
    const message = 'Send "password" in the body, because URLs are kept in logs.';
    assert.deepEqual([inQuery.status, inQuery.body['message']], [400, message]);
    assert.deepEqual((await vendor.get('/users')).body['data'], []);
  });

  it('does not create a user with a verify_url that would have no effect', async () => {
    const vendor = await newCaller();
    const url = `/users?verify_url=${encodeURIComponent('https://shop.example/verify')}`;
    const { status, body } = await vendor.post(url, { email: 'a@example.com', password: PASSWORD });
    assert.deepEqual([status, body['error']], [400, 'invalid_request']);
    assert.match(String(body['message']), /Add verify_user=true/);
  });

  it('answers with the user, every field in its place', async () => {
    const vendor = await newCaller();
    const answer = await vendor.post('/users', {
      email: 'Jane.Doe@Example.com',
      password: PASSWORD,
      password_confirmation: PASSWORD,
      username: 'jane.doe',
      first_name: 'Jané 🦉',
      last_name: "O'Doe",
      unknown: 'ignored',
    });
    assert.equal(answer.status, 200, answer.text);
    const { id, created_at: createdAt, updated_at: updatedAt, ...rest } = answer.body;
    assert.match(String(id), /^[\w-]{22}$/);
    assert.match(String(createdAt), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    assert.equal(updatedAt, createdAt);
    assert.deepEqual(rest, {
      email: 'Jane.Doe@Example.com',
      username: 'jane.doe',
      first_name: 'Jané 🦉',
      last_name: "O'Doe",
      roles: [],
      is_active: true,
      is_email_verified: false,
      last_signin: null,
    });
    assert.deepEqual(Object.keys(answer.body), [
      'id',
      'email',
      'username',
      'first_name',
      'last_name',
      'roles',
      'is_active',
      'is_email_verified',
      'last_signin',
      'created_at',
      'updated_at',
    ]);
    assert.deepEqual((await vendor.get(`/users/${id}`)).body, answer.body);
  });

  it('takes internationalized addresses, and knows one in its other form', async () => {
    const vendor = await newCaller();
    const { body } = await vendor.post('/users', { email: 'ivan@пример.рф', password: PASSWORD });
    assert.equal(body['email'], 'ivan@пример.рф', 'as it was sent');
    const other = { email: 'Ivan@xn--e1afmkfd.xn--p1ai', password: PASSWORD };
    assert.equal((await vendor.post('/users', other)).body['error'], 'email_taken');
    assert.equal((await vendor.get(`/users?email=${encodeURIComponent(other.email)}`)).body['id'], body['id']);
  });

  for (const { input, value, what } of USERNAMES.understood) {
    it(`takes ${input} and ${value} for one username: ${what}`, async () => {
      const vendor = await newCaller();
      const { body } = await vendor.post('/users', { email: 'a@example.com', password: PASSWORD, username: input });
      const twin = { email: 'b@example.com', password: PASSWORD, username: value };
      assert.equal((await vendor.post('/users', twin)).body['error'], 'username_taken');
      assert.equal((await vendor.get(`/users?username=${encodeURIComponent(value)}`)).body['id'], body['id']);
      const signIn = await vendor.post('/auth/signin', { signin_id: value, password: PASSWORD });
      assert.equal(signIn.body['id'], body['id']);
    });
  }

  it('refuses names and usernames of which nothing is seen, and passwords that are guessed soon', async () => {
    const vendor = await newCaller();
    const invisible = { username: '\u3164\u3164\u3164', first_name: '\u0301', last_name: '\u200d' };
    const guessed = await vendor.post('/users', { email: 'a@example.com', password: 'Qwerty123!', ...invisible });
    assert.deepEqual(guessed.body['validation_error'], [
      { parameter: 'password', rule: 'uncommon_password' },
      { parameter: 'username', rule: 'valid_characters' },
      { parameter: 'first_name', rule: 'valid_characters' },
      { parameter: 'last_name', rule: 'valid_characters' },
    ]);
  });

  it('takes forms', async () => {
    const vendor = await newCaller();
    const answer = await vendor.post('/users', new URLSearchParams({ email: 'a@example.com', password: PASSWORD }));
    assert.equal(answer.status, 200, answer.text);
    assert.equal(answer.body['email'], 'a@example.com');
  });

  it('answers the example of the documentation to the byte', async () => {
    const { status, text, headers } = await (await newCaller()).post('/users', { username: 'jdoe', password: 'jdoe' });
    assert.equal(status, 400);
    assert.equal(headers.get('content-type'), 'application/json; charset=utf-8');
    assert.equal(
      text,
      '{"error":"validation_error","status":400,"validation_error":[{"parameter":"email","rule":"required"},' +
        '{"parameter":"password","rule":"min_length[8]"},{"parameter":"password","rule":"cant_match[username]"}]}',
    );
  });

  it('names every broken rule, in order, whatever the order of the request', async () => {
    const { body } = await (await newCaller()).post('/users', {
      last_name: 'a<b',
      first_name: `${'x'.repeat(101)}`,
      username: 'f*',
      password_confirmation: 'other',
      password: 'PASSWORD',
      email: 'password',
    });
    assert.deepEqual(body['validation_error'], [
      { parameter: 'email', rule: 'valid_email' },
      { parameter: 'password', rule: 'cant_match[email]' },
      { parameter: 'password', rule: 'uncommon_password' },
      { parameter: 'password_confirmation', rule: 'matches[password]' },
      { parameter: 'username', rule: 'min_length[3]' },
      { parameter: 'username', rule: 'valid_characters' },
      { parameter: 'first_name', rule: 'max_length[100]' },
      { parameter: 'last_name', rule: 'valid_characters' },
    ]);
  });

  const absent = [{}, { email: null, password: null }, { email: ' ', password: '' }, ''];
  for (const body of absent) {
    it(`asks for what is required: ${JSON.stringify(body)}`, async () => {
      const answer = await (await newCaller()).post('/users', body);
      assert.deepEqual(answer.body['validation_error'], [
        { parameter: 'email', rule: 'required' },
        { parameter: 'password', rule: 'required' },
      ]);
    });
  }

  for (const wrong of [5, true, ['a@example.com'], { value: 'a@example.com' }]) {
    it(`takes texts only: ${JSON.stringify(wrong)}`, async () => {
      const body = { email: wrong, password: wrong, username: wrong, first_name: wrong };
      const answer = await (await newCaller()).post('/users', body);
      assert.deepEqual(answer.body['validation_error'], [
        { parameter: 'email', rule: 'valid_email' },
        { parameter: 'password', rule: 'valid_characters' },
        { parameter: 'username', rule: 'valid_characters' },
        { parameter: 'first_name', rule: 'valid_characters' },
      ]);
    });
  }

  it('refuses what is taken, whatever its case, within this app only', async () => {
    const [vendor, other] = [await newCaller(), await newCaller()];
    await vendor.createUser({ email: 'jane@example.com', username: 'Jane' });
    const email = await vendor.post('/users', { email: 'JANE@example.com', password: PASSWORD });
    assert.deepEqual([email.status, email.body['error']], [400, 'email_taken']);
    const username = await vendor.post('/users', { email: 'b@example.com', password: PASSWORD, username: 'jAnE' });
    assert.deepEqual([username.status, username.body['error']], [400, 'username_taken']);
    assert.deepEqual(Object.keys(username.body), ['error', 'status', 'message']);
    await other.createUser({ email: 'jane@example.com', username: 'Jane' });
  });

  it('makes one user of ten requests at the same moment', async () => {
    const vendor = await newCaller();
    for (const same of ['email', 'username'] as const) {
      const answers = await Promise.all(
        Array.from({ length: 10 }, (_, index) => {
          const user = { email: `${same}${index}@example.com`, username: `${same}${index}`, password: PASSWORD };
          return vendor.post('/users', {
            ...user,
            [same]: `${same}-same@example.com`.slice(0, same === 'email' ? 30 : 10),
          });
        }),
      );
      assert.equal(answers.filter(({ status }) => status === 200).length, 1);
      const refused = answers.filter(({ status }) => status === 400);
      assert.deepEqual(new Set(refused.map(({ body }) => body['error'])), new Set([`${same}_taken`]));
      assert.equal(refused.length, 9);
    }
  });

  it('keeps no password but its hash', async () => {
    const vendor = await newCaller();
    const answer = await vendor.post('/users', { email: 'hash@example.com', password: PASSWORD });
    assert.ok(!answer.text.includes(PASSWORD));
    const rows = await context.platform.database.db.selectFrom('users').select('password_hash').execute();
    assert.ok(rows.some((row) => row.password_hash?.startsWith('$argon2id$')));
    assert.ok(!JSON.stringify(rows).includes(PASSWORD));
  });
});

onEachPlatform('POST /1/users with a mail', (context) => {
  const BODY = { email: 'jane@example.com', password: PASSWORD };
  const post = async (query: Record<string, string>) =>
    (await context.newCaller()).post(`/users?${new URLSearchParams(query)}`, BODY);
  const mails = () => context.platform.storage.mails.list();
  const URL_OF_SHOP = 'https://shop.example/verify?from=mail';

  it('sends a link to the page of the vendor', async () => {
    const before = (await mails()).length;
    const answer = await post({ verify_user: 'true', verify_url: URL_OF_SHOP });
    assert.equal(answer.status, 200, answer.text);
    assert.equal(answer.body['is_email_verified'], false);
    const sent = await mails();
    assert.equal(sent.length, before + 1);
    const mail = sent.find(({ to }) => to === 'jane@example.com');
    assert.match(mail?.text ?? '', /https:\/\/shop\.example\/verify\?from=mail&code=[\w.-]+/);
  });

  const silent: Record<string, string>[] = [
    {},
    { verify_user: 'false', verify_url: 'https://evil.example/' },
    { verify_user: 'true', send_email: 'false' },
    { send_email: 'true' },
  ];
  for (const query of silent) {
    it(`sends nothing: ${new URLSearchParams(query)}`, async () => {
      const before = (await mails()).length;
      assert.equal((await post(query)).status, 200);
      assert.equal((await mails()).length, before);
    });
  }

  for (const url of [
    undefined,
    '',
    '/verify',
    'https://evil.example/',
    'https://shop.example@evil.example/',
    'javascript:alert(1)',
  ]) {
    it(`creates nobody when the link may not lead to ${url}`, async () => {
      const vendor = await context.newCaller();
      const query = new URLSearchParams({ verify_user: '1', ...(url !== undefined && { verify_url: url }) });
      const answer = await vendor.post(`/users?${query}`, BODY);
      assert.deepEqual([answer.status, answer.body['error']], [400, 'verify_url_not_allowed']);
      const hint =
        /verify_url is missing.+ POST \/1\/users\?verify_user=true&verify_url=https%3A%2F%2Fshop\.example%2F/;
      assert.equal(hint.test(String(answer.body['message'])), url === undefined, String(answer.body['message']));
      assert.deepEqual((await vendor.get('/users')).body['data'], []);
    });
  }

  for (const query of [
    'verify_user=yes',
    'send_email=',
    'verify_user=true&verify_user=true',
    'verify_url=a&verify_url=b',
  ]) {
    it(`understands no ${query}`, async () => {
      const answer = await (await context.newCaller()).post(`/users?${query}`, BODY);
      assert.deepEqual([answer.status, answer.body['error']], [400, 'invalid_request']);
      assert.match(String(answer.body['message']), new RegExp(query.split('=')[0] ?? ''));
    });
  }
});
