import { issuerOf } from '@signup-with-platform/protocol';
import { notifyOwners } from '../../domain/apps/notify-owners.ts';
import type { AppNotice } from '../../mail/notice.ts';
import type { AuditAct } from '../../storage/audit-log.ts';
import type { CommandContext } from './command.ts';

/**
 * Runs a command's work in a transaction, so that its changes, its audit entry and its mails are committed together or not at all.
 * `work` may run more than once, so it must write only through the context that it receives.
 */
export function inTransaction<Result>(
  context: CommandContext,
  work: (context: CommandContext) => Promise<Result>,
): Promise<Result> {
  return context.storage.transaction((storage) =>
    work({ ...context, storage, mailer: context.mailer.within(storage) }),
  );
}

/** Writes an act of the operator to the audit log. */
export function note(
  { storage }: Pick<CommandContext, 'storage'>,
  act: AuditAct,
  subject: string,
  detail?: Record<string, unknown>,
): Promise<void> {
  return storage.auditLog.append({ realm: null, act, actor: 'operator', subject, ...(detail && { detail }) });
}

/** Mails the owners of an app what the operator has done to it, each in their language. */
export function tellOwners(
  { config, storage, mailer }: CommandContext,
  appId: string,
  notice: AppNotice,
): Promise<void> {
  const context = { storage, config, mailer, issuer: issuerOf(config.publicUrl, 'production') };
  return notifyOwners(context, appId, { ...notice, by: 'operator' }, []);
}
