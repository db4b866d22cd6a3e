import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Account } from '../../storage/accounts.ts';
import { openTestRealm, type TestRealm } from '../../testing/test-realm.ts';
import { confirmAnew, confirmEmail, findConfirmation, mailConfirmationAgain, mailNewAddress } from './confirm-email.ts';

describe('confirming an email address', () => {
  let realm: TestRealm;
  before(async () => {
    realm = await openTestRealm();
  });
  after(() => realm.close());

  const claim = (email: string): Promise<Account> => realm.rows.accounts.create({ email, emailVerified: false });
  const isVerified = async ({ id }: Account) => (await realm.rows.accounts.find(id))?.emailVerified;

  /** Mails the link and opens the mail. @returns the code in it */
  async function mailedCode(account: Account): Promise<string> {
    const email = account.email ?? '';
    await mailNewAddress(realm, { account, email, languages: ['en'], addressKnown: false });
    const mail = (await realm.storage.mails.list()).find(({ to }) => to === email);
    const link = /https:\S+/.exec(mail?.text ?? '')?.[0] ?? '';
    assert.ok(link.startsWith('https://id.example/sandbox/confirm-email?code='), link);
    return new URL(link).searchParams.get('code') ?? '';
  }

  it('takes the code from the mail, once', async () => {
    const account = await claim('ada@example.com');
    const code = await mailedCode(account);
    assert.match(code, /^[\w-]{32,}$/, 'at least 192 bits');
    assert.equal(await confirmEmail(realm, code, account.id), 'confirmed');
    assert.equal(await isVerified(account), true);
    assert.equal(await confirmEmail(realm, code, account.id), 'refused');
  });

  for (const within of [undefined, 'somebody-else'])
    it(`leaves the code and the account as they are for whoever is signed in as ${within ?? 'nobody'}`, async () => {
      const account = await claim(`outside.${within}@example.com`);
      const code = await mailedCode(account);
      assert.equal(await confirmEmail(realm, code, within), 'outside');
      assert.equal(await isVerified(account), false);
      assert.equal(await confirmEmail(realm, code, account.id), 'confirmed');
    });

  it('replaces the account for an owner who does not know it, once', async () => {
    const account = await claim('anew@example.com');
    const [code, other] = [
      await mailedCode(account),
      await realm.rows.emailCodes.create(account.id, 'anew@example.com', 60),
    ];
    const outcomes = await Promise.all(
      [1, 2].map(() => confirmAnew(realm, code, 'a difference of engines', { languages: ['en'] })),
    );
    const [owner, ...others] = outcomes.filter((one) => one !== undefined);
    assert.ok(owner && others.length === 0);
    assert.equal(await isVerified(owner), true);
    assert.notEqual(owner.id, account.id);
    assert.equal(await realm.rows.accounts.find(account.id), undefined);
    assert.equal(await findConfirmation(realm, other), undefined);
    const mails = (await realm.storage.mails.list()).filter(({ to }) => to === 'anew@example.com');
    assert.ok(mails.some(({ subject }) => subject === 'Your Platform account begins anew'));
  });

  it('replaces no account whose address is verified, and none that is blocked', async () => {
    const verified = await claim('verified@example.com');
    const [first, second] = [
      await mailedCode(verified),
      await realm.rows.emailCodes.create(verified.id, 'verified@example.com', 60),
    ];
    assert.equal(await confirmEmail(realm, first, verified.id), 'confirmed');
    assert.equal(await confirmAnew(realm, second, 'a difference of engines', { languages: [] }), undefined);
    assert.ok(await isVerified(verified));
    const blocked = await claim('blocked@example.com');
    const code = await mailedCode(blocked);
    await realm.rows.accounts.setBlocked(blocked.id, true);
    assert.equal(await confirmEmail(realm, code, blocked.id), 'refused');
    assert.equal(await confirmAnew(realm, code, 'a difference of engines', { languages: [] }), undefined);
    assert.equal((await realm.rows.accounts.find(blocked.id))?.blocked, true);
  });

  it('counts one of two clicks at the same moment', async () => {
    const account = await claim('twice@example.com');
    const code = await mailedCode(account);
    const outcomes = await Promise.all([1, 2].map(() => confirmEmail(realm, code, account.id)));
    assert.deepEqual(outcomes.sort(), ['confirmed', 'refused']);
  });

  it('does not take an address from who has proven it first', async () => {
    const [owner, stranger] = [await claim('taken@example.com'), await claim('Taken@example.com')];
    const [ownersCode, strangersCode] = [await mailedCode(owner), await mailedCode(stranger)];
    assert.equal(await confirmEmail(realm, ownersCode, owner.id), 'confirmed');
    assert.equal(await confirmEmail(realm, strangersCode, stranger.id), 'refused');
    assert.equal(await isVerified(owner), true);
    assert.equal(await isVerified(stranger), false);
  });

  it('refuses a code that is too old', async () => {
    const account = await claim('late@example.com');
    const code = await realm.rows.emailCodes.create(account.id, 'late@example.com', -1);
    assert.equal(await confirmEmail(realm, code, account.id), 'refused');
    assert.equal(await isVerified(account), false);
  });

  it('refuses a code of the other realm', async () => {
    const account = await claim('sandbox@example.com');
    const code = await mailedCode(account);
    const production = { ...realm, realm: 'production' as const, rows: realm.storage.realm('production') };
    assert.equal(await confirmEmail(production, code, account.id), 'refused');
    assert.equal(await confirmEmail(realm, code, account.id), 'confirmed');
  });

  for (const code of ['', 'nonsense', "' or 1=1 --", '\0', 'x'.repeat(10_000)])
    it(`refuses ${JSON.stringify(code.slice(0, 20))}`, async () =>
      assert.equal(await confirmEmail(realm, code, undefined), 'refused'));

  it('tells the owner of a known address, without any link that could confirm it', async () => {
    const account = await claim('owner@example.com');
    await mailNewAddress(realm, {
      account,
      email: 'owner@example.com',
      languages: ['nl'],
      addressKnown: true,
    });
    const mail = (await realm.storage.mails.list()).find(({ to }) => to === 'owner@example.com');
    assert.match(mail?.subject ?? '', /Je hebt al een account/);
    assert.doesNotMatch(mail?.text ?? '', /https?:|code/);
  });

  it('is mailed again for an address that waits, three times an hour', async () => {
    const account = await claim('again@example.com');
    const again = () => mailConfirmationAgain(realm, account, ['en']);
    for (let count = 0; count < 3; count += 1) assert.equal((await again()).outcome, 'mailed');
    assert.equal((await again()).outcome, 'too_many_attempts');
    const mails = (await realm.storage.mails.list()).filter(({ to }) => to === 'again@example.com');
    assert.equal(mails.length, 3);
    const code = new URL(/https:\S+/.exec(mails[0]?.text ?? '')?.[0] ?? '').searchParams.get('code') ?? '';
    assert.equal(await confirmEmail(realm, code, account.id), 'confirmed');
    const confirmed = { ...account, emailVerified: true };
    assert.equal((await mailConfirmationAgain(realm, confirmed, [])).outcome, 'not_needed');
  });

  it('mails one address twenty times a day again, four times for one network, and once more for each network after that', async () => {
    const mailedFrom = async (address: string) => {
      let mailed = 0;
      for (let account = 0; account < 3; account += 1) {
        const claimant = await claim('popular@example.com');
        for (let count = 0; count < 3; count += 1)
          if ((await mailConfirmationAgain(realm, claimant, ['en'], address)).outcome === 'mailed') mailed += 1;
      }
      return mailed;
    };
    assert.equal(await mailedFrom('198.51.100.1'), 4, 'a stranger');
    assert.equal(await mailedFrom('203.0.113.1'), 4, 'the owner, in another network');
    for (let network = 2; network < 5; network += 1) assert.equal(await mailedFrom(`198.51.100.${network}`), 4);
    // Strangers have used it up, but the owner gets a mail of their own. Each network pays with its only one.
    assert.equal(await mailedFrom('198.51.100.9'), 1);
    assert.equal(await mailedFrom('198.51.100.9'), 0);
  });

  it('mails no link again to an address that has found its owner', async () => {
    const [claimant, owner] = [await claim('found@example.com'), await claim('found@example.com')];
    await realm.rows.accounts.markEmailVerified(owner.id, 'found@example.com');
    await mailConfirmationAgain(realm, claimant, ['en']);
    const mail = (await realm.storage.mails.list()).find(({ to }) => to === 'found@example.com');
    assert.doesNotMatch(mail?.text ?? '', /https?:|code=/);
  });
});
