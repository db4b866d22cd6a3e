import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { startTestPlatform, type TestPlatform } from '#testing/test-platform.ts';
import { until } from '../../../../scripts/testing/until.ts';
import { Backend } from './testing/backend.ts';
import { peopleForm } from './testing/prepared.ts';

describe('whoever has got hold of a management key', () => {
  let platform: TestPlatform;
  let backend: Backend;
  before(async () => {
    platform = await startTestPlatform();
    backend = await Backend.create(platform, 'production', {
      scopes: ['accounts:read', 'accounts:write', 'imports:write'],
    });
  });
  after(() => platform.close());

  const newApp = () =>
    platform.storage.apps.create({
      name: 'Marten Books',
      environment: 'production',
      origins: ['https://marten.example'],
    });
  const rejectsOf = async (people: readonly unknown[]) => {
    const { json } = await backend.send('POST', '/imports', { body: peopleForm(people) });
    const path = `/imports/${json['id']}`;
    await until(async () => (await backend.get(path)).json['state'] === 'done');
    return ((await backend.get(`${path}/rejects`)).json['data'] as { reason: string }[]).map(({ reason }) => reason);
  };

  it('makes nobody the owner of a vendor’s app, nor a vendor’s user of anybody', async () => {
    const app = await newApp();
    const brought = [
      { roles: [{ app_id: app.appId, role: 'owner' }] },
      { consents: [{ client_id: app.clientId, fields: [], user_id: 'somebody else there' }] },
    ];
    for (const [index, more] of brought.entries()) {
      const made = await backend.post('/accounts', { external_id: `made-${index}`, ...more });
      assert.equal(made.status, 400, made.text);
      await backend.post('/accounts', { external_id: `known-${index}` });
      for (const id of [`new-${index}`, `known-${index}`])
        assert.match((await rejectsOf([{ id, ...more }])).join(), /needs the command/, id);
    }
    assert.deepEqual(await platform.storage.appMembers.list(app.appId), []);
  });
});
