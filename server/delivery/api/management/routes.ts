import { getAccount } from './accounts/get-account.ts';
import { listAccounts } from './accounts/list-accounts.ts';
import type { ManagementRoute } from './route.ts';

/** The calls of the management API. */
export const MANAGEMENT_ROUTES: readonly ManagementRoute[] = [listAccounts, getAccount];
