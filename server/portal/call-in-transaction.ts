import { inTransaction } from '../domain/context.ts';
import { auditOf } from './audit.ts';
import type { PortalCall } from './route.ts';

/**
 * Runs `work` with the same call, in one transaction: what it writes, notes in the audit log and mails is all kept, or nothing of it is.
 * `work` may be run again, and writes through its own call alone.
 */
export function callInTransaction<Call extends PortalCall, Result>(
  call: Call,
  work: (call: Call) => Promise<Result>,
): Promise<Result> {
  return inTransaction(call.context, (context) => work({ ...call, context, audit: auditOf({ ...call, context }) }));
}
