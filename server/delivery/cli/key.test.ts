import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { clientSecretMatches } from '../../domain/apps/secrets.ts';
import { openTestRealm, type TestRealm } from '../../testing/test-realm.ts';
import { type Command, UsageError } from './command.ts';
import { keyCreate, keyList, keyRevoke, keyRotate } from './key.ts';
import { secretRotate } from './secret.ts';

const HOUR_MS = 60 * 60 * 1000;

describe('keys on the command line', () => {
  let realm: TestRealm;
  before(async () => {
    realm = await openTestRealm();
  });
  after(() => realm.close());

  const run = (command: Command, ...words: string[]) => command.run(words, { ...realm, migrated: [] });
  const newApp = () => realm.storage.apps.create({ name: 'Shop', environment: 'localhost', origins: [] });
  const lastAct = async (subject: string) => (await realm.storage.auditLog.list({ subject })).at(-1);
  const endsIn = (text: unknown) => Date.parse(String(text)) - Date.now();

  it('are created, listed and revoked', async () => {
    const { clientId } = await newApp();
    const ranges = ['--address-range', '192.0.2.0/24', '--address-range=2001:db8::/32'];
    const made = await run(
      keyCreate,
      '--client-id',
      clientId,
      '--name',
      '"CI", <b>',
      '--read-only',
      ...ranges,
      '--expires-in-days',
      '30',
    );
    assert.deepEqual(Object.keys(made), ['key_id', 'client_id', 'name', 'api_key', 'expires_at']);
    assert.ok(await realm.storage.apiKeys.find(String(made['api_key'])));

    const { keys } = (await run(keyList, '--client-id', clientId)) as { keys: Record<string, unknown>[] };
    const {
      created_at: createdAt,
      expires_at: expiresAt,
      ...shown
    } = keys.find((key) => key['key_id'] === made['key_id']) ?? {};
    assert.ok(Date.parse(String(createdAt)) <= Date.now() && Math.abs(endsIn(expiresAt) - 30 * 24 * HOUR_MS) < 5_000);
    assert.deepEqual(shown, {
      key_id: made['key_id'],
      name: '"CI", <b>',
      prefix: String(made['api_key']).slice(0, 12),
      state: 'active',
      read_only: true,
      address_ranges: ['192.0.2.0/24', '2001:db8::/32'],
      last_used_at: null,
    });
    assert.ok(!JSON.stringify(keys).includes(String(made['api_key'])));

    assert.equal((await run(keyRevoke, String(made['key_id'])))['revoked'], true);
    assert.equal(await realm.storage.apiKeys.find(String(made['api_key'])), undefined);
    const noted = await lastAct(`key:${made['key_id']}`);
    assert.deepEqual([noted?.act, noted?.actor], ['key.revoked', 'operator']);
    assert.ok(!JSON.stringify(noted).includes(String(made['api_key'])));
  });

  it('are rotated by id, by prefix, or as the only key of an environment', async () => {
    const { clientId, apiKey } = await newApp();
    const first = await run(keyRotate, '--client-id', clientId);
    assert.ok(Math.abs(endsIn(first['replaced_works_until']) - 24 * HOUR_MS) < 5_000);
    assert.ok(await realm.storage.apiKeys.find(apiKey));
    const second = await run(keyRotate, String(first['api_key']).slice(0, 12), '--grace', 'now');
    assert.equal(second['replaces'], first['key_id']);
    assert.equal(await realm.storage.apiKeys.find(String(first['api_key'])), undefined);
    const third = await run(keyRotate, String(second['key_id']), '--grace=1h');
    assert.equal((await lastAct(`key:${second['key_id']}`))?.act, 'key.replaced');
    await run(keyCreate, '--client-id', clientId, '--name', 'Another');
    for (const [words, mentioned] of [
      [['--client-id', clientId], new RegExp(`More than one key.*${third['key_id']}`, 's')],
      [[String(first['key_id'])], /no working key/],
      [['nothing'], /no working key "nothing"/],
      [['--client-id', 'nobody'], /no client_id "nobody"/],
    ] as const) {
      await assert.rejects(
        run(keyRotate, ...words),
        (error: Error) => error instanceof UsageError && mentioned.test(error.message),
      );
    }
    await assert.rejects(run(keyRevoke, 'nothing'), UsageError);
    await assert.rejects(run(keyCreate, '--client-id', 'nobody', '--name', 'x'), UsageError);
  });

  it('rotates client secrets, too', async () => {
    const { clientId, clientSecret } = await newApp();
    const made = await run(secretRotate, '--client-id', clientId, '--grace', '7d');
    assert.deepEqual(Object.keys(made), ['client_id', 'client_secret', 'previous_works_until']);
    const matches = async (secret: unknown) =>
      clientSecretMatches(await realm.storage.appEnvironments.findByClientId(clientId), String(secret));
    assert.deepEqual([await matches(clientSecret), await matches(made['client_secret'])], [true, true]);
    const again = await run(secretRotate, '--client-id', clientId, '--grace', 'now');
    assert.equal(again['previous_works_until'], null);
    assert.deepEqual([await matches(made['client_secret']), await matches(again['client_secret'])], [false, true]);
    const noted = await lastAct(`environment:${clientId}`);
    assert.deepEqual(
      [noted?.act, noted?.actor, noted?.detail],
      ['environment.secret_replaced', 'operator', { grace: 'now' }],
    );
    await assert.rejects(run(secretRotate, '--client-id', 'nobody'), UsageError);
  });
});
