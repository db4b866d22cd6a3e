import assert from 'node:assert/strict';
import { it } from 'node:test';
import { sql } from 'kysely';
import { BATCH_ROWS } from '../batches.ts';
import { KeptError } from '../erase-account.ts';
import { hashSecret } from '../ids.ts';
import { onEachEngine } from './engines.ts';
import { type Cell, everyCell } from './every-cell.ts';
import { atOnce, registerShop, signUp, storageOf } from './fixtures.ts';
import { storeWholePerson, type WholePerson } from './whole-person.ts';

/** Invariant 17, as far as it is about rows: what the first proof of an address ends, and what it keeps. */
onEachEngine('the first proof of an address', (context) => {
  const rows = () => context.storage.realm('production');
  const claim = () => storeWholePerson(context.database.db, context.storage, { emailVerified: false });
  const tells = (person: WholePerson, { value }: Cell) =>
    [person.mark, person.account.id, person.userId].some((text) => value.toLowerCase().includes(text.toLowerCase()));
  const about = (cells: Cell[], who: WholePerson) => cells.filter((cell) => tells(who, cell));

  /** Every column of every table that names an account, with how many rows name this one. */
  async function rowsOf(accountId: string): Promise<Map<string, number>> {
    const { db } = context.database;
    const counts = new Map<string, number>();
    for (const { name: table, columns } of await db.introspection.getTables()) {
      for (const { name: column } of columns) {
        if (column !== 'account_id' && column !== 'invited_by') continue;
        const found = await sql`select 1 from ${sql.table(table)} where ${sql.ref(column)} = ${accountId}`.execute(db);
        counts.set(`${table}.${column}`, found.rows.length);
      }
    }
    return counts;
  }

  it('from outside ends every row that belongs to the account, in every table that names accounts', async () => {
    const [person, other] = [await claim(), await claim()];
    const before = await everyCell(context.database);
    for (const [column, count] of await rowsOf(person.account.id)) {
      assert.ok(count > 0, `storeWholePerson() knows no ${column}: add a row, so that this test sees it end`);
    }
    assert.deepEqual(await rows().accountDeletion.endClaim(person.account.id), [person.ownAppId]);
    assert.deepEqual(await rows().accountDeletion.erase(person.account.id), { orphanedApps: [], wasExpired: false });
    for (const [column, count] of await rowsOf(person.account.id)) assert.equal(count, 0, column);
    assert.equal(await rows().accounts.find(person.account.id), undefined);

    const after = await everyCell(context.database);
    const left = new Set(about(after, person).map(({ table, column }) => `${table}.${column}`));
    // Mails and invitations to the address are its owner's; the audit log keeps the random id.
    const owners = [
      'mails.recipient',
      'mails.recipient_key',
      'mails.subject',
      'mails.text',
      'app_invitations.email',
      'app_invitations.email_key',
    ];
    const kept = new Set([...owners, 'app_invitations.id', 'app_invitations.code_hash']);
    for (const place of left) assert.ok(kept.has(place) || place.startsWith('audit_log.'), place);
    assert.deepEqual(about(after, other), about(before, other));
  });

  it('from outside ends at once what opens the account or shares it, and the rest is due', async () => {
    const { accountDeletion, accounts, appUsers, connectedShops } = rows();
    const person = await claim();
    const email = person.account.email ?? '';
    await accountDeletion.endClaim(person.account.id);
    const ended = await accounts.find(person.account.id);
    assert.deepEqual([ended?.blocked, ended?.email, ended?.passwordHash], [true, undefined, undefined]);
    assert.deepEqual(await accounts.findByEmail(email), []);
    assert.equal(await accounts.findRecoverable(email), undefined);
    await accounts.markEmailVerified(person.account.id, email);
    assert.equal((await accounts.find(person.account.id))?.emailVerified, false, 'no code gives the address back');
    assert.deepEqual(
      (await connectedShops.list(person.account.id)).map(({ grant }) => grant),
      [{}],
    );
    assert.deepEqual((await appUsers(person.clientId).find(person.userId))?.linked?.grant, {}, 'nothing is shared');
    assert.deepEqual(await context.storage.apps.listFor(person.account.id), []);
    assert.ok((await accountDeletion.due(100)).includes(person.account.id), 'the sweeper goes on after a crash');
  });

  it('from within changes nothing but the address', async () => {
    const person = await claim();
    const before = await everyCell(context.database);
    await rows().accounts.markEmailVerified(person.account.id, person.account.email ?? '');
    assert.equal((await rows().accounts.find(person.account.id))?.emailVerified, true);
    const withoutTimes = (cells: Cell[]) =>
      cells
        .filter(({ table, column }) => table !== 'accounts' || !/^(email_verified|updated)_at$/.test(column))
        .map(({ table, column, value }) => `${table} ${column} ${value}`)
        .sort();
    assert.deepEqual(withoutTimes(await everyCell(context.database)), withoutTimes(before));
  });

  it('ends the keys and secrets of apps that nobody else owns, and leaves those of others', async () => {
    const { storage } = context;
    const [stranger, colleague] = [await signUp(storage, { email: 'stranger@example.com' }), await signUp(storage)];
    const newApp = async (name: string) => {
      const app = await storage.apps.create({ name, environment: 'production', origins: [], ownerId: stranger.id });
      return { ...app, newerSecret: (await storage.clientSecrets.replace(app.clientId, 60_000)) ?? '' };
    };
    const [alone, off, shared] = [await newApp('Alone'), await newApp('Off'), await newApp('Shared')];
    await storage.apps.setDisabled(off.appId, true);
    await storage.appMembers.put(shared.appId, colleague.id, 'owner');
    await rows().accountDeletion.endClaim(stranger.id);
    const stateOf = async ({ appId, apiKey, clientId, clientSecret, newerSecret }: typeof alone) => {
      const app = await storage.appEnvironments.findByClientId(clientId);
      const hashes = [app?.clientSecretHash, app?.previousSecret?.hash];
      return {
        isDisabled: app?.disabled,
        hasKey: (await storage.apiKeys.find(apiKey)) !== undefined,
        hasSecrets: [clientSecret, newerSecret].map((secret) => hashes.includes(hashSecret(secret))),
        appId,
      };
    };
    const ended = ({ appId }: typeof alone) => ({ appId, isDisabled: true, hasKey: false, hasSecrets: [false, false] });
    assert.deepEqual(await stateOf(alone), ended(alone));
    assert.deepEqual(await stateOf(off), ended(off), 'so that enabling it later lets nobody back in');
    assert.deepEqual(await stateOf(shared), {
      appId: shared.appId,
      isDisabled: false,
      hasKey: true,
      hasSecrets: [true, true],
    });
    assert.deepEqual(
      (await storage.appMembers.list(shared.appId)).map(({ accountId }) => accountId),
      [colleague.id],
    );
  });

  it('from outside ends no account whose address is verified, and none of the other realm', async () => {
    const verified = await storeWholePerson(context.database.db, context.storage);
    const sandbox = await signUp(context.storage, { email: 'other.realm@example.com' }, 'sandbox');
    const before = await everyCell(context.database);
    for (const id of [verified.account.id, sandbox.id, 'unknown'])
      await assert.rejects(rows().accountDeletion.endClaim(id), KeptError);
    assert.deepEqual(await everyCell(context.database), before);
  });

  it('from a window that is about to sign in ends all other claims to the address, however many, a bounded number at once', async () => {
    const email = 'crowded@example.com';
    const kept = await signUp(context.storage, { email });
    const stranger = await signUp(context.storage, { email, passwordHash: 'hash' });
    const shop = { name: 'Alone', environment: 'production', origins: [], ownerId: stranger.id } as const;
    const { appId } = await context.storage.apps.create(shop);
    for (let count = 0; count < BATCH_ROWS; count += 1) await signUp(context.storage, { email: 'Crowded@Example.com' });
    const other = await signUp(context.storage, { email: 'other@example.com' });
    const { accountDeletion, accounts } = rows();
    const rounds: number[] = [];
    const orphans: string[] = [];
    for (;;) {
      const { ended, orphanedApps } = await accountDeletion.endClaims({ email, except: kept.id });
      if (ended.length === 0) break;
      rounds.push(ended.length);
      orphans.push(...orphanedApps);
    }
    assert.deepEqual(rounds, [BATCH_ROWS, 1]);
    assert.deepEqual(orphans, [appId]);
    assert.deepEqual(await context.storage.apps.listFor(stranger.id), []);
    const ended = await accounts.find(stranger.id);
    assert.deepEqual([ended?.blocked, ended?.email, ended?.passwordHash], [true, undefined, undefined]);
    assert.deepEqual(await accounts.findByEmail(email), [await accounts.find(kept.id)]);
    assert.equal((await accounts.find(other.id))?.email, 'other@example.com');
  });

  it('ends claims of an app of the sandbox apart from those of others, and no copy of a test person', async () => {
    const email = 'sandboxed@example.com';
    const [mine, theirs] = [await registerShop(context.storage), await registerShop(context.storage)];
    const own = await signUp(context.storage, { email, appId: mine.appId }, 'sandbox');
    const kept = [
      await signUp(context.storage, { email, appId: theirs.appId }, 'sandbox'),
      await signUp(context.storage, { email }, 'sandbox'),
      await signUp(context.storage, { email, persona: 'a', browserHash: 'b' }, 'sandbox'),
      await signUp(context.storage, { email }),
    ];
    const { accountDeletion, accounts } = context.storage.realm('sandbox');
    assert.deepEqual((await accountDeletion.endClaims({ email, appId: mine.appId })).ended, [own.id]);
    assert.deepEqual((await accountDeletion.endClaims({ email, appId: mine.appId })).ended, []);
    for (const { id } of kept.slice(0, 3)) assert.equal((await accounts.find(id))?.blocked, false);
    assert.deepEqual((await accountDeletion.endClaims({ email })).ended, [kept[1]?.id]);
  });

  it('happens once, by several processes', async () => {
    const account = await signUp(context.storage, { email: 'once@example.com' });
    const results = await atOnce(4, (index) =>
      storageOf(context, index)
        .realm('production')
        .accountDeletion.endClaim(account.id)
        .catch((error) => {
          assert.ok(error instanceof KeptError);
        }),
    );
    assert.equal(results.filter(Boolean).length, 1);
  });
});
