import type { PortalCall } from './route.ts';

/** Notes what the caller does, by the call's own storage. */
export function auditOf({
  context,
  account,
  request,
}: Pick<PortalCall, 'context' | 'account' | 'request'>): PortalCall['audit'] {
  return (act, about, detail) =>
    context.storage.auditLog.append({
      realm: context.realm,
      act,
      actor: account ? `account:${account.id}` : 'anyone',
      subject: about,
      address: request.ip,
      requestId: request.id,
      ...(detail && { detail }),
    });
}
