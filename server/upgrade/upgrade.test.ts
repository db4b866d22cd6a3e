import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { createTestDatabase, ENGINES, type Engine, type TestDatabase } from '../storage/testing/engines.ts';
import { dumpDatabase, FIXTURE_VERSIONS, restoreDatabase, restoreFixture } from './testing/fixtures.ts';
import { openInstallation } from './testing/installation.ts';
import { makeWorld } from './testing/make-world.ts';
import { movedToNow } from './testing/moved-to-now.ts';
import { personJourney } from './testing/person-journey.ts';
import { promises } from './testing/promises.ts';
import type { UpgradeContext } from './testing/upgrade-context.ts';
import { vendorJourney } from './testing/vendor-journey.ts';
import { openShop, signUpInPopup } from './testing/visits.ts';
import type { World } from './testing/world.ts';

interface LeftBehind {
  database: TestDatabase;
  world: World;
}

for (const engine of ENGINES) {
  for (const version of FIXTURE_VERSIONS) {
    upgradeFrom(`${version}, ${engine}`, () => restoreFixture(version, engine));
  }
  // So that the next release can make its fixture, and finds in it what these tests look for.
  upgradeFrom(`this version itself, ${engine}`, () => leaveBehind(engine));
}

function upgradeFrom(subject: string, prepare: () => Promise<LeftBehind>): void {
  describe(`what was registered before an upgrade (from ${subject})`, () => {
    const context = {
      newcomer: async (email, fields, origin) => {
        const { installation, world } = context;
        const browser = installation.browser();
        const page = await openShop(browser, { ...world.environments.production, ...(origin && { origin }) }, fields);
        const person = { given_name: 'Nina', family_name: 'Newton', email, password: world.password };
        return { browser, consent: await signUpInPopup(browser, page, person) };
      },
    } as UpgradeContext;
    let database: TestDatabase;
    before(async () => {
      const left = await prepare();
      ({ database } = left);
      context.world = left.world;
      context.installation = await openInstallation(database.settings);
    });
    after(async () => {
      await context.installation.close();
      await database.remove();
    });

    it('is migrated by starting, and by nothing after that', async () => {
      assert.deepEqual(await context.installation.command('db', 'migrate'), { migrated: [] });
    });

    describe('works for vendors', () => vendorJourney(context));
    describe('works for people', () => personJourney(context));
    describe('is held to no new rule', () => promises(context));

    it('stays in the audit log, which takes no change', async () => {
      const { storage, database } = context.installation.platform;
      for (const act of ['app.created', 'key.replaced', 'consent.given', 'account.blocked', 'signing_key.rotated']) {
        assert.notDeepEqual(await storage.auditLog.list({ act }), [], act);
      }
      await assert.rejects(database.db.deleteFrom('audit_log').execute(), /append-only/);
      await assert.rejects(database.db.updateTable('audit_log').set({ actor: 'nobody' }).execute(), /append-only/);
      // Whole addresses are beside the entries, where they expire.
      const kept = await database.db
        .selectFrom('audit_log')
        .select('address')
        .where('address', 'is not', null)
        .execute();
      assert.ok(kept.length > 0);
      for (const { address } of kept) assert.match(address ?? '', /\/(24|48)$/);
      assert.ok((await storage.auditLog.list()).some(({ address }) => address && !address.includes('/')));
    });
  });
}

/** Makes a fixture of today's code as a release would, except that it is not written to a file. */
async function leaveBehind(engine: Engine): Promise<LeftBehind> {
  const [made, database] = [await createTestDatabase(engine), await createTestDatabase(engine)];
  const installation = await openInstallation(made.settings);
  const world = await makeWorld(installation, 'this version');
  await installation.close();
  const dump = await dumpDatabase(made);
  await made.remove();
  const sql = movedToNow(dump, new Date(world.made_at));
  await restoreDatabase(database, sql);
  // PostgreSQL puts a small row where a large one did not fit, so the rows of a table of several pages come back in another order.
  const linesOf = (text: string) => text.split('\n').sort();
  assert.deepEqual(linesOf(await dumpDatabase(database)), linesOf(sql), 'all that there is comes back');
  return { database, world };
}
