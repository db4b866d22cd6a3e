import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { answering, TestVendorEndpoint } from '../../testing/vendor-endpoint.ts';
import { callVendorEndpoint, type VendorCallOptions, type VendorSignupRequest } from './vendor-endpoint.ts';

const REQUEST: VendorSignupRequest = {
  userName: 'hello@login.com',
  password: 'made for this shop',
  firstName: 'John',
  lastName: 'Doe',
  language: 'en-gb',
};
const OPTIONS: VendorCallOptions = {
  idempotencyKey: 'key-1',
  userAgent: 'test',
  addresses: 'with loopback',
  timeoutMs: 60_000,
  backoffMs: 1,
};

describe('callVendorEndpoint', () => {
  let vendor: TestVendorEndpoint;
  before(async () => {
    vendor = await TestVendorEndpoint.start();
  });
  after(() => vendor.stop());
  const call = (options: Partial<VendorCallOptions> = {}) =>
    callVendorEndpoint({ url: vendor.url, key: 'the key' }, REQUEST, { ...OPTIONS, ...options });
  /** Without the answer that is shown to the vendor's developers. */
  const outcomeOf = async (options: Partial<VendorCallOptions> = {}) => {
    const { answer: _, ...outcome } = { answer: undefined, ...(await call(options)) };
    return outcome;
  };

  it('sends what the contract says', async () => {
    vendor.will(answering(201, { id: '33d29b8f-91f7-407c-ada6-257d16c1c16a', userName: 'hello@login.com' }));
    assert.deepEqual(await call(), { outcome: 'signed-up', id: '33d29b8f-91f7-407c-ada6-257d16c1c16a' });
    const [{ method, url, headers, body } = assert.fail()] = vendor.received;
    assert.equal(`${method} ${url}`, 'POST /signup?shop=1');
    assert.deepEqual(body, REQUEST);
    assert.equal(headers['x-api-key'], 'the key');
    assert.equal(headers['content-type'], 'application/json');
    assert.equal(headers['idempotency-key'], 'key-1');
    assert.equal(headers['user-agent'], 'test');
    assert.equal(headers.cookie, undefined);
  });

  const answers: [title: string, status: number, body: unknown, result: object][] = [
    ['an id alone', 200, { id: 'a' }, { outcome: 'signed-up', id: 'a' }],
    ['a number as id', 201, { id: 42 }, { outcome: 'signed-up', id: '42' }],
    ['no id', 201, {}, { outcome: 'unavailable', reason: 'status 201 without an id' }],
    ['an empty id', 201, { id: '' }, { outcome: 'unavailable', reason: 'status 201 without an id' }],
    [
      'an id that cannot be kept',
      201,
      { id: 'a\u0000' },
      { outcome: 'unavailable', reason: 'status 201 without an id' },
    ],
    ['a very long id', 201, { id: 'x'.repeat(256) }, { outcome: 'unavailable', reason: 'status 201 without an id' }],
    ['null', 201, null, { outcome: 'unavailable', reason: 'status 201 without an id' }],
    ['no JSON', 201, '<html>', { outcome: 'unavailable', reason: 'status 201 without an id' }],
    ['nothing', 204, '', { outcome: 'unavailable', reason: 'status 204 without an id' }],
    ['a message', 400, { message: ' No. ' }, { outcome: 'refused', message: 'No.', status: 400 }],
    [
      'a user who exists',
      409,
      { message: 'Taken', code: 'user_exists' },
      { outcome: 'refused', message: 'Taken', status: 409 },
    ],
    ['an empty message', 400, { message: ' ' }, { outcome: 'unavailable', reason: 'status 400 without a message' }],
    [
      'a message that is none',
      422,
      { message: {} },
      { outcome: 'unavailable', reason: 'status 422 without a message' },
    ],
    ['an error page', 404, '<h1>Not found</h1>', { outcome: 'unavailable', reason: 'status 404 without a message' }],
  ];
  for (const [title, status, body, result] of answers) {
    it(`takes ${title} with ${status} for an answer, at once`, async () => {
      vendor.will(answering(status, body));
      assert.deepEqual(await outcomeOf(), result);
      assert.equal(vendor.received.length, 1);
    });
  }

  it('cuts a long message, between characters', async () => {
    vendor.will(answering(400, { message: '😀'.repeat(600) }));
    const result = await call();
    assert.equal(result.outcome === 'refused' && result.message, '😀'.repeat(500));
  });

  it('repeats after 5xx and 429 with the same key and bytes', async () => {
    vendor.will(answering(503, {}), answering(429, {}, { 'retry-after': '0' }), answering(201, { id: 'a' }));
    assert.deepEqual(await call(), { outcome: 'signed-up', id: 'a' });
    assert.equal(vendor.received.length, 3);
    assert.equal(new Set(vendor.received.map(({ headers }) => headers['idempotency-key'])).size, 1);
    assert.equal(new Set(vendor.received.map(({ body }) => JSON.stringify(body))).size, 1);
  });

  it('gives up after three tries, and does not show what a broken server says', async () => {
    vendor.will(answering(500, { message: 'Internal Server Error' }));
    assert.deepEqual(await outcomeOf(), { outcome: 'unavailable', reason: 'status 500' });
    assert.equal(vendor.received.length, 3);
  });

  it('waits as long as Retry-After says, unless that is too long for a person', async () => {
    vendor.will(answering(429, {}, { 'retry-after': '1' }), answering(201, { id: 'a' }));
    const startedAt = performance.now();
    assert.equal((await call()).outcome, 'signed-up');
    assert.ok(performance.now() - startedAt >= 990);
    for (const later of ['4', new Date(Date.now() + 60_000).toUTCString()]) {
      vendor.will(answering(429, {}, { 'retry-after': later }));
      assert.deepEqual(await outcomeOf(), { outcome: 'unavailable', reason: 'status 429' });
      assert.equal(vendor.received.length, 1);
    }
  });

  it('repeats when the connection breaks', async () => {
    vendor.will((response) => void response.destroy(), answering(201, { id: 'a' }));
    assert.deepEqual(await call(), { outcome: 'signed-up', id: 'a' });
  });

  it('says so when nobody is there, or nothing is answered on this machine, and asks once', async () => {
    const gone = await TestVendorEndpoint.start();
    const { url } = gone;
    await gone.stop();
    const options = { ...OPTIONS, timeoutMs: 100 };
    const unreachable = { outcome: 'unavailable', reason: 'unreachable' };
    assert.deepEqual(await callVendorEndpoint({ url, key: 'the key' }, REQUEST, options), unreachable);
    vendor.will(() => {});
    assert.deepEqual(await call(options), unreachable);
    assert.equal(vendor.received.length, 1);
  });

  it('does not wait for ever for the end of an answer, and asks once', async () => {
    vendor.will((response) => void response.writeHead(201).write('{"id":'));
    const timeout = { outcome: 'unavailable', reason: 'timeout', answer: { status: 201, tookMs: 300 } };
    const { answer, ...outcome } = { answer: undefined, ...(await call({ timeoutMs: 300 })) };
    assert.deepEqual({ ...outcome, answer: { ...timeout.answer, status: answer?.status } }, timeout);
    assert.equal(vendor.received.length, 1);
  });

  it('shows the vendor the beginning of an answer that is not as agreed', async () => {
    vendor.will(answering(404, `<h1>Not found</h1>${' '.repeat(5_000)}`));
    const result = await call();
    assert.ok(result.outcome === 'unavailable' && result.answer);
    const { status, text = '', tookMs } = result.answer;
    assert.deepEqual([status, text.trim(), text.length, tookMs % 100], [404, '<h1>Not found</h1>', 1024, 0]);
  });

  it('follows no redirect', async () => {
    const elsewhere = await TestVendorEndpoint.start();
    try {
      elsewhere.will(answering(201, { id: 'a' }));
      for (const status of [301, 302, 303, 307, 308]) {
        vendor.will(answering(status, '', { location: elsewhere.url }));
        assert.deepEqual(await outcomeOf(), { outcome: 'unavailable', reason: `status ${status} without a message` });
      }
      assert.equal(elsewhere.received.length, 0);
    } finally {
      await elsewhere.stop();
    }
  });

  it('reads no more than 64 KB', async () => {
    vendor.will(answering(201, { id: 'a', more: 'x'.repeat(70_000) }));
    assert.deepEqual(await outcomeOf(), { outcome: 'unavailable', reason: 'answer too large' });
    vendor.will(answering(201, { id: 'a', more: 'x'.repeat(60_000) }));
    assert.equal((await call()).outcome, 'signed-up');
  });

  it('sends nothing to an address that is not allowed, and tells the key to nobody', async () => {
    const reasonOf = async (url: string, options: Partial<VendorCallOptions> = {}) => {
      const result = await callVendorEndpoint({ url, key: 'the key' }, REQUEST, { ...OPTIONS, ...options });
      return result.outcome === 'unavailable' && result.reason;
    };
    for (const [url, reason] of [
      ['http://shop.example/signup', 'address not allowed: https'],
      ['file:///etc/passwd', 'address not allowed: scheme'],
      ['https://user:pass@shop.example/', 'address not allowed: credentials'],
      ['https://169.254.169.254/latest/meta-data', 'address not allowed: not_public'],
      ['signup', 'the address or the key is not valid'],
    ] as const) {
      assert.equal(await reasonOf(url), reason);
    }
    vendor.will(answering(201, { id: 'a' }));
    assert.equal(await reasonOf(vendor.url, { addresses: 'public' }), 'address not allowed: not_public');
    const key = 'the\nkey';
    const unspeakable = await callVendorEndpoint({ url: vendor.url, key }, REQUEST, OPTIONS);
    assert.deepEqual(unspeakable, { outcome: 'unavailable', reason: 'the address or the key is not valid' });
    assert.deepEqual(vendor.received, []);
  });
});
