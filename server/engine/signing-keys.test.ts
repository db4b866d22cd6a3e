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

  it('creates one key of each algorithm on the first start, even when several processes start at once, and keeps it', async () => {
    const { signingKeys } = realm.rows;
    const starts = await Promise.all([1, 2, 3].map(() => loadSigningKeys(signingKeys)));
    const [first] = starts;
    assert.deepEqual(
      first?.map(({ alg }) => alg),
      ['ES256', 'RS256', 'EdDSA'],
    );
    for (const keys of starts) assert.deepEqual(keys, first);
    assert.deepEqual(await loadSigningKeys(signingKeys), first);
  });

  it('creates private keys, each for one algorithm, named after themselves (RFC 7638)', async () => {
    const keys = await loadSigningKeys(realm.rows.signingKeys);
    assert.deepEqual(
      keys.map(({ alg, kty, crv, use }) => [alg, kty, crv, use]),
      [
        ['ES256', 'EC', 'P-256', 'sig'],
        ['RS256', 'RSA', undefined, 'sig'],
        ['EdDSA', 'OKP', 'Ed25519', 'sig'],
      ],
    );
    for (const key of keys) {
      assert.ok(key.d);
      assert.equal(key.kid, await calculateJwkThumbprint(key));
    }
    const [, rsa] = keys;
    assert.equal(Buffer.from(rsa?.n ?? '', 'base64url').length, 256, '2048 bits');
  });

  it('adds those of the algorithms of which an earlier version had none, once, and leaves its own', async () => {
    const other = await openTestRealm('production');
    const { signingKeys } = other.rows;
    const [known] = await loadSigningKeys(realm.rows.signingKeys);
    assert.ok(known);
    await signingKeys.addFirst(known);
    const starts = await Promise.all([1, 2, 3].map(() => loadSigningKeys(signingKeys)));
    for (const keys of starts) {
      assert.deepEqual(keys, starts[0]);
      assert.equal(keys[0]?.kid, known.kid);
      assert.equal(keys.length, 3);
    }
    await other.close();
  });

  it('differs between the realms', async () => {
    const [production] = await loadSigningKeys(realm.rows.signingKeys);
    const [sandbox] = await loadSigningKeys(realm.storage.realm('sandbox').signingKeys);
    assert.ok(production?.kid && sandbox?.kid);
    assert.notEqual(production.kid, sandbox.kid);
  });
});
