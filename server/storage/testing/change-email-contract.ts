import assert from 'node:assert/strict';
import { it } from 'node:test';
import { nextMillisecond } from '../../../scripts/testing/until.ts';
import { EmailTakenError } from '../accounts.ts';
import { onEachEngine } from './engines.ts';
import { atOnce, signUp } from './fixtures.ts';

onEachEngine('changing and recovering an address', (context) => {
  const accounts = () => context.storage.realm('production').accounts;

  it('puts a proven address in the place of the old one, as it was written', async () => {
    const { id } = await signUp(context.storage, { email: 'before@example.com' });
    await accounts().changeEmail(id, ' After@Example.com ');
    const account = await accounts().find(id);
    assert.equal(account?.email, 'After@Example.com');
    assert.equal(account.emailVerified, true);
    assert.deepEqual(await accounts().findByEmail('before@example.com'), []);
    assert.equal((await accounts().findByEmail('AFTER@example.com'))[0]?.id, id);
  });

  it('leaves everything as it is when the address has an owner', async () => {
    const owner = await signUp(context.storage, { email: 'owned@example.com', emailVerified: true });
    const before = await signUp(context.storage, { email: 'mine@example.com', emailVerified: true });
    await assert.rejects(accounts().changeEmail(before.id, 'Owned@example.com'), EmailTakenError);
    assert.deepEqual(await accounts().find(before.id), before);
    assert.deepEqual(await accounts().find(owner.id), owner);
  });

  it('gives an address to one of many who prove it at once', async () => {
    const people = await atOnce(8, (index) => signUp(context.storage, { email: `racer${index}@example.com` }));
    const outcomes = await Promise.allSettled(
      people.map(({ id }, index) =>
        (index % 2 ? context.elsewhere.storage : context.storage)
          .realm('production')
          .accounts.changeEmail(id, 'prize@example.com'),
      ),
    );
    assert.equal(outcomes.filter((outcome) => outcome.status === 'fulfilled').length, 1);
    for (const outcome of outcomes) {
      if (outcome.status === 'rejected') assert.ok(outcome.reason instanceof EmailTakenError, String(outcome.reason));
    }
  });

  it('recovers the verified account of an address, else the latest claim to it', async () => {
    const email = 'recover@example.com';
    assert.equal(await accounts().findRecoverable(email), undefined);
    assert.equal(await accounts().findRecoverable('\0'), undefined);
    for (let claim = 0; claim < 6; claim += 1) {
      const { id } = await signUp(context.storage, { email });
      assert.equal((await accounts().findRecoverable(' RECOVER@example.com'))?.id, id);
      await nextMillisecond();
    }
    const [first] = await accounts().findByEmail(email);
    await accounts().markEmailVerified(first?.id ?? '', email);
    assert.equal((await accounts().findRecoverable(email))?.id, first?.id);
    assert.equal(await context.storage.realm('sandbox').accounts.findRecoverable(email), undefined);
  });
});
