import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { Secret, type TOTP, URI } from 'otpauth';
import type { Account } from '../../storage/accounts.ts';
import { openTestRealm, type TestRealm } from '../../testing/test-realm.ts';
import { checkAppCode } from './check.ts';
import { forgetBrowser, noteSignIn } from './known-browsers.ts';
import { checkRecoveryCode, replaceRecoveryCodes } from './recovery-codes.ts';
import { hasSecondFactor, removeSecondFactor, secondFactorOf } from './second-factor.ts';
import { beginSetUp, confirmSetUp, offersAuthenticator, waitingSetUp } from './set-up.ts';
import { stepOf } from './totp.ts';

const languages = ['en'];
const by = { address: undefined, knownBrowser: undefined, languages };
const PERIOD_MS = 30_000;

const SESSION = 'of its owner';

describe('codes of time', () => {
  // RFC 6238 appendix B, of which the last six digits are ours.
  const secret = new Secret({ buffer: new TextEncoder().encode('12345678901234567890').buffer }).base32;
  for (const [seconds, code] of [
    [59, '287082'],
    [1_111_111_109, '081804'],
    [1_234_567_890, '005924'],
    [20_000_000_000, '353130'],
  ] as const)
    it(`are those of RFC 6238 at ${seconds}`, async () => {
      assert.equal(await stepOf(secret, code, seconds * 1000), Math.floor(seconds / 30));
      assert.equal(await stepOf(secret, code, seconds * 1000 + PERIOD_MS), Math.floor(seconds / 30));
      assert.equal(await stepOf(secret, code, seconds * 1000 + 2 * PERIOD_MS), undefined);
      assert.equal(await stepOf(secret, code, seconds * 1000 - 2 * PERIOD_MS), undefined);
    });
});

describe('an authenticator app', () => {
  let realm: TestRealm;
  before(async () => {
    realm = await openTestRealm('production');
  });
  after(() => realm.close());

  let seed = 0;
  const newAccount = () =>
    realm.rows.accounts.create({ email: `ada.${++seed}@example.com`, emailVerified: true, givenName: 'Ada' });
  const appOf = ({ uri }: { uri: string }) => URI.parse(uri) as TOTP;
  async function setUp(account: Account) {
    const app = appOf(await beginSetUp(realm, account, SESSION));
    const confirmed = await confirmSetUp(realm, account, { typed: app.generate(), languages, session: SESSION });
    assert.equal(confirmed.outcome, 'confirmed');
    return { app, recoveryCodes: 'recoveryCodes' in confirmed ? confirmed.recoveryCodes : [] };
  }
  const next = (app: TOTP) => app.generate({ timestamp: Date.now() + PERIOD_MS });
  const mailsTo = async ({ email }: Account) =>
    (await realm.storage.mails.list()).filter(({ to }) => to === email).map(({ subject }) => subject);

  it('is set up by a secret that nobody else has, in the words that apps read, and works after its first code', async () => {
    const account = await newAccount();
    assert.equal(offersAuthenticator(realm), true);
    const first = await beginSetUp(realm, account, SESSION);
    assert.deepEqual(await beginSetUp(realm, account, SESSION), first, 'a page that is loaded again shows the same');
    const app = appOf(first);
    assert.deepEqual(
      [app.issuer, app.label, app.algorithm, app.digits, app.period, app.secret.bytes.length],
      ['Platform', account.email, 'SHA1', 6, 30, 20],
    );
    assert.equal(first.secret.replaceAll(' ', ''), app.secret.base32);
    assert.notEqual(appOf(await beginSetUp(realm, await newAccount(), SESSION)).secret.base32, app.secret.base32);
    assert.equal(await hasSecondFactor(realm, account), false);
    for (const typed of ['', 'abcdef', '12345'])
      assert.deepEqual(await confirmSetUp(realm, account, { typed, languages, session: SESSION }), {
        outcome: 'malformed',
      });
    const wrong = app.generate({ timestamp: Date.now() - 10 * PERIOD_MS });
    assert.deepEqual(await confirmSetUp(realm, account, { typed: wrong, languages, session: SESSION }), {
      outcome: 'wrong',
    });
    assert.equal(await hasSecondFactor(realm, account), false);
    const spaced = app.generate().replace(/(...)/, '$1 ');
    assert.equal(
      (await confirmSetUp(realm, account, { typed: spaced, languages, session: SESSION })).outcome,
      'confirmed',
    );
    assert.equal((await secondFactorOf(realm, account))?.recoveryCodesLeft, 10);
    assert.match((await mailsTo(account))[0] ?? '', /Two-step verification was turned on/);
    assert.deepEqual(await confirmSetUp(realm, account, { typed: next(app), languages, session: SESSION }), {
      outcome: 'over',
    });
  });

  it('is set up in the session alone in which that began', async () => {
    const account = await newAccount();
    const seen = appOf(await beginSetUp(realm, account, 'of a thief'));
    assert.equal(await waitingSetUp(realm, account, SESSION), undefined);
    const typed = seen.generate();
    assert.deepEqual(await confirmSetUp(realm, account, { typed, languages, session: SESSION }), { outcome: 'over' });
    const own = appOf(await beginSetUp(realm, account, SESSION));
    assert.notEqual(own.secret.base32, seen.secret.base32);
    const theirs = { typed: own.generate(), languages, session: 'of a thief' };
    assert.deepEqual(await confirmSetUp(realm, account, theirs), { outcome: 'over' });
    assert.equal((await confirmSetUp(realm, account, { ...theirs, session: SESSION })).outcome, 'confirmed');
    assert.equal((await checkAppCode(realm, account, { ...by, typed: next(own) })).outcome, 'right');
  });

  it('has a secret that the database does not show, and that opens in its own row alone', async () => {
    const [account, other] = [await newAccount(), await newAccount()];
    const { app } = await setUp(account);
    const { app: others } = await setUp(other);
    const { db } = realm.database;
    const rows = await db.selectFrom('authenticators').selectAll().execute();
    assert.ok(!JSON.stringify(rows).includes(app.secret.base32));
    const theirs = rows.find((row) => row.account_id === other.id)?.secret ?? '';
    await db.updateTable('authenticators').set({ secret: theirs }).where('account_id', '=', account.id).execute();
    assert.deepEqual(await checkAppCode(realm, account, { ...by, typed: next(others) }), { outcome: 'unavailable' });
  });

  it('does not sign in with the code that set it up, nor with any twice', async () => {
    const account = await newAccount();
    const { app } = await setUp(account);
    assert.deepEqual(await checkAppCode(realm, account, { ...by, typed: app.generate() }), { outcome: 'used' });
    const typed = next(app);
    const results = await Promise.all([1, 2, 3, 4].map(() => checkAppCode(realm, account, { ...by, typed })));
    assert.deepEqual(results.map(({ outcome }) => outcome).sort(), ['right', 'used', 'used', 'used']);
  });

  it('is replaced by another at its first code; until then the one before works', async () => {
    const account = await newAccount();
    const { app, recoveryCodes } = await setUp(account);
    const other = appOf(await beginSetUp(realm, account, SESSION));
    assert.deepEqual(await checkAppCode(realm, account, { ...by, typed: next(other) }), { outcome: 'wrong' });
    assert.equal((await checkAppCode(realm, account, { ...by, typed: next(app) })).outcome, 'right');
    assert.equal(
      (await confirmSetUp(realm, account, { typed: other.generate(), languages, session: SESSION })).outcome,
      'confirmed',
    );
    assert.deepEqual(await checkAppCode(realm, account, { ...by, typed: next(app) }), { outcome: 'wrong' });
    const [code = ''] = recoveryCodes;
    assert.deepEqual(await checkRecoveryCode(realm, account, { ...by, typed: code }), { outcome: 'wrong' });
  });

  it('has ten tries a day, of which as many at once are no more, and tells of five wrong ones', async () => {
    const account = await newAccount();
    const { app } = await setUp(account);
    const tries = Array.from({ length: 25 }, (_, index) => String(100_000 + index));
    const results = await Promise.all(tries.map((typed) => checkAppCode(realm, account, { ...by, typed })));
    assert.equal(results.filter(({ outcome }) => outcome === 'wrong').length, 10);
    assert.equal(results.filter(({ outcome }) => outcome === 'too_many_attempts').length, 15);
    assert.equal((await checkAppCode(realm, account, { ...by, typed: next(app) })).outcome, 'too_many_attempts');
    assert.equal((await mailsTo(account)).filter((subject) => /trying codes/.test(subject)).length <= 1, true);
    await realm.rows.knownBrowsers.seen(account.id, 'device');
    const knownBrowser = await realm.rows.knownBrowsers.find(account.id, 'device');
    assert.equal((await checkAppCode(realm, account, { ...by, knownBrowser, typed: next(app) })).outcome, 'right');
  });

  it('gives back the tries that were right', async () => {
    const account = await newAccount();
    const { app } = await setUp(account);
    for (let index = 0; index < 15; index += 1) {
      await realm.database.db.updateTable('authenticators').set({ last_step: 0 }).execute();
      assert.equal((await checkAppCode(realm, account, { ...by, typed: next(app) })).outcome, 'right', String(index));
    }
  });

  it('has recovery codes that nobody could guess, and that the next set ends', async () => {
    const account = await newAccount();
    assert.equal(await replaceRecoveryCodes(realm, account, languages), undefined, 'nothing to recover');
    const { recoveryCodes } = await setUp(account);
    assert.equal(new Set(recoveryCodes).size, 10);
    for (const code of recoveryCodes) assert.match(code, /^([0-9BCDFGHJKMNP-TV-Z]{4}-){3}[0-9BCDFGHJKMNP-TV-Z]{4}$/);
    const [first = '', second = ''] = recoveryCodes;
    const typed = first.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o');
    assert.deepEqual(await checkRecoveryCode(realm, account, { ...by, typed }), { outcome: 'right', left: 9 });
    const fresh = await replaceRecoveryCodes(realm, account, languages);
    assert.equal(fresh?.length, 10);
    assert.deepEqual(await checkRecoveryCode(realm, account, { ...by, typed: second }), { outcome: 'wrong' });
    assert.equal((await secondFactorOf(realm, account))?.recoveryCodesLeft, 10);
    assert.ok((await mailsTo(account)).some((subject) => /New recovery codes/.test(subject)));
  });

  it('is removed with its recovery codes and all trust, and its owner is told', async () => {
    const account = await newAccount();
    const { app, recoveryCodes } = await setUp(account);
    await noteSignIn(realm, account, { deviceId: 'd', wasKnown: false, userAgent: 'x', trust: true, languages });
    await beginSetUp(realm, account, SESSION);
    assert.equal(await removeSecondFactor(realm, account, languages), true);
    assert.equal(await removeSecondFactor(realm, account, languages), false);
    assert.equal(await hasSecondFactor(realm, account), false);
    assert.deepEqual(await checkAppCode(realm, account, { ...by, typed: next(app) }), { outcome: 'unavailable' });
    const [code = ''] = recoveryCodes;
    assert.deepEqual(await checkRecoveryCode(realm, account, { ...by, typed: code }), { outcome: 'wrong' });
    assert.equal((await realm.rows.knownBrowsers.find(account.id, 'd'))?.trustedUntil, undefined);
    assert.equal((await mailsTo(account)).filter((subject) => /turned off/.test(subject)).length, 1);
  });

  it('mails nobody whose address is a claim', async () => {
    const account = await realm.rows.accounts.create({ email: 'somebody@example.org' });
    const { recoveryCodes } = await setUp(account);
    await checkRecoveryCode(realm, account, { ...by, typed: recoveryCodes[0] ?? '' });
    await removeSecondFactor(realm, account, languages);
    assert.deepEqual(await mailsTo(account), []);
  });

  it('is of one realm alone', async () => {
    const account = await newAccount();
    await setUp(account);
    const sandbox = { ...realm, realm: 'sandbox', rows: realm.storage.realm('sandbox') } as const;
    assert.equal(await hasSecondFactor(sandbox, account), false);
  });

  it('is forgotten with a browser: its trust and its sessions', async () => {
    const account = await newAccount();
    await noteSignIn(realm, account, { deviceId: 'e', wasKnown: false, userAgent: undefined, trust: true, languages });
    const [known] = await realm.rows.knownBrowsers.list(account.id);
    await realm.rows.sessions.seen('session', account.id, { browserHash: known?.browserHash });
    const stranger = await newAccount();
    assert.equal(await forgetBrowser(realm, stranger, known?.id ?? ''), undefined);
    assert.equal((await forgetBrowser(realm, account, known?.id ?? ''))?.sessionsEnded, 1);
    assert.deepEqual(await realm.rows.knownBrowsers.list(account.id), []);
  });
});
