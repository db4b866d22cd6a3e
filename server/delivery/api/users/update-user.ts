import { hashPassword } from '#domain/accounts/passwords.ts';
import { emailKey } from '#storage/accounts.ts';
import { type AppUser, type AppUserChanges, UserChangedError } from '#storage/app-users.ts';
import { ApiError, notFound, validationError } from '../api-error.ts';
import { payerOf } from '../auth/payer.ts';
import type { ApiCall, ApiRoute } from '../route.ts';
import { cantMatch } from '../validation/rules.ts';
import { findUser } from './find-user.ts';
import { assertMatches, preconditionFailed } from './if-match.ts';
import { UPDATE_PARAMETERS } from './parameters.ts';
import { disclosedBody, etagOf } from './representation.ts';
import { refusingTaken } from './taken.ts';
import { USER_SCHEMA } from './user-body.ts';

/** The body after validation by {@link UPDATE_PARAMETERS}. */
interface UpdateBody {
  email?: string;
  password?: string;
  username?: string | null;
  first_name?: string | null;
  last_name?: string | null;
  roles?: readonly string[] | null;
  is_active?: boolean;
}

/** Values that belong to the account of a user who came through the popup, so only that person may change them. */
const MANAGED_BY_ACCOUNT = ['email', 'password', 'first_name', 'last_name'] as const;

export const updateUser: ApiRoute = {
  method: 'PUT',
  path: '/users/:id',
  operation: 'updateUser',
  summary: 'Change a user',
  description:
    'Values that you leave out stay unchanged. A new email address is unconfirmed. ' +
    'For a user who came through the popup, only the person can change email, password and names.',
  rights: 'write',
  parameters: UPDATE_PARAMETERS,
  answer: { description: 'The updated user.', schema: USER_SCHEMA },
  errors: {
    400: ['email_taken', 'username_taken'],
    403: ['managed_by_account'],
    404: ['not_found'],
    412: ['precondition_failed'],
  },
  handle: async (call) => {
    const user = await findUser(call);
    const conditional = assertMatches(call, user);
    const body = call.body as UpdateBody;
    assertOwn(user, body);
    assertPasswordDiffers(user, body);
    const changes = await changesOf(call, user, body);
    const changed = await refusingTaken(() => write(call, user, changes, conditional));
    if (!changed) throw notFound();
    await revokeCodes(call, user, changes);
    return { body: disclosedBody(call, changed), headers: { etag: etagOf(changed, call) } };
  },
};

function assertOwn(user: AppUser, body: UpdateBody): void {
  const managed = user.linked ? MANAGED_BY_ACCOUNT.filter((name) => body[name] !== undefined) : [];
  if (managed.length > 0) {
    throw new ApiError(
      403,
      'managed_by_account',
      `This user came through the popup, so only the person can change ${managed.join(', ')}, in their account.`,
    );
  }
}

/** Compares a new password with the user's stored names, because the parameters' rules see only the request. */
function assertPasswordDiffers(user: AppUser, { password, email, username }: UpdateBody): void {
  if (password === undefined) return;
  const others = { ...(username === undefined && { username: user.username }), ...(!email && { email: user.email }) };
  const failed = [cantMatch('username'), cantMatch('email')].filter((rule) => !rule.holds(password, others));
  if (failed.length > 0) throw validationError(failed.map(({ name: rule }) => ({ parameter: 'password', rule })));
}

async function changesOf(call: ApiCall, user: AppUser, body: UpdateBody): Promise<AppUserChanges> {
  const { email, password, username, first_name: firstName, last_name: lastName, roles, is_active: active } = body;
  const another = email !== undefined && (user.email === undefined || emailKey(email) !== emailKey(user.email));
  return {
    ...(email !== undefined && { email }),
    ...(another && { emailVerified: false }),
    ...(password !== undefined && { passwordHash: await hashPassword(password, payerOf(call)) }),
    ...(username !== undefined && { username }),
    ...(firstName !== undefined && { firstName }),
    ...(lastName !== undefined && { lastName }),
    ...(roles !== undefined && { roles: roles ?? [] }),
    ...(active !== undefined && { active }),
  };
}

/** Revokes codes and tokens that were issued before the change. */
async function revokeCodes({ codes }: ApiCall, user: AppUser, changes: AppUserChanges): Promise<void> {
  if (changes.emailVerified === false) await codes.revoke('verify_email', user.id);
  if (changes.emailVerified === false || changes.passwordHash) await codes.revoke('reset_password', user.id);
  if (changes.active === false) await codes.revoke('signin', user.id);
}

async function write(
  call: ApiCall,
  user: AppUser,
  changes: AppUserChanges,
  conditional: boolean,
): Promise<AppUser | undefined> {
  if (Object.keys(changes).length === 0) return user;
  try {
    return await call.users.update(user.id, changes, conditional ? user : undefined);
  } catch (error) {
    throw error instanceof UserChangedError ? preconditionFailed() : error;
  }
}
