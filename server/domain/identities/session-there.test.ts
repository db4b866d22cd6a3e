import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { onEachEngine } from '../../storage/testing/engines.ts';
import { openTestRealm, type TestRealm } from '../../testing/test-realm.ts';
import { comeFrom, endedSince, endHere } from './session-there.ts';

onEachEngine('what has ended at another login', (engine) => {
  let realm: TestRealm;
  before(async () => {
    realm = await openTestRealm('production');
  });
  after(() => realm.close());
  const context = () => ({ ...realm, storage: engine.storage, rows: engine.storage.realm('production') });
  const elsewhere = () => ({ rows: engine.elsewhere.storage.realm('production') });
  const person = { issuer: 'https://login.example', subject: 'ada', sessionId: 's-1', emailVerified: false };

  it('is seen by a sign-in that comes to its end at this moment on another server', async () => {
    const { there } = comeFrom({ id: 'login' }, person);
    const ended = { ...person, tokenId: 'token-1' };
    let isSeen: boolean | undefined;
    // Whoever looks now has a session that the statement before has not found.
    const isFirst = await endHere(context(), ended, async () => {
      isSeen = await endedSince(elsewhere(), there);
    });
    assert.deepEqual([isFirst, isSeen], [true, true]);
  });

  it('counts once, and voids nothing that began since', async () => {
    const ended = { ...person, tokenId: 'token-2' };
    assert.equal(await endHere(context(), ended, async () => {}), true);
    await new Promise((resolve) => setTimeout(resolve, 2));
    const { there } = comeFrom({ id: 'login' }, person);
    assert.equal(await endHere(context(), ended, async () => assert.fail()), false);
    assert.equal(await endedSince(elsewhere(), there), false);
  });

  it('can be told again when it could not be written', async () => {
    const ended = { ...person, tokenId: 'token-3' };
    await assert.rejects(
      endHere(context(), ended, async () => {
        throw new Error('the disk is full');
      }),
    );
    assert.equal(await endHere(context(), ended, async () => {}), true);
  });
});
