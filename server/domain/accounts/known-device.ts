import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Account } from '../../storage/accounts.ts';
import { randomId } from '../../storage/ids.ts';
import { passwordMark } from '../password-forms/sealed.ts';

/** Names a browser in which an account has signed in before (OWASP, "device cookies"). It opens nothing: a password is needed as before. */
export interface KnownDevice {
  accountId: string;
  deviceId: string;
  /** HMAC-SHA-256 over both ids and the account's password hash, or what stands for it, so that a new password forgets all devices. */
  mac: string;
}

type Owner = Pick<Account, 'id' | 'passwordHash'>;

/** An account without a password has known devices, too: codes that are mailed can be guessed at. */
export function recogniseDevice(
  key: string,
  { id: accountId, passwordHash }: Owner,
  deviceId = randomId(),
): KnownDevice {
  return { accountId, deviceId, mac: macOf(key, [accountId, deviceId, passwordMark(passwordHash ?? '')]) };
}

/** Whether the account has signed in from this device, with the password that it still has. */
export function isDeviceOf(
  key: string,
  { id, passwordHash }: Owner,
  { accountId, deviceId, mac }: KnownDevice,
): boolean {
  return accountId === id && isEqual(mac, macOf(key, [id, deviceId, passwordMark(passwordHash ?? '')]));
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
