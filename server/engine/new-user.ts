import type { KoaContextWithOIDC } from 'oidc-provider';
import type { RealmContext } from '../http/realm-context.ts';
import type { User } from '../storage/users.ts';
import { MINUTE_SECONDS } from './lifetimes.ts';

/** The credential that may not have arrived: it was made for a popup that can relay. */
const MODEL = 'RelayedFirstCredential';
/** How long a page takes at most from the popup's last page to redeeming the code at its redirect URI. */
const LIFETIME_SECONDS = 10 * MINUTE_SECONDS;

type Rows = Pick<RealmContext, 'rows'>;

/**
 * Whether an ID token is the first that the vendor gets of a user. Issuing it says so once: of several at the same moment, one is the first.
 *
 * A popup that cannot post its answer relays it: the same attempt gets a code in place of the credential (delivery/popup/relay.ts), and the
 * vendor has not seen the credential yet. So the ID token for that code is the first one in its place, once. The attempt is known by its PKCE
 * challenge, which the relayed request repeats and which no other attempt has.
 */
export async function isFirstCredential({ rows }: Rows, ctx: KoaContextWithOIDC, user: User): Promise<boolean> {
  const { oidc } = ctx;
  if (!user.firstCredentialAt) {
    const isFirst = await rows.users.markFirstCredential(user.id);
    const { relay_uri: relayUri, code_challenge: challenge } = oidc.params ?? {};
    if (isFirst && oidc.route !== 'token' && typeof relayUri === 'string' && typeof challenge === 'string')
      await rows.oidcRecords.save(MODEL, attemptOf(user, challenge), {}, LIFETIME_SECONDS);
    return isFirst;
  }
  const { codeChallenge } = oidc.entities.AuthorizationCode ?? {};
  const isRecent = Date.now() - user.firstCredentialAt.getTime() < LIFETIME_SECONDS * 1000;
  // A relayed code is the page's, and a refresh token never is.
  if (codeChallenge === undefined || !isRecent || oidc.client?.clientAuthMethod !== 'none') return false;
  return rows.oidcRecords.consume(MODEL, attemptOf(user, codeChallenge));
}

function attemptOf({ id }: User, challenge: string): string {
  return `${id} ${challenge}`;
}
