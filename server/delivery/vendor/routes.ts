import { addRoutes } from './add/add-environment.ts';
import { codeRoutes } from './code/code.ts';
import { createRoutes } from './create/create.ts';
import { listRoutes } from './list/list.ts';
import { overviewRoutes } from './overview/overview.ts';
import { dangerRoutes } from './settings/danger.ts';
import { logoRoutes } from './settings/logo.ts';
import { settingsRoutes } from './settings/settings.ts';
import { setupRoutes } from './setup/setup.ts';

/** Apps and their environments: what they are, where they may be used from, and the code for them. */
export const appRoutes = [
  ...listRoutes,
  ...createRoutes,
  ...overviewRoutes,
  ...addRoutes,
  ...settingsRoutes,
  ...logoRoutes,
  ...dangerRoutes,
  ...setupRoutes,
  ...codeRoutes,
];
