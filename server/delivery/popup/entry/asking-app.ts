import { safeText } from '#events/safe-text.ts';
import type { AppEnvironment, AppEnvironmentRepository } from '#storage/app-environments.ts';
import { PopupError } from '../popup-error.ts';

/** @throws PopupError `unknown_app` */
export async function findApp(appEnvironments: AppEnvironmentRepository, clientId: string): Promise<AppEnvironment> {
  const app = await appEnvironments.findByClientId(clientId);
  if (!app) throw new PopupError('unknown_app', 'No app has this client_id. Copy it again from the app’s settings.');
  return app;
}

/** @throws PopupError `app_disabled` */
export function assertEnabled(app: AppEnvironment): void {
  if (app.disabled)
    throw new PopupError('app_disabled', 'The app is disabled. Its owner or the platform can enable it again.');
}

/** Exact comparison: no wildcard, no prefix, no `null` (invariant 1). @throws PopupError `origin_not_registered` */
export function assertRegisteredOrigin(app: AppEnvironment, origin: string): void {
  if (app.origins.includes(origin)) return;
  throw new PopupError(
    'origin_not_registered',
    `The page's origin is ${safeText(origin)}, which is not among the allowed origins of this app in the environment ` +
      `${app.environment}. Add it there, exactly as written here.`,
  );
}
