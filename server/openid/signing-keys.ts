import { CREDENTIAL_ALG } from '@signup-with-platform/protocol';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK } from 'jose';
import type { SigningKeyRepository } from '../storage/signing-keys.ts';

/** The realm's signing keys, the active one first; the first start makes one. */
export async function loadSigningKeys(repository: SigningKeyRepository): Promise<JWK[]> {
  const known = await repository.list();
  if (known.length > 0) return known;
  await repository.addFirst(await generateSigningKey());
  return repository.list();
}

async function generateSigningKey(): Promise<JWK & { kid: string }> {
  const { privateKey } = await generateKeyPair(CREDENTIAL_ALG, { extractable: true });
  const jwk = await exportJWK(privateKey);
  // RFC 7638: the identifier follows from the key, so it can never name two.
  return { ...jwk, alg: CREDENTIAL_ALG, use: 'sig', kid: await calculateJwkThumbprint(jwk) };
}
