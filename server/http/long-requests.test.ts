import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { after, before, describe, it } from 'node:test';
import { startTestPlatform, type TestPlatform } from '../testing/test-platform.ts';

const KB = 1024;

describe('an address that is too long', () => {
  let platform: TestPlatform;
  before(async () => {
    platform = await startTestPlatform();
  });
  after(() => platform.close());
  const ask = (path: string, length: number, init: RequestInit = {}) =>
    fetch(`${platform.url}${path}?x=${'x'.repeat(length)}`, init);

  for (const path of ['/', '/popup', '/authorize', '/sandbox/authorize', '/account/', '/docs', '/device', '/nothing'])
    it(`is answered with a page: ${path}`, async () => {
      for (const length of [17 * KB, 40 * KB]) {
        const response = await ask(path, length);
        const page = await response.text();
        assert.equal(response.status, 414);
        assert.match(page, /<h1>/);
        assert.match(page, /more than 16384 characters/);
        assert.doesNotMatch(page, /xxxx/);
        assert.ok(response.headers.get('x-frame-options'));
      }
    });

  const apis: [method: string, path: string, body: unknown][] = [
    ['GET', '/1/users', { error: 'invalid_request', status: 400 }],
    ['GET', '/1/nothing', { error: 'invalid_request', status: 400 }],
    ['POST', '/embed/signup', { code: 'invalid_request' }],
    ['POST', '/custom_api/external_login', { code: 400, message: 'fail' }],
    ['GET', '/fedcm/accounts', { error: { code: 'invalid_request' } }],
  ];
  for (const [method, path, expected] of apis)
    it(`is answered in the contract’s own form: ${method} ${path}`, async () => {
      const response = await ask(path, 17 * KB, { method });
      const body = await response.json();
      assert.ok(response.status === 400 || response.status === 414, `${response.status}`);
      assert.partialDeepStrictEqual(body, expected);
    });

  it('is not one with many parameters and cookies', async () => {
    const response = await ask('/', 15 * KB, { headers: { cookie: `a=${'b'.repeat(24 * KB)}` } });
    assert.equal(response.status, 200);
  });

  it('has a limit, which is said in words', async () => {
    const response = await ask('/authorize', 65 * KB);
    assert.equal(response.status, 431);
    assert.equal(response.headers.get('content-type'), 'text/plain; charset=utf-8');
    assert.match(await response.text(), /Delete the cookies/);
  });

  it('is told from what is no request at all', async () => {
    const socket = connect(Number(new URL(platform.url).port), '127.0.0.1');
    socket.end('nonsense\r\n\r\n');
    assert.match(await text(socket), /^HTTP\/1\.1 400 .*\r\n\r\nThis request is not written as HTTP requires\.$/s);
  });
});
