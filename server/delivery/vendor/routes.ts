import { SECTIONS } from '@signup-with-platform/messages';
import type { PortalRoute } from '../../portal/route.ts';
import { addRoutes } from './add/add-environment.ts';
import { codeRoutes } from './code/code.ts';
import { createRoutes } from './create/create.ts';
import { doctorRoutes } from './doctor/doctor.ts';
import { eventRoutes } from './events/events.ts';
import { invitationRoutes } from './invitation/invitation.ts';
import { keyRoutes } from './keys/keys.ts';
import { listRoutes } from './list/list.ts';
import { mailRoutes } from './mail/mail.ts';
import { membersRoutes } from './members/members.ts';
import { overviewRoutes } from './overview/overview.ts';
import { reviewRoutes } from './review/review.ts';
import { dangerRoutes } from './settings/danger.ts';
import { logoRoutes } from './settings/logo.ts';
import { settingsRoutes } from './settings/settings.ts';
import { setupRoutes } from './setup/setup.ts';

const ROUTES: readonly PortalRoute[] = [
  ...listRoutes,
  ...createRoutes,
  ...overviewRoutes,
  ...reviewRoutes,
  ...addRoutes,
  ...settingsRoutes,
  ...logoRoutes,
  ...dangerRoutes,
  ...setupRoutes,
  ...codeRoutes,
  ...doctorRoutes,
  ...eventRoutes,
  ...keyRoutes,
  ...mailRoutes,
  ...membersRoutes,
  ...invitationRoutes,
];

/** What vendors do with their apps and the environments of these: in a language that has the words for developers, too. */
export const VENDOR_ROUTES: readonly PortalRoute[] = ROUTES.map((route) => ({ ...route, sections: SECTIONS }));
