import assert from 'node:assert/strict';
import { it } from 'node:test';
import { randomId } from '../ids.ts';
import type { NewPasskey } from '../passkeys.ts';
import { onEachEngine } from './engines.ts';
import { atOnce, signUp } from './fixtures.ts';

onEachEngine('passkeys', (context) => {
  const passkeys = () => context.storage.realm('production').passkeys;
  const newPasskey = async (known: Partial<NewPasskey> = {}): Promise<NewPasskey> => ({
    credentialId: randomId(),
    accountId: known.accountId ?? (await signUp(context.storage)).id,
    name: 'Laptop',
    publicKey: 'cHVibGlj',
    counter: 0,
    transports: ['internal', 'hybrid'],
    synced: true,
    ...known,
  });

  it('is found by its id, and among those of its account, oldest first', async () => {
    const given = await newPasskey();
    const made = await passkeys().create(given);
    assert.ok(made);
    const { createdAt, ...rest } = made;
    assert.deepEqual(rest, given);
    assert.ok(Math.abs(Date.now() - createdAt.getTime()) < 60_000);
    const second = await passkeys().create(await newPasskey({ accountId: given.accountId, synced: false }));
    assert.deepEqual(await passkeys().find(given.credentialId), made);
    const ids = (await passkeys().list(given.accountId)).map(({ credentialId }) => credentialId);
    assert.deepEqual(ids.sort(), [given.credentialId, second?.credentialId].sort());
    assert.equal(await passkeys().find('unknown'), undefined);
    assert.deepEqual(await passkeys().list('nobody'), []);
  });

  it('has an id that nobody else’s has, in either realm', async () => {
    const given = await newPasskey();
    assert.ok(await passkeys().create(given));
    assert.equal(await passkeys().create({ ...(await newPasskey()), credentialId: given.credentialId }), undefined);
    const stranger = await signUp(context.storage, {}, 'sandbox');
    const inSandbox = { ...given, accountId: stranger.id };
    assert.equal(await context.storage.realm('sandbox').passkeys.create(inSandbox), undefined);
  });

  it('does not exist in the other realm', async () => {
    const given = await newPasskey();
    await passkeys().create(given);
    const sandbox = context.storage.realm('sandbox').passkeys;
    assert.equal(await sandbox.find(given.credentialId), undefined);
    assert.deepEqual(await sandbox.list(given.accountId), []);
    assert.equal(await sandbox.use(given.credentialId, { counter: 9, synced: true }), false);
    assert.equal(await sandbox.rename(given.accountId, given.credentialId, 'Theirs'), false);
    assert.equal(await sandbox.remove(given.accountId, given.credentialId), false);
    await assert.rejects(sandbox.create(await newPasskey({ accountId: given.accountId })), 'an account of production');
    assert.equal((await passkeys().find(given.credentialId))?.name, 'Laptop');
  });

  it('counts up, or not at all', async () => {
    const { credentialId } = await newPasskey();
    const given = await newPasskey({ credentialId, counter: 5, synced: false });
    await passkeys().create(given);
    for (const counter of [0, 4, 5]) assert.equal(await passkeys().use(credentialId, { counter, synced: true }), false);
    assert.equal((await passkeys().find(credentialId))?.lastUsedAt, undefined);
    assert.equal(await passkeys().use(credentialId, { counter: 7, synced: true }), true);
    const used = await passkeys().find(credentialId);
    assert.deepEqual([used?.counter, used?.synced, used?.lastUsedAt instanceof Date], [7, true, true]);

    const uncounted = await newPasskey();
    await passkeys().create(uncounted);
    for (let time = 0; time < 2; time += 1)
      assert.equal(await passkeys().use(uncounted.credentialId, { counter: 0, synced: false }), true);
    assert.equal(await passkeys().use('unknown', { counter: 1, synced: false }), false);
  });

  it('counts one of several uses that show the same counter at once', async () => {
    const given = await newPasskey({ counter: 1 });
    await passkeys().create(given);
    const results = await atOnce(6, (index) =>
      (index % 2 ? context.elsewhere.storage : context.storage)
        .realm('production')
        .passkeys.use(given.credentialId, { counter: 2, synced: true }),
    );
    assert.equal(results.filter(Boolean).length, 1);
  });

  it('is renamed and removed by its owner alone', async () => {
    const given = await newPasskey();
    await passkeys().create(given);
    const other = await signUp(context.storage);
    assert.equal(await passkeys().rename(other.id, given.credentialId, 'Mine'), false);
    assert.equal(await passkeys().remove(other.id, given.credentialId), false);
    assert.equal(await passkeys().rename(given.accountId, given.credentialId, 'Phone'), true);
    assert.equal((await passkeys().find(given.credentialId))?.name, 'Phone');
    assert.equal(await passkeys().remove(given.accountId, given.credentialId), true);
    assert.equal(await passkeys().find(given.credentialId), undefined);
    assert.equal(await passkeys().remove(given.accountId, given.credentialId), false);
  });

  it('is offered once in a while, to one of several windows, and not to who has one', async () => {
    const { id } = await signUp(context.storage);
    const longAgo = new Date(Date.now() - 60_000);
    const offers = await atOnce(4, (index) =>
      (index % 2 ? context.elsewhere.storage : context.storage).realm('production').passkeys.offer(id, longAgo),
    );
    assert.equal(offers.filter(Boolean).length, 1);
    const offeredAt = (await context.storage.realm('production').accounts.find(id))?.passkeyOfferedAt;
    assert.ok(offeredAt && offeredAt > longAgo);
    const later = new Date(Date.now() + 60_000);
    assert.equal(await passkeys().offer(id, later), true, 'when the time has passed');
    await passkeys().create(await newPasskey({ accountId: id }));
    assert.equal(await passkeys().offer(id, later), false);
    assert.equal(await passkeys().offer('nobody', later), false);
  });

  it('is not offered to test people, nor through the other realm', async () => {
    const { id } = await signUp(context.storage, { persona: `p-${randomId()}` }, 'sandbox');
    assert.equal(await context.storage.realm('sandbox').passkeys.offer(id, new Date()), false);
    const person = await signUp(context.storage);
    assert.equal(await context.storage.realm('sandbox').passkeys.offer(person.id, new Date()), false);
  });
});
