import { createPublicKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { isLoopbackHost } from '../loopback.ts';
import { pathOf } from './paths.ts';
import { SettingError } from './setting.ts';

/** How the platform's own website hands over whoever is signed in there, without being an OpenID Connect provider. */
export interface HandOverSettings {
  /** The page that does it. Assertions are posted by its origin, and by no other. */
  readonly url: string;
  /** As what it calls itself in assertions (`iss`). */
  readonly issuer: string;
  /** What checks its signatures. */
  readonly keys: HandOverKeys;
  /** On the button. */
  readonly name: string;
  /** Whether two factors that it says to have asked for are enough here. */
  readonly trustMfa: boolean;
}

/** Its name among the upstreams. */
export const HAND_OVER_ID = 'handover';

/** Public keys themselves, or where they are fetched. */
export type HandOverKeys = { readonly keys: readonly PublicJwk[] } | { readonly url: string };

const MAX_KEYS = 20;
const jwkSchema = z.looseObject({
  kty: z.enum(['EC', 'RSA', 'OKP']),
  kid: z.string().max(200).optional(),
  alg: z.string().max(20).optional(),
  d: z.undefined().optional(),
});
/** As RFC 7517 has it, of which no more than this has been looked at. */
export type PublicJwk = Readonly<Record<string, unknown>>;
const jwksSchema = z.looseObject({ keys: z.array(jwkSchema).min(1).max(MAX_KEYS) });

/** The address of the page. @throws SettingError */
export function handOverUrlOf(text: string): string {
  return secureUrlOf(text);
}

/** A JWK set as JSON, its https address, or the path of a file of one or of a public key in PEM. @throws SettingError */
export function handOverKeysOf(text: string): HandOverKeys {
  if (/^https?:/i.test(text)) return { url: secureUrlOf(text) };
  const content = /^\s*\{/.test(text) ? text : readText(text);
  if (content.includes('-----BEGIN')) return { keys: [jwkOfPem(content)] };
  let json: unknown;
  try {
    json = JSON.parse(content);
  } catch {
    throw new SettingError('must be a JWK set, or name a file of one or of a public key in PEM');
  }
  const parsed = jwksSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  const isPrivate = parsed.error.issues.some(({ path }) => path.at(-1) === 'd');
  throw new SettingError(
    isPrivate
      ? 'must have public keys alone: the private one never leaves the website'
      : `must be a JWK set of 1 to ${MAX_KEYS} public keys of the types EC, RSA or OKP`,
  );
}

function secureUrlOf(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol)) throw new SettingError('must be a web address');
  if (url.username || url.password || url.hash) throw new SettingError('must have no user name, password or fragment');
  if (url.protocol === 'http:' && !isLoopbackHost(url.hostname)) throw new SettingError('must be https');
  return url.href;
}

function readText(path: string): string {
  try {
    return readFileSync(pathOf(path), 'utf8');
  } catch (error) {
    if (error instanceof SettingError) throw error;
    throw new SettingError('must be a JWK set, its address, or the path of a file that can be read');
  }
}

function jwkOfPem(pem: string): PublicJwk {
  // Node would take the public part out of a private key, and the operator would not learn that it lies here.
  if (/PRIVATE KEY/.test(pem))
    throw new SettingError('must have public keys alone: the private one never leaves the website');
  try {
    return jwkSchema.parse(createPublicKey(pem).export({ format: 'jwk' }));
  } catch {
    throw new SettingError('names a file that is no public key in PEM');
  }
}
