import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { AddressClaim } from '@signup-with-platform/protocol';
import { nextMillisecond } from '../../../scripts/testing/until.ts';
import { type AccountRepository, EmailTakenError } from '../accounts.ts';
import { onEachEngine } from './engines.ts';
import { atOnce, signUp } from './fixtures.ts';

onEachEngine('accounts', (context) => {
  const accounts = () => context.storage.realm('production').accounts;

  it('keep values of own fields, each changed by itself, also at the same moment', async () => {
    const { id } = await signUp(context.storage, {
      email: 'own@example.com',
      ownClaims: { tier: 'gold', bottles: 0.5 },
    });
    const claims = async () => (await accounts().find(id))?.ownClaims;
    assert.deepEqual(await claims(), { tier: 'gold', bottles: 0.5 });
    const names = Array.from({ length: 8 }, (_, at) => `field_${at}`);
    await Promise.all(names.map((name) => accounts().updateProfile(id, { ownClaims: { [name]: name } })));
    const all = { tier: 'gold', bottles: 0.5, ...Object.fromEntries(names.map((name) => [name, name])) };
    assert.deepEqual(await claims(), all);
    await accounts().updateProfile(id, { givenName: 'Ada', ownClaims: { tier: null, bottles: false } });
    const { tier: _, ...others } = all;
    assert.deepEqual(await claims(), { ...others, bottles: false });
    await accounts().updateProfile(id, {
      ownClaims: Object.fromEntries([...names, 'bottles'].map((name) => [name, null])),
    });
    assert.equal(await claims(), undefined);
    assert.equal((await accounts().find(id))?.givenName, 'Ada');
  });

  it('find passwords of an address by their salts, the verified account’s first, whatever an address’s own salt is', async () => {
    const { accounts } = context.storage.realm('production');
    const email = 'salted@example.com';
    const hash = (salt: string, digest: string) => `$argon2id$v=19$m=19456,t=2,p=1$${salt}$${digest.padEnd(43, 'x')}`;
    const [common, own] = ['c'.repeat(24), (number: number) => String(number).padEnd(22, 'o')];
    const prefix = hash(common, '').slice(0, -43);
    assert.equal(await accounts.hasOwnSaltedClaims(), false);
    for (let claim = 0; claim < 3; claim += 1) {
      await signUp(context.storage, { email, passwordHash: hash(common, `claim${claim}`) });
      await nextMillisecond();
    }
    assert.deepEqual(await accounts.findOwnSalts(email, prefix), []);
    assert.equal(await accounts.hasOwnSaltedClaims(), false);
    for (let claim = 0; claim < 5; claim += 1) {
      await signUp(context.storage, { email, passwordHash: hash(own(claim), 'a') });
      await nextMillisecond();
    }
    await signUp(context.storage, { email, passwordHash: hash(own(3), 'b') });
    await nextMillisecond();
    await signUp(context.storage, { email, passwordHash: 'short' });
    const owner = await signUp(context.storage, { email, emailVerified: true, passwordHash: hash(own(9), 'mine') });
    assert.deepEqual(
      await accounts.findOwnSalts(email.toUpperCase(), prefix),
      [9, 0, 1, 2].map((number) => hash(own(number), number === 9 ? 'mine' : 'a')),
    );
    assert.equal(await accounts.hasOwnSaltedClaims(), true);
    assert.equal(await context.storage.realm('sandbox').accounts.hasOwnSaltedClaims(), false);

    const found = (...hashes: string[]) => accounts.findByPasswordHashes(email, hashes);
    assert.equal((await found(hash(common, 'claim1'), hash(own(9), 'mine')))?.id, owner.id);
    assert.equal((await found(hash(common, 'claim2')))?.passwordHash, hash(common, 'claim2'));
    assert.equal(await found(hash(common, 'claim9')), undefined);
    assert.equal(await accounts.findByPasswordHashes('\0', [hash(common, 'claim1')]), undefined);
    assert.deepEqual(await accounts.findOwnSalts('\0', prefix), []);

    await accounts.replacePasswordHash(owner.id, 'another', 'lost');
    await accounts.replacePasswordHash(owner.id, hash(own(9), 'mine'), hash(common, 'mine'));
    assert.equal((await accounts.find(owner.id))?.passwordHash, hash(common, 'mine'));
  });

  it('keep a password as another system has hashed it, until it is used', async () => {
    const email = 'moved@example.com';
    assert.equal(await accounts().slowestForeignPassword(), 0);
    const make = (emailVerified: boolean, kept: string, cost: number) =>
      signUp(context.storage, { email, emailVerified, foreignPassword: { kept, cost } });
    const [claim, later, owner] = [
      await make(false, '{"a":1}', 7),
      await make(false, '{"b":1}', 9),
      await make(true, '{"c":1}', 8),
    ];
    assert.equal(owner.passwordHash, '{"c":1}');
    await signUp(context.storage, { email, passwordHash: 'of our own' });
    const idsOf = async (...of: Parameters<AccountRepository['findForeignPasswords']>) =>
      (await accounts().findForeignPasswords(...of)).map(({ id }) => id);
    assert.deepEqual(await idsOf('MOVED@example.com'), [owner.id, claim.id]);
    assert.deepEqual(await idsOf(email, { meant: later.id }), [later.id]);
    assert.deepEqual(await idsOf('nobody@example.com'), []);
    assert.deepEqual(await idsOf('\0'), []);
    assert.equal(await accounts().slowestForeignPassword(), 9);
    assert.equal(await context.storage.realm('sandbox').accounts.slowestForeignPassword(), 0);

    await accounts().replacePasswordHash(owner.id, '{"a":1}', 'lost');
    await accounts().replacePasswordHash(owner.id, '{"c":1}', 'ours');
    assert.equal((await accounts().find(owner.id))?.passwordHash, 'ours');
    await accounts().setPasswordHash(later.id, 'new');
    assert.equal((await accounts().find(later.id))?.passwordHash, 'new');
    assert.deepEqual(await idsOf(email), [claim.id]);
    assert.equal(await accounts().slowestForeignPassword(), 7);
  });

  it('are found by a password that is too weak to be stored as it is, until it is stored in another form', async () => {
    const weak = (kept: string) => signUp(context.storage, { foreignPassword: { kept, cost: -1 } });
    const [one, other] = [await weak('{"sealed":1}'), await weak('{"sealed":2}')];
    assert.equal(await accounts().countWeakPasswords(), 2);
    // In the database's order, which depends on its collation.
    const ids = (await accounts().weakPasswords('', 10)).map(({ id }) => id);
    assert.deepEqual(ids.toSorted(), [one.id, other.id].toSorted());
    assert.deepEqual(
      (await accounts().weakPasswords(ids[0] ?? '', 10)).map(({ id }) => id),
      [ids[1]],
    );
    assert.deepEqual(
      (await accounts().weakPasswords('', 1)).map(({ id }) => id),
      [ids[0]],
    );
    assert.equal(await context.storage.realm('sandbox').accounts.countWeakPasswords(), 0);
    await accounts().replaceForeignPassword(one.id, '{"sealed":2}', { kept: 'lost', cost: 20 });
    await accounts().replaceForeignPassword(one.id, '{"sealed":1}', { kept: '{"wrapped":1}', cost: 20 });
    assert.equal((await accounts().find(one.id))?.passwordHash, '{"wrapped":1}');
    assert.deepEqual(await accounts().weakPasswords('', 10), [{ id: other.id, kept: '{"sealed":2}' }]);
    await accounts().setPasswordHash(one.id, 'ours');
    await accounts().setPasswordHash(other.id, 'ours');
    assert.equal(await accounts().countWeakPasswords(), 0);
  });

  it('gives back what was put in, and leaves out what was not', async () => {
    const given = {
      email: 'Grace.Hopper@Example.com',
      emailVerified: true,
      passwordHash: '$argon2id$…',
      givenName: 'Grace',
      familyName: 'Hopper',
      phoneNumber: '+31201234567',
      address: { street_address: 'Keizersgracht 1\n2 hoog', locality: 'Amsterdam', country: 'NL' },
      locale: 'nl-NL',
      picture: 'https://pictures.example/grace.png',
      blocked: false,
    };
    const created = await signUp(context.storage, given);
    const found = await accounts().find(created.id);
    assert.deepEqual(found, created);
    const { id, createdAt, updatedAt, signOutCount, ...rest } = created;
    assert.deepEqual(rest, given);
    assert.equal(signOutCount, 0);
    assert.ok(id.length >= 22);
    assert.ok(Math.abs(createdAt.getTime() - Date.now()) < 60_000);
    assert.deepEqual(updatedAt, createdAt);

    const bare = await signUp(context.storage);
    assert.deepEqual(Object.keys((await accounts().find(bare.id)) ?? {}).sort(), [
      'blocked',
      'createdAt',
      'emailVerified',
      'id',
      'signOutCount',
      'updatedAt',
    ]);
    assert.equal(await accounts().find('nobody'), undefined);
  });

  it('stores hostile text as it is', async () => {
    const familyName = `O'Brien"; drop table accounts; -- \u{1F600} é \\ %`;
    const { id } = await signUp(context.storage, { familyName, email: `o'brien%@example.com` });
    assert.equal((await accounts().find(id))?.familyName, familyName);
    assert.deepEqual(await accounts().findByEmail('%'), []);
    assert.equal((await accounts().findByEmail(`O'BRIEN%@example.com`)).length, 1);
  });

  it('finds an address in any case, with or without space around it, and keeps it as it was written', async () => {
    const { id } = await signUp(context.storage, { email: 'Ada.Lovelace@Example.com' });
    for (const spelling of ['ada.lovelace@example.com', 'ADA.LOVELACE@EXAMPLE.COM', ' Ada.Lovelace@Example.com ']) {
      const found = await accounts().findByEmail(spelling);
      assert.deepEqual(
        found.map((account) => [account.id, account.email]),
        [[id, 'Ada.Lovelace@Example.com']],
      );
    }
    assert.deepEqual(await accounts().findByEmail('ada.lovelace@example.co'), []);
  });

  it('treats the two ways to write an accent as one address', async () => {
    const { id } = await signUp(context.storage, { email: 'rene\u0301@example.com' });
    assert.equal((await accounts().findByEmail('ren\u00e9@example.com'))[0]?.id, id);
    const { id: ivan } = await accounts().create({ email: 'ivan@xn--e1afmkfd.xn--p1ai' });
    assert.equal((await accounts().findByEmail('Ivan@ПРИМЕР.рф'))[0]?.id, ivan, 'a domain in Unicode');
  });

  it('lets many claim an address until one proves it, who then comes first', async () => {
    const email = 'contested@example.com';
    const ids: string[] = [];
    for (let claim = 0; claim < 3; claim += 1) {
      ids.push((await signUp(context.storage, { email })).id);
      // Claims are ordered by the millisecond.
      await nextMillisecond();
    }
    const [first, second, third] = ids as [string, string, string];
    const order = async () => (await accounts().findByEmail(email)).map((account) => account.id);
    assert.deepEqual(await order(), [first, second, third]);

    await accounts().markEmailVerified(third, 'CONTESTED@example.com');
    assert.deepEqual(await order(), [third, first, second]);
    assert.equal((await accounts().find(third))?.emailVerified, true);
    assert.equal((await accounts().find(first))?.emailVerified, false);

    await assert.rejects(accounts().markEmailVerified(first, email), EmailTakenError);
    assert.equal((await accounts().find(first))?.emailVerified, false);
    await assert.rejects(signUp(context.storage, { email, emailVerified: true }), EmailTakenError);
    assert.equal((await order()).length, 3, 'the refused account was not made');
    await signUp(context.storage, { email });
    assert.equal((await order())[0], third, 'a further claim changes nothing');
  });

  it('may verify the same account again', async () => {
    const { id, email = '' } = await signUp(context.storage, { email: 'twice@example.com' });
    await accounts().markEmailVerified(id, email);
    await accounts().markEmailVerified(id, email);
    assert.equal((await accounts().find(id))?.emailVerified, true);
  });

  it('lets exactly one of many at once become the verified owner', async () => {
    const email = 'race@example.com';
    const claims = await atOnce(10, () => signUp(context.storage, { email }));
    const outcomes = await Promise.allSettled(
      claims.map(({ id }, index) =>
        (index % 2 ? context.elsewhere.storage : context.storage)
          .realm('production')
          .accounts.markEmailVerified(id, email),
      ),
    );
    assert.equal(outcomes.filter((outcome) => outcome.status === 'fulfilled').length, 1);
    for (const outcome of outcomes) {
      if (outcome.status === 'rejected') assert.ok(outcome.reason instanceof EmailTakenError, String(outcome.reason));
    }
  });

  it('bounds how many claims to an address are looked at, and never loses the verified one among them', async () => {
    const email = 'flooded@example.com';
    await atOnce(20, () => signUp(context.storage, { email }));
    const owner = await signUp(context.storage, { email, emailVerified: true });
    const found = await accounts().findByEmail(email);
    assert.equal(found[0]?.id, owner.id);
    assert.equal(found.length, 4);
  });

  it('does not verify an address that the account no longer has', async () => {
    const { id } = await signUp(context.storage, { email: 'new@example.com' });
    await accounts().markEmailVerified(id, 'old@example.com');
    assert.equal((await accounts().find(id))?.emailVerified, false);
    await accounts().markEmailVerified('nobody', 'new@example.com');
    assert.equal((await accounts().find(id))?.emailVerified, false);
  });

  it('never counts an account without an address as verified', async () => {
    const { id } = await signUp(context.storage, { emailVerified: true });
    assert.equal((await accounts().find(id))?.emailVerified, false);
  });

  it('changes what a profile update names and leaves the rest', async () => {
    const before = await signUp(context.storage, {
      email: 'keeper@example.com',
      givenName: 'Before',
      familyName: 'Stays',
      passwordHash: 'hash',
      address: { locality: 'Delft' },
    });
    const neighbour = await signUp(context.storage, { givenName: 'Neighbour' });
    await nextMillisecond();
    await accounts().updateProfile(before.id, { givenName: 'After', locale: 'en' });
    const after = await accounts().find(before.id);
    assert.ok(after && after.updatedAt > before.updatedAt);
    assert.deepEqual(after, { ...before, givenName: 'After', locale: 'en', updatedAt: after.updatedAt });
    assert.deepEqual(await accounts().find(neighbour.id), neighbour);

    await accounts().updateProfile(before.id, {});
    assert.deepEqual(await accounts().find(before.id), after, 'an empty update touches nothing');
    await accounts().updateProfile('nobody', { givenName: 'Ghost' });
  });

  it('removes what a profile update gives as null, and nothing else', async () => {
    const whole = {
      givenName: 'Grace',
      familyName: 'Hopper',
      phoneNumber: '+31201234567',
      address: { locality: 'Delft' },
      locale: 'nl-BE',
      picture: 'https://pictures.example/grace.png',
    };
    const { id } = await signUp(context.storage, whole);
    await accounts().updateProfile(id, { familyName: null, phoneNumber: null });
    const { familyName, phoneNumber, ...left } = whole;
    const profileOf = async () => {
      const {
        id: _id,
        createdAt,
        updatedAt,
        emailVerified,
        blocked,
        signOutCount,
        ...profile
      } = (await accounts().find(id)) ?? {};
      return profile;
    };
    assert.deepEqual(await profileOf(), left);
    await accounts().updateProfile(id, { givenName: null, address: null, locale: null, picture: null });
    assert.deepEqual(await profileOf(), {});
  });

  it('changes addresses, the default first, and leaves everything else', async () => {
    const [home, work, away] = [{ locality: 'Delft' }, { locality: 'Ghent' }, { locality: 'Cádiz', country: 'ES' }];
    const before = await signUp(context.storage, { givenName: 'Grace' });
    const seen: unknown[] = [];
    const replaceBy = (next: readonly AddressClaim[]) =>
      accounts().changeAddresses(before.id, (current) => {
        seen.push(current);
        return next;
      });
    assert.equal(await replaceBy([home]), true);
    assert.equal(await replaceBy([work, home, away]), true);
    const { address, otherAddresses, updatedAt, ...rest } = (await accounts().find(before.id)) ?? before;
    assert.deepEqual([address, otherAddresses], [work, [home, away]]);
    assert.deepEqual({ ...rest, updatedAt: before.updatedAt }, before);
    await replaceBy([]);
    const bare = await accounts().find(before.id);
    assert.deepEqual([bare?.address, bare?.otherAddresses], [undefined, undefined]);
    assert.deepEqual(seen, [[], [home], [work, home, away]]);
    assert.equal(await accounts().changeAddresses('nobody', () => [home]), false);
  });

  it('changes no address when the change is given up', async () => {
    const { id, ...account } = await signUp(context.storage, { address: { locality: 'Delft' } });
    const refusal = new Error('no');
    const refused = accounts().changeAddresses(id, () => {
      throw refusal;
    });
    await assert.rejects(refused, refusal);
    assert.deepEqual(await accounts().find(id), { id, ...account });
  });

  it('loses none of many changes to addresses at once', async () => {
    const { id } = await signUp(context.storage);
    await atOnce(8, (index) =>
      (index % 2 ? context.elsewhere.storage : context.storage)
        .realm('production')
        .accounts.changeAddresses(id, (current) => [...current, { locality: String(index) }]),
    );
    const { address, otherAddresses = [] } = (await accounts().find(id)) ?? {};
    assert.deepEqual([address, ...otherAddresses].map((one) => one?.locality).sort(), [...'01234567']);
  });

  it('replaces a password', async () => {
    const account = await signUp(context.storage, { passwordHash: 'old' });
    await accounts().setPasswordHash(account.id, 'new');
    assert.equal((await accounts().find(account.id))?.passwordHash, 'new');
  });

  it('has a person asked for a new password until they have one', async () => {
    const { id } = await signUp(context.storage, { passwordHash: 'breached' });
    const dueAt = async () => (await accounts().find(id))?.newPasswordDueAt?.getTime();
    const later = new Date(Date.now() + 1_000_000);
    // Nobody is asked later who is not asked at all.
    await accounts().postponeNewPassword(id, later);
    // Found out about a password that is none any more.
    await accounts().wantNewPassword(id, 'another');
    await context.storage.realm('sandbox').accounts.wantNewPassword(id, 'breached');
    assert.equal(await dueAt(), undefined);
    await accounts().wantNewPassword(id, 'breached');
    assert.ok(Number(await dueAt()) <= Date.now());
    await accounts().postponeNewPassword(id, later);
    // A sign-in in between finds the same again, and must not ask earlier.
    await accounts().wantNewPassword(id, 'breached');
    assert.equal(await dueAt(), later.getTime());
    // Only another salt.
    await accounts().replacePasswordHash(id, 'breached', 'salted');
    assert.equal(await dueAt(), later.getTime());
    await accounts().setPasswordHash(id, 'new');
    assert.equal(await dueAt(), undefined);
  });

  it('has each persona once', async () => {
    const personas = await Promise.allSettled(
      ['ada', 'ada', 'bob'].map((persona) => signUp(context.storage, { persona }, 'sandbox')),
    );
    assert.deepEqual(personas.map((outcome) => outcome.status).sort(), ['fulfilled', 'fulfilled', 'rejected']);
    const sandbox = context.storage.realm('sandbox').accounts;
    assert.equal((await sandbox.findPersona('ada'))?.persona, 'ada');
    assert.equal(await sandbox.findPersona('carol'), undefined);
  });
});
