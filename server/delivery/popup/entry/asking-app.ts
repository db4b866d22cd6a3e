import { safeText } from '#events/safe-text.ts';
import type { AppEnvironment, AppEnvironmentRepository } from '#storage/app-environments.ts';
import type { Standing } from '#storage/app-standing.ts';
import type { ErrorPageCode } from '../pages/models.ts';
import { PopupError } from '../popup-error.ts';

/** @throws PopupError `unknown_app` */
export async function findApp(appEnvironments: AppEnvironmentRepository, clientId: string): Promise<AppEnvironment> {
  const app = await appEnvironments.findByClientId(clientId);
  if (!app)
    throw new PopupError(
      'unknown_app',
      'No app has this client_id. Copy it again: each environment of your app shows its own under Setup.',
    );
  return app;
}

const NOT_USABLE: Readonly<Record<Exclude<Standing, 'active'>, [code: ErrorPageCode, hint: string]>> = {
  disabled: ['app_disabled', 'The app is disabled. Its owner or the platform can enable it again.'],
  suspended: ['app_disabled', 'The platform has suspended the app. Its members see why in the portal.'],
  pending: [
    'app_not_approved',
    'The platform has not approved the app for production yet. Use the sandbox until then.',
  ],
  declined: ['app_not_approved', 'The platform has not approved the app. Its members see why in the portal.'],
};

/** @throws PopupError `app_disabled`, `app_not_approved` */
export function assertUsable({ standing }: AppEnvironment): void {
  if (standing !== 'active') throw new PopupError(...NOT_USABLE[standing]);
}

/** Exact comparison: no wildcard, no prefix, no `null` (invariant 1). @throws PopupError `origin_not_registered` */
export function assertRegisteredOrigin(app: AppEnvironment, origin: string): void {
  if (app.origins.includes(origin)) return;
  if (app.kind === 'native') {
    const hint = 'This is a native app, which has no pages. Use an OpenID Connect library there, such as AppAuth.';
    throw new PopupError('origin_not_registered', hint);
  }
  if (app.waiting.origins.includes(origin)) {
    const hint = `The domain of ${safeText(origin)} is not proven yet. Setup of the app’s production says how.`;
    throw new PopupError('origin_not_registered', hint);
  }
  throw new PopupError(
    'origin_not_registered',
    `The page's origin is ${safeText(origin)}, which is not among the allowed origins of this app in the environment ` +
      `${app.environment}. Add it there under Setup, exactly as written here.`,
  );
}
