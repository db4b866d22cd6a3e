import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import Fastify, { type FastifyInstance } from 'fastify';
import { addBodyParsers, MAX_BODY_BYTES, parseJson } from './body-parsers.ts';

describe('bodies of the user API', () => {
  let app: FastifyInstance;
  before(() => {
    app = Fastify();
    addBodyParsers(app);
    app.post('/', async ({ body }) => ({ body: body ?? 'none' }));
  });
  after(() => app.close());

  const post = async (payload: string, contentType?: string) => {
    const headers = contentType === undefined ? {} : { 'content-type': contentType };
    const response = await app.inject({ method: 'POST', url: '/', payload, headers });
    return { status: response.statusCode, ...(response.json() as { body?: unknown; code?: string; message?: string }) };
  };

  it('are JSON or forms', async () => {
    assert.deepEqual((await post('{"a":[1,"é"]}', 'application/json')).body, { a: [1, 'é'] });
    assert.deepEqual((await post('{"a":1}', 'application/json; charset=utf-8')).body, { a: 1 });
    const form = 'a=1&b=x+y%C3%A9&a=2';
    assert.deepEqual((await post(form, 'application/x-www-form-urlencoded')).body, { a: ['1', '2'], b: 'x yé' });
    assert.deepEqual((await post('', 'application/json')).body, {});
  });

  for (const type of ['text/plain', 'multipart/form-data; boundary=x', 'application/xml', 'application/jsonp', '']) {
    it(`are not ${type || 'unnamed'}`, async () => {
      assert.equal((await post('{"a":1}', type)).status, 415);
    });
  }

  it('are small', async () => {
    const bodyOf = (bytes: number) => JSON.stringify({ a: 'x'.repeat(bytes - '{"a":""}'.length) });
    assert.equal((await post(bodyOf(MAX_BODY_BYTES), 'application/json')).status, 200);
    assert.equal((await post(bodyOf(MAX_BODY_BYTES + 1), 'application/json')).status, 413);
    const form = `a=${'x'.repeat(MAX_BODY_BYTES - 1)}`;
    assert.equal((await post(form, 'application/x-www-form-urlencoded')).status, 413);
  });

  it('reach no prototype', async () => {
    const hostile = '{"__proto__":{"roles":["admin"]},"constructor":{"prototype":{"x":1}},"prototype":1,"a":1}';
    const parsed = parseJson(hostile) as Record<string, unknown>;
    assert.equal(Object.getPrototypeOf(parsed), null);
    assert.deepEqual(Object.keys(parsed), ['a']);
    assert.equal(parsed['roles'], undefined);
    const form = '__proto__[x]=1&__proto__=1&constructor=2&a=1';
    assert.deepEqual((await post(form, 'application/x-www-form-urlencoded')).body, { '__proto__[x]': '1', a: '1' });
  });

  it('that are not JSON say where, in no words of theirs', async () => {
    const secret = 'hunter2-hunter2';
    const malformed: [body: string, where: RegExp][] = [
      [`{"password":"${secret}",}`, /line 1, column 31/],
      [`{\n  "password": "${secret}\\#"\n}`, /line 2/],
      [`{"password":"${secret}`, /./],
      [`${secret}`, /line 1/],
      [`{'password':'${secret}'}`, /line 1, column 2/],
    ];
    for (const [body, where] of malformed) {
      const { status, code, message = '' } = await post(body, 'application/json');
      assert.deepEqual([status, code], [400, 'invalid_json']);
      assert.match(message, where);
      assert.ok(!message.includes('hunter'), message);
    }
  });
});
