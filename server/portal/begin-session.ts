import type { SignInMethod } from '../engine/browser-session.ts';
import type { Account } from '../storage/accounts.ts';
import { auditOf } from './audit.ts';
import type { PortalCall } from './route.ts';

/** Signs an account in, and notes it in the audit log: in one transaction, because each commit waits for the disk. */
export function beginSession(call: PortalCall, account: Account, method: SignInMethod): Promise<void> {
  return call.session.begin(account, method, (context) =>
    auditOf({ ...call, context })('session.started', `account:${account.id}`, { method }),
  );
}
