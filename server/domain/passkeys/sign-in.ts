import type { AuthenticationResponseJSON, PublicKeyCredentialRequestOptionsJSON } from '@simplewebauthn/server';
import { type Account, belongsTo } from '../../storage/accounts.ts';
import type { Passkey } from '../../storage/passkeys.ts';
import type { DomainContext } from '../context.ts';
import { acceptsChallenge, type ChallengeContext, issueChallenge, spendChallenge } from './challenge.ts';
import { relyingPartyOf, userHandleOf } from './relying-party.ts';
import { parseAuthentication } from './response.ts';
import { webauthn } from './webauthn.ts';

export type PasskeySignInResult =
  | { outcome: 'signed-in'; account: Account }
  /** The reason is for the audit log only, so that nobody learns whether a passkey exists. */
  | { outcome: 'passkey_refused'; reason: PasskeyRefusal; accountId?: string }
  | { outcome: 'account_blocked' }
  | { outcome: 'too_many_attempts'; retryAfterMs: number };

export type PasskeyRefusal =
  | 'malformed'
  | 'unknown'
  /** The passkey belongs to another account than the one that is to be confirmed. */
  | 'other_account'
  /** Sandbox only: its account belongs to another app than the one at whose popup it is used. */
  | 'other_app'
  /** The signature, challenge, origin, relying party or user verification is wrong. */
  | 'unverified'
  | 'replayed'
  /** The authenticator's counter has not increased, so it may have been cloned (WebAuthn section 6.1.1). */
  | 'counter';

type SignInContext = Pick<DomainContext, 'config' | 'realm'> & ChallengeContext;

/**
 * The options for signing in: any passkey that the person has for this platform, after the device has verified its user.
 * @param form what the form is bound to that will bring the answer, see {@link issueChallenge}
 */
export function requestOptions(
  context: Pick<SignInContext, 'config' | 'realm' | 'rows' | 'cookieKey'>,
  form: string,
): PublicKeyCredentialRequestOptionsJSON {
  return {
    challenge: issueChallenge(context, 'sign-in', form),
    rpId: relyingPartyOf(context).id,
    userVerification: 'required',
  };
}

/**
 * Signs in the owner of a passkey (WebAuthn section 7.2). Only this realm's passkeys are found.
 *
 * @param attempt.json the browser's response, serialized by `toJSON()`
 * @param attempt.form what the form is bound to that sent it
 * @param attempt.address network address, for counting failures
 * @param attempt.at the app at whose popup it is used: accounts of another app are nobody there. Default: none, so that all can sign in
 * @param attempt.onlyAs the account to which the passkey must belong. Default: any
 */
export async function signInWithPasskey(
  context: SignInContext & Pick<DomainContext, 'throttle'>,
  attempt: { json: string; form: string; address: string | undefined; at?: string; onlyAs?: string },
): Promise<PasskeySignInResult> {
  // A signature cannot be guessed, so attempts need no limit by account. The limit by address bounds our work.
  const retryAfterMs = await context.throttle.count('passkeyByAddress', { address: attempt.address });
  if (retryAfterMs > 0) return { outcome: 'too_many_attempts', retryAfterMs };

  const response = parseAuthentication(attempt.json);
  if (!response) return { outcome: 'passkey_refused', reason: 'malformed' };
  const passkey = await context.rows.passkeys.find(response.id);
  if (!passkey || response.response.userHandle !== ownerOf(passkey)) {
    return { outcome: 'passkey_refused', reason: 'unknown' };
  }
  const { accountId } = passkey;
  const refused = (reason: PasskeyRefusal) => ({ outcome: 'passkey_refused', reason, accountId }) as const;
  if (attempt.onlyAs !== undefined && attempt.onlyAs !== accountId) return refused('other_account');

  const use = await verify(context, passkey, attempt.form, response);
  if (!use) return refused('unverified');
  if (!(await spendChallenge(context, use.challenge))) return refused('replayed');
  if (!(await context.rows.passkeys.use(passkey.credentialId, use))) return refused('counter');

  const account = await context.rows.accounts.find(accountId);
  if (!account) return refused('unknown');
  if (attempt.at !== undefined && !belongsTo(account, attempt.at)) return refused('other_app');
  await context.throttle.giveBack('passkeyByAddress', { address: attempt.address });
  return account.blocked ? { outcome: 'account_blocked' } : { outcome: 'signed-in', account };
}

/** What an authenticator says of a passkey's owner: what it was told when the passkey was made, here or in the system that it was brought from. */
function ownerOf({ accountId, userHandle }: Passkey): string {
  return userHandle ?? userHandleOf({ id: accountId });
}

async function verify(
  context: SignInContext,
  passkey: Passkey,
  form: string,
  response: AuthenticationResponseJSON,
): Promise<{ challenge: string; counter: number; synced: boolean } | undefined> {
  const party = relyingPartyOf(context);
  let challenge = '';
  const { verifyAuthenticationResponse } = await webauthn();
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response,
      expectedOrigin: party.origin,
      expectedRPID: party.id,
      expectedChallenge: (given) => {
        challenge = given;
        return acceptsChallenge(context, 'sign-in', form, given);
      },
      requireUserVerification: true,
      credential: {
        id: passkey.credentialId,
        publicKey: new Uint8Array(Buffer.from(passkey.publicKey, 'base64url')),
        // Not checked here: the storage compares and saves the counter at once, so that of two concurrent copies one is refused.
        counter: 0,
      },
    });
    const { newCounter: counter, credentialBackedUp: synced } = authenticationInfo;
    return verified ? { challenge, counter, synced } : undefined;
  } catch {
    // The library throws for every invalid response.
    return undefined;
  }
}
