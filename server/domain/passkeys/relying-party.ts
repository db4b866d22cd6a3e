import type { Account } from '../../storage/accounts.ts';
import type { DomainContext } from '../context.ts';

/** How the platform identifies itself to an authenticator (WebAuthn section 5.4.2). */
export interface RelyingParty {
  /** A host, so both realms share it. They stay separate because neither finds the other's passkeys. */
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

/** Marks the sandbox's passkeys in the lists that browsers and devices show. */
export function nameIn(realm: DomainContext['realm'], name: string): string {
  return realm === 'sandbox' ? `${name} (Sandbox)` : name;
}

/**
 * The account's id as the user handle that an authenticator stores. It is random, so it reveals nothing (WebAuthn section 14.6.1).
 * @returns base64url, the encoding of `userHandle`
 */
export function userHandleOf({ id }: Pick<Account, 'id'>): string {
  return Buffer.from(id, 'utf8').toString('base64url');
}
