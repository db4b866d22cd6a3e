import assert from 'node:assert/strict';
import { signTestWebhook, type TestWebhook } from '@signup-with-platform/client/testing';
import type { WebhookEvent } from '@signup-with-platform/protocol';
import { type Receiver, type ReceiverId, startReceiver } from './receivers.ts';

const secretOf = (letter: string) => `whsec_${Buffer.alloc(32, letter).toString('base64')}`;
const SECRET = secretOf('a');
const NEXT_SECRET = secretOf('b');
const EVENT: WebhookEvent = {
  type: 'user.deleted',
  timestamp: '2026-01-02T03:04:05.000Z',
  data: { version: 1, user_id: 'Zoë-of-the-tests', client_id: 'shop', environment: 'localhost', sequence: 7 },
};

/** Events arrive, also while the secret is rotated; then all that must be refused is tried. */
export async function tryReceiver(id: ReceiverId): Promise<void> {
  const receiver = await startReceiver(id, [SECRET, NEXT_SECRET]);
  try {
    await accept(receiver);
    await refuse(receiver);
  } catch (error) {
    throw new Error(`the sample wrote: ${receiver.output()}`, { cause: error });
  } finally {
    await receiver.stop();
  }
}

const post = async ({ url }: Receiver, { method, headers, body }: TestWebhook) =>
  (await fetch(url, { method, headers, body, signal: AbortSignal.timeout(15_000) })).status;

async function accept(receiver: Receiver): Promise<void> {
  const good: Record<string, TestWebhook> = {
    'the first secret': signTestWebhook(EVENT, SECRET, { id: 'msg_first' }),
    'the next secret': signTestWebhook(EVENT, NEXT_SECRET),
    both: signTestWebhook(EVENT, [secretOf('c'), NEXT_SECRET, SECRET]),
    'a clock that is four minutes slow': signTestWebhook(EVENT, SECRET, { at: secondsFromNow(240) }),
    'a clock that is four minutes fast': signTestWebhook(EVENT, SECRET, { at: secondsFromNow(-240) }),
  };
  for (const [why, delivery] of Object.entries(good))
    assert.deepEqual([why, await post(receiver, delivery)], [why, 204]);
  assert.match(receiver.output(), /msg_first.*user\.deleted/s);
}

async function refuse(receiver: Receiver): Promise<void> {
  const delivery = signTestWebhook(EVENT, SECRET);
  const changed = (headers: Record<string, string>, body = delivery.body): TestWebhook => ({
    ...delivery,
    headers: { ...delivery.headers, ...headers },
    body,
  });
  const signature = delivery.headers['webhook-signature'] ?? '';
  const bad: Record<string, TestWebhook> = {
    'another secret': signTestWebhook(EVENT, secretOf('c')),
    old: signTestWebhook(EVENT, SECRET, { at: secondsFromNow(-320) }),
    'in the future': signTestWebhook(EVENT, SECRET, { at: secondsFromNow(320) }),
    'another body': changed({}, delivery.body.replace('shop', 'else')),
    'a body with a newline': changed({}, `${delivery.body}\n`),
    'an empty body': changed({}, ''),
    'another id': changed({ 'webhook-id': 'msg_other' }),
    'an id with a dot': changed({ 'webhook-id': `msg_other.${delivery.headers['webhook-timestamp']}` }),
    'no id': changed({ 'webhook-id': '' }),
    'another time': changed({ 'webhook-timestamp': String(Number(delivery.headers['webhook-timestamp']) + 1) }),
    'a time that is no number': changed({ 'webhook-timestamp': 'now' }),
    'no time': changed({ 'webhook-timestamp': '' }),
    'no signature': changed({ 'webhook-signature': '' }),
    'the version alone': changed({ 'webhook-signature': 'v1,' }),
    'a part of the signature': changed({ 'webhook-signature': signature.slice(0, -4) }),
    'another version': changed({ 'webhook-signature': signature.replace('v1,', 'v1a,') }),
    'a large body': changed({}, ' '.repeat(70_000)),
    'no header at all': { ...delivery, headers: { 'content-type': 'application/json' } },
  };
  for (const [why, each] of Object.entries(bad)) assert.deepEqual([why, await post(receiver, each)], [why, 400]);
  assert.equal(await post(receiver, signTestWebhook(EVENT, SECRET)), 204, 'and it still works');
}

function secondsFromNow(seconds: number): Date {
  return new Date(Date.now() + seconds * 1000);
}
