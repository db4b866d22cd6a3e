import type { AppEnvironmentRepository } from '../storage/app-environments.ts';
import type { AppMemberRepository } from '../storage/app-members.ts';
import type { MailCause } from './mail-cause.ts';
import type { CountedMail, MailLimits } from './mail-limits.ts';

export interface PolicyStorage {
  appMembers: Pick<AppMemberRepository, 'hasConfirmedAddress'>;
  appEnvironments: Pick<AppEnvironmentRepository, 'productionSince'>;
}

/** Where a mail goes. */
export interface Destination {
  /** Whether it is mailed. */
  mailed: boolean;
  /** The app in whose sandbox inbox it is kept. */
  inboxOf?: string | undefined;
  /** What it has used of the app's limits. */
  counted?: CountedMail;
}

/**
 * The one place that decides where a mail may go: it is sent, kept in the sandbox inbox of an app, or refused by a limit. What an app of the
 * sandbox causes reaches nobody but the app's own members, at an address that they have confirmed: everybody can register such an app, and
 * would otherwise mail their own words to the world.
 * @throws MailLimitError
 */
export async function decide(
  { storage, limits }: { storage: PolicyStorage; limits: MailLimits },
  cause: MailCause,
  to: string,
): Promise<Destination> {
  const inSandbox = async (appId: string | undefined): Promise<Destination> => ({
    mailed:
      appId !== undefined &&
      (await storage.appMembers.hasConfirmedAddress(appId, to)) &&
      (await limits.countForMember(appId, to)),
    inboxOf: appId,
  });
  switch (cause.by) {
    case 'platform':
      return { mailed: true };
    case 'tester':
      return inSandbox(cause.appId);
    case 'environment':
      if (cause.realm === 'sandbox') return inSandbox(cause.appId);
      break;
    case 'member':
  }
  const since = await storage.appEnvironments.productionSince(cause.appId);
  // An app that has nothing in production is an app of the sandbox, whoever speaks for it.
  if (!since) return inSandbox(cause.appId);
  return { mailed: true, counted: await limits.count({ id: cause.appId, since }, to) };
}
