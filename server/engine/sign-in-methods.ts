import { z } from 'zod';
import { PHISHING_RESISTANT, TWO_FACTORS } from './acr.ts';

/** How somebody proved who they are. `code`: one that was mailed to them. */
export const signInMethodSchema = z.enum([
  'pwd',
  'passkey',
  'persona',
  'code',
  'totp',
  'recovery_code',
  'upstream',
  'upstream_mfa',
]);
export type SignInMethod = z.infer<typeof signInMethodSchema>;

/** What a session, and so a credential, says of it. */
export interface Authentication {
  /** Authentication methods (RFC 8176). */
  amr?: string[];
  acr?: string;
}

/** What a method proves: that somebody knows something, reads a mailbox, or has a device. */
type Factor = 'knowledge' | 'mailbox' | 'device';

/**
 * A passkey proves possession of a key, and that the device has checked its user. A persona proves nothing; of an upstream we
 * know nothing, unless it says that it has asked for two factors, and the operator believes it.
 */
const METHODS: Record<SignInMethod, { amr: readonly string[]; factor?: Factor }> = {
  pwd: { amr: ['pwd'], factor: 'knowledge' },
  passkey: { amr: ['pop', 'user'], factor: 'device' },
  persona: { amr: [] },
  code: { amr: ['otp'], factor: 'mailbox' },
  totp: { amr: ['otp'], factor: 'device' },
  recovery_code: { amr: ['otp'], factor: 'device' },
  upstream: { amr: [] },
  upstream_mfa: { amr: ['mfa'] },
};

/** What somebody has proven who comes from another login. */
export function methodsThere({ hasTwoFactors }: { readonly hasTwoFactors?: true }): SignInMethod[] {
  return hasTwoFactors ? ['upstream', 'upstream_mfa'] : ['upstream'];
}

/**
 * What several methods prove together. `mfa` is said of two different factors, one of which is a device: a mailbox is most often opened by a
 * password that others know as easily, so that a code beside a password is no second factor.
 */
export function authenticationBy(methods: readonly SignInMethod[]): Authentication {
  const isMultiple = areSeveralFactors(methods);
  const amr = [...new Set([...methods.flatMap((method) => METHODS[method].amr), ...(isMultiple ? ['mfa'] : [])])];
  const acr = methods.includes('passkey') ? PHISHING_RESISTANT : isMultiple ? TWO_FACTORS : undefined;
  return { ...(amr.length > 0 && { amr }), ...(acr !== undefined && { acr }) };
}

/** Whether nothing more can be asked for: two factors, or a passkey, which is both. */
export function provesTwoFactors(methods: readonly SignInMethod[]): boolean {
  return methods.includes('passkey') || areSeveralFactors(methods);
}

/**
 * The password of a session, to which a second factor can be added. Of others we do not know what they were: a code that was mailed and one of
 * an app are told alike, and another login is not told at all.
 */
export function passwordIn(session: { amr?: readonly string[] | undefined } | undefined): SignInMethod[] | undefined {
  const { amr = [] } = session ?? {};
  return amr.includes('pwd') && !amr.includes('mfa') && !amr.includes('pop') ? ['pwd'] : undefined;
}

/** Whether a session says of itself that its person gave two factors. */
export function hasTwoFactors({ amr = [] }: { amr?: readonly string[] | undefined }): boolean {
  return amr.includes('mfa') || amr.includes('pop');
}

function areSeveralFactors(methods: readonly SignInMethod[]): boolean {
  if (methods.includes('upstream_mfa')) return true;
  const factors = new Set(methods.flatMap((method) => METHODS[method].factor ?? []));
  return factors.size > 1 && factors.has('device');
}
