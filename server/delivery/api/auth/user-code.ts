import { createHmac, timingSafeEqual } from 'node:crypto';
import { emailKey } from '#storage/accounts.ts';
import type { AppUser } from '#storage/app-users.ts';
import type { UserCodePurpose } from '#storage/tables.ts';
import { ApiError } from '../api-error.ts';
import type { ApiCall } from '../route.ts';

type Purpose = Exclude<UserCodePurpose, 'signin'>;
type CallOfCodes = Pick<ApiCall, 'access' | 'codes' | 'context' | 'users'>;

const SEAL_BYTES = 16;
const SHAPE = /^([\w-]{1,64})\.([\w-]{1,64})\.([\w-]{22})$/;

/** A code that we made for this user, for this purpose, while the user had this address. It may be used or expired by now. */
export interface OpenedCode {
  user: AppUser;
  /** Takes the code out. Of several calls at once one succeeds. @returns false when it was used before, or is expired */
  consume(): Promise<boolean>;
}

/**
 * Makes a code to be mailed to a user. It names the user and carries a seal (HMAC-SHA-256 of the purpose, the app's environment, the user,
 * the address and the secret), so that a request can be checked against the user before the code is used up, and so that a
 * code which went to an old address is worth nothing once there is a new one.
 */
export async function issueCode(
  call: CallOfCodes,
  purpose: Purpose,
  user: AppUser,
  lifetimeSeconds: number,
): Promise<string> {
  const secret = await call.codes.create(purpose, user.id, lifetimeSeconds);
  const seal = await sealOf(call, purpose, user, secret);
  return `${user.id}.${secret}.${seal.toString('base64url')}`;
}

/** @returns undefined for what we did not make, for another app, purpose or address, and when the user is gone */
export async function openCode(call: CallOfCodes, purpose: Purpose, code: string): Promise<OpenedCode | undefined> {
  const [, userId, secret, seal] = SHAPE.exec(code.trim()) ?? [];
  if (!userId || !secret || !seal) return undefined;
  const user = await call.users.find(userId);
  if (!user) return undefined;
  if (!timingSafeEqual(Buffer.from(seal, 'base64url'), await sealOf(call, purpose, user, secret))) return undefined;
  return { user, consume: async () => (await call.codes.consume(purpose, secret)) === user.id };
}

async function sealOf(
  { access, context }: CallOfCodes,
  purpose: Purpose,
  user: AppUser,
  secret: string,
): Promise<Buffer> {
  const key = await context.storage.secrets.ensure('user-codes');
  return createHmac('sha256', key)
    .update(JSON.stringify([purpose, access.clientId, user.id, emailKey(user.email ?? ''), secret]))
    .digest()
    .subarray(0, SEAL_BYTES);
}

/** Unknown, used, expired, another app's: alike. */
export function invalidCode(): ApiError {
  return new ApiError(400, 'invalid_code', 'The code is wrong, used or expired. Let the user ask for a new one.');
}
