import type { FastifyRequest } from 'fastify';
import type { RealmContext } from '../../http/realm-context.ts';
import type { AuditAct } from '../../storage/audit-log.ts';

/**
 * Writes to the audit log what happened in the popup. The network address is part of it; what was typed is not, even an email address
 * that belongs to no account.
 * @param actor `account:<id>`, or `anyone` before somebody has signed in
 */
export function auditStep(
  { context, request }: { context: RealmContext; request: FastifyRequest },
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
