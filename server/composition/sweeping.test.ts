import assert from 'node:assert/strict';
import { it } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { sql } from 'kysely';
import { createStorage } from '../storage/index.ts';
import { openTestRealm } from '../testing/test-realm.ts';
import { sweepInRounds } from './sweeping.ts';

it('stops in the middle of a round, before the database is closed, and says nothing of it', async () => {
  const { database, close } = await openTestRealm('production');
  const { db } = database;
  const said: unknown[] = [];
  const log = { warn: (...words: unknown[]) => said.push(words), error: (...words: unknown[]) => said.push(words) };
  await sql`with recursive numbers(n) as (select 1 union all select n + 1 from numbers where n < 50000)
    insert into app_events (id, client_id, kind, summary, created_at) select 'e' || n, 'c', 'k', 's', 1 from numbers`.execute(
    db,
  );
  const { accounts } = createStorage({ db }).realm('production');
  for (let number = 0; number < 5; number += 1) await accounts.create({ deletionDueAt: new Date(1) });
  const left = async () => {
    const counted = db.selectFrom('app_events').select(({ fn }) => fn.countAll().as('count'));
    return Number((await counted.executeTakeFirstOrThrow()).count);
  };
  const sweeping = sweepInRounds(database, log, 1);
  while ((await left()) === 50_000) await nextTurn();
  await sweeping.close();
  const atTheEnd = await left();
  assert.ok(atTheEnd > 0, 'in the middle');
  for (let turn = 0; turn < 50; turn += 1) await nextTurn();
  assert.equal(await left(), atTheEnd, 'nothing goes on');
  const again = sweepInRounds(database, log, 1);
  const due = async () => (await db.selectFrom('accounts').select('id').execute()).length;
  while ((await left()) > 0 || (await due()) > 0) await nextTurn();
  await again.close();
  await close();
  assert.deepEqual(said, []);
});
