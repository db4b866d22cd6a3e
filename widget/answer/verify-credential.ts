import {
  CLAIM_FORMATS,
  CLAIMS,
  CREDENTIAL_ALG,
  type CredentialPayload,
  formatOf,
} from '@signup-with-platform/protocol';
import { compactVerify, type VerifyOptions } from 'jose';
import type { OwnValues, SignupUser } from '../attempt/signup-flow.ts';
import { bare } from '../bare.ts';
import { CredentialError, KeySet, type Request } from './key-set.ts';
import { PlatformClock } from './platform-clock.ts';

/** The tolerated difference between two clocks, in seconds. */
const CLOCK_TOLERANCE_SECONDS = 10;

export interface ExpectedCredential {
  /** The issuer in the message that contained the credential: the platform, or its sandbox. */
  issuer: string;
  clientId: string;
  nonce: string;
  /** How long ago the credential arrived. `NaN` when it is not known. */
  ageMs: number;
}

export type VerifyCredential = (credential: string, expected: ExpectedCredential) => Promise<SignupUser>;

/** What a signed payload may say. */
type Payload = { readonly [Name in keyof CredentialPayload | 'nbf']?: unknown };

/**
 * Starts to fetch the platform's keys, so that they are there when the popup answers, and returns the check.
 *
 * The keys of both realms are fetched, because only the answer says which realm the client-id belongs to. They are small, and cached.
 *
 * @param platform origin of the platform
 * @param request fetches the keys
 * @returns checks signature, `alg`, `typ`, `iss`, `aud`, `nonce`, `exp`, `iat` and `nbf` (OpenID Connect Core 1.0 section 3.1.3.7, RFC 8725);
 *   rejects with a {@link CredentialError}: `invalid_credential`, or `keys_unavailable` when they could not be fetched
 */
export function prepareVerification(platform: string, request: Request = fetch): VerifyCredential {
  const clock = new PlatformClock();
  const keySets = new Map(
    [platform, `${platform}/sandbox`].map((issuer) => {
      const keys = new KeySet(`${issuer}/jwks`, async (url, init) => clock.read(await request(url, init)));
      // A failure is ignored here, because the keys are fetched again when they are needed.
      keys.load().catch(() => {});
      return [issuer, keys];
    }),
  );

  return async (credential, expected) => {
    const keys = keySets.get(expected.issuer);
    if (!keys) throw invalid(`comes from ${expected.issuer}, which is not an issuer of ${platform}.`);
    const payload = await readSigned(credential, keys);
    const problem = problemOf(payload, expected, clock.nowMs());
    if (problem) throw invalid(problem);
    return userOf(payload, expected.issuer);
  };
}

function invalid(problem: string, cause?: unknown): CredentialError {
  return new CredentialError('invalid_credential', `The credential ${problem}`, cause);
}

/** What the issuer has signed. jose checks the signature, and the algorithm before a key is looked for. */
async function readSigned(credential: string, keys: KeySet): Promise<Payload> {
  try {
    const options = bare<VerifyOptions>({ algorithms: [CREDENTIAL_ALG] });
    const { payload, protectedHeader } = await compactVerify(credential, ({ kid }) => keys.find(kid), options);
    // RFC 8725 section 3.11: another kind of token that the same keys sign is no credential.
    if (!/^(application\/)?jwt$/i.test(protectedHeader.typ ?? 'JWT'))
      throw new Error(`its typ is ${protectedHeader.typ}`);
    return bare({ ...(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(payload)) as object) });
  } catch (error) {
    throw error instanceof CredentialError ? error : invalid(`is not valid: ${(error as Error).message}`, error);
  }
}

/**
 * What is wrong with the claims, for the vendor's developer. A credential is judged by the platform's own clock, as far as this page knows it,
 * and otherwise by when it was issued and how long ago it came. The clock of the device decides only where nothing else is known.
 */
function problemOf(payload: Payload, expected: ExpectedCredential, platformMs: number | undefined): string | undefined {
  const { iss, aud, sub, nonce, iat, exp, nbf = 0 } = payload;
  const { issuer, clientId, ageMs } = expected;
  if (!isNumber(iat) || !isNumber(exp) || !isNumber(nbf)) return 'needs iat and exp, and each time has to be a number.';
  if (iss !== issuer) return `was issued by ${iss}, but handed over by ${issuer}.`;
  if (aud !== clientId) return `is for ${aud}, and not for ${clientId} alone (aud).`;
  if (nonce !== expected.nonce) return 'answers another request, because its nonce differs.';
  if (typeof sub !== 'string' || !sub) return 'names nobody, because sub is empty.';
  const nowMs = platformMs ?? (Number.isNaN(ageMs) ? Date.now() : iat * 1000 + Math.max(0, ageMs));
  const nowSeconds = Math.floor(nowMs / 1000);
  if (exp <= nowSeconds - CLOCK_TOLERANCE_SECONDS) return 'has expired.';
  return nbf > nowSeconds + CLOCK_TOLERANCE_SECONDS ? 'is not valid yet (nbf).' : undefined;
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number';
}

/** Of a credential. Names of three letters are those of JSON Web Tokens, and no field has one. */
const OF_THE_TOKEN = /^(...|nonce|environment|is_new_user)$/;

/** The claims we know, each if it has its format; the rest is mechanics. */
function userOf(payload: Payload, iss: string): SignupUser {
  const user: SignupUser = { iss, sub: String(payload.sub), isNewUser: payload.is_new_user === true };
  const read = CLAIMS.map((claim) => [claim, CLAIM_FORMATS[formatOf(claim)].read(payload[claim])]);
  Object.assign(user, Object.fromEntries(read.filter(([, value]) => value !== undefined)));
  const own = Object.entries(payload).filter(
    ([name, value]) =>
      !OF_THE_TOKEN.test(name) && !(CLAIMS as readonly string[]).includes(name) && typeof value !== 'object',
  );
  if (own[0]) user.claims = Object.fromEntries(own) as OwnValues;
  return user;
}
