import { createHmac, createPublicKey, randomUUID } from 'node:crypto';
import { CREDENTIAL_ALG, type Realm } from '@signup-with-platform/protocol';
import { generateKeyPair, importJWK, type JWTPayload, SignJWT } from 'jose';
import { completeClaims, signCredential } from '../support/forger.ts';
import type { RunningPlatform } from '../support/test.ts';

/** What a credential says that is good for a shop. */
export interface GoodClaims extends JWTPayload {
  iss: string;
  aud: string;
  nonce: string;
  sub: string;
  name: string;
}

export const nowSeconds = () => Math.floor(Date.now() / 1000);

/** A credential as the platform issues it, with some claims changed. */
export function credential(
  platform: RunningPlatform,
  claims: GoodClaims,
  changes: JWTPayload = {},
  realm: Realm = 'sandbox',
): Promise<string> {
  return signCredential(platform, realm, { ...claims, ...changes });
}

const base64url = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Credentials that nobody but an attacker makes, each with the claims of a good one. None may sign anybody in. */
export async function forgeries(platform: RunningPlatform, claims: GoodClaims): Promise<Record<string, string>> {
  const good = await credential(platform, claims);
  const [header = '', payload = '', signature = ''] = good.split('.');
  const { kid } = JSON.parse(Buffer.from(header, 'base64url').toString()) as { kid: string };
  const changed = base64url({ ...completeClaims(claims), sub: 'somebody-else' });
  const keys = await platform.storage.realm('sandbox').signingKeys.list();
  const [ec, rsa] = ['ES256', 'RS256'].map((alg) => keys.find((jwk) => jwk.alg === alg));
  if (!ec || !rsa) throw new Error('the sandbox lacks a key');
  const pem = createPublicKey({ key: { kty: 'EC', crv: 'P-256', x: ec.x ?? '', y: ec.y ?? '' }, format: 'jwk' });
  const hs256 = (secret: string | Buffer) => {
    const signed = `${base64url({ alg: 'HS256', typ: 'JWT', kid })}.${payload}`;
    return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
  };
  const stranger = await generateKeyPair(CREDENTIAL_ALG);
  const by = (alg: string, key: Parameters<SignJWT['sign']>[0], kid: string) =>
    new SignJWT(completeClaims(claims)).setProtectedHeader({ alg, typ: 'JWT', kid }).sign(key);
  return {
    'a changed payload': `${header}.${changed}.${signature}`,
    'a changed signature': `${header}.${payload}.${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`,
    'no signature': `${header}.${payload}.`,
    'alg none': `${base64url({ alg: 'none', typ: 'JWT', kid })}.${payload}.`,
    'alg none, with a signature': `${base64url({ alg: 'none', typ: 'JWT', kid })}.${payload}.${signature}`,
    'HS256 with the public key as PEM': hs256(pem.export({ type: 'spki', format: 'pem' })),
    'HS256 with the public key as DER': hs256(pem.export({ type: 'spki', format: 'der' })),
    'HS256 with the public key as JWK': hs256(JSON.stringify(pem.export({ format: 'jwk' }))),
    'RS256, by a key of the platform': await by('RS256', await importJWK(rsa, 'RS256'), rsa.kid ?? ''),
    'a key of the platform named, another used': await by(CREDENTIAL_ALG, stranger.privateKey, kid),
    'an unknown key': await by(CREDENTIAL_ALG, stranger.privateKey, randomUUID()),
  };
}

/** Signed by the platform, and says nothing. */
export async function emptyToken(platform: RunningPlatform): Promise<string> {
  const [jwk] = await platform.storage.realm('sandbox').signingKeys.list();
  if (!jwk) throw new Error('the sandbox has no key');
  const header = { alg: CREDENTIAL_ALG, kid: jwk.kid ?? '' };
  return new SignJWT({}).setProtectedHeader(header).sign(await importJWK(jwk, CREDENTIAL_ALG));
}

/** What is not a credential at all. */
export const NO_CREDENTIALS: readonly string[] = [
  '',
  'x',
  'a.b.c',
  '..',
  '{}',
  'é.ü.ß',
  'e30.e30.e30',
  'W10.W10.W10',
  'A'.repeat(20_000),
];
