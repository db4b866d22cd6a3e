import { EMBED } from './embed.ts';
import { EXTERNAL_LOGIN } from './external-login.ts';
import type { Operation } from './operation.ts';
import { userApiOperations } from './user-api.ts';

/** All calls that a vendor can make, in the order of the documentation. */
export const OPERATIONS: readonly Operation[] = [...userApiOperations(), EXTERNAL_LOGIN, ...EMBED];
