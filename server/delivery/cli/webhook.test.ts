import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Environment } from '@signup-with-platform/protocol';
import { until } from '../../../scripts/testing/until.ts';
import { readConfig } from '../../config.ts';
import type { Outbox } from '../../outbox/outbox.ts';
import { startTestPlatform, type TestPlatform } from '../../testing/test-platform.ts';
import { isSignedBy, status, WebhookReceiver } from '../../testing/webhook-receiver.ts';
import { type Command, UsageError } from './command.ts';
import {
  webhookCreate,
  webhookDelete,
  webhookDisable,
  webhookEnable,
  webhookList,
  webhookRotate,
  webhookTest,
} from './webhook.ts';
import { webhookDeliveries, webhookReplay } from './webhook-deliveries.ts';

/** None of these commands sends mail. */
const NO_MAILER = { within: () => NO_MAILER } as unknown as Outbox;

describe('webhooks on the command line', () => {
  let platform: TestPlatform;
  let receiver: WebhookReceiver;
  before(async () => {
    platform = await startTestPlatform();
    receiver = await WebhookReceiver.start();
  });
  after(async () => {
    await platform.close();
    await receiver.stop();
  });

  const run = async (command: Command, ...words: string[]): Promise<Record<string, unknown>> => {
    const config = readConfig({ DATA_DIR: platform.dataDir, PUBLIC_URL: platform.url });
    return command.run(words, { storage: platform.storage, config, mailer: NO_MAILER, migrated: [] });
  };
  const newApp = (environment: Environment = 'localhost') => platform.createApp({ environment });
  const create = async (clientId: string, ...words: string[]) => {
    const made = await run(webhookCreate, '--client-id', clientId, '--url', `${receiver.url}/in?key=hidden`, ...words);
    return { id: String(made['webhook_id']), secret: String(made['secret']), made };
  };
  const listed = async (clientId: string) =>
    (await run(webhookList, '--client-id', clientId))['webhooks'] as Record<string, unknown>[];
  const deliveriesOf = async (id: string, ...words: string[]) =>
    (await run(webhookDeliveries, id, ...words))['deliveries'] as Record<string, unknown>[];

  it('are made, tried, and shown with what was answered', async () => {
    const { clientId } = await newApp();
    const { id, secret, made } = await create(clientId, '--event', 'user.deleted', '--event', 'user.updated');
    assert.deepEqual(Object.keys(made), ['webhook_id', 'secret']);
    receiver.answer = status(200, 'thank you');
    const sent = await run(webhookTest, id);
    await until(async () => (await deliveriesOf(id, '--status', 'delivered')).length === 1);
    const received = receiver.received.at(-1);
    assert.ok(received && isSignedBy(received, secret));
    assert.deepEqual([received.id, received.data['is_test']], [sent['event_id'], true]);
    const [delivery] = await deliveriesOf(id, '--event', String(sent['event_id']));
    assert.deepEqual(delivery?.['request'], JSON.parse(received.body));
    assert.match(JSON.stringify(delivery?.['tries']), /"status":200,"answer":"thank you"/);
    const [webhook] = await listed(clientId);
    assert.deepEqual(
      [webhook?.['webhook_id'], webhook?.['url'], webhook?.['state'], webhook?.['events']],
      [id, `${receiver.url}/in`, 'active', ['user.deleted', 'user.updated']],
    );
    assert.ok(!JSON.stringify(webhook).includes('hidden'));
    assert.ok(!JSON.stringify(await platform.storage.auditLog.list({ subject: `webhook:${id}` })).includes('hidden'));
  });

  it('are disabled, enabled, and sent again', async () => {
    const { clientId } = await newApp();
    const { id } = await create(clientId);
    await run(webhookTest, id, '--event', 'app.suspended');
    await until(async () => (await deliveriesOf(id, '--status', 'delivered')).length === 1);
    assert.deepEqual(await run(webhookDisable, id), { webhook_id: id, disabled: true });
    assert.deepEqual((await listed(clientId))[0]?.['disabled_because'], 'asked');
    await assert.rejects(run(webhookTest, id), UsageError);
    await assert.rejects(run(webhookReplay, id, '--all'), UsageError);
    assert.deepEqual(await run(webhookEnable, id), { webhook_id: id, disabled: false });
    await assert.rejects(run(webhookReplay, id), /Say which events/);
    await assert.rejects(run(webhookReplay, id, '--all', '--since', '1h'), /Say which events/);
    assert.deepEqual(await run(webhookReplay, id, '--since', '1h'), { webhook_id: id, replayed: 1 });
    await until(() => receiver.received.at(-1)?.data['is_replay'] === true);
    const acts = (await platform.storage.auditLog.list({ subject: `webhook:${id}` })).map(({ act }) => act);
    assert.deepEqual(acts, ['webhook.created', 'webhook.disabled', 'webhook.enabled', 'webhook.replayed']);
  });

  it('get another secret, and the one before signs for a while', async () => {
    const { clientId } = await newApp();
    const { id, secret } = await create(clientId, '--event', 'user.created');
    const rotated = await run(webhookRotate, id, '--grace', '1h');
    assert.ok(Date.parse(String(rotated['previous_secret_signs_until'])) > Date.now());
    await run(webhookTest, id, '--event', 'user.created');
    const received = await until(() => receiver.received.find(({ data }) => data['client_id'] === clientId));
    assert.ok(isSignedBy(received, secret) && isSignedBy(received, String(rotated['secret'])));
    assert.equal((await run(webhookRotate, id, '--grace', 'now'))['previous_secret_signs_until'], null);
  });

  const refused: [environment: Environment, url: string, why: RegExp][] = [
    ['production', 'http://shop.example/', /https/],
    ['production', 'http://localhost:3000/', /public internet/],
    ['development:sandbox', 'https://127.0.0.1/', /public internet/],
    ['localhost', 'http://shop.example/', /https/],
    ['localhost', 'https://169.254.169.254/latest', /public internet/],
    ['localhost', 'https://[fd00::1]/', /public internet/],
    ['localhost', 'ftp://shop.example/', /https/],
    ['localhost', 'https://me:secret@shop.example/', /user name/],
    ['localhost', 'https://shop.example:22/', /port/],
    ['localhost', 'https://shop.example/#a', /fragment/],
    ['localhost', 'shop.example', /not a URL/],
    ['localhost', `https://shop.example/${'a'.repeat(2_000)}`, /not a URL/],
  ];
  for (const [environment, url, why] of refused)
    it(`of ${environment} are not at ${url.slice(0, 40)}`, async () => {
      const { clientId } = await newApp(environment);
      await assert.rejects(run(webhookCreate, '--client-id', clientId, '--url', url), why);
    });

  it('are ten at most, and want events that there are', async () => {
    const { clientId } = await newApp();
    await assert.rejects(create(clientId, '--event', 'user.born'), /user\.created/);
    for (let count = 1; count <= 10; count += 1) await create(clientId);
    await assert.rejects(create(clientId), /10 webhooks/);
    const [first] = await listed(clientId);
    const id = String(first?.['webhook_id']);
    await assert.rejects(run(webhookDelete, id), /--yes/);
    assert.deepEqual(await run(webhookDelete, id, '--yes'), { webhook_id: id, deleted: true });
    await assert.rejects(run(webhookDelete, id, '--yes'), /There is no webhook/);
    await create(clientId);
    await assert.rejects(run(webhookTest, 'none'), /There is no webhook/);
  });
});
