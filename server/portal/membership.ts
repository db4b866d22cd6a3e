import type { AppEnvironment } from '../storage/app-environments.ts';
import { type AppRole, includesRole } from '../storage/app-members.ts';
import { environmentOfSlug } from './environment-slug.ts';
import { PortalError } from './portal-error.ts';
import type { MemberCall, PersonCall } from './route.ts';

/**
 * The app that the path names, and the caller's role in it.
 * @throws PortalError `not_found` for somebody who is no member, whether or not there is such an app; `not_allowed` for a lesser role
 */
export async function membershipOf(
  { context, account, params }: PersonCall,
  wanted: AppRole,
): Promise<Pick<MemberCall, 'app' | 'role'>> {
  const { storage } = context;
  const { appId = '' } = params;
  // Nothing else is looked for, because PostgreSQL refuses some texts, such as those with a NUL.
  const mayExist = /^[\w-]{1,64}$/.test(appId);
  const role = mayExist && (await storage.appMembers.findRole(appId, account.id));
  const app = role && (await storage.apps.find(appId));
  if (!role || !app) throw new PortalError('not_found');
  if (!includesRole(role, wanted)) throw new PortalError('not_allowed');
  return { app, role };
}

/** The environment of that app that the path names. @throws PortalError `not_found` */
export async function environmentOf({ context, params }: PersonCall, appId: string): Promise<AppEnvironment> {
  const name = environmentOfSlug(params['environment'] ?? '');
  const environment = name && (await context.storage.appEnvironments.find(appId, name));
  if (!environment) throw new PortalError('not_found');
  return environment;
}
