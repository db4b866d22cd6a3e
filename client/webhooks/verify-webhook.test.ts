import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { Readable } from 'node:stream';
import { afterEach, describe, it, mock } from 'node:test';
import type { Environment, WebhookEvent } from '@signup-with-platform/protocol';
import { signedHeaders } from '../../server/outbound/standard-webhooks.ts';
import { InvalidOptionError } from '../errors.ts';
import { signTestWebhook } from '../testing-support/sign-test-webhook.ts';
import type { WebhookRequest } from './read-delivery.ts';
import { verifyWebhook } from './verify-webhook.ts';
import { WebhookError, type WebhookErrorCode } from './webhook-error.ts';

const SECRET = `whsec_${Buffer.alloc(32, 'k').toString('base64')}`;
const NEXT_SECRET = `whsec_${Buffer.alloc(32, 'n').toString('base64')}`;
const EVENT: WebhookEvent = {
  type: 'user.updated',
  timestamp: '2026-01-02T03:04:05.000Z',
  data: {
    version: 1,
    user_id: 'Zoë',
    client_id: 'shop',
    environment: 'localhost',
    sequence: 3,
    changed: ['email'],
  },
};

/** Passes when it is refused with this code and a hint that names the mistake, which never has the secret in it. */
async function refuses(
  request: WebhookRequest,
  code: WebhookErrorCode,
  hint: RegExp,
  secret: string | readonly string[] = SECRET,
) {
  await assert.rejects(verifyWebhook(request, secret), (error) => {
    assert.ok(error instanceof WebhookError, String(error));
    assert.deepEqual([error.code, hint.test(error.hint)], [code, true], error.message);
    assert.ok(!error.message.includes(Buffer.alloc(32, 'k').toString('base64')));
    return true;
  });
}

const withHeaders = (headers: Record<string, string | undefined>): WebhookRequest => {
  const delivery = signTestWebhook(EVENT, SECRET);
  return { ...delivery, headers: { ...delivery.headers, ...headers } };
};
const withBody = (change: (body: string) => unknown): WebhookRequest => {
  const delivery = signTestWebhook(EVENT, SECRET);
  return { ...delivery, body: change(delivery.body) };
};
const aheadOf = (seconds: number) => signTestWebhook(EVENT, SECRET, { at: new Date(Date.now() + seconds * 1000) });

describe('a delivery', () => {
  afterEach(() => mock.timers.reset());

  it('is accepted in each form in which it can arrive', async () => {
    const delivery = signTestWebhook(EVENT, SECRET, { id: 'msg_1' });
    const bytes = Buffer.from(delivery.body);
    const stream = () => Object.assign(Readable.from([bytes.subarray(0, 9), bytes.subarray(9)]), delivery);
    const requests: Record<string, WebhookRequest> = {
      'a Fetch request': new Request('https://shop.example/', delivery),
      text: delivery,
      bytes: { ...delivery, body: bytes },
      'bytes beside the parsed body': { ...delivery, body: EVENT, rawBody: bytes },
      'an unread stream': Object.assign(stream(), { body: undefined }),
      'an unread stream to which Express 4 has added an empty body': Object.assign(stream(), { body: {} }),
      'headers in the case of a gateway': {
        headers: Object.fromEntries(
          Object.entries(delivery.headers).map(([name, value]) => [name.toUpperCase(), value]),
        ),
        body: delivery.body,
      },
    };
    for (const [form, request] of Object.entries(requests)) {
      assert.deepEqual(await verifyWebhook(request, SECRET), { ...EVENT, id: 'msg_1' }, form);
    }
  });

  it('has a type, by which TypeScript knows its data', async () => {
    const event = await verifyWebhook(signTestWebhook(EVENT, SECRET), SECRET);
    if (event.type !== 'user.updated') throw new Error(event.type);
    const { changed, sequence, environment }: { changed: string[]; sequence: number; environment: Environment } =
      event.data;
    assert.deepEqual([changed, sequence, environment], [['email'], 3, 'localhost']);
  });

  it('is accepted with either secret while one replaces the other', async () => {
    const both = signTestWebhook(EVENT, [NEXT_SECRET, SECRET]);
    for (const secret of [SECRET, NEXT_SECRET, [SECRET, NEXT_SECRET]]) await verifyWebhook(both, secret);
    await verifyWebhook(signTestWebhook(EVENT, NEXT_SECRET), [SECRET, NEXT_SECRET]);
    await verifyWebhook(signTestWebhook(EVENT, SECRET), [NEXT_SECRET, SECRET]);
    await refuses(signTestWebhook(EVENT, NEXT_SECRET), 'bad_signature', /secret of another webhook/);
  });

  it('is accepted as the platform itself signs it', async () => {
    const body = JSON.stringify(EVENT);
    const keys = [NEXT_SECRET, SECRET].map((secret) => Buffer.from(secret.slice('whsec_'.length), 'base64'));
    const headers = signedHeaders({ id: 'msg_1', body }, ...keys);
    for (const secret of [SECRET, NEXT_SECRET]) {
      assert.deepEqual(await verifyWebhook({ headers, body }, secret), { ...EVENT, id: 'msg_1' });
    }
  });

  it('has the signature that the specification publishes', async () => {
    mock.timers.enable({ apis: ['Date'], now: 1_614_265_330_000 });
    const vector = {
      headers: {
        'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
        'webhook-timestamp': '1614265330',
        'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
      },
      body: '{"test": 2432232314}',
    };
    // The signature is right, and it is no event.
    await refuses(vector, 'malformed_event', /same one/, 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw');
    await refuses(
      { ...vector, body: '{"test": 2432232315}' },
      'bad_signature',
      /./,
      'MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
    );
  });

  it('may be five minutes from this clock, either way, and no second more', async () => {
    mock.timers.enable({ apis: ['Date'], now: Date.UTC(2026, 0, 2) });
    for (const seconds of [-300, 0, 300]) await verifyWebhook(aheadOf(seconds), SECRET);
    await refuses(aheadOf(-301), 'expired', /clock/);
    await refuses(aheadOf(301), 'not_yet_valid', /clock/);
    await assert.rejects(verifyWebhook(aheadOf(-11), SECRET, { toleranceSeconds: 10 }), { code: 'expired' });
  });

  it('that lacks a header is refused, with what may have dropped it', async () => {
    for (const name of ['webhook-id', 'webhook-timestamp', 'webhook-signature']) {
      await refuses(withHeaders({ [name]: undefined }), 'missing_header', /proxy or gateway drop this one/);
    }
    await refuses({ headers: {}, body: '{}' }, 'missing_header', /no delivery of the platform/);
    await refuses(new Request('https://shop.example/', { method: 'POST' }), 'missing_header', /proxy/);
  });

  it('with a malformed header is refused', async () => {
    for (const [name, value] of [
      ['webhook-id', 'a.1767225600'],
      ['webhook-id', 'msg_1, msg_1'],
      ['webhook-timestamp', '1767225600.5'],
      ['webhook-timestamp', '-1'],
      ['webhook-timestamp', '2026-01-02T03:04:05Z'],
      ['webhook-signature', 'v1,ü'],
    ] as const) {
      await refuses(withHeaders({ [name]: value }), 'malformed_header', /twice|Another sender/);
    }
  });

  it('with another signature is refused, and the hint names the likely mistake', async () => {
    const signatures: [string, RegExp][] = [
      ['v1a,AAAA', /no signature of version v1/],
      ['AAAA', /no signature of version v1/],
      ['v1,', /secret of another webhook/],
      [`v1,${'ab'.repeat(32)}`, /hexadecimal/],
      [`v1,${Buffer.alloc(32).toString('base64')}`, /client_id "shop", environment "localhost"/],
      [Array.from({ length: 200 }, () => `v1,${Buffer.alloc(32).toString('base64')}`).join(' '), /rotated/],
    ];
    for (const [signature, hint] of signatures) {
      await refuses(withHeaders({ 'webhook-signature': signature }), 'bad_signature', hint);
    }
    const { headers } = signTestWebhook(EVENT, SECRET);
    const right = headers['webhook-signature'] ?? '';
    for (const length of [right.length - 2, right.length - 8, 3]) {
      await refuses(withHeaders({ 'webhook-signature': right.slice(0, length) }), 'bad_signature', /./);
    }
  });

  it('whose id or time was changed is refused', async () => {
    await refuses(withHeaders({ 'webhook-id': 'msg_other' }), 'bad_signature', /./);
    await refuses(
      withHeaders({ 'webhook-timestamp': String(Math.floor(Date.now() / 1000) + 1) }),
      'bad_signature',
      /./,
    );
  });

  it('whose body was changed is refused, and the hint says what happened to it', async () => {
    await refuses(
      withBody((body) => body.replace('email', 'phone')),
      'bad_signature',
      /changed on its way/,
    );
    await refuses(
      withBody((body) => `${body}\n`),
      'bad_signature',
      /White space was added/,
    );
    await refuses(
      withBody((body) => JSON.stringify(JSON.parse(body), null, 2)),
      'bad_signature',
      /written again/,
    );
    await refuses(
      withBody((body) => JSON.stringify(body)),
      'bad_signature',
      /serialized twice/,
    );
    await refuses(
      withBody(() => ''),
      'bad_signature',
      /is empty/,
    );
    await refuses(
      withBody((body) => Buffer.from(body, 'utf8').toString('latin1')),
      'bad_signature',
      /./,
    );
  });

  it('whose bytes are gone is refused, and the hint says how to keep them', async () => {
    await refuses(
      withBody((body) => JSON.parse(body)),
      'body_not_raw',
      /express\.raw/,
    );
    await refuses({ ...withBody((body) => JSON.parse(body)), raw: {} }, 'body_not_raw', /addContentTypeParser/);
    await refuses(
      withBody(() => undefined),
      'body_not_raw',
      /as text or bytes/,
    );
    const read = new Request('https://shop.example/', signTestWebhook(EVENT, SECRET));
    await read.text();
    await refuses(read, 'body_not_raw', /request\.clone/);
  });

  it('that is larger than any event is refused, and no more of it is read', async () => {
    let sent = 0;
    const endless = Readable.from(
      (function* () {
        for (; sent < 1_000; sent += 1) yield Buffer.alloc(10_000);
      })(),
    );
    const { headers } = signTestWebhook(EVENT, SECRET);
    await refuses(Object.assign(endless, { headers }), 'body_too_large', /no delivery/);
    assert.ok(sent < 100, `${sent}`);
    assert.equal(endless.destroyed, false, 'the answer can still be sent');
    await refuses(
      withBody((body) => body + ' '.repeat(70_000)),
      'body_too_large',
      /./,
    );
  });

  it('that is signed rightly and is no event is refused', async () => {
    const notUtf8 = Buffer.concat([
      Buffer.from('{"type":"a","timestamp":"b","data":{"c":"'),
      Buffer.from([0xff]),
      Buffer.from('"}}'),
    ]);
    for (const body of [
      notUtf8,
      '',
      '[]',
      'null',
      '"text"',
      '{"type":7}',
      '{"type":"user.created","data":{}}',
      '\u{feff}{}x',
    ]) {
      const { headers } = signTestWebhook(EVENT, SECRET, { id: 'msg_1' });
      const content = Buffer.concat([Buffer.from(`msg_1.${headers['webhook-timestamp']}.`), Buffer.from(body)]);
      const key = Buffer.from(SECRET.slice('whsec_'.length), 'base64');
      const signature = `v1,${createHmac('sha256', key).update(content).digest('base64')}`;
      await refuses({ headers: { ...headers, 'webhook-signature': signature }, body }, 'malformed_event', /./);
    }
  });
});

describe('a secret', () => {
  const key = Buffer.alloc(32, 'k').toString('base64');
  const mistakes: Record<string, [unknown, RegExp]> = {
    'that is missing': [undefined, /environment variable/],
    'that is empty': ['', /environment variable/],
    'with a newline': [`${SECRET}\n`, /white space/],
    'in quotation marks': [`"${SECRET}"`, /quotation marks/],
    'that are two in one text': [`${SECRET},${NEXT_SECRET}`, /as a list/],
    'that is an API key': [`sk_live_${key}`, /API key/],
    'that is an asymmetric key': [`whpk_${key}`, /asymmetric/],
    'that is base64url': [`whsec_${Buffer.alloc(32, '\xff\xfe').toString('base64url')}`, /base64url/],
    'that is not base64': ['whsec_not base64!'.replace(' ', ''), /not base64/],
    'that was cut off': [SECRET.slice(0, 20), /cut off/],
    'that is too long': [`whsec_${Buffer.alloc(65).toString('base64')}`, /65 bytes/],
    'list that is empty': [[], /0 secrets/],
    'list with one that is missing': [[SECRET, undefined], /environment variable/],
    'list that is long': [Array.from({ length: 11 }, () => SECRET), /11 secrets/],
  };
  for (const [name, [secret, message]] of Object.entries(mistakes)) {
    it(`${name} is a mistake of the program, which the message names`, async () => {
      const delivery = signTestWebhook(EVENT, SECRET);
      await assert.rejects(verifyWebhook(delivery, secret as string), (error) => {
        assert.ok(error instanceof InvalidOptionError);
        assert.match(error.message, message);
        assert.ok(!error.message.includes(key.slice(0, 12)), 'it does not repeat the secret');
        return true;
      });
    });
  }

  it('may be passed without whsec_', async () => {
    await verifyWebhook(signTestWebhook(EVENT, SECRET), SECRET.slice('whsec_'.length));
  });

  it('is not asked for when the request is none', async () => {
    for (const request of [undefined, null, 'text', {}]) {
      await assert.rejects(verifyWebhook(request as unknown as WebhookRequest, SECRET), { code: 'invalid_option' });
    }
    const options = { toleranceSeconds: 3_600 };
    await assert.rejects(verifyWebhook(signTestWebhook(EVENT, SECRET), SECRET, options), { code: 'invalid_option' });
  });
});
