import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { startTestPlatform, type TestPlatform } from '#testing/test-platform.ts';
import { Backend } from '../testing/backend.ts';

describe('blocking, deleting and exporting accounts by the operator’s backend', () => {
  let platform: TestPlatform;
  let backend: Backend;
  before(async () => {
    platform = await startTestPlatform();
    backend = await Backend.create(platform);
  });
  after(() => platform.close());

  const rows = () => platform.storage.realm('production');
  let people = 0;
  const make = async () => {
    people += 1;
    const email = `ending${people}@example.com`;
    const { id } = await rows().accounts.create({ email, emailVerified: true, givenName: 'Jane' });
    const session = `session ${people}`;
    await rows().sessions.seen(session, id, {});
    return { id, email, path: `/accounts/${id}` };
  };
  const aliveSessions = async (id: string) =>
    platform.database.db
      .selectFrom('sessions')
      .select('uid')
      .where('account_id', '=', id)
      .where('ended_at', 'is', null)
      .execute();

  it('signs out whoever is blocked, and lets them in again', async () => {
    const { id, path } = await make();
    assert.equal((await aliveSessions(id)).length, 1);
    assert.equal((await backend.post(`${path}/block`)).json['blocked'], true);
    assert.equal((await rows().accounts.find(id))?.blocked, true);
    assert.deepEqual(await aliveSessions(id), []);
    assert.equal((await backend.post(`${path}/block`)).json['blocked'], true);
    assert.equal((await backend.post(`${path}/unblock`)).json['blocked'], false);
    assert.equal((await backend.post(`${path}/block`, { reason: 'x' })).status, 400);
    assert.ok(
      (await backend.acts()).some(([act, subject]) => act === 'account.blocked' && subject === `account:${id}`),
    );
  });

  it('deletes after a time in which the person, who is told, can take it back', async () => {
    const { id, email, path } = await make();
    const { status, json } = await backend.send('DELETE', path);
    assert.deepEqual([status, json['deleted']], [200, false]);
    const days = (Date.parse(String(json['deletion_due_at'])) - Date.now()) / 86_400_000;
    assert.ok(days > 13.9 && days < 14.1);
    assert.deepEqual(await aliveSessions(id), []);
    assert.equal((await platform.storage.mails.list()).filter(({ to }) => to === email).length, 1);
    const again = await backend.send('DELETE', path);
    assert.deepEqual(again.json, json);
    assert.equal((await backend.get(path)).json['deletion_due_at'], json['deletion_due_at']);
  });

  it('deletes at once when that is said, also somebody who is waiting for it', async () => {
    const { id, path } = await make();
    await backend.send('DELETE', path);
    const { json } = await backend.send('DELETE', `${path}?now=true`);
    assert.deepEqual(json, { id, deleted: true, deletion_due_at: null, apps_disabled: [] });
    assert.equal(await rows().accounts.find(id), undefined);
    assert.equal((await backend.send('DELETE', path)).status, 404);
    assert.equal((await backend.send('DELETE', `${path}?now=yes`)).status, 400);
    assert.ok(
      (await backend.acts()).some(([act, subject]) => act === 'account.deleted' && subject === `account:${id}`),
    );
  });

  it('leaves no app without an owner by the way', async () => {
    const { id, path } = await make();
    const { appId } = await platform.createApp({ name: 'Their shop', ownerId: id });
    const refused = await backend.send('DELETE', path);
    assert.deepEqual([refused.status, refused.json['error']], [409, 'sole_owner']);
    assert.match(String(refused.json['message']), /Their shop/);
    assert.deepEqual((await backend.send('DELETE', `${path}?now=true`)).json['apps_disabled'], [appId]);
    assert.equal((await platform.storage.apps.find(appId))?.disabled, true);
  });

  it('exports what is kept about somebody, without what opens the account, and notes that it did', async () => {
    const { id, email, path } = await make();
    await rows().accounts.setPasswordHash(id, 'secret-hash');
    const { status, json, text } = await backend.get(`${path}/export`);
    assert.equal(status, 200);
    const { account, audit_log: log } = json as { account: Record<string, unknown>; audit_log: { act: string }[] };
    assert.deepEqual([account['id'], account['email'], account['has_password']], [id, email, true]);
    assert.ok(log.some(({ act }) => act === 'account.data_exported'));
    assert.ok(!text.includes('secret-hash'));
  });
});
