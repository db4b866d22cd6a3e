import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { type AdapterPayload, errors } from 'oidc-provider';
import type { AppEnvironment } from '../storage/app-environments.ts';
import { openTestRealm, type TestRealm } from '../testing/test-realm.ts';
import { createAdapter } from './adapter.ts';

/** Within the millisecond of the stop, nobody can tell what was first. */
async function nextMoment(app: AppEnvironment | undefined): Promise<void> {
  while (Date.now() <= (app?.stoppedAt?.getTime() ?? 0)) await nextTurn();
}

describe('what an app was given', () => {
  let realm: TestRealm;
  before(async () => {
    realm = await openTestRealm();
  });
  after(() => realm.close());

  const newApp = () => realm.storage.apps.create({ name: 'Shop', environment: 'localhost', origins: [] });
  /** Each as the engine stores it. */
  const given: readonly [model: string, payload: (clientId: string) => AdapterPayload][] = [
    ['AuthorizationCode', (clientId) => ({ clientId })],
    ['AccessToken', (clientId) => ({ clientId })],
    ['RefreshToken', (clientId) => ({ clientId })],
    ['Interaction', (clientId) => ({ params: { client_id: clientId } })],
  ];
  it('and that is used up: a code at once, a refresh token after its grace', async (test) => {
    const of = createAdapter(realm);
    const use = async (model: string) => {
      const records = of(model);
      await records.upsert(model, {}, 3_600);
      await records.consume(model);
      return { records, isUsed: async () => (await records.find(model))?.consumed !== undefined };
    };
    const code = await use('AuthorizationCode');
    assert.ok(await code.isUsed());
    await assert.rejects(code.records.consume('AuthorizationCode'), errors.InvalidGrant);
    const token = await use('RefreshToken');
    for (let time = 0; time < 10; time += 1) {
      assert.ok(!(await token.isUsed()));
      await token.records.consume('RefreshToken');
    }
    await assert.rejects(token.records.consume('RefreshToken'), errors.InvalidGrant, 'bounded');
    test.mock.timers.enable({ apis: ['Date'], now: Date.now() + 61_000 });
    assert.ok(await token.isUsed());
  });

  for (const [model, payload] of given) {
    it(`before it was stopped has ended when it goes on: ${model}`, async () => {
      const { apps, appReviews } = realm.storage;
      const [mine, other] = [await newApp(), await newApp()];
      const records = createAdapter(realm)(model);
      const give = async ({ clientId }: typeof mine, id: string) => records.upsert(id, payload(clientId), 60);
      for (const stop of ['disable', 'suspend'] as const) {
        await give(mine, `before ${stop}`);
        await give(other, `other ${stop}`);
        // What is saved again is as old as it was.
        await give(mine, `before ${stop}`);
        if (stop === 'disable') await apps.setDisabled(mine.appId, true);
        else await appReviews.setSuspended(mine.appId, 'Phishing.');
        await apps.setDisabled(mine.appId, false);
        await appReviews.setSuspended(mine.appId, undefined);
        assert.equal(await records.find(`before ${stop}`), undefined, stop);
        assert.ok(await records.find(`other ${stop}`));
        await nextMoment(await realm.storage.appEnvironments.findByClientId(mine.clientId));
        await give(mine, `after ${stop}`);
        assert.ok(await records.find(`after ${stop}`));
      }
    });
  }

  it('by an earlier version is told by the second in which the engine made it', async () => {
    const { apps } = realm.storage;
    const { appId, clientId } = await newApp();
    const tokens = createAdapter(realm)('RefreshToken');
    const now = Math.floor(Date.now() / 1000);
    await tokens.upsert('old', { clientId, iat: now - 60 }, 60);
    await tokens.upsert('new', { clientId, iat: now + 60 }, 60);
    await realm.database.db.updateTable('oidc_records').set({ created_at: null }).execute();
    await apps.setDisabled(appId, true);
    await apps.setDisabled(appId, false);
    assert.equal(await tokens.find('old'), undefined);
    assert.ok(await tokens.find('new'));
  });
});

describe('a code in the engine’s storage', () => {
  let realm: TestRealm;
  before(async () => {
    realm = await openTestRealm();
  });
  after(() => realm.close());

  it('is consumed by exactly one of several requests that all read it as unused', async () => {
    const codes = createAdapter(realm)('AuthorizationCode');
    await codes.upsert('the-code', { clientId: 'a-shop' }, 60);
    const seen = await Promise.all([1, 2, 3].map(() => codes.find('the-code')));
    assert.ok(seen.every((code) => code && !code['consumed']));
    const outcomes = await Promise.allSettled([1, 2, 3].map(() => codes.consume('the-code')));
    assert.equal(outcomes.filter(({ status }) => status === 'fulfilled').length, 1);
    for (const outcome of outcomes)
      assert.ok(outcome.status === 'fulfilled' || outcome.reason instanceof errors.InvalidGrant);
    assert.ok((await codes.find('the-code'))?.consumed);
  });
});
