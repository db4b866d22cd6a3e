import type { PortalRoute } from '../../portal/route.ts';
import { doctorRoutes } from '../vendor/doctor/doctor.ts';
import { eventRoutes } from '../vendor/events/events.ts';
import { invitationRoutes } from '../vendor/invitation/invitation.ts';
import { keyRoutes } from '../vendor/keys/keys.ts';
import { membersRoutes } from '../vendor/members/members.ts';
import { appRoutes } from '../vendor/routes.ts';
import { dataRoutes } from './data/data.ts';
import { fedcmRoutes } from './fedcm/fedcm.ts';
import { homeRoutes } from './home/home.ts';
import { passkeyRoutes } from './passkeys/passkeys.ts';
import { profileRoutes } from './profile/profile.ts';
import { securityRoutes } from './security/security.ts';
import { sessionRoutes } from './sessions/sessions.ts';
import { shopRoutes } from './shops/shops.ts';
import { signInRoutes } from './sign-in/sign-in.ts';

/** Every address of the portal. To add one, add it to the list of its section; portal.test.ts holds each to its guard. */
export const PORTAL_ROUTES: readonly PortalRoute[] = [
  ...appRoutes,
  ...doctorRoutes,
  ...eventRoutes,
  ...dataRoutes,
  ...fedcmRoutes,
  ...homeRoutes,
  ...invitationRoutes,
  ...keyRoutes,
  ...membersRoutes,
  ...passkeyRoutes,
  ...profileRoutes,
  ...securityRoutes,
  ...sessionRoutes,
  ...shopRoutes,
  ...signInRoutes,
];
