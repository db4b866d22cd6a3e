import type { AppUser } from '#storage/app-users.ts';
import type { ApiAnswer, ApiCall } from '../route.ts';
import { isEmail, isUsername } from './fields.ts';

/** One request of the embedded sign-up contract, after it has been authenticated and counted. Its fields are not validated yet. */
export interface EmbedCall extends ApiCall {
  /** The parsed JSON body. */
  value: unknown;
  /** The languages of the person on the screen, in order of preference. */
  languages: readonly string[];
}

/** A route of the contract. All routes are POST. */
export interface EmbedRoute {
  path: string;
  handle(call: EmbedCall): Promise<ApiAnswer>;
}

/** A user in the contract's format. Unknown values are left out. */
export interface EmbedUserBody {
  id: string;
  firstName?: string;
  lastName?: string;
  userName?: string;
}

export function embedUserBody({ id, firstName, lastName, email, username }: AppUser): EmbedUserBody {
  const userName = email ?? username;
  return { id, ...(firstName && { firstName }), ...(lastName && { lastName }), ...(userName && { userName }) };
}

/** Finds a user by name, regardless of case. Only users whom the vendor created have one. */
export function findByUserName({ users }: Pick<EmbedCall, 'users'>, userName: string): Promise<AppUser | undefined> {
  if (isEmail(userName)) return users.findByEmail(userName);
  // Other texts are not looked up, because a database may fail for them, such as those with a NUL.
  return isUsername(userName) ? users.findByUsername(userName) : Promise.resolve(undefined);
}
