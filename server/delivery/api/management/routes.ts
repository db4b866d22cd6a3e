import { blockAccount, unblockAccount } from './accounts/block-account.ts';
import { createAccount } from './accounts/create-account.ts';
import { deleteAccount } from './accounts/delete-account.ts';
import { exportAccount } from './accounts/export-account.ts';
import { getAccount } from './accounts/get-account.ts';
import { listAccounts } from './accounts/list-accounts.ts';
import { updateAccount } from './accounts/update-account.ts';
import { createApp } from './apps/create-app.ts';
import { deleteApp } from './apps/delete-app.ts';
import { putLogo } from './apps/put-logo.ts';
import { getApp, listApps } from './apps/read-apps.ts';
import { updateApp } from './apps/update-app.ts';
import { createImport } from './imports/create-import.ts';
import { getImport, listImports, listRejects } from './imports/read-imports.ts';
import { undoImport } from './imports/undo-import.ts';
import type { ManagementRoute } from './route.ts';

/** The calls of the management API. */
export const MANAGEMENT_ROUTES: readonly ManagementRoute[] = [
  listAccounts,
  createAccount,
  getAccount,
  updateAccount,
  deleteAccount,
  blockAccount,
  unblockAccount,
  exportAccount,
  listImports,
  createImport,
  getImport,
  listRejects,
  undoImport,
  listApps,
  createApp,
  getApp,
  updateApp,
  putLogo,
  deleteApp,
];
