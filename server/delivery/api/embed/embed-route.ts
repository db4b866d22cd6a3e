import type { AppUser } from '#storage/app-users.ts';
import type { ApiAnswer, ApiCall } from '../route.ts';
import { isEmail, isUsername } from './fields.ts';

/** One request of the embedded sign-up contract, after it has been authenticated and counted. Its fields are still to be read. */
export interface EmbedCall extends ApiCall {
  /** What the body holds, as JSON gives it. */
  value: unknown;
  /** Of the person on the screen, in order of preference. */
  languages: readonly string[];
}

/** All of them are POST. */
export interface EmbedRoute {
  path: string;
  handle(call: EmbedCall): Promise<ApiAnswer>;
}

/** A user, as the contract answers; what is not known is left out. */
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

/** The user of that name, in any case. Only users made by the vendor have one. */
export function findByUserName({ users }: Pick<EmbedCall, 'users'>, userName: string): Promise<AppUser | undefined> {
  if (isEmail(userName)) return users.findByEmail(userName);
  // Other texts are not looked for: a database may refuse them, such as those with a NUL.
  return isUsername(userName) ? users.findByUsername(userName) : Promise.resolve(undefined);
}
