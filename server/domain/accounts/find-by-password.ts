import { createHmac } from 'node:crypto';
import {
  type Account,
  ADDRESS_SALT_BYTES,
  type AddressScope,
  emailKey,
  MAX_OWN_SALTS,
} from '../../storage/accounts.ts';
import type { DomainContext } from '../context.ts';
import { ownerOf, refusalClock } from './foreign-passwords.ts';
import { hashLike, hashPrefix, inQueue, unmatchableHash } from './passwords.ts';

/** Name of the secret that is every context's `passwordKey`. */
export const PASSWORD_KEY = 'password-salts';

export type PasswordContext = Pick<DomainContext, 'rows' | 'realm' | 'passwordKey' | 'dataKeys'>;

/** Hashes a password as another one was hashed. A parameter only for tests that count the work. */
export type HashLike = typeof hashLike;

/**
 * Hashes the password of an account. All passwords of one address share a salt, which is derived from the address. So one hash tells
 * which of any number of accounts has the password (docs/decisions, "Email addresses are claims").
 * @throws OverloadedError
 */
export function hashAccountPassword(
  context: Pick<DomainContext, 'realm' | 'passwordKey'>,
  email: string,
  password: string,
  payer: string,
): Promise<string> {
  return inQueue(payer, () => hashLike(password, prefixOf(context, email)));
}

/** Whose password it may be. */
export interface PasswordQuestion {
  email: string;
  password: string;
  /** Asks about this account alone. Default: about every account with the address. */
  meant?: string | undefined;
}

/**
 * The account with an address whose password it is: the verified one first, then the oldest. The work is the same for every address of the
 * realm, so that its duration tells nothing; where other systems have hashed passwords, every refusal takes as long as the slowest of them.
 * @param question.scope in the sandbox: where it is used. Without an app, all accounts of the address are tried
 * @returns the account, and the password's hash with the salt of the address
 * @throws OverloadedError
 */
export async function findByPassword(
  context: PasswordContext,
  { email, password, meant, scope, payer }: PasswordQuestion & { payer: string; scope?: AddressScope },
  hash: HashLike = hashLike,
): Promise<{ account: Account | undefined; hash: string }> {
  const { accounts } = context.rows;
  const prefix = prefixOf(context, email);
  // The address's own salt comes first: accounts of earlier versions, and those that had another address before, have salts of their own.
  const [known, hasOwnSaltedClaims, foreign, slowestForeign, decoy] = await Promise.all([
    accounts.findOwnSalts(email, prefix, scope),
    accounts.hasOwnSaltedClaims(),
    accounts.findForeignPasswords(email, { ...scope, meant }),
    accounts.slowestForeignPassword(),
    unmatchableHash,
  ]);
  const slots = hasOwnSaltedClaims ? MAX_OWN_SALTS : 1;
  const models = Array.from({ length: slots }, (_, slot) => known[slot] ?? decoy);
  const answered = await inQueue(payer, async () => {
    const clock = refusalClock(slowestForeign);
    const ofAddress = await hash(password, prefix);
    clock.hashed();
    const hashes = [ofAddress];
    for (const model of models) hashes.push(await hash(password, model));
    const own = await accounts.findByPasswordHashes(email, hashes, { ...scope, meant });
    const account = own?.emailVerified ? own : ((await ownerOf(context.dataKeys, foreign, password)) ?? own);
    return { found: { account, hash: ofAddress }, clock };
  });
  // Outside the queue, because waiting takes no processor.
  if (!answered.found.account) await answered.clock.wait();
  return answered.found;
}

/** With a salt by HMAC-SHA-256, whose key is secret so that nobody can compute hashes for an address before they have the database. */
function prefixOf({ realm, passwordKey }: Pick<DomainContext, 'realm' | 'passwordKey'>, email: string): string {
  const mac = createHmac('sha256', passwordKey)
    .update(`${realm}\n${emailKey(email)}`)
    .digest();
  return hashPrefix(new Uint8Array(mac.subarray(0, ADDRESS_SALT_BYTES)));
}
