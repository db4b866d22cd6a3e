import assert from 'node:assert/strict';
import { it } from 'node:test';
import { type Account, EmailTakenError } from '../accounts.ts';
import { onEachEngine } from './engines.ts';
import { atOnce, signUp, storageOf } from './fixtures.ts';

onEachEngine('changes by the operator', (context) => {
  const rows = () => context.storage.realm('production');
  const now = async ({ id }: Account) => (await rows().accounts.find(id)) ?? assert.fail();

  it('are made of what was seen, and of nothing later', async () => {
    const seen = await signUp(context.storage, { givenName: 'Ada', familyName: 'King', locale: 'en' });
    assert.equal(await rows().accountChanges.change(seen, { profile: { familyName: 'Lovelace', locale: null } }), true);
    const changed = await now(seen);
    assert.deepEqual([changed.givenName, changed.familyName, changed.locale], ['Ada', 'Lovelace', undefined]);
    assert.ok(changed.updatedAt > seen.updatedAt);
    assert.equal(await rows().accountChanges.change(seen, { profile: { familyName: 'Late' } }), false);
    assert.equal((await now(seen)).familyName, 'Lovelace');
    const sandbox = context.storage.realm('sandbox').accountChanges;
    assert.equal(await sandbox.change(changed, { profile: { familyName: 'Elsewhere' } }), false);
  });

  it('win one after the other when several are made at once', async () => {
    const seen = await signUp(context.storage);
    const won = await atOnce(6, (index) =>
      storageOf(context, index)
        .realm('production')
        .accountChanges.change(seen, { profile: { givenName: `${index}` } }),
    );
    assert.equal(won.filter(Boolean).length, 1);
    assert.equal((await now(seen)).givenName, String(won.indexOf(true)));
  });

  it('say of an address whether it is verified, and keep what is said of one that stays', async () => {
    const seen = await signUp(context.storage, { email: 'changes@example.com', emailVerified: true });
    const change = async (changes: { email?: string; emailVerified?: boolean }) => {
      assert.equal(await rows().accountChanges.change(await now(seen), { profile: {}, ...changes }), true);
      const { email, emailVerified } = await now(seen);
      return [email, emailVerified];
    };
    assert.deepEqual(await change({ email: 'Changes@example.com' }), ['Changes@example.com', true]);
    assert.deepEqual(await change({ emailVerified: false }), ['Changes@example.com', false]);
    assert.deepEqual(await change({ emailVerified: true }), ['Changes@example.com', true]);
    assert.deepEqual(await change({ email: 'other@example.com' }), ['other@example.com', false]);
    assert.deepEqual(await change({ email: 'third@example.com', emailVerified: true }), ['third@example.com', true]);
    assert.equal((await rows().accounts.findVerified('THIRD@example.com'))?.id, seen.id);
    const another = await signUp(context.storage, { email: 'another@example.com' });
    await assert.rejects(
      rows().accountChanges.change(another, { profile: {}, email: 'third@example.com', emailVerified: true }),
      EmailTakenError,
    );
  });
});
