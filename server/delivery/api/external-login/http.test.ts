import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { after, before, describe, it } from 'node:test';
import fc from 'fast-check';
import { SHOP_ORIGIN, startTestPlatform, type TestPlatform } from '#testing/test-platform.ts';
import { type Answer, addressOf, failure, logIn, send, sendJson, tokenOf } from './testing/send.ts';

function errorOf({ text }: Answer): string {
  const body = JSON.parse(text) as { data: { error: string } };
  assert.deepEqual(Object.keys(body), ['code', 'message', 'data']);
  assert.deepEqual(Object.keys(body.data), ['error']);
  return body.data.error;
}

describe('external_login over HTTP', () => {
  let platform: TestPlatform;
  before(async () => {
    platform = await startTestPlatform();
  });
  after(() => platform.close());

  const newLogin = async (environment: 'localhost' | 'development:sandbox' | 'production' = 'localhost') => {
    const { clientId, clientSecret } = await platform.createApp({ environment });
    return { client_id: clientId, client_secret: clientSecret, environment };
  };

  for (const [what, body, where] of [
    ['nothing', '', 'The body is empty: JSON was expected.'],
    ['a beginning', '{"client_id":"a"', 'The body is not JSON: it ends too early.'],
    ['a misplaced word', '{\n  "client_secret": hush\n}', 'The body is not JSON: look at line 2, column 20.'],
    ['a form', 'client_id=a&client_secret=hush', 'The body is not JSON: look at line 1, column 1.'],
  ] as const) {
    it(`says where JSON goes wrong: ${what}`, async () => {
      const answer = await sendJson(platform, body);
      assert.deepEqual([answer.status, errorOf(answer)], [400, where]);
    });
  }

  it('refuses JSON that is not an object', async () => {
    for (const body of ['null', '[]', '"text"', '1', 'true']) {
      const answer = await sendJson(platform, body);
      assert.equal(answer.status, 400);
      assert.match(errorOf(answer), /not an object/);
    }
  });

  it('treats an empty form as one without fields', async () => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const answer = await send(platform, { body: '', headers });
    assert.equal(
      answer.text,
      failure({ '[client_secret]': ['This field is missing.'], '[client_id]': ['This field is missing.'] }),
    );
  });

  for (const [type, body, what] of [
    ['multipart/form-data', 'x', /names no boundary/],
    ['multipart/form-data; boundary=b', 'x', /does not occur/],
    ['multipart/form-data; boundary=b', '--b\r\nContent-Disposition: form-data; name="a"\r\n\r\nx', /ends before/],
    ['multipart/form-data; boundary=b', '--b\r\nnonsense\r\n--b--\r\n', /one of its parts/],
  ] as const) {
    it(`says what is wrong with multipart: ${what.source}`, async () => {
      const answer = await send(platform, { body, headers: { 'content-type': type } });
      assert.equal(answer.status, 400);
      assert.match(errorOf(answer), what);
    });
  }

  it('takes a Content-Type with parameters, in any case', async () => {
    const body = JSON.stringify(await newLogin());
    for (const type of ['application/json; charset=utf-8', 'Application/JSON'])
      assert.ok(tokenOf(await send(platform, { body, headers: { 'content-type': type } })));
  });

  it('refuses other content types, and none', async () => {
    for (const init of [
      {},
      { body: Buffer.from('{}') },
      { body: '{}', headers: { 'content-type': 'text/plain' } },
      { body: '<a/>', headers: { 'content-type': 'application/xml' } },
      { body: '{}', headers: { 'content-type': 'nonsense' } },
    ]) {
      const answer = await send(platform, init);
      assert.equal(answer.status, 415);
      assert.match(errorOf(answer), /application\/json, application\/x-www-form-urlencoded, multipart\/form-data/);
    }
  });

  it('accepts 16 KB and not a byte more', async () => {
    const login = await newLogin();
    const bytes = (size: number) => {
      const padding = size - JSON.stringify({ ...login, padding: '' }).length;
      return JSON.stringify({ ...login, padding: 'x'.repeat(padding) });
    };
    assert.ok(tokenOf(await sendJson(platform, bytes(16_384))));
    const answer = await sendJson(platform, bytes(16_385));
    assert.deepEqual([answer.status, errorOf(answer)], [413, 'The body is larger than 16 KB.']);
    const form = new FormData();
    form.append('client_id', 'x'.repeat(17_000));
    assert.equal((await send(platform, { body: form })).status, 413);
  });

  it('accepts only POST', async () => {
    for (const method of ['GET', 'PUT', 'PATCH', 'DELETE', 'PROPFIND']) {
      const body = method === 'GET' ? null : 'x'.repeat(17_000);
      const answer = await send(platform, { method, body });
      assert.equal(answer.status, 405, method);
      assert.equal(answer.headers.get('allow'), 'POST, OPTIONS');
      assert.equal(errorOf(answer), 'Log in with POST.');
    }
    const head = await send(platform, { method: 'HEAD' });
    assert.deepEqual([head.status, head.headers.get('allow')], [405, 'POST, OPTIONS']);
  });

  it('answers unknown paths in the same format', async () => {
    for (const method of ['GET', 'POST']) {
      const response = await fetch(`${addressOf(platform)}s`, { method });
      assert.equal(response.status, 404);
      assert.match(await response.text(), /^\{"code":404,"message":"fail","data":\{"error":"/);
    }
  });

  it("carries the caller's X-Request-Id, or one of its own", async () => {
    const own = { 'x-request-id': 'checkout-4711' };
    assert.equal((await sendJson(platform, '{}', own)).headers.get('x-request-id'), 'checkout-4711');
    assert.equal((await sendJson(platform, '{', own)).headers.get('x-request-id'), 'checkout-4711');
    assert.match((await sendJson(platform, '{}')).headers.get('x-request-id') ?? '', /^[\da-f-]{36}$/);
    const insane = { 'x-request-id': '<script>' };
    assert.match((await sendJson(platform, '{}', insane)).headers.get('x-request-id') ?? '', /^[\da-f-]{36}$/);
  });

  it('survives a caller who disconnects in the middle of a body', async () => {
    const { hostname, port } = new URL(platform.url);
    const socket = connect(Number(port), hostname);
    socket.write(
      `POST /custom_api/external_login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"cl`,
      () => socket.destroy(),
    );
    await new Promise((resolve) => socket.once('close', resolve));
    assert.ok(tokenOf(await logIn(platform, await newLogin())));
  });

  it('fails in the same form, with the request id and no reason', async (test) => {
    const faulty = await startTestPlatform();
    test.after(() => faulty.close());
    await faulty.database.db.schema.alterTable('environments').renameColumn('origins', 'gone').execute();
    const login = { client_id: 'x'.repeat(32), client_secret: 'x', environment: 'localhost' };
    const answer = await logIn(faulty, login, 'JSON', { 'x-request-id': 'request-4711' });
    assert.equal(answer.status, 500);
    assert.equal(
      errorOf(answer),
      'Something failed on our side. If it happens again, tell us the request id request-4711.',
    );
  });

  describe('from a browser', () => {
    const origin = SHOP_ORIGIN;
    const allowed = (answer: Answer) => answer.headers.get('access-control-allow-origin');

    it('answers a preflight for every origin, without credentials', async () => {
      for (const from of [origin, 'https://elsewhere.example']) {
        const headers = {
          origin: from,
          'access-control-request-method': 'POST',
          'access-control-request-headers': 'content-type',
        };
        const answer = await send(platform, { method: 'OPTIONS', headers });
        assert.equal(answer.status, 204);
        assert.equal(allowed(answer), from);
        assert.equal(answer.headers.get('access-control-allow-methods'), 'POST');
        assert.equal(answer.headers.get('access-control-allow-headers'), 'content-type, x-request-id');
        assert.equal(answer.headers.get('access-control-max-age'), '7200');
        assert.equal(answer.headers.get('access-control-allow-credentials'), null);
        assert.equal(answer.headers.get('vary'), 'Origin');
      }
    });

    it('answers OPTIONS that is not a preflight', async () => {
      const answer = await send(platform, { method: 'OPTIONS' });
      assert.deepEqual([answer.status, answer.headers.get('allow'), allowed(answer)], [204, 'POST, OPTIONS', null]);
    });

    for (const environment of ['localhost', 'development:sandbox'] as const) {
      it(`lets a page of the app read the token and every error (${environment})`, async () => {
        const login = await newLogin(environment);
        const { client_secret: _left, ...incomplete } = login;
        for (const fields of [login, { ...login, client_secret: 'x' }, incomplete, { ...login, environment: '' }]) {
          const answer = await logIn(platform, fields, 'JSON', { origin });
          assert.equal(allowed(answer), origin);
          assert.equal(answer.headers.get('vary'), 'Origin');
          assert.equal(answer.headers.get('access-control-allow-credentials'), null);
        }
      });
    }

    it('lets no page read answers of production', async () => {
      const login = await newLogin('production');
      for (const environment of ['production', 'localhost', ''])
        assert.equal(allowed(await logIn(platform, { ...login, environment }, 'JSON', { origin })), null);
    });

    it('lets no other origin read anything', async () => {
      const login = await newLogin();
      for (const foreign of ['https://elsewhere.example', 'null', `${origin}:8443`, `${origin}.evil.example`, '*']) {
        const answer = await logIn(platform, login, 'JSON', { origin: foreign });
        assert.equal(allowed(answer), null, foreign);
        assert.equal(answer.headers.get('vary'), 'Origin');
      }
      const unknown = await logIn(platform, { ...login, client_id: 'x'.repeat(32) }, 'JSON', { origin });
      assert.equal(allowed(unknown), null);
    });

    it('says that answers depend on Origin where there is none', async () => {
      assert.equal((await sendJson(platform, '{}')).headers.get('vary'), 'Origin');
    });
  });

  it('answers any body with 200, 400 or 401 in its own form', async () => {
    const login = await newLogin();
    const field = fc.oneof(
      fc.constantFrom(...Object.values(login), '', ' ', 'production', null),
      fc.string({ unit: 'binary' }),
      fc.jsonValue(),
    );
    // A fixed client_id would be locked after ten failures.
    const likely = fc.record(
      { client_id: fc.oneof(fc.uuid(), fc.jsonValue()), client_secret: field, environment: field, extra: field },
      { requiredKeys: [] },
    );
    const body = fc.oneof(
      likely.map((fields) => JSON.stringify(fields)),
      fc.json(),
      fc.string({ unit: 'binary' }),
    );
    await fc.assert(
      fc.asyncProperty(body, async (text) => {
        const answer = await sendJson(platform, text);
        assert.ok([200, 400, 401].includes(answer.status), `${answer.status}`);
        const { code, message, data } = JSON.parse(answer.text) as { code: number; message: string; data: object };
        assert.deepEqual([code, message], [answer.status, answer.status === 200 ? 'success' : 'fail']);
        const names = ['token', 'error', '[client_secret]', '[client_id]', '[environment]'];
        const found = Object.keys(data);
        assert.ok(found.length > 0 && found.every((name) => names.includes(name)));
      }),
      { numRuns: 300 },
    );
  });
});
