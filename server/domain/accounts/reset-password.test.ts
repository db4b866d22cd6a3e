import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { nextMillisecond } from '../../../scripts/testing/until.ts';
import type { Account, NewAccount } from '../../storage/accounts.ts';
import { openTestRealm, type TestRealm } from '../../testing/test-realm.ts';
import { Throttle } from '../throttle/throttle.ts';
import { changePassword } from './change-password.ts';
import { recogniseDevice } from './known-device.ts';
import { hashPassword } from './passwords.ts';
import { findReset, requestPasswordReset, resetPassword } from './reset-password.ts';
import { signIn } from './sign-in.ts';

const NEW_PASSWORD = 'a difference of engines';
/** Somebody who is not signed in where they open the link. */
const OUTSIDE = { within: undefined, languages: ['en'] };

describe('a forgotten password', () => {
  let realm: TestRealm;
  before(async () => {
    realm = await openTestRealm();
  });
  after(() => realm.close());

  const create = async (email: string, account: NewAccount = {}): Promise<Account> =>
    realm.rows.accounts.create({
      email,
      emailVerified: true,
      passwordHash: await hashPassword('an engine of difference'),
      ...account,
    });
  const ask = (email: string, context = realm) =>
    requestPasswordReset(context, { email, address: undefined, languages: ['en'] });
  const mailsTo = async (email: string) => (await realm.storage.mails.list()).filter(({ to }) => to === email);
  const anew = () => ({ ...realm, throttle: new Throttle(undefined) });
  const signsIn = async (email: string, password: string) =>
    (await signIn(anew(), { email, password, address: undefined, devices: [] })).outcome;

  /** The code in the newest mail. */
  async function codeMailedTo(email: string): Promise<string> {
    const [mail] = await mailsTo(email);
    const link = /https:\S+/.exec(mail?.text ?? '')?.[0] ?? '';
    assert.ok(link.startsWith('https://id.example/sandbox/account/reset-password?code='), link);
    return new URL(link).searchParams.get('code') ?? '';
  }

  it('is replaced by the code from the mail, once; every session and other code ends, and it is told', async () => {
    const ada = await create('Ada@example.com');
    await ask(' ADA@example.com');
    const other = await codeMailedTo('Ada@example.com');
    // Mails are listed by the millisecond.
    await nextMillisecond();
    await ask('ada@example.com');
    const code = await codeMailedTo('Ada@example.com');
    const change = await realm.rows.emailCodes.create(ada.id, 'new@example.com', 600, 'change_email');
    assert.match(code, /^[\w-]{32,}$/, 'at least 192 bits');
    assert.equal((await findReset(realm, code))?.id, ada.id);
    await realm.rows.sessions.seen('here', ada.id, {});
    const bystander = await create('bystander@example.com');
    await realm.rows.sessions.seen('theirs', bystander.id, {});
    const { oidcRecords } = realm.rows;
    const popup = (accountId: string) => ({ result: { login: { accountId } } });
    await oidcRecords.save('Interaction', 'with the old password', popup(ada.id), 600);
    await oidcRecords.save('Interaction', 'of a bystander', popup(bystander.id), 600);

    await nextMillisecond();
    assert.equal((await resetPassword(realm, code, NEW_PASSWORD, OUTSIDE))?.id, ada.id);
    assert.equal(await signsIn('ada@example.com', NEW_PASSWORD), 'signed-in');
    assert.equal(await signsIn('ada@example.com', 'an engine of difference'), 'invalid_credentials');
    assert.equal(await realm.rows.sessions.endAll(ada.id), 0, 'none was left');
    assert.equal(await oidcRecords.find('Interaction', 'with the old password'), undefined);
    assert.ok(await oidcRecords.find('Interaction', 'of a bystander'));
    assert.equal(await realm.rows.sessions.endAll(bystander.id), 1);
    assert.match((await mailsTo('Ada@example.com'))[0]?.subject ?? '', /password was reset/);

    for (const used of [code, other])
      assert.equal(await resetPassword(realm, used, 'yet another one', OUTSIDE), undefined);
    assert.equal(await realm.rows.emailCodes.find(change, 'change_email'), undefined);
    assert.equal(await signsIn('ada@example.com', NEW_PASSWORD), 'signed-in');
  });

  it('is replaced by one of two at the same moment', async () => {
    await create('twice@example.com');
    await ask('twice@example.com');
    const code = await codeMailedTo('twice@example.com');
    const passwords = ['the first of two', 'the second of two'];
    const outcomes = await Promise.all(passwords.map((password) => resetPassword(realm, code, password, OUTSIDE)));
    assert.equal(outcomes.filter(Boolean).length, 1);
  });

  /** Somebody's passkey, by whose name it is told apart. */
  const passkeyOf = (accountId: string, credentialId: string) => ({
    accountId,
    credentialId,
    name: 'x',
    publicKey: 'x',
    counter: 0,
    transports: [],
    synced: false,
  });

  it('proves the address, and replaces an account that a stranger may have made', async () => {
    const email = 'claimed@example.com';
    const claim = await create(email, { emailVerified: false, givenName: 'Eve' });
    await realm.rows.passkeys.create(passkeyOf(claim.id, 'strangers'));
    await ask(email);
    const owner = await resetPassword(realm, await codeMailedTo(email), NEW_PASSWORD, OUTSIDE);
    assert.ok(owner);
    const [found, ...others] = await realm.rows.accounts.findByEmail(email);
    assert.deepEqual(others, []);
    assert.equal(found?.id, owner.id);
    assert.deepEqual([found.emailVerified, found.givenName], [true, undefined]);
    assert.deepEqual(await realm.rows.passkeys.list(owner.id), []);
    assert.equal(await realm.rows.passkeys.find('strangers'), undefined);
    assert.equal(await realm.rows.accounts.find(claim.id), undefined);
    assert.equal((await mailsTo(email))[0]?.subject, 'Your Platform account begins anew');
  });

  it('keeps the account for whoever is signed in to it', async () => {
    const email = 'within@example.com';
    const claim = await create(email, { emailVerified: false, givenName: 'Ada' });
    await realm.rows.passkeys.create(passkeyOf(claim.id, 'own within'));
    await ask(email);
    const within = { within: claim.id, languages: [] };
    assert.equal((await resetPassword(realm, await codeMailedTo(email), NEW_PASSWORD, within))?.id, claim.id);
    const kept = await realm.rows.accounts.find(claim.id);
    assert.deepEqual([kept?.emailVerified, kept?.givenName], [true, 'Ada']);
    assert.equal((await realm.rows.passkeys.list(claim.id)).length, 1);
  });

  it('leaves the passkeys of an account whose address was proven before', async () => {
    const owner = await create('keys@example.com');
    await realm.rows.passkeys.create(passkeyOf(owner.id, 'own'));
    await ask('keys@example.com');
    await resetPassword(realm, await codeMailedTo('keys@example.com'), NEW_PASSWORD, OUTSIDE);
    assert.equal((await realm.rows.passkeys.list(owner.id)).length, 1);
  });

  it('is that of the verified account among several, else of the latest claim', async () => {
    const email = 'contested@example.com';
    await create(email, { emailVerified: false });
    await nextMillisecond();
    const latest = await create(email, { emailVerified: false });
    await ask(email);
    assert.equal((await findReset(realm, await codeMailedTo(email)))?.id, latest.id);
    const early = await codeMailedTo(email);

    const owner = await create(email);
    await nextMillisecond();
    await ask(email);
    assert.equal((await findReset(realm, await codeMailedTo(email)))?.id, owner.id);

    // The claim is replaced, and stays a claim.
    const replaced = await resetPassword(realm, early, NEW_PASSWORD, OUTSIDE);
    assert.ok(replaced);
    assert.equal((await realm.rows.accounts.find(replaced.id))?.emailVerified, false);
    assert.equal(await realm.rows.accounts.find(latest.id), undefined);
  });

  for (const [title, account] of [
    ['a blocked account', { blocked: true }],
    ['a test person', { persona: 'complete' }],
  ] as const) {
    it(`stays with ${title}, even if the code came before`, async () => {
      const email = `${title.replaceAll(' ', '.')}@example.com`;
      const { id } = await create(email, account);
      await ask(email);
      const [mail] = await mailsTo(email);
      assert.doesNotMatch(mail?.text ?? '', /https?:|code=/);
      const code = await realm.rows.emailCodes.create(id, email, 600, 'reset_password');
      assert.equal(await resetPassword(realm, code, NEW_PASSWORD, OUTSIDE), undefined);
      assert.equal(await signsIn(email, NEW_PASSWORD), 'invalid_credentials');
    });
  }

  it('is no matter of an address that the account has left', async () => {
    const { id } = await create('left@example.com');
    await ask('left@example.com');
    const code = await codeMailedTo('left@example.com');
    await realm.rows.accounts.changeEmail(id, 'moved@example.com');
    assert.equal(await findReset(realm, code), undefined);
    assert.equal(await resetPassword(realm, code, NEW_PASSWORD, OUTSIDE), undefined);
  });

  it('cannot be replaced late, in the other realm, or by a code for something else', async () => {
    const { id } = await create('late@example.com');
    const { emailCodes } = realm.rows;
    const late = await emailCodes.create(id, 'late@example.com', -1, 'reset_password');
    const verify = await emailCodes.create(id, 'late@example.com', 600);
    const good = await emailCodes.create(id, 'late@example.com', 600, 'reset_password');
    const production = { ...realm, realm: 'production' as const, rows: realm.storage.realm('production') };
    for (const code of [late, verify, '', 'nonsense', '\0', 'x'.repeat(10_000)]) {
      assert.equal(await resetPassword(realm, code, NEW_PASSWORD, OUTSIDE), undefined);
    }
    assert.equal(await resetPassword(production, good, NEW_PASSWORD, OUTSIDE), undefined);
    assert.ok(await resetPassword(realm, good, NEW_PASSWORD, OUTSIDE));
  });

  it('writes to an address without an account too, and does as much for it', async () => {
    const countOf = async (table: 'email_codes' | 'oidc_records' | 'mails') =>
      (await realm.database.db.selectFrom(table).selectAll().execute()).length;
    const countAll = async () =>
      (await countOf('email_codes')) + (await countOf('oidc_records')) + (await countOf('mails'));
    const writes = async (email: string): Promise<number> => {
      const before = await countAll();
      assert.deepEqual(await ask(email), { outcome: 'mailed' });
      return (await countAll()) - before;
    };
    await create('known@example.com');
    assert.deepEqual([await writes('unknown@example.com'), await writes('known@example.com')], [2, 2]);
    const [mail] = await mailsTo('unknown@example.com');
    assert.match(mail?.subject ?? '', /^No account/);
    assert.doesNotMatch(mail?.text ?? '', /https?:|code=/);
  });

  it('mails one address three times an hour for one network, and answers alike, whether or not there is an account', async () => {
    await create('flooded@example.com');
    for (const email of ['flooded@example.com', 'nobody@example.com']) {
      for (let count = 0; count < 4; count += 1) assert.equal((await ask(email)).outcome, 'mailed');
      assert.equal((await ask(email.toUpperCase())).outcome, 'mailed');
      assert.equal((await mailsTo(email)).length, 3);
      const link = /https:\S+/.exec((await mailsTo(email))[2]?.text ?? '')?.[0];
      const code = link === undefined ? null : new URL(link).searchParams.get('code');
      if (code !== null) assert.ok(await findReset(realm, code), 'the first link still works');
    }
  });

  it('is slowed for each network address', async () => {
    const context = { ...realm, throttle: new Throttle(undefined) };
    const from = (address: string, email: string) => requestPasswordReset(context, { email, address, languages: [] });
    for (let count = 0; count < 30; count += 1)
      await context.throttle.count('resetByAddress', { address: '203.0.113.5' });
    assert.equal((await from('203.0.113.5', 'a@example.com')).outcome, 'too_many_attempts');
    assert.equal((await from('203.0.113.6', 'a@example.com')).outcome, 'mailed');
  });

  it('is that of whoever is signed in, whatever claims of the address came later', async () => {
    const honest = await create('honest@example.com', { emailVerified: false });
    await nextMillisecond();
    const stranger = await create('honest@example.com', { emailVerified: false });
    const request = { email: 'honest@example.com', address: undefined, languages: ['en'] };
    await requestPasswordReset(realm, { ...request, within: honest });
    const code = await codeMailedTo('honest@example.com');
    const kept = await resetPassword(realm, code, NEW_PASSWORD, { ...OUTSIDE, within: honest.id });
    assert.equal(kept?.id, honest.id);
    assert.equal((await realm.rows.accounts.find(honest.id))?.emailVerified, true);
    assert.equal((await realm.rows.accounts.find(stranger.id))?.emailVerified, false);
  });

  it('lets somebody in again whom the guesses of others had locked out', async () => {
    await create('locked@example.com');
    await ask('locked@example.com');
    const attempt = { email: 'locked@example.com', password: 'a guess', address: undefined, devices: [] };
    for (let guess = 0; guess < 12; guess += 1) await signIn(realm, attempt);
    const account = await resetPassword(realm, await codeMailedTo('locked@example.com'), NEW_PASSWORD, OUTSIDE);
    assert.ok(account);
    const right = { ...attempt, password: NEW_PASSWORD };
    assert.equal((await signIn(realm, right)).outcome, 'too_many_attempts');
    // The browser in which the password was chosen is a known one.
    const device = recogniseDevice(realm.cookieKey, account);
    assert.equal((await signIn(realm, { ...right, devices: device ? [device] : [] })).outcome, 'signed-in');
  });

  it('speaks the language of the account, else of whoever asks', async () => {
    await create('noor@example.com', { locale: 'nl-BE' });
    await ask('noor@example.com');
    assert.match((await mailsTo('noor@example.com'))[0]?.subject ?? '', /^Kies een nieuw wachtwoord/);
  });
});

describe('a changed password', () => {
  it('ends what was mailed before, and other sessions unless they are to stay', async () => {
    const realm = await openTestRealm();
    const { rows } = realm;
    const account = await rows.accounts.create({ email: 'ada@example.com', emailVerified: true });
    const codes = await Promise.all(
      (['reset_password', 'change_email'] as const).map(async (purpose) => ({
        purpose,
        code: await rows.emailCodes.create(account.id, 'ada@example.com', 600, purpose),
      })),
    );
    for (const uid of ['here', 'there', 'elsewhere']) {
      await rows.sessions.seen(uid, account.id, {});
      const session = { uid, accountId: account.id };
      await rows.oidcRecords.save('Interaction', `popup ${uid}`, { session }, 600);
    }
    const change = (endOthers: boolean) =>
      changePassword(realm, account, NEW_PASSWORD, { keep: 'here', endOthers, languages: ['en'] });
    assert.equal(await change(false), 0);
    assert.equal(await change(true), 2);
    assert.ok(await rows.oidcRecords.find('Interaction', 'popup here'));
    assert.equal(await rows.oidcRecords.find('Interaction', 'popup there'), undefined);
    for (const { code, purpose } of codes) assert.equal(await rows.emailCodes.find(code, purpose), undefined);
    assert.equal(await rows.sessions.endAll(account.id), 1, 'this one stayed');
    const attempt = { email: 'ada@example.com', password: NEW_PASSWORD, address: undefined, devices: [] };
    assert.equal((await signIn(realm, attempt)).outcome, 'signed-in');
    assert.deepEqual(
      (await realm.storage.mails.list()).map(({ subject }) => subject),
      ['Your Platform password was changed', 'Your Platform password was changed'],
    );
    await realm.close();
  });
});
