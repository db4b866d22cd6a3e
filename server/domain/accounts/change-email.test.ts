import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Account, NewAccount } from '../../storage/accounts.ts';
import { registerShop } from '../../storage/testing/fixtures.ts';
import { openTestRealm, type TestRealm } from '../../testing/test-realm.ts';
import { changeEmail, findEmailChange, requestEmailChange } from './change-email.ts';
import { mailForPages } from './sandbox-mail.ts';

describe('changing an email address', () => {
  let realm: TestRealm;
  before(async () => {
    realm = await openTestRealm();
  });
  after(() => realm.close());

  let count = 0;
  const create = (account: NewAccount = {}): Promise<Account> =>
    realm.rows.accounts.create({ email: `old${++count}@example.com`, emailVerified: true, ...account });
  const again = async ({ id }: Account): Promise<Account> => {
    const account = await realm.rows.accounts.find(id);
    assert.ok(account);
    return account;
  };
  const mailsTo = async (email: string) => (await realm.storage.mails.list()).filter(({ to }) => to === email);
  const ask = (account: Account, email: string, address?: string) =>
    requestEmailChange(realm, account, email, { languages: ['en'], address });

  async function codeMailedTo(email: string): Promise<string> {
    const [mail] = await mailsTo(email);
    const link = /https:\S+/.exec(mail?.text ?? '')?.[0] ?? '';
    assert.ok(link.startsWith('https://id.example/sandbox/account/security/new-email?code='), link);
    return new URL(link).searchParams.get('code') ?? '';
  }

  it('happens when the code from the mail is used, once; both addresses hear of it', async () => {
    const account = await create();
    const old = account.email ?? '';
    const stale = await realm.rows.emailCodes.create(account.id, old, 600, 'reset_password');
    assert.deepEqual(await ask(account, 'New.Address@Example.com'), { outcome: 'mailed' });
    const code = await codeMailedTo('New.Address@Example.com');
    assert.deepEqual(await again(account), account, 'nothing has changed yet');
    assert.equal(await findEmailChange(realm, account, code), 'New.Address@Example.com');
    assert.deepEqual(await again(account), account, 'nor by looking');

    assert.equal(await changeEmail(realm, account, code, ['en']), true);
    const changed = await again(account);
    assert.equal(changed.email, 'New.Address@Example.com');
    assert.equal(changed.emailVerified, true);
    assert.equal(await changeEmail(realm, changed, code, ['en']), false);
    for (const to of [old, 'New.Address@Example.com']) {
      const mail = (await mailsTo(to)).find(({ subject }) => subject === 'Your Platform email address was changed');
      assert.ok(mail?.text.includes(`from ${old} to New.Address@Example.com`), to);
    }
    assert.equal(
      await realm.rows.emailCodes.find(stale, 'reset_password'),
      undefined,
      'the old address resets nothing',
    );
  });

  it('counts the latest wish', async () => {
    const account = await create();
    await ask(account, 'first@example.com');
    await ask(account, 'second@example.com');
    assert.equal(await changeEmail(realm, account, await codeMailedTo('first@example.com'), []), false);
    assert.equal(await changeEmail(realm, account, await codeMailedTo('second@example.com'), []), true);
  });

  it('is not done by, or for, anybody else', async () => {
    const [account, stranger] = [await create(), await create()];
    await ask(account, 'mine@example.com');
    const code = await codeMailedTo('mine@example.com');
    assert.equal(await findEmailChange(realm, stranger, code), undefined);
    assert.equal(await changeEmail(realm, stranger, code, []), false);
    assert.deepEqual(await again(stranger), stranger);
    const production = { ...realm, rows: realm.storage.realm('production') };
    assert.equal(await changeEmail(production, account, code, []), false);
    assert.equal(await changeEmail(realm, account, code, []), true, 'trying has not used it up');
  });

  it('tells the owner of a taken address by mail, without a link, and whoever asks nothing', async () => {
    const [account, owner] = [await create(), await create()];
    assert.deepEqual(await ask(account, (owner.email ?? '').toUpperCase()), { outcome: 'mailed' });
    const [mail] = await mailsTo((owner.email ?? '').toUpperCase());
    assert.match(mail?.subject ?? '', /in use/);
    assert.doesNotMatch(mail?.text ?? '', /https?:|code=/);
    assert.equal(await realm.rows.emailCodes.pendingAddress(account.id, 'change_email'), owner.email?.toUpperCase());
  });

  it('takes no address that somebody else has proven meanwhile', async () => {
    const [account, faster] = [await create(), await create({ email: 'prize@example.com', emailVerified: false })];
    await ask(account, 'prize@example.com');
    await realm.rows.accounts.markEmailVerified(faster.id, 'prize@example.com');
    assert.equal(await changeEmail(realm, account, await codeMailedTo('prize@example.com'), []), false);
    assert.deepEqual(await again(account), account);
  });

  it('gives a copy of a test person no address that somebody has proven, at whatever app', async () => {
    const { accounts } = realm.rows;
    const copy = () =>
      accounts.createCopy({
        persona: 'complete',
        browserHash: crypto.randomUUID(),
        email: 'jane.doe@example.com',
        emailVerified: true,
        expiresAt: new Date(Date.now() + 60_000),
      });
    const { appId } = await registerShop(realm.storage, 'localhost');
    for (const owner of [await create(), await create({ appId })]) {
      const thief = await copy();
      assert.deepEqual(await ask(thief, owner.email ?? ''), { outcome: 'mailed' }, 'as for everybody');
      const [mail] = await mailsTo(owner.email ?? '');
      assert.match(mail?.subject ?? '', /in use/);
      const link = (await mailForPages(realm, thief))?.link ?? assert.fail('the page shows a link, as for everybody');
      const code = new URL(link).searchParams.get('code') ?? '';
      assert.equal(await changeEmail(realm, thief, code, ['en']), false);
      assert.deepEqual(await again(thief), thief);
    }
    // What nobody has, what another copy has, and the test person's own again, it gets.
    for (const email of ['nobodys@example.com', 'nobodys@example.com', 'jane.doe@example.com']) {
      const one = await copy();
      await accounts.changeEmail(one.id, 'for.now@example.com');
      const changing = await again(one);
      await ask(changing, email);
      const code = new URL((await mailForPages(realm, changing))?.link ?? '').searchParams.get('code') ?? '';
      assert.equal(await changeEmail(realm, changing, code, ['en']), true);
      assert.equal((await again(one)).email, email);
    }
  });

  it('gives an address to an account without one', async () => {
    const account = await realm.rows.accounts.create({ givenName: 'Nobody' });
    await ask(account, 'somebody@example.com');
    assert.equal(await changeEmail(realm, account, await codeMailedTo('somebody@example.com'), []), true);
    assert.equal((await again(account)).email, 'somebody@example.com');
  });

  it('is not needed for the address that is there', async () => {
    const account = await create();
    assert.equal((await ask(account, (account.email ?? '').toUpperCase())).outcome, 'same_address');
  });

  it('is slowed for each account, and for each address that would get the mails', async () => {
    const account = await create();
    for (let wish = 0; wish < 5; wish += 1) await ask(account, `wish${wish}@example.com`);
    assert.equal((await ask(account, 'wish6@example.com')).outcome, 'too_many_attempts');
    const stranger = await create();
    for (let wish = 0; wish < 3; wish += 1) await ask(stranger, 'target@example.com');
    assert.equal((await ask(stranger, 'Target@example.com')).outcome, 'too_many_attempts');
  });

  it('mails one address twelve times a day, four times for one network, and refuses the form to nobody', async () => {
    const mailedFrom = async (network: string, tries = 6) => {
      const outcomes: string[] = [];
      for (let count = 0; count < tries; count += 1)
        outcomes.push((await ask(await create(), 'crowded@example.com', network)).outcome);
      assert.deepEqual(new Set(outcomes).size <= 2 && !outcomes.includes('too_many_attempts'), true);
      return outcomes.filter((outcome) => outcome === 'mailed').length;
    };
    for (let network = 1; network <= 3; network += 1) assert.equal(await mailedFrom(`198.51.100.${network}`), 4);
    assert.equal(await mailedFrom('203.0.113.7'), 1, 'the owner, in a network of their own');
    assert.equal((await mailsTo('crowded@example.com')).length, 13);
  });

  it('leaves an earlier link as it is when no further mail is sent', async () => {
    const [account, email] = [await create(), 'earlier@example.com'];
    await ask(account, email, '203.0.113.8');
    const code = await codeMailedTo(email);
    for (let count = 0; count < 4; count += 1) await ask(await create(), email, '203.0.113.8');
    assert.equal((await ask(account, email, '203.0.113.8')).outcome, 'not_mailed');
    assert.equal(await changeEmail(realm, account, code, []), true);
  });

  it('refuses what is late, or is for something else', async () => {
    const account = await create();
    const { emailCodes } = realm.rows;
    const late = await emailCodes.create(account.id, 'late@example.com', -1, 'change_email');
    const verify = await emailCodes.create(account.id, 'late@example.com', 600);
    const reset = await emailCodes.create(account.id, 'late@example.com', 600, 'reset_password');
    for (const code of [late, verify, reset, '', '\0', 'x'.repeat(10_000)]) {
      assert.equal(await changeEmail(realm, account, code, []), false);
    }
    assert.deepEqual(await again(account), account);
  });
});
