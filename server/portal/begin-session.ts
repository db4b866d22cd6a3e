import type { ProvenSignIn } from '../engine/browser-session.ts';
import { provesTwoFactors, type SignInMethod } from '../engine/sign-in-methods.ts';
import type { Account } from '../storage/accounts.ts';
import { auditOf } from './audit.ts';
import { RECENT_SIGN_IN_MAX_AGE_MS, SECOND_FACTOR_GIVEN, signInOf } from './recent-sign-in.ts';
import type { PortalCall } from './route.ts';

const SECOND_FACTOR_SECONDS = RECENT_SIGN_IN_MAX_AGE_MS.form / 1000;

/** Signs an account in, and notes it in the audit log: in one transaction, because each commit waits for the disk. */
export function beginSession(
  call: PortalCall,
  account: Account,
  methods: readonly SignInMethod[],
  how: Omit<ProvenSignIn, 'methods'> = {},
): Promise<void> {
  return call.session.begin(account, { methods, ...how }, async (context) => {
    await auditOf({ ...call, context })('session.started', `account:${account.id}`, { method: methods.join('+') });
    if (!isNotTold(methods)) return;
    const payload = { accountId: account.id };
    await context.rows.oidcRecords.save(SECOND_FACTOR_GIVEN, signInOf(call), payload, SECOND_FACTOR_SECONDS);
  });
}

/** A second factor after another login: the session's `amr` does not say that there were two. */
function isNotTold(methods: readonly SignInMethod[]): boolean {
  const isGiven = methods.includes('totp') || methods.includes('recovery_code');
  return isGiven && !provesTwoFactors(methods);
}
