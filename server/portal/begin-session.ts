import type { SignInMethod } from '../engine/sign-in-methods.ts';
import type { Account } from '../storage/accounts.ts';
import { auditOf } from './audit.ts';
import type { PortalCall } from './route.ts';

/** Signs an account in, and notes it in the audit log: in one transaction, because each commit waits for the disk. */
export function beginSession(
  call: PortalCall,
  account: Account,
  methods: readonly SignInMethod[],
  { trust }: { trust?: boolean } = {},
): Promise<void> {
  return call.session.begin(account, { methods, trust }, (context) =>
    auditOf({ ...call, context })('session.started', `account:${account.id}`, { method: methods.join('+') }),
  );
}
