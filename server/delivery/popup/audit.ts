import type { AuditAct } from '../../storage/audit-log.ts';
import type { Step } from './step.ts';

/**
 * Writes to the audit log what happened in the popup. The network address is part of it; what was typed, an e-mail address that belongs to
 * no account included, is not.
 * @param actor `account:<id>`, or `anyone` as long as nobody has proven to be somebody
 */
export function auditStep(
  { context, request }: Pick<Step, 'context' | 'request'>,
  act: AuditAct,
  actor: string,
  about: { subject?: string; detail?: Record<string, unknown> } = {},
): Promise<void> {
  return context.storage.auditLog.append({
    realm: context.realm,
    act,
    actor,
    ...about,
    address: request.ip,
    requestId: request.id,
  });
}
