import assert from 'node:assert/strict';
import { it } from 'node:test';
import { randomId } from '../ids.ts';
import { sweep } from '../sweeper.ts';
import { onEachEngine } from './engines.ts';
import { atOnce, storageOf } from './fixtures.ts';

const MINUTE_MS = 60_000;

onEachEngine('submissions of forms', (context) => {
  const submissions = () => context.storage.realm('production').submissions;
  const age = (keyHash: string, milliseconds: number) =>
    context.database.db
      .updateTable('submissions')
      .set({ created_at: Date.now() - milliseconds })
      .where('key_hash', '=', keyHash)
      .execute();

  it('have one first among several at once, in whichever process, and the others get its answer', async () => {
    const key = randomId();
    const claims = await atOnce(8, (index) => storageOf(context, index).realm('production').submissions.claim(key));
    assert.equal(claims.filter(({ outcome }) => outcome === 'first').length, 1);
    assert.equal(claims.filter(({ outcome }) => outcome === 'under-way').length, 7);
    assert.deepEqual(await submissions().find(key), { outcome: 'under-way' });
    await submissions().finish(key, 'the answer', MINUTE_MS);
    const answered = { outcome: 'answered', answer: 'the answer' };
    assert.deepEqual(await context.elsewhere.storage.realm('production').submissions.find(key), answered);
    assert.deepEqual(await submissions().claim(key), answered);
    await submissions().release(key);
    assert.deepEqual(await submissions().find(key), answered, 'an answer is not released');
  });

  it('are free again once released, expired, or abandoned by a process that died', async () => {
    const [released, expired, abandoned] = [randomId(), randomId(), randomId()];
    for (const key of [released, expired, abandoned]) assert.equal((await submissions().claim(key)).outcome, 'first');
    await submissions().release(released);
    await submissions().finish(expired, 'the answer', -1);
    await age(abandoned, 4_000);
    assert.equal((await submissions().claim(abandoned)).outcome, 'under-way');
    await age(abandoned, 6_000);
    for (const key of [expired, abandoned]) assert.equal(await submissions().find(key), undefined);
    for (const key of [released, expired, abandoned]) assert.equal((await submissions().claim(key)).outcome, 'first');
  });

  it('stay under way while they are renewed, and keep their answer', async () => {
    const key = randomId();
    await submissions().claim(key);
    await age(key, MINUTE_MS);
    await submissions().renew(key);
    assert.equal((await context.elsewhere.storage.realm('production').submissions.claim(key)).outcome, 'under-way');
    await submissions().finish(key, 'the answer', MINUTE_MS);
    await submissions().renew(key);
    assert.equal((await submissions().find(key))?.outcome, 'answered');
  });

  it('belong to their realm, and are swept', async () => {
    const key = randomId();
    await submissions().claim(key);
    assert.equal(await context.storage.realm('sandbox').submissions.find(key), undefined);
    assert.equal((await context.storage.realm('sandbox').submissions.claim(key)).outcome, 'first');
    await submissions().finish(key, 'the answer', -1);
    await sweep(context.database.db);
    const left = await context.database.db
      .selectFrom('submissions')
      .select('realm')
      .where('key_hash', '=', key)
      .execute();
    assert.deepEqual(
      left.map(({ realm }) => realm),
      ['sandbox'],
    );
  });
});
