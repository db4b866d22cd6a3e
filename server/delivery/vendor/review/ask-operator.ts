import type { MemberCall } from '#portal/route.ts';

/** Notes that an app waits for the operator: in the audit log, and in the server's log, where operators have their alerts. */
export async function askOperator(
  { app, request }: MemberCall,
  audit: MemberCall['audit'],
  detail: { client_id: string } | { name: string },
): Promise<void> {
  await audit('app.review_requested', `app:${app.id}`, detail);
  request.log.warn({ appId: app.id }, 'an app waits for approval: platform app list --status pending');
}
