import assert from 'node:assert/strict';
import { it } from 'node:test';
import { onEachEngine } from './engines.ts';
import { atOnce, registerShop, signUp } from './fixtures.ts';

onEachEngine('users', (context) => {
  const users = () => context.storage.realm('production').users;

  it('makes a user on the first consent and finds the same one ever after', async () => {
    const { clientId } = await registerShop(context.storage);
    const account = await signUp(context.storage);
    assert.equal(await users().findByAccount(clientId, account.id), undefined);
    const user = await users().ensure(clientId, account.id);
    assert.deepEqual(user, { id: user.id, clientId, accountId: account.id });
    assert.deepEqual(await users().ensure(clientId, account.id), user);
    assert.deepEqual(await users().findByAccount(clientId, account.id), user);
  });

  it('is pairwise: two apps cannot tell that a person is the same', async () => {
    const [books, shoes] = [await registerShop(context.storage), await registerShop(context.storage)];
    const account = await signUp(context.storage);
    const ids = [
      (await users().ensure(books.clientId, account.id)).id,
      (await users().ensure(shoes.clientId, account.id)).id,
      account.id,
    ];
    assert.equal(new Set(ids).size, 3);
  });

  it('makes one user of twenty consents at the same moment, through several processes', async () => {
    const { clientId } = await registerShop(context.storage);
    const account = await signUp(context.storage);
    const made = await atOnce(20, (index) =>
      (index % 2 ? context.elsewhere.storage : context.storage).realm('production').users.ensure(clientId, account.id),
    );
    assert.equal(new Set(made.map((user) => user.id)).size, 1);
    const rows = await context.database.db.selectFrom('users').select('id').where('client_id', '=', clientId).execute();
    assert.equal(rows.length, 1);
  });

  it('says exactly once that a credential is the first', async () => {
    const { clientId } = await registerShop(context.storage);
    const account = await signUp(context.storage);
    const { id } = await users().ensure(clientId, account.id);
    const answers = await atOnce(20, (index) =>
      (index % 2 ? context.elsewhere.storage : context.storage).realm('production').users.markFirstCredential(id),
    );
    assert.equal(answers.filter(Boolean).length, 1);
    assert.equal(await users().markFirstCredential(id), false);
    assert.equal(await users().markFirstCredential('nobody'), false);
    const { firstCredentialAt, ...user } = await users().ensure(clientId, account.id);
    assert.deepEqual(user, { id, clientId, accountId: account.id });
    assert.ok(firstCredentialAt && Date.now() - firstCredentialAt.getTime() < 60_000);
  });

  it('keeps the vendor’s own id for a user, before there is a consent to see it through', async () => {
    const { clientId } = await registerShop(context.storage);
    const account = await signUp(context.storage);
    const { id } = await users().ensure(clientId, account.id);
    const appUsers = context.storage.realm('production').appUsers(clientId);
    await appUsers.setExternalId(id, 'customer-7');
    assert.equal((await users().findByAccount(clientId, account.id))?.externalId, 'customer-7');
    assert.equal((await users().ensure(clientId, account.id)).externalId, 'customer-7');
    assert.equal(await appUsers.find(id), undefined);
  });

  it('refuses apps and accounts that do not exist', async () => {
    const { clientId } = await registerShop(context.storage);
    const account = await signUp(context.storage);
    await assert.rejects(users().ensure('no-such-client', account.id));
    await assert.rejects(users().ensure(clientId, 'nobody'));
  });

  it('goes with its account', async () => {
    const { clientId } = await registerShop(context.storage);
    const account = await signUp(context.storage);
    await users().ensure(clientId, account.id);
    await context.database.db.deleteFrom('accounts').where('id', '=', account.id).execute();
    assert.equal(await users().findByAccount(clientId, account.id), undefined);
  });
});
