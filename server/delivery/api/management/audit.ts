import type { Realm } from '@signup-with-platform/protocol';
import type { FastifyRequest } from 'fastify';
import type { AuditAct } from '#storage/audit-log.ts';
import type { Storage } from '#storage/index.ts';

interface Actor {
  readonly storage: Pick<Storage, 'auditLog'>;
  readonly key: { readonly id: string; readonly realm: Realm };
  readonly request: Pick<FastifyRequest, 'id' | 'ip'>;
}

/** Writes down what a key has done, and to whom. */
export function audit(
  { storage, key, request }: Actor,
  act: AuditAct,
  subject?: string,
  detail?: Record<string, unknown>,
): Promise<void> {
  return storage.auditLog.append({
    realm: key.realm,
    act,
    actor: `management-key:${key.id}`,
    address: request.ip,
    // What is only counted is of many requests.
    ...(!/\.(refused|read|searched)$/.test(act) && { requestId: request.id }),
    ...(subject !== undefined && { subject }),
    ...(detail && { detail }),
  });
}
