import assert from 'node:assert/strict';
import { it } from 'node:test';
import { nextMillisecond } from '../../../scripts/testing/until.ts';
import { belongsTo, EmailTakenError, type NewAccount } from '../accounts.ts';
import { eraseDeletedApps } from '../erase-app.ts';
import { onEachEngine } from './engines.ts';
import { atOnce, registerShop, signUp, storageOf } from './fixtures.ts';

onEachEngine('the accounts of the sandbox', (context) => {
  const accounts = () => context.storage.realm('sandbox').accounts;
  const newApp = async () => (await registerShop(context.storage, 'localhost')).appId;
  const newAddress = () => `${crypto.randomUUID()}@example.com`;
  const make = (account: NewAccount & { email: string }) => signUp(context.storage, account, 'sandbox');
  const verified = (email: string, appId?: string) => make({ email, emailVerified: true, ...(appId && { appId }) });

  it('verify an address once in each app, and once among those of no app', async () => {
    const [email, one, two] = [newAddress(), await newApp(), await newApp()];
    for (const appId of [one, two, undefined]) {
      assert.equal(await accounts().isVerified(email, appId), false);
      const claim = await make({ email, ...(appId && { appId }) });
      assert.equal(await accounts().isVerified(email, appId), false, 'a claim is none');
      const { id } = await verified(email.toUpperCase(), appId);
      assert.equal(await accounts().isVerified(email, appId), true);
      assert.equal((await accounts().findVerified(email, { appId }))?.appId, appId);
      await assert.rejects(verified(email, appId), EmailTakenError);
      await assert.rejects(accounts().markEmailVerified(claim.id, email), EmailTakenError);
      const other = await verified(newAddress(), appId);
      await assert.rejects(accounts().changeEmail(other.id, email), EmailTakenError);
      await accounts().markEmailVerified(id, email);
    }
    assert.equal((await accounts().list({ email, limit: 10 })).length, 6);
    assert.equal(await accounts().isVerified(email, await newApp()), true, 'those of no app are known to every app');
  });

  it('verify an address once, however many want it at the same moment', async () => {
    const [email, appId] = [newAddress(), await newApp()];
    const results = await atOnce(8, (index) =>
      storageOf(context, index)
        .realm('sandbox')
        .accounts.create({ email, emailVerified: true, appId })
        .catch((error: unknown) => {
          assert.ok(error instanceof EmailTakenError);
        }),
    );
    assert.equal(results.filter((account) => account).length, 1);
  });

  it('leave production as it was, whatever a row there says', async () => {
    const [email, appId] = [newAddress(), await newApp()];
    await signUp(context.storage, { email, emailVerified: true });
    await assert.rejects(signUp(context.storage, { email, emailVerified: true, appId }), EmailTakenError);
  });

  it('are found by their own app first, then those of no app, and never those of another', async () => {
    const [email, one, two] = [newAddress(), await newApp(), await newApp()];
    const ofTwo = await verified(email, two);
    await nextMillisecond();
    const shared = await verified(email);
    await nextMillisecond();
    const own = await make({ email, appId: one });
    const found = async (appId?: string) => (await accounts().findByEmail(email, appId)).map(({ id }) => id);
    assert.deepEqual(await found(one), [own.id, shared.id], 'its own, although unverified and later');
    assert.deepEqual(await found(two), [ofTwo.id, shared.id]);
    assert.deepEqual(await found(), [shared.id, ofTwo.id, own.id]);
    assert.equal((await accounts().findRecoverable(email, one))?.id, own.id);
    assert.equal((await accounts().findRecoverable(email))?.id, shared.id);
    const alone = newAddress();
    await verified(alone, two);
    assert.equal(await accounts().findRecoverable(alone), undefined);
    assert.equal(await accounts().findRecoverable(alone, one), undefined);
  });

  it('are found by their passwords in the same order, and salts of another app crowd nobody out', async () => {
    const [email, one, two] = [newAddress(), await newApp(), await newApp()];
    const hash = (salt: string) => `$argon2id$${salt.padEnd(22, 's')}$${'d'.repeat(43)}`;
    for (let number = 0; number < 6; number += 1) {
      await make({ email, emailVerified: number === 0, appId: two, passwordHash: hash(`two${number}`) });
      await nextMillisecond();
    }
    const shared = await make({ email, passwordHash: hash('shared') });
    const own = await make({ email, appId: one, passwordHash: hash('one') });
    assert.deepEqual(await accounts().findOwnSalts(email, 'none', { appId: one }), [hash('one'), hash('shared')]);
    assert.equal((await accounts().findOwnSalts(email, 'none'))[0], hash('shared'));
    const by = async (salts: string[], appId?: string) =>
      (await accounts().findByPasswordHashes(email, salts.map(hash), { appId }))?.id;
    assert.equal(await by(['shared', 'one', 'two0'], one), own.id);
    assert.equal(await by(['shared', 'two0'], one), shared.id);
    assert.equal(await by(['two0'], one), undefined);
    assert.equal(await by(['shared', 'one', 'two0']), shared.id);
    assert.notEqual(await by(['two0']), undefined, 'without an app, each can be meant');
  });

  it('belong to their app, and those of no app to each', async () => {
    const [one, two] = [await newApp(), await newApp()];
    const own = await verified(newAddress(), one);
    const shared = await verified(newAddress());
    assert.deepEqual(
      [own, shared].map((account) => [one, two, undefined].map((app) => belongsTo(account, app))),
      [
        [true, false, false],
        [true, true, true],
      ],
    );
  });

  it('go with their app, with all that was theirs, and no others do', async () => {
    const [email, appId, other] = [newAddress(), await newApp(), await newApp()];
    const rows = context.storage.realm('sandbox');
    const own = await verified(email, appId);
    const kept = [await verified(email, other), await verified(email)];
    for (const { id } of [own, ...kept]) {
      await rows.sessions.seen(`session-${id}`, id, { userAgent: 'x', address: '192.0.2.1' });
      await rows.oidcRecords.save('Session', `cookie-${id}`, { accountId: id, uid: `session-${id}` }, 60);
    }
    await context.storage.apps.delete(appId);
    await eraseDeletedApps(context.database.db);
    assert.equal(await rows.accounts.find(own.id), undefined);
    assert.equal(await rows.oidcRecords.find('Session', `cookie-${own.id}`), undefined);
    for (const { id } of kept) {
      assert.ok(await rows.accounts.find(id));
      assert.ok(await rows.oidcRecords.find('Session', `cookie-${id}`));
    }
  });
});
