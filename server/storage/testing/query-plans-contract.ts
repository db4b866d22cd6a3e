import assert from 'node:assert/strict';
import { it } from 'node:test';
import { sql } from 'kysely';
import { openDatabase } from '../database.ts';
import { createLimiter } from '../limiter.ts';
import { sweep } from '../sweeper.ts';
import { ALLOWED_FINDINGS } from './allowed-findings.ts';
import { type EngineContext, onEachEngine } from './engines.ts';
import { registerShop, signUp } from './fixtures.ts';
import { isPlannedAgain } from './planned-again.ts';
import { explain, type Finding, isOfSmallTable, pretendLargeTables } from './query-plan.ts';
import { recordAs, recordedStatements, uncalledMethods } from './statements.ts';

/** What begins so has no plan. */
const CONTROL = /^\s*(begin|start|commit|rollback|savepoint|release)/i;
/** A time in milliseconds, or in seconds. */
const TIME = /\b1\d{9}(\d{3})?\b/;

/** A database of PostgreSQL with many real rows, and statistics of them, to plan by; `npm run bench:flat` makes one. */
const CROWDED_URL = process.env['CROWDED_DATABASE_URL'];

/** What statements do on one engine at least. */
const found = new Set<string>();

/**
 * The statements of all repositories, as the contracts before this one have run them, and of the sweep. Each of them takes as long with ten
 * million rows as with ten, except those of {@link ALLOWED_FINDINGS}.
 */
onEachEngine('queries', (context) => {
  it('are all known', async () => {
    await runTheRest(context);
    assert.deepEqual(uncalledMethods(), []);
  });

  it('go where an index leads, and put nothing in order', async () => {
    const at = CROWDED_URL && context.engine === 'PostgreSQL' ? openCrowded(CROWDED_URL) : context;
    const isCrowded = at !== context;
    await pretendLargeTables(at.database, { isCrowded });
    const unexpected: string[] = [];
    for (const { by, statement } of statementsOf(context)) {
      const { plan, findings } = await explain(at, statement);
      const isAllowed = (finding: Finding) =>
        ALLOWED_FINDINGS[by]?.findings.includes(finding) || (isCrowded && isOfSmallTable(finding));
      const wrong = findings.filter((finding) => !isAllowed(finding));
      for (const finding of findings) found.add(`${by} ${finding}`);
      if (wrong.length > 0) unexpected.push([`${by} ${wrong.join(', ')}:`, statement, ...plan].join('\n  '));
    }
    if (isCrowded) await at.database.close();
    assert.deepEqual(unexpected, []);
  });

  if (context.engine === 'SQLite')
    it('are planned once, whatever values they get', async () => {
      const { rows } = await sql<{ file: string }>`pragma database_list`.execute(context.database.db);
      const file = rows[0]?.file ?? '';
      assert.deepEqual(
        statementsOf(context).filter(({ statement }) => isPlannedAgain(file, statement)),
        [],
      );
    });

  it('have no time in their text, because each would be a statement of its own', () => {
    assert.deepEqual(
      statementsOf(context).filter(({ statement }) => TIME.test(statement)),
      [],
    );
  });
});

function openCrowded(databaseUrl: string): Pick<EngineContext, 'database' | 'engine'> {
  return { database: openDatabase({ databaseUrl, dataDir: '' }), engine: 'PostgreSQL' };
}

function statementsOf({ engine }: EngineContext) {
  return recordedStatements(engine).filter(({ statement }) => !CONTROL.test(statement));
}

/** Runs what other contracts do not, because it is tried with what calls it. */
async function runTheRest({ storage, database: { db, pool } }: EngineContext): Promise<void> {
  const { realm, appEnvironments, idempotencyKeys, mails } = storage;
  const { appId, clientId } = await registerShop(storage);
  const { id: accountId } = await signUp(storage);
  await realm('production').accounts.setBlocked(accountId, true);
  await realm('production').accounts.list({ limit: 10 });
  await realm('production').sessions.endAtClients('uid');
  await appEnvironments.find(appId, 'production');
  await appEnvironments.productionSince(appId);
  await appEnvironments.setBackchannelLogoutUri(clientId, undefined);
  await storage.appMembers.hasConfirmedAddress(appId, 'a@b.example');
  await storage.appReviews.noteChange(appId);
  await storage.appReviews.list();
  await storage.transaction((within) => within.appReviews.lock(appId));
  await idempotencyKeys.claim(clientId, 'key', 'request');
  await idempotencyKeys.claim(clientId, 'key', 'request');
  await idempotencyKeys.release(clientId, 'key');
  await idempotencyKeys.finish(clientId, 'key', 200, '{}', 'user');
  await mails.find('none');
  await mails.queue();
  await mails.renew({ id: 'none', leasedUntil: 1 }, 1);
  await runUsers(realm('production'), clientId, accountId);
  await storage.apps.delete(appId);
  await signUp(storage, { appId }, 'sandbox');
  await recordAs('sweep', () => sweep(db));
  const limiter = createLimiter(pool, 'name', { points: 2, duration: 1 });
  await recordAs('limiter', async () => {
    await limiter.consume('key');
    await limiter.block('key', 1);
    await limiter.get('key');
    await limiter.delete('key');
  });
}

async function runUsers(
  { appUsers, users, userCodes }: ReturnType<EngineContext['storage']['realm']>,
  clientId: string,
  accountId: string,
): Promise<void> {
  const own = appUsers(clientId);
  await users.ensure(clientId, accountId);
  const { id } = await own.create({ email: 'a@b.example', username: 'ab' });
  await own.findByEmail('a@b.example');
  await own.findByUsername('ab');
  for (const cursor of [undefined, { after: id }, { before: id }, { after: 'nobody' }]) await own.list(10, cursor);
  const changed = await own.update(id, { firstName: 'A', lastSigninAt: new Date() });
  assert.ok(changed);
  await own.update(id, { firstName: 'B' }, changed);
  const code = await userCodes(clientId).create('signin', id, 60);
  await userCodes(clientId).consume('signin', code);
  await userCodes(clientId).revoke('signin', id);
  await own.delete(changed);
}

it('are allowed nothing that they do not do', { skip: CROWDED_URL !== undefined }, () => {
  const allowed = Object.entries(ALLOWED_FINDINGS).flatMap(([by, { findings }]) =>
    findings.map((finding) => `${by} ${finding}`),
  );
  assert.deepEqual(
    allowed.filter((one) => !found.has(one)),
    [],
  );
});
