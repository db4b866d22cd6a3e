import { randomBytes } from 'node:crypto';
import type { Account } from '../../storage/accounts.ts';
import type { DomainContext } from '../context.ts';
import { nameIn } from '../passkeys/relying-party.ts';
import { CODE_LENGTH } from './format.ts';

/** 160 bits, as RFC 4226 section 4 recommends. */
const SECRET_BYTES = 20;
/** A code of the step before or after is taken, too: for a clock that is wrong, and for whoever types slowly (RFC 6238 section 5.2). */
const WINDOW = 1;

/** SHA-1, because several apps know no other, and the known attacks on it do not concern HMAC. */
const FORMAT = { algorithm: 'SHA1', digits: CODE_LENGTH, period: 30 } as const;

/** The library, loaded when somebody has a second factor. */
const otpauth = () => import('otpauth');

/** A new secret, in base 32. */
export async function newSecret(): Promise<string> {
  const { Secret } = await otpauth();
  return new Secret({ buffer: new Uint8Array(randomBytes(SECRET_BYTES)).buffer }).base32;
}

/** What an app is set up by (Key Uri Format of Google Authenticator): issuer and label may not contain a colon. */
export async function setUpUri(
  { config, realm }: Pick<DomainContext, 'config' | 'realm'>,
  account: Account,
  secret: string,
): Promise<string> {
  const { TOTP, Secret } = await otpauth();
  const issuer = withoutColon(nameIn(realm, config.platformName));
  const label = withoutColon(account.email ?? [account.givenName, account.familyName].filter(Boolean).join(' '));
  return new TOTP({ ...FORMAT, issuer, label, secret: Secret.fromBase32(secret) }).toString();
}

/** @returns the step of which it is the code, counted from 1970; undefined for a wrong one. Compared in constant time. */
export async function stepOf(secret: string, code: string, timestamp = Date.now()): Promise<number | undefined> {
  const { TOTP, Secret } = await otpauth();
  const totp = new TOTP({ ...FORMAT, secret: Secret.fromBase32(secret) });
  const distance = totp.validate({ token: code, window: WINDOW, timestamp });
  return distance === null ? undefined : totp.counter({ timestamp }) + distance;
}

function withoutColon(text: string): string {
  return text.replaceAll(':', ' ');
}
