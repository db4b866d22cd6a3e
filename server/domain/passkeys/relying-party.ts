import type { Account } from '../../storage/accounts.ts';
import type { DomainContext } from '../context.ts';

/** Who we are to an authenticator (WebAuthn section 5.4.2). */
export interface RelyingParty {
  /** Both realms share it, since it is a host: what keeps them apart is that neither finds the other's passkeys. */
  readonly id: string;
  readonly name: string;
  readonly origin: string;
}

export function relyingPartyOf({ config, realm }: Pick<DomainContext, 'config' | 'realm'>): RelyingParty {
  return {
    id: new URL(config.publicUrl).hostname,
    name: nameIn(realm, config.platformName),
    origin: config.publicUrl,
  };
}

/** In a list of passkeys, those of the sandbox look like what they are. */
export function nameIn(realm: DomainContext['realm'], name: string): string {
  return realm === 'sandbox' ? `${name} (Sandbox)` : name;
}

/**
 * The account's id, which is random and says nothing (WebAuthn section 14.6.1), as the bytes that an authenticator keeps.
 * @returns base64url, as authenticators name it in `userHandle`
 */
export function userHandleOf({ id }: Pick<Account, 'id'>): string {
  return Buffer.from(id, 'utf8').toString('base64url');
}
