import assert from 'node:assert/strict';
import { test } from 'node:test';
import { verifyCredential } from './index.ts';
import { createTestIssuer } from './testing.ts';

test('a correct test credential passes, and incorrect ones are refused', async () => {
  const issuer = await createTestIssuer({ clientId: 'my-shop', nonce: 'n-1' });
  const verify = async (claims: Parameters<typeof issuer.credential>[0]) =>
    verifyCredential(await issuer.credential(claims), issuer.options);

  const { aud, nonce, email } = await verify({ email: 'jane@example.com' });
  assert.deepEqual([aud, nonce, email], ['my-shop', 'n-1', 'jane@example.com']);
  await assert.rejects(verify({ exp: 0 }), { code: 'expired' });
  await assert.rejects(verify({ sub: undefined }), { code: 'missing_claim' });
  await assert.rejects(verify({ aud: 'another' }), { code: 'wrong_audience' });
});

test('the keys of one issuer verify nothing of another', async () => {
  const [issuer, other] = [await createTestIssuer(), await createTestIssuer()];
  await assert.rejects(verifyCredential(await other.credential(), issuer.options), { code: 'unknown_key' });
});
