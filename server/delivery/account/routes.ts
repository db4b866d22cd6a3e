import type { PortalRoute } from '../../portal/route.ts';
import { dataRoutes } from './data/data.ts';
import { fedcmRoutes } from './fedcm/fedcm.ts';
import { homeRoutes } from './home/home.ts';
import { identityRoutes } from './identities/identities.ts';
import { passkeyRoutes } from './passkeys/passkeys.ts';
import { profileRoutes } from './profile/profile.ts';
import { secondFactorRoutes } from './second-factor/second-factor.ts';
import { securityRoutes } from './security/security.ts';
import { sessionRoutes } from './sessions/sessions.ts';
import { shopRoutes } from './shops/shops.ts';
import { signInRoutes } from './sign-in/sign-in.ts';

/** What people do with their own account. */
export const ACCOUNT_ROUTES: readonly PortalRoute[] = [
  ...homeRoutes,
  ...signInRoutes,
  ...profileRoutes,
  ...securityRoutes,
  ...passkeyRoutes,
  ...secondFactorRoutes,
  ...identityRoutes,
  ...sessionRoutes,
  ...shopRoutes,
  ...dataRoutes,
  ...fedcmRoutes,
];
