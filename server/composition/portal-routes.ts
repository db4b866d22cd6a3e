import { ACCOUNT_ROUTES } from '../delivery/account/routes.ts';
import { VENDOR_ROUTES } from '../delivery/vendor/routes.ts';
import type { PortalRoute } from '../portal/route.ts';

/** Every route below `/account`. Add a new one to the list of its folder; portal.test.ts tests the guard of each. */
export const PORTAL_ROUTES: readonly PortalRoute[] = [...ACCOUNT_ROUTES, ...VENDOR_ROUTES];
