import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it, mock } from 'node:test';
import { type Account, emailKey } from '../../storage/accounts.ts';
import { randomId } from '../../storage/ids.ts';
import type { CodePlace, MailedCode } from '../../storage/mailed-codes.ts';
import { openTestRealm, type TestRealm } from '../../testing/test-realm.ts';
import { type KnownDevice, recogniseDevice } from '../accounts/known-device.ts';
import { LIMITS } from '../throttle/limits.ts';
import { askForCode, type CodeRequest, codeForPage } from './ask-for-code.ts';
import { checkCode } from './check-code.ts';
import { codeOf, readCode } from './code-text.ts';
import { useCode } from './use-code.ts';

const HOME = '203.0.113.1';
const MINUTE_MS = 60_000;
let seed = 0;
const newEmail = () => `ada.${++seed}@example.com`;
const network = (number: number) => `198.18.${number >> 8}.${number & 255}`;

for (const realmName of ['production', 'sandbox'] as const) {
  describe(`a code that is mailed (${realmName})`, () => {
    let realm: TestRealm;
    let appId: string | undefined;
    before(async () => {
      realm = await openTestRealm(realmName);
      const app = await realm.storage.apps.create({ name: 'Fern', environment: 'localhost', origins: [] });
      appId = realmName === 'sandbox' ? app.appId : undefined;
    });
    after(() => realm.close());
    beforeEach(() => mock.timers.reset());

    const newPlace = (): CodePlace => ({ place: randomId(), browserHash: randomId(), purpose: 'sign_in' });
    const request = (email: string, known: Partial<CodeRequest> = {}): CodeRequest => ({
      ...newPlace(),
      email,
      address: HOME,
      appId,
      devices: [],
      languages: ['en'],
      within: undefined,
      ...known,
    });
    async function ask(asked: CodeRequest): Promise<MailedCode> {
      const result = await askForCode(realm, asked);
      assert.equal(result.outcome, 'asked');
      assert.ok('code' in result);
      return result.code;
    }
    const tryCode = (place: CodePlace, typed: string, address = HOME) =>
      checkCode(realm, { ...place, typed, address, appId });
    const wrongFor = (code: string) => (code.startsWith('0') ? `1${code.slice(1)}` : `0${code.slice(1)}`);
    const use = (place: CodePlace, code: MailedCode, within?: Account) =>
      useCode(realm, place, code, { address: HOME, appId, within, locale: 'en' });
    const newAccount = (email: string, known: Partial<Account> = {}) =>
      realm.rows.accounts.create({
        email,
        emailVerified: true,
        passwordHash: 'hash',
        ...(appId && { appId }),
        ...known,
      });
    async function mailsTo(email: string): Promise<{ subject: string; text: string }[]> {
      const kept = (await realm.storage.mails.list()).filter(({ to }) => to === email);
      const inbox = appId ? (await realm.storage.sandboxInbox.list(appId, { to: email, limit: 5 })).mails : [];
      return [...kept, ...inbox];
    }

    it('is in the subject and once in the text of the mail, without a link; and lets its reader in', async () => {
      const email = newEmail();
      const asked = request(email);
      const code = await ask(asked);
      const text = codeOf(realm, asked, code);
      assert.match(text, /^\d{6}$/);
      if (realmName === 'production') {
        const [mail] = await mailsTo(email);
        assert.ok(mail?.subject.startsWith(text));
        assert.equal(mail?.text.split(text).length, 2);
        assert.doesNotMatch(mail?.text ?? '', /https?:/);
      }
      const spaced = ` ${text.slice(0, 3)}-${text.slice(3)}\u200e `;
      const checked = await tryCode(asked, spaced);
      assert.equal(checked.outcome, 'right');
      const proven = await use(asked, code);
      assert.deepEqual([proven?.isNew, proven?.account.email, proven?.account.emailVerified], [true, email, true]);
      assert.equal((await tryCode(asked, text)).outcome, 'over', 'once');
      assert.equal(await use(asked, code), undefined, 'not even by a second press at the same moment');
    });

    it('lets into the account that has verified the address, and makes no second one', async () => {
      const email = newEmail();
      const account = await newAccount(email);
      const asked = request(emailKey(email).toUpperCase());
      const code = await ask(asked);
      const proven = await use(asked, code);
      assert.deepEqual([proven?.isNew, proven?.account.id], [false, account.id]);
    });

    it('is no code in another browser, another window, for another purpose or address', async () => {
      const asked = request(newEmail());
      const text = codeOf(realm, asked, await ask(asked));
      for (const other of [
        { ...asked, browserHash: randomId() },
        { ...asked, place: randomId() },
        { ...asked, purpose: 'new_password' as const },
      ])
        assert.equal((await tryCode(other, text)).outcome, 'over');
      const [one, two] = [request(newEmail()), request(newEmail())];
      const [first] = [await ask(one), await ask(two)];
      assert.notEqual((await tryCode(two, codeOf(realm, one, first))).outcome, 'right', 'a code of another window');
    });

    it('has five tries, of which two at the same moment are no more', async () => {
      const asked = request(newEmail());
      const text = codeOf(realm, asked, await ask(asked));
      for (let left = 4; left > 0; left -= 1)
        assert.deepEqual(await tryCode(asked, wrongFor(text)), { outcome: 'wrong', triesLeft: left });
      const last = await Promise.all([tryCode(asked, wrongFor(text)), tryCode(asked, text), tryCode(asked, text)]);
      assert.ok(last.filter(({ outcome }) => outcome !== 'over').length <= 1);
      assert.equal((await tryCode(asked, text)).outcome, 'over');
    });

    it('loses no try by what cannot be a code', async () => {
      const asked = request(newEmail());
      const text = codeOf(realm, asked, await ask(asked));
      for (const typed of ['', '12345', '1234567', 'hello!', '0'.repeat(10_000)])
        assert.equal((await tryCode(asked, typed)).outcome, 'malformed');
      assert.equal((await tryCode(asked, text)).outcome, 'right');
    });

    it('works for ten minutes', async () => {
      const asked = request(newEmail());
      const text = codeOf(realm, asked, await ask(asked));
      mock.timers.enable({ apis: ['Date'], now: Date.now() + 10 * MINUTE_MS - 1_000 });
      assert.equal((await tryCode(asked, text)).outcome, 'right');
      mock.timers.setTime(Date.now() + 2_000);
      assert.equal((await tryCode(asked, text)).outcome, 'over');
    });

    it('comes again after a pause, which grows, and ends the one before; for another address at once', async () => {
      const asked = request(newEmail());
      const first = codeOf(realm, asked, await ask(asked));
      const soon = await askForCode(realm, asked);
      assert.ok(soon.outcome === 'too_soon' && soon.retryAfterMs > 29_000 && soon.retryAfterMs <= 30_000);
      assert.equal((await tryCode(asked, first)).outcome, 'right', 'the one before is as good as it was');
      mock.timers.enable({ apis: ['Date'], now: Date.now() + 31_000 });
      const second = codeOf(realm, asked, await ask(asked));
      assert.notEqual((await tryCode(asked, first)).outcome, 'right');
      assert.equal((await tryCode(asked, second)).outcome, 'right');
      const later = await askForCode(realm, asked);
      assert.ok(later.outcome === 'too_soon' && later.retryAfterMs > 59_000);
      assert.equal((await askForCode(realm, { ...asked, email: newEmail() })).outcome, 'asked');
    });

    it('is longer for unknown browsers once twenty were wrong in a day, whatever many windows had before; nobody is locked out', async () => {
      const email = newEmail();
      const account = await newAccount(email);
      const device = recogniseDevice(realm.cookieKey, account);
      const windows = await Promise.all(
        Array.from({ length: 8 }, async (_, index) => {
          const asked = request(email, { address: network(index) });
          return { asked, text: codeOf(realm, asked, await ask(asked)) };
        }),
      );
      let compared = 0;
      for (const { asked, text } of windows)
        for (let guess = 0; guess < 5; guess += 1)
          if ((await tryCode(asked, wrongFor(text), network(guess))).outcome === 'wrong') compared += 1;
      assert.ok(compared <= LIMITS.wrongCodes.points, `${compared} of ${windows.length * 5}`);
      const unused = windows.at(-1);
      assert.ok(unused);
      assert.equal((await tryCode(unused.asked, unused.text)).outcome, 'over', 'a short one that is left is over');

      const stranger = request(email, { address: network(100) });
      const long = codeOf(realm, stranger, await ask(stranger));
      assert.match(long, /^[0-9BCDFGHJKMNPQRSTVWXYZ]{10}$/);
      assert.equal((await tryCode(stranger, `${long.slice(0, 5)} ${long.slice(5)}`.toLowerCase())).outcome, 'right');
      const known = request(email, { devices: [device] });
      const short = codeOf(realm, known, await ask(known));
      assert.match(short, /^\d{6}$/, 'a known browser goes on');
      assert.equal((await tryCode(known, short)).outcome, 'right');
      const other = request(newEmail());
      assert.match(codeOf(realm, other, await ask(other)), /^\d{6}$/);
    });

    it('is longer for weeks once sixty were wrong, however few a day', async () => {
      const email = newEmail();
      let compared = 0;
      const guess = async (times: number) => {
        const asked = request(email, { address: network(compared) });
        const text = codeOf(realm, asked, await ask(asked));
        if (text.length > 6) return text;
        for (let count = 0; count < times; count += 1) {
          await tryCode(asked, wrongFor(text), network(compared));
          compared += 1;
        }
        return text;
      };
      const start = Date.now();
      mock.timers.enable({ apis: ['Date'], now: start });
      for (let day = 0; day < 16; day += 1) {
        mock.timers.setTime(start + day * 25 * 60 * MINUTE_MS);
        await guess(4);
      }
      assert.equal(compared, LIMITS.wrongCodesLately.points);
      assert.match(await guess(4), /^[0-9BCDFGHJKMNPQRSTVWXYZ]{10}$/);
      mock.timers.setTime(start + 21 * 24 * 60 * MINUTE_MS);
      assert.match(await guess(0), /^\d{6}$/);
    });

    it('is no shorter for a browser that knows only a claim to the address, or says so', async () => {
      const email = newEmail();
      const owner = await newAccount(email);
      const claim = await newAccount(email, { emailVerified: false });
      const forged: KnownDevice = { accountId: owner.id, deviceId: 'device', mac: 'A'.repeat(43) };
      for (let guess = 0; guess < LIMITS.wrongCodes.points; guess += 5) {
        const asked = request(email);
        const text = codeOf(realm, asked, await ask(asked));
        for (let count = 0; count < 5; count += 1) await tryCode(asked, wrongFor(text));
      }
      for (const device of [recogniseDevice(realm.cookieKey, claim), forged]) {
        const asked = request(email, { devices: [device] });
        assert.equal((await ask(asked)).format, 'characters');
      }
    });

    it('is mailed to a known browser whatever strangers have used up, and to a stranger’s address no more than that', async () => {
      const email = newEmail();
      const account = await newAccount(email);
      let mailed = 0;
      for (let index = 0; index < 30; index += 1) {
        const { outcome } = await askForCode(realm, request(email, { address: network(index % 3) }));
        if (outcome === 'asked') mailed += 1;
      }
      assert.ok(mailed <= LIMITS.codeMailsByEmail.points + 3, `${mailed}`);
      assert.equal((await askForCode(realm, request(email, { address: network(1) }))).outcome, 'not_mailed');
      const known = request(email, { address: network(1), devices: [recogniseDevice(realm.cookieKey, account)] });
      assert.equal((await askForCode(realm, known)).outcome, 'asked');
    });

    it('is asked for by one network so often, for whomever', async () => {
      let asked = 0;
      for (let count = 0; count < LIMITS.codesByAddress.points + 5; count += 1) {
        const { outcome } = await askForCode(realm, request(newEmail(), { address: '198.51.100.99' }));
        if (outcome !== 'too_many_attempts') asked += 1;
      }
      assert.equal(asked, LIMITS.codesByAddress.points);
    });

    it('makes the claim that is open in this browser the account, and ends all others', async () => {
      const email = newEmail();
      const [mine, attackers, another] = [
        await newAccount(email, { emailVerified: false }),
        await newAccount(email, { emailVerified: false }),
        await newAccount(email, { emailVerified: false }),
      ];
      const shop = await realm.storage.apps.create({
        name: 'Shop',
        environment: realmName === 'production' ? 'production' : 'localhost',
        origins: ['https://shop.example'],
      });
      const { clientId } = shop;
      await realm.rows.grants.create({ id: randomId(), clientId, accountId: attackers.id, payload: {} });
      const asked = request(email, { within: mine });
      const proven = await use(asked, await ask(asked), mine);
      assert.deepEqual([proven?.account.id, proven?.account.emailVerified, proven?.isNew], [mine.id, true, false]);
      await realm.events.flush();
      const told = await realm.storage.appEvents.list(clientId, { limit: 10 });
      assert.deepEqual(
        told.events.map(({ kind }) => kind),
        ['consent.withdrawn'],
      );
      for (const { id } of [attackers, another]) {
        const ended = await realm.rows.accounts.find(id);
        assert.deepEqual([ended?.blocked, ended?.email, ended?.passwordHash], [true, undefined, undefined]);
        const [entry] = await realm.storage.auditLog.list({ subject: `account:${id}`, act: 'account.replaced' });
        assert.equal(entry?.detail?.['by'], mine.id);
      }
    });

    it('ends every claim where none is open in this browser, and makes a new account', async () => {
      const email = newEmail();
      const strangers = await newAccount(email, { emailVerified: false, givenName: 'Eve' });
      const elsewhere = await newAccount(newEmail(), { emailVerified: false });
      const asked = request(email);
      const proven = await use(asked, await ask(asked), elsewhere);
      assert.equal(proven?.isNew, true);
      assert.deepEqual([proven?.account.givenName, proven?.account.passwordHash], [undefined, undefined]);
      assert.notEqual(proven?.account.id, strangers.id);
      assert.equal((await realm.rows.accounts.find(strangers.id))?.blocked, true);
      assert.equal((await realm.rows.accounts.find(elsewhere.id))?.blocked, false, 'another address is another’s');
    });

    it('gives two windows that prove one address at the same moment one account', async () => {
      const email = newEmail();
      const windows = [request(email), request(email)];
      const codes: MailedCode[] = [];
      for (const asked of windows) codes.push(await ask(asked));
      const proven = await Promise.all(windows.map((asked, index) => use(asked, codes[index] as MailedCode)));
      const [one, other] = proven.map((each) => each?.account.id);
      assert.ok(one);
      assert.equal(one, other);
      assert.equal((await realm.rows.accounts.findByEmail(email)).length, 1);
    });

    it('does the same work for a known and an unknown address', async () => {
      const [known, unknown] = [newEmail(), newEmail()];
      await newAccount(known);
      const statements: string[][] = [];
      for (const email of [known, unknown]) {
        const before = realm.database.db.getExecutor();
        const seen: string[] = [];
        const original = before.executeQuery.bind(before);
        const tracked = mock.method(
          before,
          'executeQuery',
          (query: Parameters<typeof original>[0], ...rest: never[]) => {
            // Of a mail about an account, one more column says whose it is.
            seen.push(query.sql.replace(/^(insert into "mails").*/s, '$1'));
            return original(query, ...rest);
          },
        );
        await askForCode(realm, request(email));
        tracked.mock.restore();
        statements.push(seen);
      }
      assert.ok((statements[0]?.length ?? 0) > 2);
      assert.deepEqual(statements[0], statements[1]);
    });
  });
}

describe('a code in the sandbox', () => {
  let realm: TestRealm;
  let apps: { appId: string }[];
  before(async () => {
    realm = await openTestRealm('sandbox');
    const create = () => realm.storage.apps.create({ name: 'Fern', environment: 'localhost', origins: [] });
    apps = [await create(), await create()];
  });
  after(() => realm.close());

  const [OWN, OTHER] = [0, 1];
  async function ask(email: string, app: number, known: Partial<CodeRequest> = {}) {
    const asked: CodeRequest = {
      place: randomId(),
      browserHash: randomId(),
      purpose: 'sign_in',
      email,
      address: HOME,
      appId: apps[app]?.appId,
      devices: [],
      languages: ['en'],
      within: undefined,
      ...known,
    };
    const result = await askForCode(realm, asked);
    assert.ok(result.outcome === 'asked');
    return { asked, code: result.code, shown: codeForPage(realm, asked, result.code) };
  }
  const use = ({ asked, code }: Awaited<ReturnType<typeof ask>>) => useCode(realm, asked, code, asked);

  it('is shown for an address that nobody has, for the app’s own accounts and for test people', async () => {
    const own = newEmail();
    await realm.rows.accounts.create({ email: own, emailVerified: true, appId: apps[OWN]?.appId ?? '' });
    const persona = newEmail();
    await realm.rows.accounts.create({ email: persona, emailVerified: true, persona: 'jane' });
    for (const email of [own, persona, newEmail()]) {
      const asked = await ask(email, OWN);
      assert.match(asked.shown ?? '', /^\d{6}$/);
      const inbox = await realm.storage.sandboxInbox.list(apps[OWN]?.appId ?? '', { to: email, limit: 5 });
      assert.ok(inbox.mails[0]?.subject.startsWith(asked.shown ?? '?'), 'it lies in the app’s inbox, too');
    }
  });

  it('is not shown where it would open an account of the sandbox that was made elsewhere, nor is it in the app’s inbox', async () => {
    const email = newEmail();
    const account = await realm.rows.accounts.create({ email, emailVerified: true });
    const asked = await ask(email, OWN);
    assert.equal(asked.shown, undefined);
    const inbox = await realm.storage.sandboxInbox.list(apps[OWN]?.appId ?? '', { to: email, limit: 5 });
    assert.deepEqual(inbox.mails, []);
    const mails = (await realm.storage.mails.list()).filter(({ to }) => to === email);
    assert.equal(mails.length, 1, 'on a developer’s machine, the mail page has it');
    assert.equal((await use(asked))?.account.id, account.id);
  });

  it('opens nothing of another app, nor what was verified elsewhere after the page had shown it', async () => {
    const email = newEmail();
    const theirs = await realm.rows.accounts.create({ email, emailVerified: true, appId: apps[OTHER]?.appId ?? '' });
    const asked = await ask(email, OWN);
    assert.ok(asked.shown);
    const later = await realm.rows.accounts.create({ email, emailVerified: true });
    const proven = await use(asked);
    assert.ok(proven?.isNew);
    assert.equal(proven.account.appId, apps[OWN]?.appId);
    assert.ok(![theirs.id, later.id].includes(proven.account.id));
    assert.equal((await realm.rows.accounts.find(theirs.id))?.emailVerified, true);
  });
});

describe('a code as it is typed', () => {
  const rows: [typed: string, read: string][] = [
    ['123456', '123456'],
    [' 123 456 ', '123456'],
    ['123-456', '123456'],
    ['123\u2013456\u200f', '123456'],
    ['\uff11\uff12\uff13456', '123456'],
    ['\u0661\u0662\u0663\u06f4\u06f5\u06f6', '123456'],
    ['k7q2m9xw4t', 'K7Q2M9XW4T'],
    ['oil', '011'],
  ];
  for (const [typed, read] of rows) it(`reads ${JSON.stringify(typed)}`, () => assert.equal(readCode(typed), read));
});
