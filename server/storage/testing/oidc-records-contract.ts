import assert from 'node:assert/strict';
import { it } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { hashSecret, randomId } from '../ids.ts';
import { onEachEngine } from './engines.ts';
import { everyCell } from './every-cell.ts';
import { atOnce } from './fixtures.ts';

const HOUR_SECONDS = 3_600;

onEachEngine('protocol records', (context) => {
  const records = () => context.storage.realm('production').oidcRecords;

  it('are found by their id, which is put back, though only its hash is stored', async () => {
    const id = randomId();
    const payload = { jti: id, accountId: 'a', nested: { list: [1, null, 'é'] } };
    await records().save('AccessToken', id, payload, HOUR_SECONDS);
    const { createdAt, ...found } = (await records().find('AccessToken', id)) ?? {};
    assert.deepEqual(found, { payload });
    assert.ok(createdAt && Math.abs(createdAt.getTime() - Date.now()) < 60_000);
    const cells = await everyCell(context.database);
    assert.ok(cells.some(({ column, value }) => column === 'id_hash' && value === hashSecret(id)));
    assert.deepEqual(
      cells.filter(({ value }) => value.includes(id)),
      [],
    );
    assert.equal(await records().find('AccessToken', hashSecret(id)), undefined, 'the hash opens nothing');
  });

  it('of an interaction do not tell the secret of its session', async () => {
    const [id, sessionId, uid] = [randomId(), randomId(), randomId()];
    const session = { accountId: 'a', uid };
    await records().save('Interaction', id, { jti: id, session: { ...session, cookie: sessionId } }, HOUR_SECONDS);
    assert.deepEqual((await records().find('Interaction', id))?.payload, { jti: id, session });
    assert.ok(!(await everyCell(context.database)).some(({ value }) => value.includes(sessionId)));
  });

  it('are kept apart by model', async () => {
    const id = randomId();
    await records().save('RefreshToken', id, { kind: 'refresh' }, HOUR_SECONDS);
    assert.equal(await records().find('AuthorizationCode', id), undefined);
    await records().save('AuthorizationCode', id, { kind: 'code' }, HOUR_SECONDS);
    await records().delete('AuthorizationCode', id);
    assert.equal(await records().find('AuthorizationCode', id), undefined);
    assert.equal((await records().find('RefreshToken', id))?.payload['kind'], 'refresh');
  });

  it('are found by the public handle of a session without telling the secret one', async () => {
    const [id, uid] = [randomId(), randomId()];
    await records().save('Session', id, { jti: id, uid, accountId: 'a' }, HOUR_SECONDS);
    const found = await records().findByUid('Session', uid);
    assert.deepEqual(found?.payload, { uid, accountId: 'a' });
    assert.ok(!JSON.stringify(found).includes(id));
    assert.equal(await records().findByUid('Session', id), undefined);
    assert.equal(await records().findByUid('Interaction', uid), undefined);
    assert.equal(await records().find('Session', uid), undefined);
  });

  it('are found, saved and not told by the hash of an id that is not known', async () => {
    const [id, uid] = [randomId(), randomId()];
    await records().save('DeviceCode', id, { jti: id, uid, scope: 'a' }, HOUR_SECONDS);
    const name = await records().findIdByUid('DeviceCode', uid);
    assert.ok(name);
    assert.equal(name.hash, hashSecret(id));
    assert.deepEqual((await records().find('DeviceCode', name))?.payload, { uid, scope: 'a' });
    await records().save('DeviceCode', name, { uid, scope: 'b' }, HOUR_SECONDS);
    assert.deepEqual((await records().find('DeviceCode', id))?.payload, { jti: id, uid, scope: 'b' });
    assert.equal(await records().findIdByUid('DeviceCode', id), undefined);
    assert.equal(await records().findIdByUid('Session', uid), undefined);
    assert.equal(await context.storage.realm('sandbox').oidcRecords.findIdByUid('DeviceCode', uid), undefined);
  });

  it('are replaced when saved again, and stay consumed', async (test) => {
    const id = randomId();
    await records().save('Session', id, { uid: 'first-uid', turn: 1 }, 60);
    const before = (await records().find('Session', id))?.createdAt;
    await delay(2);
    await records().save('Session', id, { uid: 'second-uid', turn: 2 }, HOUR_SECONDS);
    assert.deepEqual((await records().find('Session', id))?.createdAt, before, 'it is as old as when it was made');
    test.mock.timers.enable({ apis: ['Date'], now: Date.now() + 61_000 });
    assert.equal((await records().find('Session', id))?.payload['turn'], 2, 'the later lifetime counts');
    assert.equal(await records().findByUid('Session', 'first-uid'), undefined);

    await records().save('AuthorizationCode', id, { turn: 1 }, HOUR_SECONDS);
    assert.equal(await records().consume('AuthorizationCode', id), true);
    await records().save('AuthorizationCode', id, { turn: 2 }, HOUR_SECONDS);
    assert.ok((await records().find('AuthorizationCode', id))?.consumedAt, 'saving does not make a code usable again');
    assert.equal(await records().consume('AuthorizationCode', id), false);
  });

  it('end in time, and without a time last', async () => {
    const [brief, lasting] = [randomId(), randomId()];
    await records().save('Session', brief, { uid: brief }, 0.02);
    await records().save('Session', lasting, { uid: lasting }, undefined);
    await delay(40);
    assert.equal(await records().find('Session', brief), undefined);
    assert.equal(await records().findByUid('Session', brief), undefined);
    await records().save('Session', brief, { uid: brief }, HOUR_SECONDS);
    assert.equal(await records().find('Session', brief), undefined, 'saved too late');
    assert.ok(await records().find('Session', lasting));
    assert.ok(await records().findByUid('Session', lasting));
  });

  it('are consumed exactly once when many try at the same moment, through several processes', async () => {
    const id = randomId();
    await records().save('AuthorizationCode', id, {}, 60);
    const answers = await atOnce(20, (index) =>
      (index % 2 ? context.elsewhere.storage : context.storage)
        .realm('production')
        .oidcRecords.consume('AuthorizationCode', id),
    );
    assert.equal(answers.filter(Boolean).length, 1);
    const consumedAt = (await records().find('AuthorizationCode', id))?.consumedAt;
    assert.ok(consumedAt && Math.abs(consumedAt.getTime() - Date.now()) < 60_000);
    assert.equal(await records().consume('AuthorizationCode', 'unknown'), false);
  });

  it('are consumed again only so often and for so long, however many try at the same moment', async (test) => {
    const id = randomId();
    const again = { withinMs: 60_000, times: 3 };
    await records().save('RefreshToken', id, {}, HOUR_SECONDS);
    const consume = (elsewhere = false) =>
      (elsewhere ? context.elsewhere.storage : context.storage)
        .realm('production')
        .oidcRecords.consume('RefreshToken', id, again);
    const answers = await atOnce(20, (index) => consume(index % 2 === 1));
    assert.equal(answers.filter(Boolean).length, 1 + again.times);
    const first = (await records().find('RefreshToken', id))?.consumedAt;
    const late = randomId();
    await records().save('RefreshToken', late, {}, HOUR_SECONDS);
    assert.equal(await records().consume('RefreshToken', late, again), true);
    const { consumedAt } = (await records().find('RefreshToken', late)) ?? {};
    test.mock.timers.enable({ apis: ['Date'], now: Date.now() + 59_000 });
    assert.equal(await records().consume('RefreshToken', late, again), true, 'in time');
    assert.deepEqual((await records().find('RefreshToken', late))?.consumedAt, consumedAt, 'the first time counts');
    test.mock.timers.tick(2_000);
    assert.equal(await records().consume('RefreshToken', late, again), false, 'too late');
    assert.deepEqual((await records().find('RefreshToken', id))?.consumedAt, first);
  });

  it('end with the grant that they come from', async () => {
    const [grantId, otherGrantId] = [randomId(), randomId()];
    const ids = [randomId(), randomId(), randomId()] as const;
    await records().save('AccessToken', ids[0], { grantId }, HOUR_SECONDS);
    await records().save('AccessToken', ids[1], { grantId: otherGrantId }, HOUR_SECONDS);
    await records().save('RefreshToken', ids[2], { grantId }, HOUR_SECONDS);
    await records().deleteByGrant('AccessToken', grantId);
    assert.equal(await records().find('AccessToken', ids[0]), undefined);
    assert.ok(await records().find('AccessToken', ids[1]));
    assert.ok(await records().find('RefreshToken', ids[2]), 'the engine asks for each model by itself');
  });
});
