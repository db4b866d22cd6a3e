import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type Account, MAX_OWN_SALTS } from '../../storage/accounts.ts';
import { openTestRealm, type TestRealm } from '../../testing/test-realm.ts';
import { costOf, isHashOf } from '../password-forms/forms.ts';
import { readPasswordHash } from '../password-forms/read-password-hash.ts';
import { Throttle } from '../throttle/throttle.ts';
import { findByPassword, hashAccountPassword } from './find-by-password.ts';
import { type KnownDevice, recogniseDevice } from './known-device.ts';
import { hashLike, hashPassword } from './passwords.ts';
import { signIn } from './sign-in.ts';

const PASSWORD = 'correct horse battery';
const HOME = '198.51.100.7';

describe('signIn', () => {
  let realm: TestRealm;
  let passwordHash: string;
  before(async () => {
    realm = await openTestRealm();
    passwordHash = await hashPassword(PASSWORD);
  });
  after(() => realm.close());

  const createAccount = (account: Partial<Account>) => realm.rows.accounts.create({ passwordHash, ...account });
  /** A hash that takes no time: what is counted here is attempts. */
  const cheapHash = async (password: string) => (password === PASSWORD ? passwordHash : 'another');
  const attempt = (
    email: string,
    password: string,
    throttle = new Throttle(undefined),
    address: string | undefined = HOME,
    devices: readonly KnownDevice[] = [],
  ) => signIn({ ...realm, throttle }, { email, password, address, devices }, { hash: cheapHash });

  it('signs in by email address, in any case, and password', async () => {
    const { id } = await createAccount({ email: 'Ada@example.com', emailVerified: true });
    const result = await signIn(realm, {
      email: ' ADA@Example.com ',
      password: PASSWORD,
      address: HOME,
      devices: [],
    });
    assert.equal(result.outcome, 'signed-in');
    assert.equal(result.account.id, id);
  });

  describe('with a password that another system has hashed', () => {
    // bcrypt of cost 12, by Django.
    const bcrypt = '$2b$12$w3IA5I/SlAyBXgmXN7Tslu4zhw0RgPbVFig9.Zt8ynBPHFLx.quwu';
    const theirs = 'Grüße an Zoë 12';
    let moved: TestRealm;
    before(async () => {
      moved = await openTestRealm();
    });
    after(() => moved.close());
    const move = (email: string, emailVerified = true) => {
      const read = readPasswordHash(bcrypt);
      assert.ok('kept' in read);
      const foreignPassword = { kept: JSON.stringify(read.kept), cost: costOf(read.kept) };
      return moved.rows.accounts.create({ email, emailVerified, foreignPassword });
    };
    const tryAt = (email: string, password: string) =>
      signIn({ ...moved, throttle: new Throttle(undefined) }, { email, password, address: HOME, devices: [] });

    it('signs in, and keeps it as our own hash from then on', async () => {
      const { id } = await move('moved@example.com');
      const first = await tryAt('moved@example.com', theirs);
      assert.ok(first.outcome === 'signed-in' && first.account.id === id);
      const kept = (await moved.rows.accounts.find(id))?.passwordHash ?? '';
      assert.match(kept, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
      assert.equal(first.account.passwordHash, kept);
      assert.equal((await tryAt('moved@example.com', theirs)).outcome, 'signed-in');
      assert.equal((await tryAt('moved@example.com', `${theirs}x`)).outcome, 'invalid_credentials');
    });

    it('refuses an address that nobody has no sooner than one with the slowest hash', async () => {
      await move('slow@example.com');
      const timed = async (work: () => Promise<unknown>) => {
        const startMs = performance.now();
        await work();
        return performance.now() - startMs;
      };
      const read = readPasswordHash(bcrypt);
      assert.ok('kept' in read);
      const checkMs = await timed(() => isHashOf(read.kept, 'wrong'));
      assert.ok((await timed(() => tryAt('nobody@example.com', 'wrong'))) > checkMs);
    });

    it('takes the owner before a claim with a password of our own', async () => {
      const hash = await hashAccountPassword(moved, 'both@example.com', theirs, 'test');
      const claim = await moved.rows.accounts.create({ email: 'both@example.com', passwordHash: hash });
      const owner = await move('both@example.com');
      const result = await tryAt('both@example.com', theirs);
      assert.ok(result.outcome === 'signed-in' && result.account.id === owner.id);
      assert.equal((await moved.rows.accounts.find(claim.id))?.passwordHash, hash);
    });

    it('refuses what is kept and cannot be read any more, as a wrong password', async () => {
      for (const kept of ['{"form":"of a later version"}', '{', 'null', ''])
        await moved.rows.accounts.create({
          email: `broken${kept.length}@example.com`,
          foreignPassword: { kept, cost: 1 },
        });
      for (const length of [29, 1, 4, 0])
        assert.equal((await tryAt(`broken${length}@example.com`, theirs)).outcome, 'invalid_credentials');
    });
  });

  describe('does the same work whoever is meant', () => {
    const known = 'known@example.com';
    const claimed = 'claimed@example.com';
    const popular = 'popular@example.com';
    let fresh: TestRealm;
    before(async () => {
      fresh = await openTestRealm();
    });
    after(() => fresh.close());
    const worksOf = async () => {
      const works: number[] = [];
      for (const email of ['unknown@example.com', known, claimed, popular, 'persona@example.com', '']) {
        const models: string[] = [];
        const result = await signIn(
          { ...fresh, throttle: new Throttle(undefined) },
          { email, password: 'wrong', address: undefined, devices: [] },
          {
            hash: async (_password, model) => {
              models.push(model);
              return 'another';
            },
          },
        );
        assert.equal(result.outcome, 'invalid_credentials');
        for (const model of models) assert.match(model, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
        works.push(models.length);
      }
      return new Set(works);
    };

    it('in an installation that began with this version: two hashes', async () => {
      const create = async (email: string, emailVerified: boolean) => {
        const hash = await hashAccountPassword(
          fresh,
          email,
          `the password of ${Math.trunc(performance.now())}`,
          'test',
        );
        await fresh.rows.accounts.create({ email, emailVerified, passwordHash: hash });
      };
      await create(known, true);
      await create(claimed, true);
      await create(claimed, false);
      await fresh.rows.accounts.create({ email: 'persona@example.com', persona: 'someone' });
      for (let claims = 0; claims < 6; claims += 1) await create(popular, false);
      assert.deepEqual(await worksOf(), new Set([2]));
    });

    it('in one that has accounts of before: five', async () => {
      for (let claims = 0; claims < 6; claims += 1) {
        const hash = await hashPassword(`of before, ${claims}`);
        await fresh.rows.accounts.create({ email: popular, emailVerified: false, passwordHash: hash });
      }
      assert.deepEqual(await worksOf(), new Set([1 + MAX_OWN_SALTS]));
    });
  });

  it('finds the account whose password it is among all claims to an address, made before the owner’s and after', async () => {
    const email = 'crowded@example.com';
    const claim = async (password: string) =>
      realm.rows.accounts.create({
        email,
        emailVerified: false,
        passwordHash: await hashAccountPassword(realm, email, password, 'test'),
      });
    for (let before = 0; before < 6; before += 1) await claim(`a stranger’s, before ${before}`);
    const owner = await claim('the owner’s very own');
    for (let later = 0; later < 6; later += 1) await claim(`a stranger’s, after ${later}`);
    const find = (password: string) => findByPassword(realm, { email, password, payer: 'test' });
    assert.equal((await find('the owner’s very own')).account?.id, owner.id);
    assert.equal((await find('nobody’s')).account, undefined);
  });

  it('finds the verified account first, and accounts of before by the salts of their own', async () => {
    const email = 'shared@example.com';
    const first = await createAccount({ email, emailVerified: false, passwordHash: await hashPassword('the claim’s') });
    const owner = await createAccount({ email, emailVerified: true });
    const same = await createAccount({ email, emailVerified: false, passwordHash: await hashPassword(PASSWORD) });
    const find = async (password: string) => (await findByPassword(realm, { email, password, payer: 'test' })).account;
    assert.equal((await find(PASSWORD))?.id, owner.id);
    assert.notEqual(same.id, owner.id);
    assert.equal((await find('the claim’s'))?.id, first.id);
    assert.equal(await find('neither'), undefined);
  });

  it('gives the password of an account of before the salt of its address', async () => {
    const email = 'before@example.com';
    const account = await createAccount({ email, emailVerified: true });
    const result = await signIn(realm, { email, password: PASSWORD, address: HOME, devices: [] });
    assert.equal(result.outcome, 'signed-in');
    const after = await realm.rows.accounts.find(account.id);
    assert.notEqual(after?.passwordHash, passwordHash);
    assert.equal(after?.passwordHash, await hashAccountPassword(realm, email, PASSWORD, 'test'));
    assert.equal(await hashLike(PASSWORD, after?.passwordHash ?? ''), after?.passwordHash);
    assert.equal((await signIn(realm, { email, password: PASSWORD, address: HOME, devices: [] })).outcome, 'signed-in');
  });

  it('tells only who knows the password that the account is blocked', async () => {
    await createAccount({ email: 'blocked@example.com', emailVerified: true, blocked: true });
    assert.equal((await attempt('blocked@example.com', PASSWORD)).outcome, 'account_blocked');
    assert.equal((await attempt('blocked@example.com', 'wrong')).outcome, 'invalid_credentials');
  });

  it('reads the accounts of its own realm only', async () => {
    await realm.storage
      .realm('production')
      .accounts.create({ email: 'real@example.com', emailVerified: true, passwordHash });
    assert.equal((await attempt('real@example.com', PASSWORD)).outcome, 'invalid_credentials');
  });

  describe('against guessing', () => {
    const email = 'target@example.com';
    before(() => createAccount({ email, emailVerified: true }));

    const guesses = async (throttle: Throttle, count: number, address = HOME, devices: readonly KnownDevice[] = []) => {
      const outcomes: string[] = [];
      for (let guess = 0; guess < count; guess += 1)
        outcomes.push((await attempt(email, `guess ${guess}`, throttle, address, devices)).outcome);
      return outcomes;
    };

    it('slows a network after ten wrong passwords, with growing delays', async () => {
      const throttle = new Throttle(undefined);
      assert.deepEqual(new Set(await guesses(throttle, 10)), new Set(['invalid_credentials']));
      const eleventh = await attempt(email.toUpperCase(), 'another guess', throttle);
      assert.ok(eleventh.outcome === 'too_many_attempts' && eleventh.checked && eleventh.retryAfterMs === 10_000);
      const twelfth = await attempt(email, PASSWORD, throttle);
      assert.ok(twelfth.outcome === 'too_many_attempts' && !twelfth.checked && twelfth.retryAfterMs <= 10_000);
      const neighbour = 'neighbour@example.com';
      await createAccount({ email: neighbour, emailVerified: true });
      assert.equal((await attempt(neighbour, PASSWORD, throttle)).outcome, 'signed-in', 'others are not slowed');
    });

    it('lets the right password in wherever it comes from, after ten wrong ones, a hundred, and from many networks', async () => {
      const throttle = new Throttle(undefined);
      await guesses(throttle, 10);
      assert.equal((await attempt(email, PASSWORD, throttle)).outcome, 'signed-in', 'even from there');
      await guesses(throttle, 100);
      assert.equal((await attempt(email, PASSWORD, throttle, '203.0.113.1')).outcome, 'signed-in');
      for (let network = 0; network < 60; network += 1) await guesses(throttle, 11, `2001:db8:0:${network}::1`);
      assert.equal((await attempt(email, PASSWORD, throttle, '203.0.113.2')).outcome, 'signed-in');
    });

    it('leaves a thousand networks one guess each, once they have had five hundred', async () => {
      const throttle = new Throttle(undefined);
      let checked = 0;
      for (let network = 0; network < 1000; network += 1) {
        for (const outcome of await guesses(throttle, 3, `2001:db8:0:${network.toString(16)}::1`))
          if (outcome === 'invalid_credentials') checked += 1;
      }
      assert.equal(checked, 150);
      const [first, second] = [
        await attempt(email, 'typo', throttle, '203.0.113.3'),
        await attempt(email, PASSWORD, throttle, '203.0.113.3'),
      ];
      assert.ok(first.outcome === 'too_many_attempts' && first.checked && first.retryAfterMs === 24 * 3_600_000);
      assert.equal(second.outcome, 'too_many_attempts');
      assert.equal((await attempt(email, PASSWORD, throttle, '203.0.113.4')).outcome, 'signed-in');
    });

    it('slows an unknown address just the same', async () => {
      const throttle = new Throttle(undefined);
      for (let guess = 0; guess < 11; guess += 1) await attempt('nobody@example.com', 'guess', throttle);
      assert.equal((await attempt('nobody@example.com', 'guess', throttle)).outcome, 'too_many_attempts');
    });

    it('tells only ten whether they are wrong when they all come at once', async () => {
      const throttle = new Throttle(undefined);
      const results = await Promise.all(Array.from({ length: 50 }, (_, guess) => attempt(email, `${guess}`, throttle)));
      assert.equal(results.filter(({ outcome }) => outcome === 'invalid_credentials').length, 10);
      assert.equal(results.filter(({ outcome }) => outcome === 'too_many_attempts').length, 40);
    });

    it('counts one IPv6 network as one, however many of its addresses are used', async () => {
      const throttle = new Throttle(undefined);
      const outcomes: string[] = [];
      for (let host = 1; host <= 130; host += 1)
        outcomes.push((await attempt(email, `guess ${host}`, throttle, `2001:db8:7:7::${host.toString(16)}`)).outcome);
      assert.equal(outcomes.filter((outcome) => outcome === 'invalid_credentials').length, 10);
    });

    it('slows one network address that tries many accounts, and no other', async () => {
      const throttle = new Throttle(undefined);
      for (let guess = 0; guess < 100; guess += 1)
        assert.equal(
          (await attempt(`person${guess}@example.com`, 'summer2024', throttle)).outcome,
          'invalid_credentials',
        );
      assert.equal((await attempt(email, PASSWORD, throttle)).outcome, 'too_many_attempts');
      assert.equal((await attempt(email, PASSWORD, throttle, '203.0.113.9')).outcome, 'signed-in');
      const local = { email, password: PASSWORD, address: undefined, devices: [] };
      assert.equal((await signIn({ ...realm, throttle }, local, { hash: cheapHash })).outcome, 'signed-in');
    });

    it('does not count a right password, and gives no new guesses for it: it may be that of another who claims the address', async () => {
      const throttle = new Throttle(undefined);
      assert.deepEqual(new Set(await guesses(throttle, 9)), new Set(['invalid_credentials']));
      for (let round = 0; round < 3; round += 1)
        assert.equal((await attempt(email, PASSWORD, throttle)).outcome, 'signed-in');
      assert.deepEqual(await guesses(throttle, 3), ['invalid_credentials', 'too_many_attempts', 'too_many_attempts']);
    });

    it('does not count those who sign in against their network', async () => {
      const throttle = new Throttle(undefined);
      for (let person = 0; person < 120; person += 1)
        assert.equal((await attempt(email, PASSWORD, throttle)).outcome, 'signed-in');
    });

    describe('from a browser in which the person has signed in before', () => {
      const deviceOf = async (address: string) => {
        const [account] = await realm.rows.accounts.findByEmail(address);
        const device = account && recogniseDevice(realm.cookieKey, account);
        assert.ok(device);
        return device;
      };

      it('lets the right password in, whatever others have tried from the same network', async () => {
        const throttle = new Throttle(undefined);
        const device = await deviceOf(email);
        await guesses(throttle, 40);
        for (let person = 0; person < 120; person += 1) await attempt(`p${person}@example.com`, 'guess', throttle);
        assert.equal((await attempt(email, PASSWORD, throttle)).outcome, 'too_many_attempts');
        assert.deepEqual(await guesses(throttle, 2, HOME, [device]), ['invalid_credentials', 'invalid_credentials']);
        assert.equal((await attempt(email, PASSWORD, throttle, HOME, [device])).outcome, 'signed-in');
      });

      it('has ten tries of its own, and no more', async () => {
        const throttle = new Throttle(undefined);
        const device = await deviceOf(email);
        const outcomes = await guesses(throttle, 40, HOME, [device]);
        assert.ok(outcomes.filter((outcome) => outcome === 'invalid_credentials').length <= 20);
      });

      it('gives no tries at other accounts with the address to whoever claims it', async () => {
        const throttle = new Throttle(undefined);
        const outcomes: string[] = [];
        for (let claim = 0; claim < 10; claim += 1) {
          const account = await createAccount({ email, emailVerified: false, passwordHash: `claim ${claim}` });
          const device = recogniseDevice(realm.cookieKey, account);
          outcomes.push(...(await guesses(throttle, 10, HOME, device ? [device] : [])));
        }
        // All these answers say "wrong", but the owner's password is only looked at while the network has tries.
        const claims = await realm.rows.accounts.list({ email, limit: 100 });
        const claim = claims.find(({ passwordHash: hash }) => hash === 'claim 9');
        const device = claim && recogniseDevice(realm.cookieKey, claim);
        assert.notEqual((await attempt(email, PASSWORD, throttle, HOME, device ? [device] : [])).outcome, 'signed-in');
        assert.equal(outcomes.length, 100);
      });

      it('is a stranger again with a forged cookie, another account’s, or after a new password', async () => {
        const throttle = new Throttle(undefined);
        const device = await deviceOf(email);
        const other = await deviceOf('ada@example.com');
        await guesses(throttle, 12);
        const [account] = await realm.rows.accounts.findByEmail(email);
        assert.ok(account);
        const renewed = recogniseDevice(realm.cookieKey, { ...account, passwordHash: 'of before' });
        for (const forged of [{ ...device, deviceId: 'another' }, { ...device, mac: 'x' }, other, renewed])
          assert.equal(
            (await attempt(email, PASSWORD, throttle, HOME, forged ? [forged] : [])).outcome,
            'too_many_attempts',
          );
        assert.equal((await attempt(email, PASSWORD, throttle, HOME, [device])).outcome, 'signed-in');
      });
    });
  });
});
