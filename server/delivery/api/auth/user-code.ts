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

/** A genuine code for this user, purpose and email address. It may have been used or have expired. */
export interface OpenedCode {
  user: AppUser;
  /** Consumes the code. Only one of several concurrent calls succeeds. @returns false when it was used before or has expired */
  consume(): Promise<boolean>;
}

/**
 * Creates a code to be mailed to a user. It names the user and carries a seal (HMAC-SHA-256 of purpose, environment, user, address and
 * secret). So a request can be checked against the user before the code is consumed, and a code that was mailed to an old address stops
 * working once the user has a new one.
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

/** Verifies a code. @returns undefined when it is forged, for another app, purpose or address, or its user no longer exists */
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

/** The same error for an unknown, used or expired code, and for another app's code. */
export function invalidCode(): ApiError {
  return new ApiError(400, 'invalid_code', 'The code is wrong, used or expired. Let the user ask for a new one.');
}
