import assert from 'node:assert/strict';
import { it } from 'node:test';
import { onEachEngine } from './engines.ts';
import { atOnce, registerShop, signUp, storageOf } from './fixtures.ts';

onEachEngine('disclosures', (context) => {
  const disclosures = () => context.storage.disclosures;
  const newUser = async () => {
    const { clientId } = await registerShop(context.storage);
    return context.storage.realm('production').users.ensure(clientId, (await signUp(context.storage)).id);
  };
  const [first, second] = [new Date(1_700_000_000_000), new Date(1_700_000_001_000)];
  const listed = async (userId: string) =>
    (await disclosures().list(userId)).sort((a, b) => a.field.localeCompare(b.field));

  it('are the last of each kind and field', async () => {
    const { id } = await newUser();
    await disclosures().record([{ userId: id, fields: ['name', 'email'], how: 'received' }], first);
    await disclosures().record([{ userId: id, fields: ['email'], how: 'read' }], second);
    assert.deepEqual(await listed(id), [
      { field: 'email', receivedAt: first, readAt: second },
      { field: 'name', receivedAt: first },
    ]);
    await disclosures().record([{ userId: id, fields: ['email'], how: 'received' }], second);
    assert.deepEqual((await listed(id))[0], { field: 'email', receivedAt: second, readAt: second });
    await disclosures().record([{ userId: id, fields: ['email', 'name'], how: 'received' }], second);
    await disclosures().record([{ userId: id, fields: ['name', 'email'], how: 'received' }], second);
    assert.equal((await listed(id))[1]?.receivedAt?.getTime(), second.getTime());
    const rows = await context.database.db.selectFrom('disclosures').selectAll().where('user_id', '=', id).execute();
    assert.equal(rows.length, 3, 'one for each set of fields, in whatever order they were named');
  });

  it('are written many at once, each user’s own', async () => {
    const [one, other] = [await newUser(), await newUser()];
    await disclosures().record(
      [
        ...Array.from({ length: 3_000 }, () => ({ userId: one.id, fields: ['name'], how: 'read' }) as const),
        ...Array.from(
          { length: 1_500 },
          (_, index) => ({ userId: `gone-${index}`, fields: ['name'], how: 'read' }) as const,
        ),
        { userId: other.id, fields: ['address', 'phone_number'], how: 'received' },
        { userId: other.id, fields: [], how: 'read' },
      ],
      first,
    );
    assert.deepEqual(await listed(one.id), [{ field: 'name', readAt: first }]);
    assert.deepEqual(await listed(other.id), [
      { field: 'address', receivedAt: first },
      { field: 'phone_number', receivedAt: first },
    ]);
  });

  it('of a user that is gone are passed over, and go with the user', async () => {
    await disclosures().record([{ userId: "gone' --", fields: ['name'], how: 'read' }], first);
    const user = await newUser();
    await disclosures().record([{ userId: user.id, fields: ['name'], how: 'read' }], first);
    const users = context.storage.realm('production').appUsers(user.clientId);
    await context.database.db.deleteFrom('users').where('id', '=', user.id).execute();
    assert.equal(await users.find(user.id), undefined);
    assert.deepEqual(await disclosures().list(user.id), []);
  });

  it('are written by several processes at the same moment', async () => {
    const ids = await atOnce(8, async () => (await newUser()).id);
    const batch = (userIds: string[]) =>
      userIds.map((userId) => ({ userId, fields: ['name', 'email'], how: 'read' }) as const);
    await atOnce(8, (index) =>
      storageOf(context, index).disclosures.record(batch(index % 3 ? ids : [...ids].reverse()), first),
    );
    for (const id of ids) assert.equal((await disclosures().list(id)).length, 2);
  });
});
