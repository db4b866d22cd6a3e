import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { calculateJwkThumbprint } from 'jose';
import { openTestRealm, type TestRealm } from '../testing/test-realm.ts';
import { loadSigningKeys } from './signing-keys.ts';

describe('loadSigningKeys', () => {
  let realm: TestRealm;
  before(async () => {
    realm = await openTestRealm('production');
  });
  after(() => realm.close());

  it('creates one key on the first start, even when several processes start at once, and keeps it', async () => {
    const { signingKeys } = realm.rows;
    const starts = await Promise.all([1, 2, 3].map(() => loadSigningKeys(signingKeys)));
    const [first] = starts;
    assert.equal(first?.length, 1);
    for (const keys of starts) assert.deepEqual(keys, first);
    assert.deepEqual(await loadSigningKeys(signingKeys), first);
  });

  it('is a private ES256 key, named after itself (RFC 7638)', async () => {
    const [key] = await loadSigningKeys(realm.rows.signingKeys);
    assert.ok(key);
    assert.equal(key.kty, 'EC');
    assert.equal(key.crv, 'P-256');
    assert.equal(key.alg, 'ES256');
    assert.equal(key.use, 'sig');
    assert.match(key.d ?? '', /^[\w-]{43}$/);
    assert.equal(key.kid, await calculateJwkThumbprint(key));
  });

  it('differs between the realms', async () => {
    const [production] = await loadSigningKeys(realm.rows.signingKeys);
    const [sandbox] = await loadSigningKeys(realm.storage.realm('sandbox').signingKeys);
    assert.ok(production?.kid && sandbox?.kid);
    assert.notEqual(production.kid, sandbox.kid);
  });
});
