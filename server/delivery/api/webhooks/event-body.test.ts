import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { WEBHOOK_EVENT_TYPES } from '@signup-with-platform/protocol';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { randomId } from '#storage/ids.ts';
import { startTestPlatform, type TestPlatform } from '#testing/test-platform.ts';
import { webhookSchemaName } from './event-body.ts';

interface Document {
  webhooks: Record<string, { post: { requestBody: { content: Record<string, { schema: { $ref: string } }> } } }>;
}

/** What is really written is held against the document, because it is what vendors' code is made from. */
describe('the OpenAPI document’s webhooks', () => {
  let platform: TestPlatform;
  let document: Document;
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  (addFormats as unknown as (ajv: Ajv2020) => void)(ajv);
  before(async () => {
    platform = await startTestPlatform();
    document = (await (await fetch(`${platform.url}/openapi.json`)).json()) as Document;
    ajv.addSchema({ ...document, $id: 'https://contract.example/openapi.json' });
  });
  after(() => platform.close());

  const validatorOf = (type: string) => {
    const { $ref } = document.webhooks[type]?.post.requestBody.content['application/json']?.schema ?? assert.fail(type);
    return ajv.getSchema(`https://contract.example/openapi.json${$ref}`) ?? assert.fail($ref);
  };

  it('are the events that there are', () => {
    assert.deepEqual(Object.keys(document.webhooks), WEBHOOK_EVENT_TYPES);
    assert.equal(webhookSchemaName('user.consent_changed'), 'UserConsentChangedEvent');
  });

  it('describe every event that is written', async () => {
    const { storage } = platform;
    const { clientId, appId } = await platform.createApp({ environment: 'production' });
    const endpoint = { realm: 'production', clientId, url: 'https://shop.example/hooks', secret: 'sealed' } as const;
    const webhookId = randomId();
    await storage.webhooks.create({ id: webhookId, ...endpoint });
    const rows = storage.realm('production');
    const email = 'ada@example.com';
    const { id: accountId } = await rows.accounts.create({ email, givenName: 'Ada' });
    await rows.users.ensure(clientId, accountId);
    const grant = { id: randomId(), clientId, accountId, payload: { openid: { claims: ['email', 'name'] } } };
    await rows.grants.create(grant);
    await rows.accounts.updateProfile(accountId, { givenName: 'Grace' });
    await rows.accounts.markEmailVerified(accountId, email);
    await rows.grants.replace(grant, { openid: { claims: ['email'] } });
    await rows.connectedShops.disconnect(accountId, clientId);
    const users = rows.appUsers(clientId);
    const made = await users.create({ email: 'made@example.com' });
    await users.update(made.id, { username: 'made', roles: ['buyer'], active: false });
    await storage.clientSecrets.replace(clientId, 0);
    await storage.appReviews.setSuspended(appId, '');
    await storage.webhooks.sendTest(webhookId, { type: 'key.rotated', data: { changed: ['api_key'], is_test: true } });
    const written = await storage.webhookDeliveries.list(webhookId, {}, { limit: 100 });
    await users.delete(made);
    written.push(...(await storage.webhookDeliveries.list(webhookId, { type: 'user.deleted' }, { limit: 100 })));
    assert.deepEqual(new Set(written.map(({ type }) => type)), new Set(WEBHOOK_EVENT_TYPES));
    for (const { type, body = '' } of written) {
      const validate = validatorOf(type);
      assert.ok(validate(JSON.parse(body)), `${body}: ${ajv.errorsText(validate.errors)}`);
    }
    assert.equal(validatorOf('user.updated')({ ...JSON.parse(written[0]?.body ?? ''), type: 'other' }), false);
  });

  it('are those of the page', () => {
    const page = readFileSync(new URL('../../../../docs/webhooks.md', import.meta.url), 'utf8');
    const [, table = ''] = page.split('## Events');
    const named = [...(table.split('### ')[0] ?? '').matchAll(/^\| `([a-z_.]+)` \|/gm)].map(([, type]) => type);
    assert.deepEqual(
      named.filter((type) => type !== 'type'),
      WEBHOOK_EVENT_TYPES,
    );
  });
});
