import { homeRoutes } from './home/home.ts';
import type { PortalRoute } from './route.ts';
import { signInRoutes } from './sign-in/sign-in.ts';

/** Every address of the portal. To add one, add it to the list of its section; portal.test.ts holds each to its guard. */
export const PORTAL_ROUTES: readonly PortalRoute[] = [...homeRoutes, ...signInRoutes];
