import { z } from 'zod';
import { PHISHING_RESISTANT } from './acr.ts';

/** How somebody proved who they are. `code`: one that was mailed to them. */
export const signInMethodSchema = z.enum(['pwd', 'passkey', 'persona', 'code', 'totp', 'recovery_code', 'upstream']);
export type SignInMethod = z.infer<typeof signInMethodSchema>;

/** What a session, and so a credential, says of it. */
export interface Authentication {
  /** Authentication methods (RFC 8176). */
  amr?: string[];
  acr?: string;
}

/** What a method proves: that somebody knows something, reads a mailbox, or has a device. */
type Factor = 'knowledge' | 'mailbox' | 'device';

/** A passkey proves possession of a key, and that the device has checked its user. A persona proves nothing; of an upstream we know nothing. */
const METHODS: Record<SignInMethod, { amr: readonly string[]; factor?: Factor }> = {
  pwd: { amr: ['pwd'], factor: 'knowledge' },
  passkey: { amr: ['pop', 'user'], factor: 'device' },
  persona: { amr: [] },
  code: { amr: ['otp'], factor: 'mailbox' },
  totp: { amr: ['otp'], factor: 'device' },
  recovery_code: { amr: ['otp'], factor: 'device' },
  upstream: { amr: [] },
};

/**
 * What several methods prove together. `mfa` is said of two different factors, one of which is a device: a mailbox is most often opened by a
 * password that others know as easily, so that a code beside a password is no second factor.
 */
export function authenticationBy(methods: readonly SignInMethod[]): Authentication {
  const factors = new Set(methods.flatMap((method) => METHODS[method].factor ?? []));
  const isMultiple = factors.size > 1 && factors.has('device');
  const amr = [...new Set([...methods.flatMap((method) => METHODS[method].amr), ...(isMultiple ? ['mfa'] : [])])];
  return {
    ...(amr.length > 0 && { amr }),
    ...(methods.includes('passkey') && { acr: PHISHING_RESISTANT }),
  };
}
