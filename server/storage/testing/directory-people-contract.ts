import assert from 'node:assert/strict';
import { it } from 'node:test';
import { randomId } from '../ids.ts';
import { onEachEngine } from './engines.ts';
import { atOnce, signUp, storageOf } from './fixtures.ts';

onEachEngine('what a directory has said', (context) => {
  const rows = (index = 0) => storageOf(context, index).realm('production');
  const people = (index = 0) => rows(index).directoryPeople;
  const newAccount = async () => (await signUp(context.storage)).id;
  const isBlocked = async (id: string) => (await rows().accounts.find(id))?.blocked;

  it('is found by account and by the directory’s own key, in its realm alone', async () => {
    const accountId = await newAccount();
    const key = `id:${randomId()}`;
    const startedAt = Date.now();
    assert.equal(await people().confirm({ accountId, key, digest: 'd', passwordHash: 'h' }), true);
    const found = await people().find(accountId);
    assert.deepEqual([found?.key, found?.digest, found?.passwordHash, found?.refusedAt], [key, 'd', 'h', undefined]);
    assert.ok((found?.confirmedAt.getTime() ?? 0) >= startedAt);
    assert.deepEqual(await people().findByKey(key), found);
    assert.equal(await people().findByKey(key.toUpperCase()), undefined);
    assert.equal(await context.storage.realm('sandbox').directoryPeople.findByKey(key), undefined);
    assert.equal(await context.storage.realm('sandbox').directoryPeople.find(accountId), undefined);
  });

  it('keeps what a later word leaves out, and forgets a password when told to', async () => {
    const accountId = await newAccount();
    const key = `id:${randomId()}`;
    await people().confirm({ accountId, key, digest: 'd', passwordHash: 'h' });
    await people().confirm({ accountId });
    assert.equal((await people().find(accountId))?.passwordHash, 'h');
    await people().confirm({ accountId, digest: 'e', passwordHash: null });
    const { key: kept, digest, passwordHash } = (await people().find(accountId)) ?? {};
    assert.deepEqual([kept, digest, passwordHash], [key, 'e', undefined]);
  });

  it('lets one account be a person, also of several at once, and any number be nobody there', async () => {
    const accounts = await Promise.all(Array.from({ length: 4 }, newAccount));
    const key = `id:${randomId()}`;
    const done = await atOnce(4, (index) =>
      people(index).confirm({ accountId: accounts[index] ?? '', key, digest: 'd' }),
    );
    assert.equal(done.filter(Boolean).length, 1);
    for (const accountId of await Promise.all([newAccount(), newAccount()]))
      assert.equal(await people().confirm({ accountId }), true);
  });

  it('blocks and unblocks, and leaves alone whom the operator has blocked', async () => {
    const accountId = await newAccount();
    await people().confirm({ accountId, key: `id:${randomId()}`, passwordHash: 'h' });
    await people().refuse(accountId);
    assert.equal(await isBlocked(accountId), true);
    const refused = await people().find(accountId);
    assert.ok(refused?.refusedAt && refused.passwordHash === undefined);
    await people().confirm({ accountId });
    assert.equal(await isBlocked(accountId), false);
    assert.equal((await people().find(accountId))?.refusedAt, undefined);

    await rows().accounts.setBlocked(accountId, true);
    await new Promise((done) => setTimeout(done, 2));
    await people().refuse(accountId);
    await people().confirm({ accountId });
    assert.equal(await isBlocked(accountId), true);
  });

  it('is found by the address that the account has now, of people whom the directory knows', async () => {
    const email = `Ada.${randomId()}@example.com`;
    const [known, ours] = [
      await rows().accounts.create({ email, emailVerified: false, passwordHash: 'hash' }),
      await rows().accounts.create({ email, emailVerified: true }),
    ];
    await people().confirm({ accountId: known.id, key: `id:${randomId()}`, passwordHash: 'h' });
    await people().confirm({ accountId: ours.id });
    const [found, ...others] = await people().accountsWith(email.toUpperCase());
    assert.deepEqual(
      [found?.account.id, found?.account.passwordHash, found?.word.passwordHash],
      [known.id, 'hash', 'h'],
    );
    assert.deepEqual(others, []);
    assert.deepEqual(await people().accountsWith(`${email}\0`), []);
    assert.deepEqual(await context.storage.realm('sandbox').directoryPeople.accountsWith(email), []);
  });

  it('adds identities to an account, none of which opens another', async () => {
    const [one, other] = [await newAccount(), await newAccount()];
    const identity = { issuer: 'https://login.example', subject: randomId(), upstream: 'acme' };
    await rows().imports.addIdentities(one, [identity]);
    await rows().imports.addIdentities(other, [identity, { ...identity, subject: randomId() }]);
    assert.equal((await rows().identities.use(identity))?.accountId, one);
    assert.equal((await rows().identities.list(other)).length, 1);
  });

  it('is forgotten with a claim that ends, so that its person begins anew', async () => {
    const { id: accountId } = await rows().accounts.create({
      email: `${randomId()}@example.com`,
      emailVerified: false,
    });
    const key = `id:${randomId()}`;
    await people().confirm({ accountId, key });
    await rows().accountDeletion.endClaim(accountId);
    assert.equal(await people().findByKey(key), undefined);
  });
});
