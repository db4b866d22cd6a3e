import type { AppEnvironment } from '../storage/app-environments.ts';
import type { PortalRoute } from './route.ts';

const MINUTE_MS = 60 * 1000;
/** How old a recent sign-in may be. A form may be sent for a while longer than its page is shown, because filling it in takes time. */
export const RECENT_SIGN_IN_MAX_AGE_MS = { page: 10 * MINUTE_MS, form: 20 * MINUTE_MS } as const;

/** Whether a route needs a recent sign-in. Where no environment is known, `in production` needs one too, so that a mistake is a safe one. */
export function needsRecentSignIn(
  { recentSignIn = false }: Pick<PortalRoute, 'recentSignIn'>,
  environment: Pick<AppEnvironment, 'environment'> | undefined,
): boolean {
  if (recentSignIn !== 'in production') return recentSignIn;
  return environment === undefined || environment.environment === 'production';
}
