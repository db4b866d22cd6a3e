import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { startTestPlatform, type TestPlatform } from '#testing/test-platform.ts';
import { until } from '../../../../scripts/testing/until.ts';
import { Backend } from './testing/backend.ts';
import { peopleForm } from './testing/prepared.ts';

const PUBLIC_KEY =
  'pQECAyYgASFYINyKhPlWgE7mbqt8a2KNOF5E7WDJldqdzDluEGXRSZfDIlggm6QZeVo629IgVdnFqXIIMO98mVEHadF3eMKRA2dz0rc=';

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

  it('brings no way in to an account that its person uses', async () => {
    const passkey = { public_key: PUBLIC_KEY, rp_id: new URL(platform.url).hostname };
    const rows = platform.storage.realm('production');
    for (const external_id of ['unused', 'used']) {
      const { id } = (await backend.post('/accounts', { external_id })).json;
      if (external_id === 'used') await rows.sessions.seen('a session', String(id), {});
      assert.deepEqual(
        await rejectsOf([{ id: external_id, passkeys: [{ ...passkey, credential_id: btoa(external_id) }] }]),
        [],
      );
      const count = external_id === 'used' ? 0 : 1;
      assert.equal((await rows.passkeys.list(String(id))).length, count, external_id);
    }
  });

  it('does not keep the server busy by one row of eight megabytes', async () => {
    const members = Array.from({ length: 400_000 }, (_, index) => [`member-${index}`, 1]);
    assert.deepEqual(await rejectsOf([Object.fromEntries(members)]), ['longer than 256 KB']);
  });
});
