import type { PersonCall } from '#portal/route.ts';
import { hashSecret } from '#storage/ids.ts';
import type { Passkey } from '#storage/passkeys.ts';

export function securityPath({ base }: Pick<PersonCall, 'base'>): string {
  return `${base}/security`;
}

export function passkeysPath(call: Pick<PersonCall, 'base'>): string {
  return `${securityPath(call)}/passkeys`;
}

export function passkeyPath(call: Pick<PersonCall, 'base'>, passkey: Passkey): string {
  return `${passkeysPath(call)}/${handleOf(passkey)}`;
}

/** A passkey in an address: a credential's own id may have a thousand characters. */
function handleOf({ credentialId }: Passkey): string {
  return hashSecret(credentialId);
}

/** One of the person's own, by the handle in the address. */
export async function findPasskey({ context, account, params }: PersonCall): Promise<Passkey | undefined> {
  const passkeys = await context.rows.passkeys.list(account.id);
  return passkeys.find((passkey) => handleOf(passkey) === params['passkeyId']);
}
