import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { signedHeaders } from './standard-webhooks.ts';

const key = (secret: string) => new Uint8Array(Buffer.from(secret, 'base64'));

describe('Standard Webhooks', () => {
  it('signs as the libraries of the standard do', () => {
    // From their own tests.
    const headers = signedHeaders(
      { id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', body: '{"test": 2432232314}', at: new Date(1_614_265_330_000) },
      key('MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'),
    );
    assert.deepEqual(headers, {
      'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    });
  });

  it('has a signature of each key while a secret is replaced', () => {
    const message = { id: 'msg_1', body: '{}' };
    const signatures = signedHeaders(message, key('AAAA'), key('BBBB'))['webhook-signature'].split(' ');
    assert.equal(new Set(signatures).size, 2);
  });
});
