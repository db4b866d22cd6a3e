import { ACCOUNT_ROUTES } from '../delivery/account/routes.ts';
import { VENDOR_ROUTES } from '../delivery/vendor/routes.ts';
import type { PortalRoute } from '../portal/route.ts';

/** Every address below `/account`. To add one, add it to the list of its folder; portal.test.ts holds each to its guard. */
export const PORTAL_ROUTES: readonly PortalRoute[] = [...ACCOUNT_ROUTES, ...VENDOR_ROUTES];
