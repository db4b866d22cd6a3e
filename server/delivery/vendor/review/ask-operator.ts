import { asksForSame } from '#domain/apps/review.ts';
import type { MemberCall } from '#portal/route.ts';
import type { AppEnvironment } from '#storage/app-environments.ts';
import type { AppDetails, RequestedChanges } from '#storage/apps.ts';

/** Notes that an app waits for the operator: in the audit log, and in the server's log, where operators have their alerts. */
export async function askOperator(
  { app, request }: MemberCall,
  audit: MemberCall['audit'],
  detail: { client_id: string } | { changes: readonly string[]; name?: string | undefined },
): Promise<void> {
  await audit('app.review_requested', `app:${app.id}`, detail);
  request.log.warn({ appId: app.id }, 'an app waits for approval: platform app list --status pending');
}

/** Keeps the operator from approving an app until the transaction ends. @returns its production environment, as it stands */
export async function holdApproval({ context, app }: MemberCall): Promise<AppEnvironment | undefined> {
  await context.storage.appReviews.lock(app.id);
  return context.storage.appEnvironments.find(app.id, 'production');
}

/** Asks the operator for other changes, or for none any more. What has been asked for is not asked for again. */
export async function requestChanges(
  call: MemberCall,
  { requested }: Pick<AppDetails, 'requested'>,
  wanted: RequestedChanges | undefined,
): Promise<void> {
  if (asksForSame(requested, wanted)) return;
  await call.context.storage.appReviews.requestChanges(call.app.id, wanted);
  if (wanted) await askOperator(call, call.audit, { changes: Object.keys(wanted), name: wanted.name });
}
