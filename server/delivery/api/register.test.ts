import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { ApiCaller } from '../../testing/api-caller.ts';
import { startTestPlatform, type TestPlatform } from '../../testing/test-platform.ts';

describe('the user API', () => {
  let platform: TestPlatform;
  let vendor: ApiCaller;
  before(async () => {
    platform = await startTestPlatform();
    vendor = new ApiCaller(platform, (await platform.createApp()).apiKey);
  });
  after(() => platform.close());

  it('routes its calls', async () => {
    for (const path of ['', '/', '/nothing', '/users/a/b', '/auth', '/auth/nothing']) {
      const { status, body } = await vendor.get(path);
      assert.deepEqual([status, body['error']], [404, 'not_found'], path);
    }
  });

  it('says which methods a URL accepts', async () => {
    const allowed: [method: string, path: string, allow: string][] = [
      ['PUT', '/users', 'POST, GET'],
      ['PATCH', '/users/lFVofRqhZ', 'GET, PUT, DELETE'],
      ['POST', '/users/lFVofRqhZ', 'GET, PUT, DELETE'],
      ['GET', '/auth/signin', 'POST'],
      ['OPTIONS', '/users', 'POST, GET'],
    ];
    for (const [method, path, allow] of allowed) {
      const { status, headers, body } = await vendor.send(method, path);
      assert.deepEqual([status, body['error'], headers.get('allow')], [405, 'method_not_allowed', allow]);
    }
  });

  it('gives every answer an id, the caller’s own if it sent one', async () => {
    for (const path of ['/users', '/users/unknown', '/nothing']) {
      assert.ok((await vendor.get(path)).headers.get('x-request-id'));
      const answer = await vendor.get(path, { 'x-request-id': 'request-of-mine-1' });
      assert.equal(answer.headers.get('x-request-id'), 'request-of-mine-1');
    }
  });

  it('lets no proxy cache personal data', async () => {
    const { id } = await vendor.createUser();
    for (const path of [`/users/${id}`, '/users', '/users/unknown']) {
      assert.match((await vendor.get(path)).headers.get('cache-control') ?? '', /private|no-store/);
    }
  });

  const bodies: [title: string, body: string, type: string, status: number, error: string][] = [
    ['JSON that is none', '{"email":', 'application/json', 400, 'invalid_json'],
    ['a list', '[]', 'application/json', 400, 'invalid_request'],
    ['a text', '"email"', 'application/json', 400, 'invalid_request'],
    ['a number', '1', 'application/json', 400, 'invalid_request'],
    ['null', 'null', 'application/json', 400, 'validation_error'],
    ['another type', 'email', 'text/plain', 415, 'unsupported_media_type'],
    ['too much', `{"email":"${'x'.repeat(20_000)}"}`, 'application/json', 413, 'body_too_large'],
    ['a prototype', '{"__proto__":{"email":"a@example.com"}}', 'application/json', 400, 'validation_error'],
  ];
  for (const [title, body, type, status, error] of bodies) {
    it(`refuses ${title}`, async () => {
      const answer = await vendor.post('/users', body, { 'content-type': type });
      assert.deepEqual([answer.status, answer.body['error']], [status, error]);
    });
  }

  it('answers errors as RFC 9457 when the caller asks for that', async () => {
    const answer = await vendor.post('/users', {}, { accept: 'application/problem+json' });
    assert.match(answer.headers.get('content-type') ?? '', /^application\/problem\+json/);
    assert.deepEqual(
      [answer.body['status'], answer.body['title'], (answer.body['validation_error'] as unknown[]).length],
      [400, 'validation error', 2],
    );
    assert.match(String(answer.body['instance']), /^urn:request:/);
  });
});
