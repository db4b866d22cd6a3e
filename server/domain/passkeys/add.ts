import type { PublicKeyCredentialCreationOptionsJSON, RegistrationResponseJSON } from '@simplewebauthn/server';
import { z } from 'zod';
import type { Account } from '../../storage/accounts.ts';
import type { Passkey } from '../../storage/passkeys.ts';
import type { DomainContext } from '../context.ts';
import { acceptsChallenge, type ChallengeContext, issueChallenge, spendChallenge } from './challenge.ts';
import { nameIn, relyingPartyOf, userHandleOf } from './relying-party.ts';
import { parseRegistration } from './response.ts';
import { webauthn } from './webauthn.ts';

/** More than anybody has devices. The limit keeps the page, and the list for the authenticator, short. */
export const MAX_PASSKEYS = 20;
const MAX_NAME_LENGTH = 60;
/** Ed25519, ECDSA on P-256, and RSA for Windows Hello, as COSE identifiers (RFC 9053 and RFC 8812). */
const ALGORITHMS = [-8, -7, -257];

/** The name that an owner gives to a passkey. */
export const passkeyNameSchema = z
  .string()
  .transform((name) =>
    name
      .normalize('NFC')
      .replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}\s]+/gu, ' ')
      .trim(),
  )
  .pipe(z.string().min(1, 'required').max(MAX_NAME_LENGTH, 'too_long'));

type PasskeyContext = Pick<DomainContext, 'config' | 'realm'> & ChallengeContext;

/**
 * The options for creating a passkey: one that needs no user name (discoverable), on a device that checks its user (user verification).
 * @param form what the form is bound to that will bring the answer, see {@link issueChallenge}
 */
export async function creationOptions(
  context: PasskeyContext,
  account: Account,
  form: string,
): Promise<PublicKeyCredentialCreationOptionsJSON> {
  const { generateRegistrationOptions } = await webauthn();
  const party = relyingPartyOf(context);
  const known = await context.rows.passkeys.list(account.id);
  const fullName = [account.givenName, account.familyName].filter(Boolean).join(' ');
  const userName = account.email ?? fullName;
  return generateRegistrationOptions({
    rpID: party.id,
    rpName: party.name,
    userID: bytesOf(userHandleOf(account)),
    userName: nameIn(context.realm, userName),
    userDisplayName: nameIn(context.realm, fullName || userName),
    challenge: bytesOf(issueChallenge(context, 'add', boundTo(account, form))),
    attestationType: 'none',
    supportedAlgorithmIDs: ALGORITHMS,
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    excludeCredentials: known.map(({ credentialId, transports }) => ({ id: credentialId, transports })),
  });
}

/**
 * Adds the passkey that a browser has created for the account.
 * @param json the browser's response, serialized by `toJSON()`
 * @returns undefined when the response is invalid, or the passkey belongs to an account already
 */
export async function addPasskey(
  context: PasskeyContext,
  account: Account,
  { json, name, form }: { json: string; name: string; form: string },
): Promise<Passkey | undefined> {
  const response = parseRegistration(json);
  const made = response && (await verify(context, account, form, response));
  if (!made) return undefined;
  if ((await context.rows.passkeys.list(account.id)).length >= MAX_PASSKEYS) return undefined;
  if (!(await spendChallenge(context, made.challenge))) return undefined;
  return context.rows.passkeys.create({
    credentialId: made.credential.id,
    accountId: account.id,
    name,
    publicKey: Buffer.from(made.credential.publicKey).toString('base64url'),
    counter: made.credential.counter,
    transports: response.response.transports ?? [],
    synced: made.credentialBackedUp,
  });
}

async function verify(context: PasskeyContext, account: Account, form: string, response: RegistrationResponseJSON) {
  const { verifyRegistrationResponse } = await webauthn();
  const party = relyingPartyOf(context);
  let accepted = '';
  try {
    if (!(await isUnattested(response))) return undefined;
    const { verified, registrationInfo } = await verifyRegistrationResponse({
      response,
      expectedOrigin: party.origin,
      expectedRPID: party.id,
      expectedChallenge: (challenge) => {
        accepted = challenge;
        return acceptsChallenge(context, 'add', boundTo(account, form), challenge);
      },
      requireUserVerification: true,
      supportedAlgorithmIDs: ALGORITHMS,
    });
    return verified ? { ...registrationInfo, challenge: accepted } : undefined;
  } catch {
    // The library throws for every invalid response.
    return undefined;
  }
}

/**
 * Accepts only a response without attestation or with self attestation (WebAuthn section 6.5.4). We never ask who made an authenticator,
 * and attestation certificates are refused because they may name addresses to fetch.
 */
async function isUnattested({ response }: RegistrationResponseJSON): Promise<boolean> {
  const { decodeAttestationObject } = await import('@simplewebauthn/server/helpers');
  const attestation = decodeAttestationObject(bytesOf(response.attestationObject));
  const format = attestation.get('fmt');
  return format === 'none' || (format === 'packed' && attestation.get('attStmt').get('x5c') === undefined);
}

/** Binds the challenge to the account, so that signing in as another account in between cannot move the passkey to that account. */
function boundTo({ id }: Account, form: string): string {
  return `${id}\n${form}`;
}

function bytesOf(base64url: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.from(base64url, 'base64url'));
}
