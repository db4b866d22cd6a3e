import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type Account, MAX_CANDIDATES } from '../../storage/accounts.ts';
import { openTestRealm, type TestRealm } from '../../testing/test-realm.ts';
import { Throttle } from '../throttle/throttle.ts';
import { hashPassword } from './passwords.ts';
import { matchPassword, signIn } from './sign-in.ts';

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
  /** A password check that takes no time: what is counted here is attempts. */
  const cheapCheck = async (password: string) => password === PASSWORD;
  const attempt = (
    email: string,
    password: string,
    throttle = new Throttle(undefined),
    address: string | undefined = HOME,
  ) => signIn(realm.rows.accounts, throttle, { email, password, address }, cheapCheck);

  it('signs in by email address, in any case, and password', async () => {
    const { id } = await createAccount({ email: 'Ada@example.com', emailVerified: true });
    const result = await signIn(realm.rows.accounts, realm.throttle, {
      email: ' ADA@Example.com ',
      password: PASSWORD,
      address: HOME,
    });
    assert.equal(result.outcome, 'signed-in');
    assert.equal(result.account.id, id);
  });

  it('does the same number of password checks whoever is meant', async () => {
    const known = 'known@example.com';
    const claimed = 'claimed@example.com';
    await createAccount({ email: known, emailVerified: true });
    await createAccount({ email: claimed, emailVerified: true });
    await createAccount({ email: claimed, emailVerified: false });
    await realm.rows.accounts.create({ email: 'persona@example.com', persona: 'someone' });
    for (let claims = 0; claims < 6; claims += 1)
      await createAccount({ email: 'popular@example.com', emailVerified: false });
    for (const email of ['unknown@example.com', known, claimed, 'popular@example.com', 'persona@example.com', '']) {
      const checked: string[] = [];
      const result = await signIn(
        realm.rows.accounts,
        new Throttle(undefined),
        { email, password: 'wrong', address: undefined },
        async (_password, hash) => {
          checked.push(hash);
          return false;
        },
      );
      assert.equal(result.outcome, 'invalid_credentials');
      assert.equal(checked.length, MAX_CANDIDATES, email);
      for (const hash of checked) assert.match(hash, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    }
  });

  it('finds the account whose password it is among those with one address, the verified one first', async () => {
    const email = 'shared@example.com';
    const claim = await createAccount({
      email,
      emailVerified: false,
      passwordHash: await hashPassword('the claim’s own'),
    });
    const owner = await createAccount({ email, emailVerified: true });
    const candidates = await realm.rows.accounts.findByEmail(email);
    assert.deepEqual(
      candidates.map(({ id }) => id),
      [owner.id, claim.id],
    );
    assert.equal((await matchPassword(candidates, PASSWORD))?.id, owner.id);
    assert.equal((await matchPassword(candidates, 'the claim’s own'))?.id, claim.id);
    assert.equal(await matchPassword(candidates, 'neither'), undefined);
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

    it('locks an address after ten wrong passwords, even for the right one, wherever it comes from', async () => {
      const throttle = new Throttle(undefined);
      for (let guess = 0; guess < 10; guess += 1)
        assert.equal(
          (await attempt(email, `guess ${guess}`, throttle, `198.51.100.${guess}`)).outcome,
          'invalid_credentials',
        );
      const result = await attempt(email.toUpperCase(), PASSWORD, throttle, '203.0.113.1');
      assert.equal(result.outcome, 'too_many_attempts');
      assert.ok(result.retryAfterMs > 14 * 60_000 && result.retryAfterMs <= 15 * 60_000);
      assert.equal(
        (await attempt('ada@example.com', PASSWORD, throttle)).outcome,
        'signed-in',
        'others are not affected',
      );
    });

    it('locks an unknown address just the same', async () => {
      const throttle = new Throttle(undefined);
      for (let guess = 0; guess < 10; guess += 1) await attempt('nobody@example.com', 'guess', throttle);
      assert.equal((await attempt('nobody@example.com', 'guess', throttle)).outcome, 'too_many_attempts');
    });

    it('checks no more passwords when they all come at once', async () => {
      const throttle = new Throttle(undefined);
      const results = await Promise.all(Array.from({ length: 50 }, (_, guess) => attempt(email, `${guess}`, throttle)));
      assert.equal(results.filter(({ outcome }) => outcome === 'invalid_credentials').length, 10);
      assert.equal(results.filter(({ outcome }) => outcome === 'too_many_attempts').length, 40);
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
      assert.equal(
        (await signIn(realm.rows.accounts, throttle, { email, password: PASSWORD, address: undefined }, cheapCheck))
          .outcome,
        'signed-in',
      );
    });

    it('forgets the wrong passwords before a right one', async () => {
      const throttle = new Throttle(undefined);
      for (let round = 0; round < 3; round += 1) {
        for (let guess = 0; guess < 9; guess += 1)
          assert.equal((await attempt(email, 'typo', throttle)).outcome, 'invalid_credentials');
        assert.equal((await attempt(email, PASSWORD, throttle)).outcome, 'signed-in');
      }
    });

    it('does not count those who sign in against their network', async () => {
      const throttle = new Throttle(undefined);
      for (let person = 0; person < 120; person += 1)
        assert.equal((await attempt(email, PASSWORD, throttle)).outcome, 'signed-in');
    });
  });
});
