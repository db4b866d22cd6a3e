import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { readConfig } from '../../config.ts';
import { Directory } from '../../directory/directory.ts';
import type { Account } from '../../storage/accounts.ts';
import { randomId } from '../../storage/ids.ts';
import { NO_BELONGINGS } from '../../storage/imported-belongings.ts';
import { OWN_FIELDS } from '../../testing/own-fields.ts';
import { TestDirectory } from '../../testing/test-directory.ts';
import { openTestRealm, type TestRealm } from '../../testing/test-realm.ts';
import { hashAccountPassword } from '../accounts/find-by-password.ts';
import { signIn } from '../accounts/sign-in.ts';
import { signUp } from '../accounts/sign-up.ts';
import { FieldCatalogue } from '../claims/catalogue.ts';
import { askForCode } from '../codes/ask-for-code.ts';
import { Throttle } from '../throttle/throttle.ts';
import { admitByDirectory } from './admit.ts';
import { findInDirectory } from './find-by-password.ts';
import { useCodeHere } from './use-code.ts';

const PASSWORD = 'correct horse battery';
const HOME = '198.51.100.7';
const DOWN = 'directory_down';
let seed = 0;

describe('people of a live directory', () => {
  let server: TestDirectory;
  let realm: TestRealm;
  before(async () => {
    server = await TestDirectory.start();
    realm = await openTestRealm('production');
  });
  after(async () => {
    await server.stop();
    await realm.close();
  });
  beforeEach(() => {
    server.instead = undefined;
    server.asked.length = 0;
  });

  const outOfOrder = () => {
    server.instead = (response) => void response.writeHead(500).end();
  };
  /** A server that asks the directory in one of its two modes. */
  const platform = (mode: 'always' | 'migrate', maxStaleMs = 0) => {
    const settings = { url: server.url, key: server.key, mode, maxStaleMs, passwordUrl: undefined };
    return { ...realm, throttle: new Throttle(undefined), directory: new Directory(settings, { timeoutMs: 500 }) };
  };
  const newPerson = (more: Record<string, unknown> = {}) => {
    const name = `person${++seed}`;
    const person = {
      id: `u-${seed}`,
      email: `${name}@example.com`,
      email_verified: true,
      given_name: name,
      blocked: false,
      ...more,
    };
    const known = { ...person, password: PASSWORD };
    server.people.push(known);
    return known;
  };
  const fastest = (timed: readonly { tookMs: number }[]) => Math.min(...timed.map(({ tookMs }) => tookMs));
  type Context = ReturnType<typeof platform>;
  const tryAt = (context: Context, email: string, password = PASSWORD) =>
    signIn(context, { email, password, address: HOME, devices: [] }, { findBy: findInDirectory });
  const outcome = async (...args: Parameters<typeof tryAt>) => (await tryAt(...args)).outcome;
  const accountOf = async (...args: Parameters<typeof tryAt>): Promise<Account> => {
    const result = await tryAt(...args);
    assert.equal(result.outcome, 'signed-in');
    assert.ok('account' in result);
    return result.account;
  };
  const newAccount = async (email: string, account: Partial<Account> & { password?: string } = {}) => {
    const { password, ...rest } = account;
    const passwordHash = password && (await hashAccountPassword(realm, email, password, 'test'));
    return realm.rows.accounts.create({ email, emailVerified: true, ...(passwordHash && { passwordHash }), ...rest });
  };
  const byCode = async (context: Context, email: string, within?: Account) => {
    const place = { place: randomId(), browserHash: randomId(), purpose: 'sign_in' } as const;
    const request = { ...place, email, address: HOME, devices: [], languages: ['en'], within };
    const asked = await askForCode(context, request);
    assert.ok('code' in asked, asked.outcome);
    const use = () => useCodeHere(context, place, asked.code, { address: HOME, within, locale: 'en' });
    return { use, used: await use() };
  };
  /** Signs somebody in, and says later whether they still are. */
  const newSession = async (accountId: string) => {
    const uid = randomId();
    await realm.rows.sessions.seen(uid, accountId, { userAgent: undefined, address: HOME, browserHash: randomId() });
    return async () => (await realm.rows.sessions.find(accountId, uid)) !== undefined;
  };

  for (const mode of ['always', 'migrate'] as const)
    describe(`in ${mode}`, () => {
      it('have an account made of what the directory says', async () => {
        const person = newPerson({ family_name: 'Lovelace', locale: 'nl', created_at: '2019-04-01T10:00:00Z' });
        const account = await accountOf(platform(mode), person.email.toUpperCase());
        const { email, emailVerified, givenName, familyName, locale } = account;
        assert.deepEqual(
          [email, emailVerified, givenName, familyName, locale],
          [person.email, true, person.given_name, 'Lovelace', 'nl'],
        );
        assert.equal((await accountOf(platform(mode), person.email)).id, account.id);
      });

      it('have own fields and a verified number as the directory says, and keep what it leaves out', async () => {
        const claims = { loyalty_number: 'LC-0001', cellar_bottles: 12, tier: 'gold' };
        const person = newPerson({ claims, phone_number: '+31205550101', phone_number_verified: true });
        const fields = new FieldCatalogue(readConfig({ OWN_FIELDS }).ownFields);
        const first = await accountOf({ ...platform('always'), fields }, person.email);
        assert.deepEqual([first.ownClaims, first.verifiedPhoneNumber], [claims, first.phoneNumber]);
        Object.assign(person, { claims: { cellar_bottles: 13 }, phone_number_verified: false });
        const later = await accountOf({ ...platform(mode), fields }, person.email);
        assert.deepEqual([later.ownClaims, later.verifiedPhoneNumber], [{ ...claims, cellar_bottles: 13 }, undefined]);
      });

      it('have sign-ins at other logins of this realm, and of no other', async () => {
        const login = { id: 'acme', issuer: 'https://acme.example', client_id: 'platform', client_secret: 'secret' };
        const here = (realms: readonly string[]) => {
          const { upstreams } = readConfig({ UPSTREAMS: JSON.stringify([{ ...login, realms }]) });
          return { ...platform('always'), config: { ...realm.config, upstreams } };
        };
        const identity = { issuer: login.issuer, subject: randomId() };
        const person = newPerson({ identities: [identity] });
        assert.equal(await outcome(here(['sandbox']), person.email), DOWN);
        const { id } = await accountOf(here(['production']), person.email);
        assert.equal((await realm.rows.identities.use(identity))?.accountId, id);
      });

      it('are one account, also when their address changes there, and when an import has brought them', async () => {
        const person = newPerson();
        const { id } = await accountOf(platform('always'), person.email);
        person.email = `new.${person.email}`;
        const later = await accountOf(platform(mode), person.email);
        assert.deepEqual([later.id, later.email, later.emailVerified], [id, person.email, true]);

        const brought = newPerson();
        const importId = await realm.rows.imports.begin(randomId());
        const of = { key: `id:${brought.id}`, digest: 'd', account: { email: brought.email, emailVerified: true } };
        await realm.rows.imports.create(importId, [{ id: randomId(), ...of, belongings: NO_BELONGINGS }]);
        const imported = (await realm.rows.accounts.findVerified(brought.email))?.id;
        assert.equal((await accountOf(platform(mode), brought.email)).id, imported);
      });

      it('are refused alike, whether the password is wrong or nobody knows the address, and each is asked about', async () => {
        const { email } = newPerson();
        for (const typed of [email, 'nobody@example.com']) {
          server.asked.length = 0;
          assert.equal(await outcome(platform(mode), typed, 'wrong'), 'invalid_credentials');
          assert.deepEqual(server.asked, [{ email: typed, password: 'wrong' }]);
        }
      });

      it('are not asked about with an empty password, which some systems take for no question, nor by what is no address', async () => {
        const { email } = newPerson();
        server.instead = (response) => void response.writeHead(200).end(JSON.stringify({ id: 'u-x', email }));
        assert.equal(await outcome(platform(mode), email, ''), 'invalid_credentials');
        assert.equal(await outcome(platform(mode), '*)(uid=*'), 'invalid_credentials');
        assert.deepEqual(server.asked, []);
      });

      it('cannot be guessed at further than at our own people', async () => {
        const { email } = newPerson();
        const context = platform(mode);
        for (let guess = 0; guess < 40; guess += 1) await tryAt(context, email, `wrong ${guess}`);
        assert.ok(server.asked.length < 15, `${server.asked.length} guesses reached the directory`);
        assert.equal(await outcome(context, email), 'too_many_attempts');
      });

      it('do not become whoever has claimed their address here, nor does the claim become theirs', async () => {
        const person = newPerson();
        const stranger = await newAccount(person.email, { emailVerified: false, password: 'the strangers own' });
        const account = await accountOf(platform(mode), person.email);
        assert.notEqual(account.id, stranger.id);
        const claim = await realm.rows.accounts.find(stranger.id);
        assert.equal(claim?.email, undefined);
        assert.notEqual(await outcome(platform(mode), person.email, 'the strangers own'), 'signed-in');
      });

      it('do not become whoever has verified their address here, until a code says that both are one', async () => {
        const person = newPerson();
        const owner = await newAccount(person.email);
        assert.equal(await outcome(platform(mode), person.email), 'address_known');
        assert.equal((await realm.rows.directoryPeople.find(owner.id))?.key, undefined);
        const { used } = await byCode(platform(mode), person.email);
        assert.ok(used.outcome === 'proven' && used.account.id === owner.id && !used.isMade);
        assert.equal(used.account.givenName, person.given_name);
        assert.equal((await accountOf(platform(mode), person.email)).id, owner.id);
      });

      it('whose address the directory has not verified get no account by it, not even by its owner’s code', async () => {
        const person = newPerson({ email_verified: false });
        const owner = await newAccount(person.email);
        const { used } = await byCode(platform(mode), person.email);
        assert.ok(used.outcome === 'proven' && used.account.id === owner.id);
        const other = await accountOf(platform(mode), person.email);
        assert.notEqual(other.id, owner.id);
        assert.equal(other.emailVerified, false);
      });

      it('come in by a mailed code with all that the directory says', async () => {
        const person = newPerson();
        const { used } = await byCode(platform(mode), person.email);
        assert.ok(used.outcome === 'proven' && used.isMade && !used.isNew);
        assert.deepEqual([used.account.givenName, used.account.emailVerified], [person.given_name, true]);
        assert.deepEqual(server.asked, [{ email: person.email }]);
        assert.equal((await accountOf(platform(mode), person.email)).id, used.account.id);
      });

      it('cannot prepare an account for the owner of an address that they have only typed into the directory', async () => {
        for (const hasBeenHere of [true, false]) {
          const stranger = newPerson({ email_verified: false });
          const prepared = hasBeenHere ? await accountOf(platform('always'), stranger.email) : undefined;
          const { used } = await byCode(platform(mode), stranger.email);
          assert.ok(used.outcome === 'proven' && used.isMade && used.isNew);
          assert.ok(used.account.id !== prepared?.id && used.account.givenName === undefined);
          // The stranger comes back with the password that they have there.
          const back = await tryAt(platform(mode), stranger.email);
          assert.notEqual('account' in back && back.account.id, used.account.id);
        }
      });

      it('are nobody else, whatever profile a mailed code is answered with', async () => {
        const [known, unknown] = [newPerson(), newPerson()];
        const { id } = await accountOf(platform('always'), known.email);
        for (const victim of [known, unknown]) {
          const { password: _, ...row } = victim;
          server.instead = (response) => void response.writeHead(200).end(JSON.stringify(row));
          const { used } = await byCode(platform(mode), `attacker${++seed}@example.com`);
          // As when it is out of order: in migrate, somebody whom nobody knows.
          const account = 'account' in used ? used.account : undefined;
          assert.ok(account?.id !== id && account?.givenName !== victim.given_name);
          server.instead = undefined;
        }
        assert.equal(await realm.rows.directoryPeople.findByKey(`id:${unknown.id}`), undefined);
      });

      it('whom the directory has blocked do not get in, and what they had open ends', async () => {
        const person = newPerson();
        const { id } = await accountOf(platform('always'), person.email);
        const isOpen = await newSession(id);
        person.blocked = true;
        assert.equal(await outcome(platform(mode), person.email, 'wrong'), 'invalid_credentials');
        assert.equal(await isOpen(), true);
        assert.equal(await outcome(platform(mode), person.email), 'account_blocked');
        assert.equal(await isOpen(), false);
        assert.equal((await realm.rows.accounts.find(id))?.blocked, true);
        person.blocked = false;
        assert.equal((await accountOf(platform(mode), person.email)).blocked, false);
      });

      it('do not get in when the operator has blocked them here, whatever the directory says', async () => {
        const person = newPerson();
        const { id } = await accountOf(platform('always'), person.email);
        await realm.rows.accounts.setBlocked(id, true);
        assert.equal(await outcome(platform(mode), person.email), 'account_blocked');
        assert.equal((await realm.rows.accounts.find(id))?.blocked, true);
      });

      it('are not refused for a wrong password when the directory is out of order, or says what nobody understands', async () => {
        const rows = [
          '{}',
          '{"id":"x","no_such_key":1}',
          '{"id":"x","password_hash":"$2b$10$x"}',
          '{"email":"no address"}',
        ];
        for (const row of rows) {
          server.instead = (response) => void response.writeHead(200).end(row);
          assert.equal(await outcome(platform(mode), 'somebody@example.com'), DOWN, row);
        }
        outOfOrder();
        assert.equal(await outcome(platform(mode), 'somebody@example.com'), DOWN);
      });

      it('sign in when they sign up again with the password that they have', async () => {
        const person = newPerson();
        const form = { email: person.email, password: PASSWORD };
        const result = await signUp(
          platform(mode),
          form as Parameters<typeof signUp>[1],
          { address: HOME },
          findInDirectory,
        );
        assert.ok(result.outcome === 'signed-in' && result.account.givenName === person.given_name);
      });
    });

  describe('in migrate', () => {
    it('are asked about once: from then on the password is ours', async () => {
      const person = newPerson();
      const { id } = await accountOf(platform('migrate'), person.email);
      server.asked.length = 0;
      outOfOrder();
      assert.equal((await accountOf(platform('migrate'), person.email)).id, id);
      const { used } = await byCode(platform('migrate'), person.email);
      assert.equal(used.outcome, 'proven');
      server.instead = undefined;
      assert.equal(await outcome(platform('migrate'), person.email, 'wrong'), 'invalid_credentials');
      assert.deepEqual(server.asked, []);
    });

    it('do not come back by an old password of the directory, by no address that they have there', async () => {
      const person = newPerson();
      const { id } = await accountOf(platform('migrate'), person.email);
      const changed = await hashAccountPassword(realm, person.email, 'a new one of theirs', 'test');
      await realm.rows.accounts.setPasswordHash(id, changed);
      assert.equal(await outcome(platform('migrate'), person.email), 'invalid_credentials');
      person.email = `other.${person.email}`;
      assert.equal(await outcome(platform('migrate'), person.email), 'invalid_credentials');
    });

    it('keep the password that they choose here at the moment at which somebody comes with the directory’s', async () => {
      const person = newPerson();
      const { id } = await newAccount(person.email);
      await realm.rows.directoryPeople.confirm({ accountId: id, key: `id:${person.id}` });
      const chosen = await hashAccountPassword(realm, person.email, 'a new one of theirs', 'test');
      const { accounts } = realm.rows;
      const whoChooses = new Proxy(accounts, {
        get: (target, name) => {
          const work = Reflect.get(target, name).bind(target);
          if (!/^set\w*PasswordHash$/.test(String(name))) return work;
          return async (...args: unknown[]) => {
            await target.setPasswordHash(id, chosen);
            return work(...args);
          };
        },
      });
      const context = platform('migrate');
      await tryAt({ ...context, rows: { ...realm.rows, accounts: whoChooses } }, person.email);
      assert.equal((await accounts.find(id))?.passwordHash, chosen);
    });

    it('are not told apart from others by a refusal, in its words or its time, in order or out of it', async () => {
      const person = newPerson();
      await accountOf(platform('migrate'), person.email);
      const context = platform('migrate');
      const slowly = (status: number) => {
        server.instead = (response) => void setTimeout(() => response.writeHead(status).end(), 200);
      };
      const timed = async (email: string) => {
        const startMs = performance.now();
        return { outcome: await outcome(context, email, 'wrong'), tookMs: performance.now() - startMs };
      };
      for (const [status, expected] of [
        [404, 'invalid_credentials'],
        [500, DOWN],
      ] as const) {
        slowly(status);
        // The first ones fill what refusals repeat.
        for (let time = 0; time < 33; time += 1)
          await context.directory.ask({ email: 'x@example.com', password: 'x' }, 'p');
        const strangers = [];
        const known = [];
        for (let time = 0; time < 3; time += 1) {
          strangers.push(await timed('nobody@example.com'));
          known.push(await timed(person.email));
        }
        for (const each of [...strangers, ...known]) assert.equal(each.outcome, expected);
        // A refusal without the directory takes less than half of this time.
        assert.ok(fastest(known) > 200 && fastest(strangers) > 200);
        // On a busy machine, by chance, more than by what is done.
        const [one = 0, other = 0] = [fastest(strangers), fastest(known)].toSorted((a, b) => a - b);
        assert.ok(other - one < Math.max(100, one), `${fastest(strangers)}, ${fastest(known)} ms`);
      }
    });

    it('guess no further at a password of ours while the directory is out of order', async () => {
      const person = newPerson();
      await accountOf(platform('migrate'), person.email);
      outOfOrder();
      const context = platform('migrate');
      await context.directory.ask({ email: 'x@example.com', password: 'x' }, 'p');
      for (let guess = 0; guess < 12; guess += 1) await tryAt(context, person.email, `wrong ${guess}`);
      assert.equal(await outcome(context, person.email), 'too_many_attempts');
    });

    it('sign up and come by a code while it is out of order', async () => {
      outOfOrder();
      const form = { email: `free${++seed}@example.com`, password: PASSWORD } as Parameters<typeof signUp>[1];
      assert.equal((await signUp(platform('migrate'), form, { address: HOME }, findInDirectory)).outcome, 'signed-up');
      assert.equal((await byCode(platform('migrate'), `code${seed}@example.com`)).used.outcome, 'proven');
    });
  });

  describe('in always', () => {
    it('are asked about at each sign-in, with what changed there, and leave no password here', async () => {
      const person = newPerson();
      const first = await accountOf(platform('always'), person.email);
      person.given_name = 'Changed';
      const later = await accountOf(platform('always'), person.email);
      assert.deepEqual([later.id, later.givenName, later.passwordHash], [first.id, 'Changed', undefined]);
      assert.equal(server.asked.length, 2);
      assert.equal((await realm.rows.directoryPeople.find(first.id))?.passwordHash, undefined);
      person.password = 'another';
      assert.equal(await outcome(platform('always'), person.email), 'invalid_credentials');
    });

    it('keep the name that they have given here, until the directory says another', async () => {
      const person = newPerson();
      const { id } = await accountOf(platform('always'), person.email);
      await realm.rows.accounts.updateProfile(id, { givenName: 'Own' });
      assert.equal((await accountOf(platform('always'), person.email)).givenName, 'Own');
    });

    it('do not get in while it is out of order, by nothing, unless it has confirmed them a short time ago', async () => {
      const [known, unknown] = [newPerson(), newPerson()];
      const patient = platform('always', 60_000);
      const account = await accountOf(patient, known.email);
      outOfOrder();
      for (const context of [platform('always'), platform('always', 1)]) {
        assert.equal(await outcome(context, known.email), DOWN);
        assert.equal(await admitByDirectory(context, account, HOME), DOWN);
      }
      assert.equal((await accountOf(patient, known.email)).id, account.id);
      assert.equal(await outcome(patient, known.email, 'wrong'), DOWN);
      assert.equal(await admitByDirectory(patient, account, HOME), 'admitted');
      assert.equal(await outcome(patient, unknown.email), DOWN);
      const { used, use } = await byCode(patient, unknown.email);
      assert.equal(used.outcome, DOWN);
      server.instead = undefined;
      assert.equal((await use()).outcome, 'proven', 'the code was not used up');
    });

    it('whom it blocked do not get in later, while it is out of order', async () => {
      const person = newPerson();
      const patient = platform('always', 60_000);
      const account = await accountOf(patient, person.email);
      person.blocked = true;
      assert.equal(await outcome(patient, person.email), 'account_blocked');
      outOfOrder();
      assert.notEqual(await outcome(patient, person.email), 'signed-in');
      assert.equal(await admitByDirectory(patient, account, HOME), DOWN);
    });

    it('are asked about when they come by a passkey, too', async () => {
      const person = newPerson();
      const context = platform('always');
      const account = await accountOf(context, person.email);
      const isOpen = await newSession(account.id);
      server.asked.length = 0;
      assert.equal(await admitByDirectory(context, account, HOME), 'admitted');
      assert.deepEqual(server.asked, [{ email: person.email }]);
      person.blocked = true;
      assert.equal(await admitByDirectory(context, account, HOME), 'account_blocked');
      assert.equal(await isOpen(), false);
    });

    it('who are gone there do not get in, and nobody else can end what they have open', async () => {
      const person = newPerson();
      const context = platform('always');
      const account = await accountOf(context, person.email);
      const isOpen = await newSession(account.id);
      server.people.splice(
        server.people.findIndex(({ id }) => id === person.id),
        1,
      );
      assert.equal(await outcome(context, person.email), 'invalid_credentials');
      assert.equal(await isOpen(), true);
      assert.equal((await byCode(context, person.email)).used.outcome, 'account_gone');
      assert.equal(await isOpen(), false);
      const { email_verified, ...again } = person;
      server.people.push({ ...again, email_verified });
      assert.equal((await accountOf(context, person.email)).id, account.id);
    });

    it('whose address has become somebody else’s there do not get in by it', async () => {
      const person = newPerson();
      const account = await accountOf(platform('always'), person.email);
      person.id = `u-other-${seed}`;
      assert.equal(await admitByDirectory(platform('always'), account, HOME), 'account_gone');
    });

    it('leave those alone whom it has never known', async () => {
      const email = `local${++seed}@example.com`;
      const local = await newAccount(email, { password: 'a local password' });
      const context = platform('always', 60_000);
      assert.equal((await accountOf(context, email, 'a local password')).id, local.id);
      assert.equal(await admitByDirectory(context, local, HOME), 'admitted');
      outOfOrder();
      assert.equal((await accountOf(context, email, 'a local password')).id, local.id);
      assert.equal(await outcome(platform('always'), email, 'a local password'), DOWN);
    });

    it('are not told of to whoever has claimed their address, and comes by a passkey', async () => {
      const person = newPerson({ blocked: true });
      const claim = await newAccount(person.email, { emailVerified: false });
      assert.equal(await admitByDirectory(platform('always'), claim, HOME), 'admitted');
      assert.deepEqual(server.asked, []);
    });

    it('do not sign up past it while it is out of order', async () => {
      outOfOrder();
      const form = { email: `free${++seed}@example.com`, password: PASSWORD } as Parameters<typeof signUp>[1];
      assert.equal((await signUp(platform('always'), form, { address: HOME }, findInDirectory)).outcome, DOWN);
    });
  });
});
