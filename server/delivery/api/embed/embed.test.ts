import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { LANGUAGES } from '@signup-with-platform/messages';
import Fastify from 'fastify';
import type { AppSecrets } from '#storage/app-environments.ts';
import { startTestPlatform, type TestPlatform } from '#testing/test-platform.ts';
import type { ApiContext } from '../route.ts';
import { EMBED_STATUS, type EmbedErrorCode, type EmbedValues } from './embed-error.ts';
import { embedMessage, forgotPasswordAnswer } from './embed-message.ts';
import { embedLanguage } from './language.ts';
import { registerEmbed } from './register.ts';

/** As the contract has it, `\#` and all. */
const SEED_BODY = `{
"userName": "hello@login.com",
"password": "#9ske%ls9\\#DS1",
"firstName": "John",
"lastName": "Doe",
"language": "en"
}`;
const PASSWORD = '#9ske%ls9#DS1';

interface Answer {
  status: number;
  headers: Headers;
  text: string;
  json: Record<string, unknown>;
}

describe('the embedded sign-up contract', () => {
  let platform: TestPlatform;
  let app: AppSecrets;
  before(async () => {
    platform = await startTestPlatform();
    app = await platform.createApp();
  });
  after(() => platform.close());

  async function send(
    path: string,
    body: unknown,
    { method = 'POST', ...headers }: Record<string, string> = {},
  ): Promise<Answer> {
    const response = await fetch(`${platform.url}/embed${path}`, {
      method,
      headers: { 'x-api-key': app.apiKey, 'content-type': 'application/json', ...headers },
      ...(method === 'POST' && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, json: JSON.parse(text) as Answer['json'] };
  }
  const codeOf = ({ status, json }: Answer) => `${status} ${json['code']}`;
  let counter = 0;
  const newUser = (more: object = {}) => ({
    userName: `user${++counter}@login.com`,
    password: PASSWORD,
    language: 'en',
    ...more,
  });

  it('says where the very request of the contract is not JSON', async () => {
    const answer = await send('/signup', SEED_BODY);
    assert.equal(codeOf(answer), '400 invalid_json');
    assert.match(String(answer.json['message']), /line 3, column 23/);
    assert.ok(!answer.text.includes('9ske'), 'the password comes back');
    assert.deepEqual(Object.keys(answer.json), ['message', 'code']);
  });

  it('answers the request of the contract, mended, as the contract says', async () => {
    const answer = await send('/signup', SEED_BODY.replace('\\#', '#'));
    assert.equal(answer.status, 201);
    const id = String(answer.json['id']);
    assert.match(id, /^[\w-]{9,}$/);
    assert.equal(answer.text, `{"id":"${id}","firstName":"John","lastName":"Doe","userName":"hello@login.com"}`);
    assert.match(answer.headers.get('content-type') ?? '', /^application\/json/);
    assert.equal(answer.headers.get('cache-control'), 'no-store');
    assert.ok(answer.headers.get('x-request-id'));
  });

  it('makes a user that the user API knows, with nothing verified and no password in sight', async () => {
    const { json } = await send('/signup', newUser({ firstName: ' Ada ', lastName: null }));
    const user = await platform.storage.realm('sandbox').appUsers(app.clientId).find(String(json['id']));
    assert.equal(user?.firstName, 'Ada');
    assert.equal(user?.lastName, undefined);
    assert.equal(user?.emailVerified, false);
    assert.match(user?.passwordHash ?? '', /^\$argon2id\$/);
    assert.deepEqual(Object.keys(json), ['id', 'firstName', 'userName']);
  });

  it('keeps userName as sent, and finds it in any case', async () => {
    for (const userName of ['Mixed.Case@Login.com', 'Mixed_Case-1', 'Ünïcode']) {
      const made = await send('/signup', newUser({ userName }));
      assert.equal(made.json['userName'], userName);
      const again = await send('/signup', newUser({ userName: userName.toUpperCase() }));
      assert.equal(codeOf(again), '409 user_exists');
      const login = await send('/login', { userName: userName.toLowerCase(), password: PASSWORD, language: 'en' });
      assert.equal(login.status, 200);
      assert.deepEqual(login.json, made.json);
    }
  });

  it('takes any well-formed language', async () => {
    for (const language of ['nl', 'EN-gb', 'tlh', 'zh-Hant-TW', 'x-shop']) {
      assert.equal((await send('/signup', newUser({ language }))).status, 201, language);
    }
  });

  it('ignores what it does not know, and does not trip over names of objects’ own', async () => {
    const text = JSON.stringify({ ...newUser(), id: 'mine', roles: ['admin'] }).replace(
      '{',
      '{"__proto__":{"firstName":"Eve"},',
    );
    const { status, json } = await send('/signup', text);
    assert.equal(status, 201);
    assert.notEqual(json['id'], 'mine');
    assert.equal(json['firstName'], undefined);
  });

  it('refuses its fields in the query, where they would be ignored and logged', async () => {
    for (const path of ['/signup', '/login', '/forgot-password']) {
      for (const [name, meant] of [
        ['firstName', 'firstName'],
        ['first_name', 'firstName'],
        ['password', 'password'],
      ]) {
        const answer = await send(`${path}?${name}=Jane`, newUser({ language: 'nl' }));
        assert.equal(codeOf(answer), '400 parameter_in_query');
        assert.match(String(answer.json['message']), new RegExp(`“\\P{L}?${meant}\\P{L}?” mee in het adres`, 'u'));
      }
    }
    assert.equal(codeOf(await send('/signup?source=till-3', newUser())), '201 undefined');
  });

  it('answers the first field that fails, in the order of the contract', async () => {
    const rows: [body: object, code: EmbedErrorCode][] = [
      [{}, 'user_name_required'],
      [{ userName: ' ', password: 1 }, 'user_name_required'],
      [{ userName: 'a', language: '' }, 'user_name_too_short'],
      [{ userName: 'ada@example.com' }, 'password_required'],
      [{ userName: 'ada@example.com', password: 'short' }, 'password_too_short'],
      [newUser({ firstName: '<b>', language: '!' }), 'first_name_invalid'],
      [newUser({ lastName: 'x'.repeat(101), language: '!' }), 'last_name_too_long'],
    ];
    for (const [body, code] of rows) assert.equal(codeOf(await send('/signup', body)), `400 ${code}`);
  });

  it('holds passwords to the rules of the user API', async () => {
    const rows: [password: unknown, answer: string][] = [
      ['x'.repeat(7), '400 password_too_short'],
      ['é'.repeat(129), '400 password_too_long'],
      ['🔑'.repeat(7), '400 password_too_short'],
      ['ADA.PASSWORDS@EXAMPLE.COM', '400 password_matches_user_name'],
      ['Password123', '400 password_common'],
      [12345678, '400 password_invalid'],
      ['\ud800aaaaaaaa', '400 password_invalid'],
    ];
    for (const [password, expected] of rows) {
      const answer = await send('/signup', { userName: 'ada.passwords@example.com', password, language: 'en' });
      assert.equal(codeOf(answer), expected, String(password));
    }
    for (const password of ['🔑'.repeat(8), 'é'.repeat(128), '        leading and trailing        ']) {
      const body = newUser({ password });
      assert.equal((await send('/signup', body)).status, 201);
      assert.equal((await send('/login', body)).status, 200);
    }
  });

  describe('errors', () => {
    type Row = [code: EmbedErrorCode, path: string, body: unknown, headers?: Record<string, string>];
    const valid = { userName: 'errors@login.com', password: PASSWORD };
    const rows: Row[] = [
      ['user_name_required', '/signup', {}],
      ['user_name_invalid', '/signup', { userName: 'not an address@' }],
      ['user_name_too_short', '/signup', { userName: 'ab' }],
      ['user_name_too_long', '/signup', { userName: 'a'.repeat(31) }],
      ['password_required', '/signup', { userName: 'errors@login.com', password: '' }],
      ['password_invalid', '/signup', { ...valid, password: ['x'] }],
      ['password_too_short', '/signup', { ...valid, password: 'short' }],
      ['password_too_long', '/signup', { ...valid, password: 'x'.repeat(129) }],
      ['password_matches_user_name', '/signup', { ...valid, password: 'Errors@login.com' }],
      ['password_common', '/signup', { ...valid, password: 'password1' }],
      ['first_name_invalid', '/signup', { ...valid, firstName: '<script>' }],
      ['first_name_too_long', '/signup', { ...valid, firstName: 'x'.repeat(101) }],
      ['last_name_invalid', '/signup', { ...valid, lastName: {} }],
      ['last_name_too_long', '/signup', { ...valid, lastName: 'x'.repeat(101) }],
      ['language_required', '/signup', { ...valid, language: undefined }],
      ['language_invalid', '/signup', { ...valid, language: '??' }],
      ['user_exists', '/signup', { userName: 'HELLO@login.com', password: PASSWORD }],
      ['invalid_json', '/signup', '{"userName": }'],
      ['invalid_request', '/signup', '[]'],
      ['invalid_idempotency_key', '/signup', valid, { 'idempotency-key': 'k'.repeat(256) }],
      ['invalid_api_key', '/signup', valid, { 'x-api-key': 'sk_test_nothing' }],
      ['invalid_credentials', '/login', { userName: 'nobody', password: 'wrong' }],
      ['not_found', '/sign-up', valid],
      ['not_found', '', '', { method: 'GET' }],
      ['method_not_allowed', '/signup', '', { method: 'GET' }],
      ['body_too_large', '/signup', { ...valid, firstName: 'x'.repeat(20_000) }],
      ['unsupported_media_type', '/signup', 'userName=a', { 'content-type': 'application/x-www-form-urlencoded' }],
    ];
    const VALUES: Partial<Record<EmbedErrorCode, EmbedValues>> = {
      user_name_too_short: { count: 3 },
      user_name_too_long: { count: 30 },
      password_too_short: { count: 8 },
      password_too_long: { count: 128 },
      first_name_too_long: { count: 100 },
      last_name_too_long: { count: 100 },
      invalid_json: { line: 1, column: 14 },
    };
    for (const { tag: language } of LANGUAGES) {
      it(`are in the language of the person (${language})`, async () => {
        for (const [code, path, body, headers] of rows) {
          const sent =
            typeof body === 'string'
              ? body
              : {
                  language: language.toUpperCase(),
                  ...(body as object),
                  ...(code === 'invalid_credentials' && { userName: `nobody-${language}` }),
                };
          const answer = await send(path, sent, { 'accept-language': `${language};q=0.9`, ...headers });
          assert.equal(codeOf(answer), `${EMBED_STATUS[code]} ${code}`);
          assert.equal(answer.json['message'], embedMessage(code, VALUES[code] ?? {}, embedLanguage([language])));
          assert.deepEqual(Object.keys(answer.json), ['message', 'code']);
          assert.equal(answer.headers.get('cache-control'), 'no-store');
        }
      });
    }

    it('prefer the language of the request to that of the connection', async () => {
      const { json } = await send('/signup', { language: 'nl-BE' }, { 'accept-language': 'fr' });
      assert.equal(json['message'], embedMessage('user_name_required', {}, embedLanguage(['nl'])));
    });

    it('say which method an address takes', async () => {
      for (const method of ['GET', 'PUT', 'DELETE', 'PATCH', 'OPTIONS']) {
        const answer = await send('/login', '', { method });
        assert.equal(codeOf(answer), '405 method_not_allowed');
        assert.equal(answer.headers.get('allow'), 'POST');
      }
    });

    it('of our own give the request id and nothing else', async () => {
      const server = Fastify({ genReqId: () => 'request-0042' });
      const failing = { find: () => Promise.reject(new Error('secret details')) };
      await registerEmbed(server, { storage: { apiKeys: failing } } as unknown as ApiContext);
      const answer = await server.inject({
        method: 'POST',
        url: '/embed/signup',
        headers: { 'x-api-key': 'k' },
        payload: {},
      });
      assert.equal(answer.statusCode, 500);
      assert.equal(answer.json<{ code: string }>().code, 'internal_error');
      assert.match(answer.json<{ message: string }>().message, /request-0042/);
      assert.ok(!answer.body.includes('secret'));
    });
  });

  describe('access', () => {
    it('is by X-Api-Key and nothing else', async () => {
      const basic = `Basic ${Buffer.from(`${app.apiKey}:`).toString('base64')}`;
      const answer = await send('/signup', newUser(), { 'x-api-key': '', authorization: basic });
      assert.equal(codeOf(answer), '401 invalid_api_key');
      assert.ok(answer.headers.get('www-authenticate'));
      assert.equal((await send('/signup', newUser(), { authorization: 'Bearer whatever' })).status, 201);
    });

    it('does not mind white space around the key, as in the contract', async () => {
      assert.equal((await send('/signup', newUser(), { 'x-api-key': `${app.apiKey} ` })).status, 201);
    });

    it('comes before anything is told about the body', async () => {
      assert.equal(codeOf(await send('/signup', SEED_BODY, { 'x-api-key': 'wrong' })), '401 invalid_api_key');
    });

    it('keeps the users of apps, and of realms, apart', async () => {
      const body = newUser();
      const first = await send('/signup', body);
      const others = [await platform.createApp(), await platform.createApp({ environment: 'production' })];
      for (const { apiKey } of others) {
        const elsewhere = { 'x-api-key': apiKey };
        assert.equal(codeOf(await send('/login', body, elsewhere)), '401 invalid_credentials');
        const made = await send('/signup', body, elsewhere);
        assert.equal(made.status, 201);
        assert.notEqual(made.json['id'], first.json['id']);
      }
    });

    it('neither meets nor makes an account of the platform with the same address', async () => {
      const { accounts } = platform.storage.realm('sandbox');
      await accounts.create({ email: 'shared@example.com', emailVerified: true });
      assert.equal((await send('/signup', newUser({ userName: 'shared@example.com' }))).status, 201);
      assert.equal((await accounts.findByEmail('shared@example.com')).length, 1);
    });

    it('ends with the rights of the key, its addresses, and the app', async () => {
      const own = await platform.createApp();
      const keys = platform.database.db.updateTable('api_keys').where('client_id', '=', own.clientId);
      const answer = async () => codeOf(await send('/login', newUser(), { 'x-api-key': own.apiKey }));
      await keys.set({ read_only: 1 }).execute();
      assert.equal(await answer(), '403 read_only_key');
      await keys.set({ read_only: null, address_ranges: '["203.0.113.0/24"]' }).execute();
      assert.equal(await answer(), '403 address_not_allowed');
      await platform.storage.apps.setDisabled(own.appId, true);
      assert.equal(await answer(), '402 app_disabled');
    });
  });

  describe('asked again', () => {
    it('with the same Idempotency-Key, it answers as it did', async () => {
      const body = newUser();
      const key = { 'idempotency-key': 'sign-up-1' };
      const first = await send('/signup', body, key);
      const second = await send('/signup', body, key);
      assert.equal(first.status, 201);
      assert.equal(second.status, 201);
      assert.equal(second.text, first.text);
      assert.equal(second.headers.get('idempotency-replayed'), 'true');
      assert.equal(codeOf(await send('/signup', newUser(), key)), '409 idempotency_key_reused');
      assert.equal(codeOf(await send('/signup', body)), '409 user_exists');
    });

    it('forgets a refusal, so that the request can be mended', async () => {
      const key = { 'idempotency-key': 'sign-up-2' };
      const body = newUser();
      assert.equal((await send('/signup', { ...body, password: 'short' }, key)).status, 400);
      assert.equal((await send('/signup', body, key)).status, 201);
    });

    it('makes one user of twenty requests at the same moment', async () => {
      const body = newUser();
      const answers = await Promise.all(
        Array.from({ length: 20 }, (_, index) =>
          send('/signup', { ...body, userName: index % 2 ? body.userName : body.userName.toUpperCase() }),
        ),
      );
      const outcomes = answers.map(codeOf).sort();
      assert.deepEqual(outcomes, ['201 undefined', ...Array.from({ length: 19 }, () => '409 user_exists')]);
    });
  });

  describe('login', () => {
    it('answers as sign-up did, and remembers when', async () => {
      const body = newUser({ firstName: 'Ada' });
      const made = await send('/signup', body);
      const { status, text } = await send('/login', body);
      assert.equal(status, 200);
      assert.equal(text, made.text);
      const user = await platform.storage.realm('sandbox').appUsers(app.clientId).find(String(made.json['id']));
      assert.ok(user?.lastSigninAt);
    });

    it('answers unknown, wrong and inactive alike', async () => {
      const body = newUser();
      const made = await send('/signup', body);
      const wrong = await send('/login', { ...body, password: 'wrong password' });
      await platform.storage.realm('sandbox').appUsers(app.clientId).update(String(made.json['id']), { active: false });
      const others = [
        await send('/login', body),
        await send('/login', newUser()),
        await send('/login', newUser({ userName: 'no\u0000body' })),
        await send('/login', newUser({ userName: '😀' })),
      ];
      assert.equal(codeOf(wrong), '401 invalid_credentials');
      for (const other of others) assert.equal(other.text, wrong.text);
    });

    it('slows guessing down, whatever the case, for users who are there and who are not', async () => {
      const body = newUser();
      await send('/signup', body);
      for (const userName of [body.userName, 'nobody@login.com']) {
        for (let attempt = 0; attempt < 10; attempt += 1) {
          const guess = attempt % 2 ? userName : userName.toUpperCase();
          const answer = await send('/login', { ...body, userName: guess, password: `guess ${attempt}` });
          assert.equal(answer.status, 401);
        }
        const slowed = await send('/login', { ...body, userName, password: 'guess 11' });
        assert.equal(codeOf(slowed), '429 too_many_attempts');
        assert.ok(Number(slowed.headers.get('retry-after')) > 0);
      }
    });
  });

  describe('a forgotten password', () => {
    it('is answered alike for known and unknown, in the language, and mailed to who is known', async () => {
      const body = newUser();
      await send('/signup', body);
      const known = await send('/forgot-password', { userName: body.userName, language: 'nl' });
      assert.equal(known.status, 201);
      assert.equal(known.text, JSON.stringify(forgotPasswordAnswer(embedLanguage(['nl']))));
      for (const userName of ['nobody@login.com', 'nobody', 'no\u0000body', '😀']) {
        assert.equal((await send('/forgot-password', { userName, language: 'nl' })).text, known.text);
      }
      const mails = (await platform.storage.mails.list()).filter(({ subject }) => /wachtwoord/.test(subject));
      assert.deepEqual(
        mails.map(({ to }) => to),
        [body.userName],
      );
    });

    it('is mailed to a username that has an address', async () => {
      const users = platform.storage.realm('sandbox').appUsers(app.clientId);
      await users.create({ username: 'grace', email: 'grace@login.com' });
      await send('/forgot-password', { userName: 'Grace', language: 'en' });
      assert.ok((await platform.storage.mails.list()).some(({ to }) => to === 'grace@login.com'));
    });

    it('needs a name and a language', async () => {
      assert.equal(codeOf(await send('/forgot-password', { language: 'en' })), '400 user_name_required');
      assert.equal(codeOf(await send('/forgot-password', { userName: 'a@b.nl' })), '400 language_required');
    });
  });
});

it('has a quota', async () => {
  const platform = await startTestPlatform({ API_QUOTA_PER_HOUR: '2' });
  try {
    const { apiKey } = await platform.createApp();
    const ask = () =>
      fetch(`${platform.url}/embed/login`, {
        method: 'POST',
        headers: { 'x-api-key': apiKey, 'content-type': 'application/json' },
        body: '{"language":"de"}',
      });
    assert.equal((await ask()).status, 400);
    assert.equal((await ask()).status, 400);
    const refused = await ask();
    assert.equal(refused.status, 429);
    assert.ok(Number(refused.headers.get('retry-after')) > 0);
    const message = embedMessage('too_many_requests', {}, embedLanguage(['de']));
    assert.deepEqual(await refused.json(), { message, code: 'too_many_requests' });
  } finally {
    await platform.close();
  }
});
