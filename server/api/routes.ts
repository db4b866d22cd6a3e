import type { ApiRoute } from './route.ts';
import { getUser } from './users/get-user.ts';

/** The user API, call by call. */
export const API_ROUTES: readonly ApiRoute[] = [getUser];
