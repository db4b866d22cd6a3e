import assert from 'node:assert/strict';
import { join } from 'node:path';
import { verifyWebhook, WebhookError } from '@signup-with-platform/client';
import { signTestWebhook } from '@signup-with-platform/client/testing';
import type { WebhookEvent } from '@signup-with-platform/protocol';
import { runTool } from '../clients/install.ts';

const SECRET = `whsec_${Buffer.alloc(32, 'a').toString('base64')}`;
const EVENT: WebhookEvent = {
  type: 'user.created',
  timestamp: '2026-01-02T03:04:05.000Z',
  data: { version: 1, user_id: 'Zoë', client_id: 'shop', environment: 'localhost', sequence: 1 },
};

const SIGN = `
import datetime, json, os
from standardwebhooks.webhooks import Webhook
print(Webhook(os.environ["SECRET"]).sign("msg_1", datetime.datetime.fromtimestamp(int(os.environ["AT"]), datetime.timezone.utc), os.environ["BODY"]))
`;
const VERIFY = `
import json, os
from standardwebhooks.webhooks import Webhook, WebhookVerificationError
try:
    print(json.dumps(Webhook(os.environ["SECRET"]).verify(os.environ["BODY"], json.loads(os.environ["HEADERS"]))))
except WebhookVerificationError:
    print('"refused"')
`;

/** Lets the library that the makers of the specification publish for Python sign for ours, and ours for it. @param bin where it is installed */
export async function tryOtherLibrary(bin: string): Promise<void> {
  const python = (program: string, env: Record<string, string>) =>
    runTool(join(bin, 'python'), ['-c', program], undefined, { SECRET, ...env });
  const atSeconds = Math.floor(Date.now() / 1000);
  const body = JSON.stringify(EVENT);
  const signature = (await python(SIGN, { AT: String(atSeconds), BODY: body })).trim();
  const headers = { 'webhook-id': 'msg_1', 'webhook-timestamp': String(atSeconds), 'webhook-signature': signature };
  assert.deepEqual(await verifyWebhook({ headers, body }, SECRET), { ...EVENT, id: 'msg_1' });
  await assert.rejects(verifyWebhook({ headers, body: `${body} ` }, SECRET), WebhookError);

  const delivery = signTestWebhook(EVENT, [`whsec_${Buffer.alloc(32, 'b').toString('base64')}`, SECRET]);
  const verify = async (text: string) =>
    JSON.parse(await python(VERIFY, { BODY: text, HEADERS: JSON.stringify(delivery.headers) }));
  assert.deepEqual(await verify(delivery.body), EVENT);
  assert.equal(await verify(`${delivery.body} `), 'refused');
}
