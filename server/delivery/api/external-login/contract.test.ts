import assert from 'node:assert/strict';
import { execFile, spawnSync } from 'node:child_process';
import { after, before, describe, it } from 'node:test';
import { promisify } from 'node:util';
import type { AppSecrets } from '#storage/app-environments.ts';
import { startTestPlatform, type TestPlatform } from '#testing/test-platform.ts';
import { addressOf, ENCODINGS, failure, logIn, send, sendJson, type TextFields, tokenOf } from './testing/send.ts';

const MISSING = ['This field is missing.'];
const BLANK = ['This value should not be blank.'];
const NOT_A_STRING = ['This value should be of type string.'];
const NOT_A_CHOICE = ['The value you selected is not a valid choice.'];
const INVALID = failure({ error: 'Invalid client_id or client_secret' });

/** The credentials of the contract's examples, which belong to no app here. */
const EXAMPLE = {
  client_id: 'cOaWg1cFuBK7ytOOdnSjxf536R1ANIA3',
  client_secret: 'gGQlhpSl5Rpanz0m',
  environment: 'localhost',
};

describe('POST /custom_api/external_login', () => {
  let platform: TestPlatform;
  let app: AppSecrets;
  let right: { client_id: string; client_secret: string; environment: string };
  before(async () => {
    platform = await startTestPlatform();
    app = await platform.createApp();
    right = { client_id: app.clientId, client_secret: app.clientSecret, environment: 'localhost' };
  });
  after(() => platform.close());

  const { client_id, client_secret, environment } = EXAMPLE;
  const seedBodies: [string, TextFields, string][] = [
    ['an invalid pair', EXAMPLE, INVALID],
    ['1- missing client_id', { client_secret, environment }, failure({ '[client_id]': MISSING })],
    [
      '2- missing client_secret and client_id',
      { environment },
      failure({ '[client_secret]': MISSING, '[client_id]': MISSING }),
    ],
    ['3- missing client_secret', { client_id, environment }, failure({ '[client_secret]': MISSING })],
    ['4- blank client_secret', { ...EXAMPLE, client_secret: '' }, failure({ '[client_secret]': BLANK })],
    [
      '5- blank client_secret and client_id',
      { ...EXAMPLE, client_secret: '', client_id: '' },
      failure({ '[client_secret]': BLANK, '[client_id]': BLANK }),
    ],
  ];
  for (const encoding of ENCODINGS) {
    for (const [what, fields, body] of seedBodies) {
      it(`answers ${what} as the contract says (${encoding})`, async () => {
        const answer = await logIn(platform, fields, encoding);
        assert.equal(answer.text, body);
        assert.equal(answer.status, 401);
        assert.equal(answer.headers.get('content-type'), 'application/json; charset=utf-8');
        assert.equal(answer.headers.get('cache-control'), 'no-store');
      });
    }

    it(`answers right credentials with a token and nothing else (${encoding})`, async () => {
      const answer = await logIn(platform, right, encoding);
      assert.equal(answer.status, 200);
      assert.match(answer.text, /^\{"code":200,"message":"success","data":\{"token":"[\w-]+\.[\w-]+\.[\w-]{86}"\}\}$/);
      assert.equal(answer.headers.get('cache-control'), 'no-store');
      assert.equal(answer.headers.get('content-type'), 'application/json; charset=utf-8');
    });
  }

  if (hasCurl()) {
    it("answers the contract's own cURL", async () => {
      const curl = (fields: object) =>
        promisify(execFile)('curl', [
          '-sS',
          ...['-X', 'POST', addressOf(platform)],
          ...['-H', 'Content-Type: application/json'],
          ...['-d', JSON.stringify(fields, null, 11)],
        ]);
      assert.equal((await curl(EXAMPLE)).stdout, INVALID);
      assert.match((await curl(right)).stdout, /^\{"code":200,"message":"success","data":\{"token":"/);
    });

    it('answers curl --form', async () => {
      const parts = Object.entries(right).flatMap(([name, value]) => ['-F', `${name}=${value}`]);
      const { stdout } = await promisify(execFile)('curl', ['-sS', ...parts, addressOf(platform)]);
      assert.match(stdout, /^\{"code":200,/);
    });
  }

  describe('where the contract is silent', () => {
    const one = (name: string, message: string[]) => ({ [`[${name}]`]: message });
    const silent: [string, object, Record<string, string | string[]>][] = [
      ['an empty object', {}, { '[client_secret]': MISSING, '[client_id]': MISSING }],
      ['null is missing', { ...EXAMPLE, client_id: null }, one('client_id', MISSING)],
      ['white space is blank', { ...EXAMPLE, client_secret: ' \t\n\u00a0' }, one('client_secret', BLANK)],
      ['blank id', { ...EXAMPLE, client_id: '' }, one('client_id', BLANK)],
      ['missing and blank', { client_id: '', environment }, { '[client_secret]': MISSING, '[client_id]': BLANK }],
      ['blank and missing', { client_secret: '', environment }, { '[client_secret]': BLANK, '[client_id]': MISSING }],
      [
        'type and blank',
        { ...EXAMPLE, client_secret: 1, client_id: ' ' },
        { '[client_secret]': NOT_A_STRING, '[client_id]': BLANK },
      ],
      ...[0, 1, true, false, [], ['x'], {}, { $gt: '' }].map((value): [string, object, Record<string, string[]>] => [
        `of the wrong type: ${JSON.stringify(value)}`,
        { ...EXAMPLE, client_id: value },
        one('client_id', NOT_A_STRING),
      ]),
      ['the id before the environment', { client_secret, environment: 'x' }, one('client_id', MISSING)],
      ['environment missing', { client_id, client_secret }, one('environment', MISSING)],
      ['environment null', { ...EXAMPLE, environment: null }, one('environment', MISSING)],
      ['environment blank', { ...EXAMPLE, environment: ' ' }, one('environment', BLANK)],
      ['environment of the wrong type', { ...EXAMPLE, environment: ['localhost'] }, one('environment', NOT_A_STRING)],
      ...['staging', 'sandbox', 'development', 'Localhost', ' localhost', 'constructor', '__proto__'].map(
        (name): [string, object, Record<string, string[]>] => [
          `environment "${name}"`,
          { ...EXAMPLE, environment: name },
          one('environment', NOT_A_CHOICE),
        ],
      ),
    ];
    for (const [what, fields, data] of silent) {
      it(what, async () => {
        const answer = await sendJson(platform, JSON.stringify(fields));
        assert.equal(answer.text, failure(data));
        assert.equal(answer.status, 401);
      });
    }

    it('uses values as they are sent', async () => {
      const { clientId, clientSecret } = await platform.createApp();
      for (const fields of [
        { ...right, client_id: ` ${clientId}`, client_secret: clientSecret },
        { ...right, client_id: clientId, client_secret: `${clientSecret}\n` },
        { ...right, client_id: clientId, client_secret: clientSecret.toLowerCase() },
        { ...right, client_id: clientId, client_secret: 'x'.repeat(10_000) },
        { ...right, client_id: `${clientId}\0`, client_secret: clientSecret },
        { ...right, client_id: "' or 1=1 --", client_secret: clientSecret },
      ]) {
        const answer = await logIn(platform, fields);
        assert.deepEqual([answer.status, answer.text], [401, INVALID]);
      }
    });

    it('refuses the right pair in another environment with the same message', async () => {
      const sandbox = await platform.createApp({ environment: 'development:sandbox' });
      for (const other of ['localhost', 'production']) {
        const answer = await logIn(platform, {
          client_id: sandbox.clientId,
          client_secret: sandbox.clientSecret,
          environment: other,
        });
        assert.deepEqual([answer.status, answer.text], [401, INVALID]);
      }
    });

    it("refuses another app's secret", async () => {
      const other = await platform.createApp();
      assert.equal((await logIn(platform, { ...right, client_secret: other.clientSecret })).text, INVALID);
    });

    it('tells only callers who know the secret that the app is disabled', async () => {
      const { appId, clientId, clientSecret } = await platform.createApp();
      await platform.storage.apps.setDisabled(appId, true);
      const fields = { client_id: clientId, client_secret: clientSecret, environment };
      const knowing = await logIn(platform, fields);
      assert.deepEqual([knowing.status, knowing.text], [401, failure({ error: 'This app is disabled' })]);
      assert.equal((await logIn(platform, { ...fields, client_secret: 'x' })).text, INVALID);
      assert.equal((await logIn(platform, { ...fields, environment: 'production' })).text, INVALID);
      await platform.storage.apps.setDisabled(appId, false);
      assert.ok(tokenOf(await logIn(platform, fields)));
    });

    it('ignores other fields, and those that reach for a prototype', async () => {
      const json = `{"__proto__":{"client_id":"x"},"constructor":{"prototype":{"polluted":1}},${JSON.stringify(right).slice(1)}`;
      assert.ok(tokenOf(await sendJson(platform, json)));
      for (const encoding of ENCODINGS)
        assert.ok(tokenOf(await logIn(platform, { constructor: 'x', toString: 'y', more: '', ...right }, encoding)));
      const inherited = await sendJson(platform, `{"__proto__":${JSON.stringify(right)}}`);
      assert.equal(inherited.text, failure({ '[client_secret]': MISSING, '[client_id]': MISSING }));
      const bracketed = await logIn(platform, { 'client_id[]': 'x', client_secret, environment }, 'urlencoded');
      assert.equal(bracketed.text, failure({ '[client_id]': MISSING }));
      assert.equal(({} as Record<string, unknown>)['polluted'], undefined);
    });

    it('takes the last of a field that comes twice', async () => {
      const twice = (form: URLSearchParams | FormData, secrets: string[]) => {
        for (const [name, value] of Object.entries(right)) if (name !== 'client_secret') form.append(name, value);
        for (const secret of secrets) form.append('client_secret', secret);
        return form;
      };
      for (const create of [() => new URLSearchParams(), () => new FormData()]) {
        const body = twice(create(), ['wrong', right.client_secret]);
        assert.ok(tokenOf(await send(platform, { body })));
        const reversed = twice(create(), [right.client_secret, '']);
        assert.equal((await send(platform, { body: reversed })).text, failure({ '[client_secret]': BLANK }));
      }
      assert.ok(tokenOf(await sendJson(platform, `{"client_secret":"wrong",${JSON.stringify(right).slice(1)}`)));
    });

    it('takes a file for a value of the wrong type', async () => {
      const form = new FormData();
      for (const [name, value] of Object.entries(right)) form.append(name, value);
      form.set('client_secret', new Blob([right.client_secret]), 'secret.txt');
      assert.equal((await send(platform, { body: form })).text, failure({ '[client_secret]': NOT_A_STRING }));
    });
  });
});

/** The rest of the contract is tried with fetch, wherever this runs. */
function hasCurl(): boolean {
  return spawnSync('curl', ['--version'], { stdio: 'ignore' }).status === 0;
}
