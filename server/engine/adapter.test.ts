import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { errors } from 'oidc-provider';
import { openTestRealm, type TestRealm } from '../testing/test-realm.ts';
import { createAdapter } from './adapter.ts';

describe('a code in the engine’s storage', () => {
  let realm: TestRealm;
  before(async () => {
    realm = await openTestRealm();
  });
  after(() => realm.close());

  it('is consumed by exactly one of several requests that all read it as unused', async () => {
    const codes = createAdapter(realm.storage, realm.rows)('AuthorizationCode');
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
