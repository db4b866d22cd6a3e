import assert from 'node:assert/strict';
import { it } from 'node:test';
import { clientSecretMatches } from '../../domain/apps/secrets.ts';
import { MAX_KEYS, TooManyKeysError } from '../api-keys.ts';
import { hashSecret } from '../ids.ts';
import { onEachEngine } from './engines.ts';
import { everyCell } from './every-cell.ts';
import { atOnce, registerShop, storageOf } from './fixtures.ts';

const HOUR_MS = 60 * 60 * 1000;
const DAY_MS = 24 * HOUR_MS;

onEachEngine('API keys', (context) => {
  const expire = (id: string, expiresAt: number) =>
    context.database.db.updateTable('api_keys').set({ expires_at: expiresAt }).where('id', '=', id).execute();

  it('are made with all that was said, shown once, and kept as hashes', async () => {
    const { apiKeys } = context.storage;
    const { clientId } = await registerShop(context.storage, 'development:sandbox');
    const expiresAt = new Date(Date.now() + DAY_MS);
    const { key, ...made } = await apiKeys.create(clientId, {
      name: '=cmd|"<b>"',
      readOnly: true,
      addressRanges: ['192.0.2.0/24'],
      expiresAt,
    });
    assert.match(key, /^sk_test_[A-Za-z0-9]{32}$/);
    assert.deepEqual(await apiKeys.findOf(clientId, made.id), made);
    assert.deepEqual(
      [made.name, made.prefix, made.readOnly, made.addressRanges, made.expiresAt],
      ['=cmd|"<b>"', key.slice(0, 12), true, ['192.0.2.0/24'], expiresAt],
    );
    const leak = (await everyCell(context.database)).find(({ value }) => value.includes(key.slice(-20)));
    assert.equal(leak, undefined);
    const access = await apiKeys.find(key);
    assert.deepEqual([access?.keyId, access?.realm, access?.readOnly], [made.id, 'sandbox', true]);
    await assert.rejects(apiKeys.create('nobody', { name: 'x' }));
  });

  it('stop working at their end, in every process', async () => {
    const { clientId } = await registerShop(context.storage);
    const { id, key } = await context.storage.apiKeys.create(clientId, { name: 'x' });
    const both = [context.storage, context.elsewhere.storage];
    for (const { apiKeys } of both) assert.ok(await apiKeys.find(key));
    await expire(id, Date.now() + HOUR_MS);
    for (const { apiKeys } of both) assert.ok(await apiKeys.find(key));
    await expire(id, Date.now() - 1);
    for (const { apiKeys } of both) assert.equal(await apiKeys.find(key), undefined);
    const listed = await context.storage.apiKeys.list(clientId);
    assert.ok(
      listed.some((one) => one.id === id),
      'and are listed still',
    );
  });

  it('are revoked at once, by their own environment', async () => {
    const { apiKeys } = context.storage;
    const [mine, other] = [await registerShop(context.storage), await registerShop(context.storage)];
    const { id, key } = await apiKeys.create(mine.clientId, { name: 'x' });
    assert.equal(await apiKeys.revoke(other.clientId, id), undefined);
    assert.equal(await apiKeys.findOf(other.clientId, id), undefined);
    assert.ok(await context.elsewhere.storage.apiKeys.find(key));
    assert.equal((await apiKeys.revoke(mine.clientId, id))?.id, id);
    assert.equal(await context.elsewhere.storage.apiKeys.find(key), undefined);
    assert.equal(await apiKeys.revoke(mine.clientId, id), undefined);
  });

  it('are replaced by one of the same name, rights, ranges and lifetime, and work on for the grace time', async () => {
    const { apiKeys } = context.storage;
    const { clientId } = await registerShop(context.storage);
    const limits = { name: 'Office', readOnly: true, addressRanges: ['192.0.2.1'] };
    const old = await apiKeys.create(clientId, { ...limits, expiresAt: new Date(Date.now() + 30 * DAY_MS) });
    const before = Date.now();
    const made = await apiKeys.replace(clientId, old.id, HOUR_MS);
    assert.ok(made);
    assert.notEqual(made.key, old.key);
    assert.deepEqual({ name: made.name, readOnly: made.readOnly, addressRanges: made.addressRanges }, limits);
    const lifetimeMs = (made.expiresAt?.getTime() ?? 0) - made.createdAt.getTime();
    assert.ok(Math.abs(lifetimeMs - 30 * DAY_MS) < 5_000);
    assert.ok((await apiKeys.find(old.key)) && (await apiKeys.find(made.key)));
    const replaced = await apiKeys.findOf(clientId, old.id);
    const endsInMs = (replaced?.expiresAt?.getTime() ?? 0) - before;
    assert.ok(replaced?.replacedAt && endsInMs >= HOUR_MS && endsInMs < HOUR_MS + 5_000);
    assert.equal(await apiKeys.replace(clientId, old.id, HOUR_MS), undefined, 'once');
  });

  it('when compromised stop at once; when they end before the grace time does, end then', async () => {
    const { apiKeys } = context.storage;
    const { clientId } = await registerShop(context.storage);
    const leaked = await apiKeys.create(clientId, { name: 'leaked' });
    const made = await apiKeys.replace(clientId, leaked.id, 0);
    assert.equal(await context.elsewhere.storage.apiKeys.find(leaked.key), undefined);
    assert.ok(made && (await apiKeys.find(made.key)));
    assert.equal(made.expiresAt, undefined);

    const expiresAt = new Date(Date.now() + HOUR_MS);
    const ending = await apiKeys.create(clientId, { name: 'ending', expiresAt });
    await apiKeys.replace(clientId, ending.id, DAY_MS);
    assert.deepEqual((await apiKeys.findOf(clientId, ending.id))?.expiresAt, expiresAt);
  });

  it('are not replaced by another environment, nor once they have expired', async () => {
    const { apiKeys } = context.storage;
    const [mine, other] = [await registerShop(context.storage), await registerShop(context.storage)];
    const { id } = await apiKeys.create(mine.clientId, { name: 'x' });
    assert.equal(await apiKeys.replace(other.clientId, id, 0), undefined);
    await expire(id, Date.now() - 1);
    assert.equal(await apiKeys.replace(mine.clientId, id, HOUR_MS), undefined);
  });

  it('are replaced once by several who try at the same time', async () => {
    const { clientId } = await registerShop(context.storage);
    const { id } = await context.storage.apiKeys.create(clientId, { name: 'x' });
    const made = await atOnce(6, (index) => storageOf(context, index).apiKeys.replace(clientId, id, HOUR_MS));
    assert.equal(made.filter(Boolean).length, 1);
  });

  it('are so many at most, however many are made at the same time; expired ones do not count', async () => {
    const { apiKeys } = context.storage;
    const { clientId } = await registerShop(context.storage);
    await expire((await apiKeys.create(clientId, { name: 'expired' })).id, Date.now() - 1);
    await expire((await apiKeys.create(clientId, { name: 'forgotten' })).id, Date.now() - 31 * DAY_MS);
    const tries = await atOnce(MAX_KEYS + 3, (index) =>
      storageOf(context, index)
        .apiKeys.create(clientId, { name: 'x' })
        .catch((error) => {
          assert.ok(error instanceof TooManyKeysError, String(error));
          return undefined;
        }),
    );
    // The first key came with the app.
    assert.equal(tries.filter(Boolean).length, MAX_KEYS - 1);
    const names = (await apiKeys.list(clientId)).map(({ name }) => name);
    assert.ok(names.includes('expired') && !names.includes('forgotten'));
    const [full] = tries.filter((one) => one !== undefined);
    await assert.rejects(apiKeys.replace(clientId, full?.id ?? '', HOUR_MS), TooManyKeysError);
    assert.equal((await apiKeys.findOf(clientId, full?.id ?? ''))?.replacedAt, undefined);
    assert.ok(await apiKeys.replace(clientId, full?.id ?? '', 0), 'in place of another there is room');
  });

  it('know when they were used, and are found by what people see of them', async () => {
    const { apiKeys } = context.storage;
    const { clientId } = await registerShop(context.storage);
    const key = await apiKeys.create(clientId, { name: 'x' });
    const at = new Date('2026-03-01T12:00:00Z');
    await apiKeys.markUsed([key.id, 'gone'], at);
    assert.deepEqual((await apiKeys.find(key.key))?.lastUsedAt, at);
    for (const word of [key.id, key.prefix]) {
      assert.ok((await apiKeys.findByIdOrPrefix(word)).some(({ id }) => id === key.id));
    }
    assert.deepEqual(await apiKeys.findByIdOrPrefix(key.key), []);
  });
});

onEachEngine('client secrets', (context) => {
  it('are replaced, and the one before works on for the grace time, unless that is none', async () => {
    const { appEnvironments, clientSecrets } = context.storage;
    const { clientId, clientSecret: first } = await registerShop(context.storage);
    const find = async () => {
      const app = await context.elsewhere.storage.appEnvironments.findByClientId(clientId);
      assert.ok(app);
      return app;
    };
    const before = Date.now();
    const second = (await clientSecrets.replace(clientId, HOUR_MS)) ?? '';
    assert.match(second, /^[A-Za-z0-9]{40}$/);
    const app = await find();
    assert.equal(app.previousSecret?.hash, hashSecret(first));
    const end = app.previousSecret.expiresAt.getTime();
    assert.ok(end >= before + HOUR_MS && end <= Date.now() + HOUR_MS);
    assert.deepEqual(
      [first, second].map((secret) => clientSecretMatches(app, secret)),
      [true, true],
    );
    assert.deepEqual(
      [first, second].map((secret) => clientSecretMatches(app, secret, end)),
      [false, true],
    );

    const third = (await clientSecrets.replace(clientId, HOUR_MS)) ?? '';
    const later = await find();
    assert.deepEqual(
      [first, second, third].map((secret) => clientSecretMatches(later, secret)),
      [false, true, true],
    );

    const fourth = (await clientSecrets.replace(clientId, 0)) ?? '';
    const last = await find();
    assert.equal(last.previousSecret, undefined);
    assert.deepEqual(
      [second, third, fourth].map((secret) => clientSecretMatches(last, secret)),
      [false, false, true],
    );
    assert.equal(await clientSecrets.replace('nobody', 0), undefined);
    assert.equal((await appEnvironments.findByClientId(clientId))?.clientSecretHash, hashSecret(fourth));
  });

  it('end before their time when that is asked for', async () => {
    const { clientSecrets, appEnvironments } = context.storage;
    const { clientId, clientSecret } = await registerShop(context.storage);
    const other = await registerShop(context.storage);
    assert.equal(await clientSecrets.endPrevious(clientId), false);
    await clientSecrets.replace(clientId, DAY_MS);
    await clientSecrets.replace(other.clientId, DAY_MS);
    assert.equal(await clientSecrets.endPrevious(clientId), true);
    assert.equal(clientSecretMatches(await appEnvironments.findByClientId(clientId), clientSecret), false);
    assert.equal(clientSecretMatches(await appEnvironments.findByClientId(other.clientId), other.clientSecret), true);
  });
});
