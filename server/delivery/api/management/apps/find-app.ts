import type { Storage } from '#storage/index.ts';
import type { ManagedApp } from '#storage/managed-apps.ts';
import { ApiError } from '../../api-error.ts';
import type { ManagementCall } from '../route.ts';
import type { FoundApp } from './app-body.ts';

/** The app that a path names. @throws ApiError 404, also for an app that another key has made, or a vendor */
export async function findApp({
  context,
  key,
  params,
}: Pick<ManagementCall, 'context' | 'key' | 'params'>): Promise<FoundApp> {
  const managed = await context.storage.managedApps.find(key.id, params['id'] ?? '');
  const found = managed && (await detailsOf(context.storage, managed));
  if (!found) throw new ApiError(404, 'not_found', 'This key has made no such app, or the app is deleted.');
  return found;
}

export async function detailsOf(
  { apps, appEnvironments }: Storage,
  managed: ManagedApp,
): Promise<FoundApp | undefined> {
  const details = await apps.findDetails(managed.appId);
  const [environment] = details ? await appEnvironments.list(managed.appId) : [];
  return details && environment && { managed, details, environment };
}
