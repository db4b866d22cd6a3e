import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { hasEnded } from '../../storage/management-keys.ts';
import { openTestRealm, type TestRealm } from '../../testing/test-realm.ts';
import { type Command, UsageError } from './command.ts';
import { managementKeyCreate, managementKeyList, managementKeyRevoke } from './management-key.ts';

describe('keys of the management API on the command line', () => {
  let realm: TestRealm;
  before(async () => {
    realm = await openTestRealm();
  });
  after(() => realm.close());

  const run = (command: Command, ...words: string[]) => command.run(words, { ...realm, migrated: [] });
  const create = (...words: string[]) => run(managementKeyCreate, '--name', 'CRM', ...words);

  it('are created, listed without the key, and revoked; each act is in the audit log', async () => {
    const { key, ...made } = await create(
      ...['--realm', 'production', '--scope', 'accounts:write', '--scope', 'accounts:read'],
      ...['--expires', '30d', '--address-range', '192.0.2.0/24'],
    );
    const found = (await realm.storage.managementKeys.find(String(key))) ?? assert.fail();
    assert.deepEqual([found.realm, found.scopes], ['production', ['accounts:read', 'accounts:write']]);
    assert.ok(Math.abs((found.expiresAt?.getTime() ?? 0) - Date.now() - 30 * 24 * 60 * 60 * 1000) < 5_000);
    const { management_keys: listed } = await run(managementKeyList);
    assert.deepEqual(listed, [made]);
    const id = String(made['management_key_id']);
    assert.deepEqual(await run(managementKeyRevoke, id), { management_key_id: id, revoked: true });
    assert.equal(hasEnded((await realm.storage.managementKeys.find(String(key))) ?? assert.fail()), 'revoked');
    await assert.rejects(run(managementKeyRevoke, id), UsageError);
    const acts = await realm.storage.auditLog.list({ subject: `management-key:${id}` });
    assert.deepEqual(
      acts.map(({ act, actor }) => [act, actor]),
      [
        ['management_key.created', 'operator'],
        ['management_key.revoked', 'operator'],
      ],
    );
    assert.ok(!JSON.stringify(acts).includes(String(key).slice(12)));
  });

  it('are refused where nobody could mean them', async () => {
    const refused: [words: string[], RegExp][] = [
      [['--realm', 'production'], /--scope: is required/],
      [['--realm', 'production', '--scope', 'accounts'], /--scope: one of accounts:read/],
      [['--realm', 'everywhere', '--scope', 'accounts:read'], /--realm/],
      [['--realm', 'sandbox', '--scope', 'apps:write'], /--expires: is required/],
      [['--realm', 'production', '--scope', 'apps:write', '--expires', '1d'], /apps:write is for --realm sandbox/],
      [['--realm', 'sandbox', '--scope', 'accounts:read', '--expires', '0d'], /a number of days/],
      [['--realm', 'sandbox', '--scope', 'accounts:read', '--expires', '9999d'], /at most 3650d/],
      [['--realm', 'sandbox', '--scope', 'accounts:read', '--address-range', '10.0.0.1/8'], /has bits set/],
    ];
    for (const [words, problem] of refused)
      await assert.rejects(create(...words), (error) => error instanceof UsageError && problem.test(error.message));
  });
});
