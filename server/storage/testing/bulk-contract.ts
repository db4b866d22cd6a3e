import assert from 'node:assert/strict';
import { it } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { type Kysely, type KyselyPlugin, sql } from 'kysely';
import { BATCH_ROWS } from '../batches.ts';
import { eraseDeletedApps } from '../erase-app.ts';
import { createStorage } from '../index.ts';
import { sweep } from '../sweeper.ts';
import type { Tables } from '../tables.ts';
import { type EngineContext, onEachEngine } from './engines.ts';
import { registerShop, signUp } from './fixtures.ts';

/** On SQLite a statement stops everything else, so that is where it has to hold for many. */
const ROWS = { SQLite: 200_000, PostgreSQL: 5_000 };
const DAY_MS = 24 * 60 * 60 * 1000;

/** Counts what statements do to rows, and how often others get a turn meanwhile. */
class Watch implements KyselyPlugin {
  maxRows = 0;
  turns = 0;
  #timer: NodeJS.Immediate | undefined;

  transformQuery: KyselyPlugin['transformQuery'] = ({ node }) => node;

  transformResult: KyselyPlugin['transformResult'] = async ({ result }) => {
    this.maxRows = Math.max(this.maxRows, Number(result.numAffectedRows ?? 0), result.rows.length);
    return result;
  };

  async during(work: (db: Kysely<Tables>) => Promise<unknown>, db: Kysely<Tables>): Promise<this> {
    const count = () => {
      this.turns += 1;
      this.#timer = setImmediate(count);
    };
    count();
    await work(db.withPlugin(this)).finally(() => clearImmediate(this.#timer));
    return this;
  }
}

/** A disk, or a database, that takes its time for each statement. */
const slow = (ms: number): KyselyPlugin => ({
  transformQuery: ({ node }) => node,
  transformResult: async ({ result }) => {
    await delay(ms);
    return result;
  },
});

/** The process ends with the first batch. */
const stopping = (): KyselyPlugin => ({
  transformQuery: ({ node }) => node,
  transformResult: async ({ result }) => {
    if ((result.numAffectedRows ?? 0n) > 0n) throw new Error('the process ends');
    return result;
  },
});

onEachEngine('a bulk act', (context) => {
  const rows = () => context.storage.realm('production');

  /** Inserts many rows at once. @param values an SQL expression for each column; `n` is the row's number */
  async function fill(
    table: keyof Tables,
    values: Record<string, string | number>,
    rows = ROWS[context.engine],
  ): Promise<void> {
    const columns = sql.join(Object.keys(values).map((name) => sql.ref(name)));
    const expressions = sql.join(Object.values(values).map((value) => sql.raw(String(value))));
    await sql`with recursive numbers(n) as (select 1 union all select n + 1 from numbers where n < ${rows})
      insert into ${sql.table(table)} (${columns}) select ${expressions} from numbers`.execute(context.database.db);
  }
  const countOf = async ({ database }: EngineContext, table: keyof Tables) => {
    const counted = database.db.selectFrom(table).select(({ fn }) => fn.countAll().as('count'));
    return Number((await counted.executeTakeFirstOrThrow()).count);
  };
  const assertBounded = (watch: Watch) => {
    assert.ok(watch.maxRows <= BATCH_ROWS, `${watch.maxRows} rows in one statement`);
    assert.ok(watch.turns >= ROWS[context.engine] / BATCH_ROWS, `${watch.turns} turns of the event loop`);
  };
  const record = (model: string) => ({ realm: "'production'", model: `'${model}'`, payload: "'{}'" });

  it('deletes expired rows in batches, and no others', async () => {
    await fill('oidc_records', { ...record('Interaction'), id_hash: "'expired ' || n", expires_at: 1 });
    await rows().oidcRecords.save('Interaction', 'alive', {}, 60);
    await fill('app_events', { id: "'old ' || n", client_id: "'c'", kind: "'k'", summary: "'s'", created_at: 'n' });
    assertBounded(await new Watch().during(sweep, context.database.db));
    assert.equal(await countOf(context, 'oidc_records'), 1);
    assert.equal(await countOf(context, 'app_events'), 0);
    assert.ok(await rows().oidcRecords.find('Interaction', 'alive'));
  });

  it('takes fewer rows with a statement when statements take long, so that nobody waits for many', async () => {
    await fill('app_events', { id: "'old ' || n", client_id: "'c'", kind: "'k'", summary: "'s'", created_at: 'n' }, 70);
    const counts: number[] = [];
    const count: KyselyPlugin = {
      transformQuery: ({ node }) => node,
      transformResult: async ({ result }) => {
        if (result.numAffectedRows) counts.push(Number(result.numAffectedRows));
        return result;
      },
    };
    await sweep(context.database.db.withPlugin(count).withPlugin(slow(60)));
    assert.deepEqual(counts, [50, 10, 3, 3, 3, 1]);
  });

  it('withdraws a consent with all its tokens, and ends all sessions', async () => {
    const { clientId } = await registerShop(context.storage);
    const { id } = await signUp(context.storage);
    await rows().grants.create({ id: 'bulky', clientId, accountId: id, payload: {} });
    const later = Date.now() + DAY_MS;
    await fill('oidc_records', {
      ...record('AccessToken'),
      id_hash: "'token ' || n",
      grant_id: "'bulky'",
      expires_at: later,
    });
    await fill('sessions', {
      uid: "'s' || n",
      realm: "'production'",
      account_id: `'${id}'`,
      created_at: 1,
      last_seen_at: later,
    });
    const watch = new Watch();
    await watch.during(async (db) => {
      const { connectedShops, sessions } = createStorage({ db }).realm('production');
      assert.equal(await connectedShops.disconnect(id, clientId), true);
      assert.equal(await sessions.endAll(id), ROWS[context.engine]);
    }, context.database.db);
    assertBounded(watch);
    assert.equal(await countOf(context, 'oidc_records'), 1);
  });

  it('deletes an account with all its traces, and goes on where it stopped', async () => {
    const { id } = await signUp(context.storage, { email: 'bulky@example.com', deletionDueAt: new Date(1) });
    const mail = { subject: "'s'", text: "'t'", attempts: 0, created_at: Date.now() };
    const recipient = "case when n % 2 = 0 then 'bulky@example.com' else 'o@example.com' end";
    await fill('mails', { ...mail, id: "'m' || n", recipient, recipient_key: recipient });
    const erase = (db: Kysely<Tables>) => createStorage({ db }).realm('production').accountDeletion.erase(id);
    await assert.rejects(erase(context.database.db.withPlugin(stopping())), /the process ends/);
    assertBounded(await new Watch().during(erase, context.database.db));
    assert.equal(await countOf(context, 'mails'), ROWS[context.engine] / 2);
    assert.equal(await rows().accounts.find(id), undefined);
  });

  it('deletes an app at once for everybody, then its rows, and goes on where it stopped', async () => {
    const { appId, clientId, apiKey } = await registerShop(context.storage);
    const { id: accountId } = await signUp(context.storage);
    await context.storage.appMembers.put(appId, accountId, 'owner');
    const own = { realm: "'production'", client_id: `'${clientId}'`, created_at: 1 };
    await fill('users', { ...own, id: "'u' || n", updated_at: 1 });
    await fill('app_events', { id: "'e' || n", client_id: own.client_id, kind: "'k'", summary: "'s'", created_at: 1 });
    await fill('list_positions', {
      id_hash: "'p' || n",
      realm: own.realm,
      client_id: own.client_id,
      user_created_at: 1,
      deleted_at: Date.now(),
    });
    const testers = { id: "'tester' || n", realm: "'sandbox'", sandbox_app_id: `'${appId}'` };
    // They go one by one, so fewer are enough.
    await fill('accounts', { ...testers, created_at: 1, updated_at: 1 }, 1_200);
    const marking = new Watch();
    await marking.during((db) => createStorage({ db }).apps.delete(appId), context.database.db);
    assert.ok(marking.maxRows <= 1, `${marking.maxRows} rows while the portal waits`);
    const { apps, appEnvironments, appMembers, appReviews, apiKeys } = context.storage;
    assert.equal(await apps.find(appId), undefined);
    assert.equal(await apps.findDetails(appId), undefined);
    assert.equal(await apps.setDisabled(appId, false), false);
    assert.equal(await apps.delete(appId), false, 'a second time');
    assert.deepEqual(await apps.listFor(accountId), []);
    assert.equal(await appMembers.findRole(appId, accountId), undefined);
    assert.deepEqual(await appReviews.list(appId), []);
    assert.equal(await appEnvironments.findByClientId(clientId), undefined);
    assert.deepEqual(await appEnvironments.list(appId), []);
    assert.equal(await appEnvironments.add(appId, 'localhost', []), undefined);
    assert.equal(await apiKeys.find(apiKey), undefined);

    await assert.rejects(eraseDeletedApps(context.database.db.withPlugin(stopping())), /the process ends/);
    assertBounded(await new Watch().during(eraseDeletedApps, context.database.db));
    for (const table of ['users', 'app_events', 'list_positions'] as const) {
      const left = context.database.db.selectFrom(table).select('client_id').where('client_id', '=', clientId);
      assert.deepEqual(await left.execute(), [], table);
    }
    const people = context.database.db.selectFrom('accounts').select('id').where('id', 'like', 'tester%');
    assert.deepEqual(await people.execute(), [], 'its people of the sandbox');
    assert.equal(await countOf(context, 'environments'), await countOf(context, 'apps'), 'one of each per shop');
  });
});
