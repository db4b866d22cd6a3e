import { type AskedForCode, askForCode } from '#domain/codes/ask-for-code.ts';
import { type CodeWay, purposeOf } from '#domain/codes/code-way.ts';
import { devicesOf } from '#engine/device-cookie.ts';
import type { PortalCall } from '#portal/route.ts';
import { type Account, emailKey } from '#storage/accounts.ts';
import type { CodePlace } from '#storage/mailed-codes.ts';
import { type Attempt, heldAccount } from './attempt.ts';

/** To what address a code goes, and why. */
export interface AtCode {
  readonly email: string;
  readonly way: CodeWay;
}

/** Asks for a code that is typed in this attempt. */
export async function askHere(call: PortalCall, attempt: Attempt, { email, way }: AtCode): Promise<AskedForCode> {
  const { context, languages, request } = call;
  return askForCode(context, {
    ...placeOf(attempt, way),
    email,
    address: request.ip,
    devices: devicesOf(context, request),
    languages,
    within: await openAccount(call, attempt, email),
  });
}

/** What a code is bound to. */
export function placeOf({ id: place, browserHash }: Attempt, way: CodeWay): CodePlace {
  return { place, browserHash, purpose: purposeOf(way) };
}

/**
 * The account with an address that is open in this browser: its own password, or passkey, has just been given in this very attempt, or it is
 * signed in here. It is what a proof of the address confirms, if nobody has confirmed it.
 */
export async function openAccount(call: PortalCall, attempt: Attempt, email: string): Promise<Account | undefined> {
  const held = await heldAccount(call.context, attempt);
  return [held?.account, call.account].find((account) => account && hasAddress(account, email));
}

function hasAddress(account: Account, email: string): boolean {
  return account.email !== undefined && emailKey(account.email) === emailKey(email);
}
