import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Account } from '../../storage/accounts.ts';
import { randomId } from '../../storage/ids.ts';

/** Names a browser in which an account has signed in before (OWASP, "device cookies"). It opens nothing: a password is needed as before. */
export interface KnownDevice {
  accountId: string;
  deviceId: string;
  /** HMAC-SHA-256 over both ids and the account's password hash, so that a new password forgets all devices. */
  mac: string;
}

type Owner = Pick<Account, 'id' | 'passwordHash'>;

/** @returns undefined for an account without a password, because its sign-ins are not guessed at */
export function recogniseDevice(key: string, account: Owner, deviceId = randomId()): KnownDevice | undefined {
  const { id: accountId, passwordHash } = account;
  return passwordHash === undefined
    ? undefined
    : { accountId, deviceId, mac: macOf(key, [accountId, deviceId, passwordHash]) };
}

/** Whether the account has signed in from this device, with the password that it still has. */
export function isDeviceOf(
  key: string,
  { id, passwordHash }: Owner,
  { accountId, deviceId, mac }: KnownDevice,
): boolean {
  if (passwordHash === undefined || accountId !== id) return false;
  return isEqual(mac, macOf(key, [id, deviceId, passwordHash]));
}

function macOf(key: string, parts: readonly string[]): string {
  return createHmac('sha256', key)
    .update(JSON.stringify(['known-device', ...parts]))
    .digest('base64url');
}

function isEqual(given: string, expected: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(expected)];
  return one.length === other.length && timingSafeEqual(one, other);
}
